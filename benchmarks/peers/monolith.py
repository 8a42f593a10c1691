"""The whole problem as one model: what an experienced modeller would write first.

Every rule posts its own constraints, so a peer gets exactly the problem that we solve. Attendances
are those that are worth points and those that a rule asks for; free seats are worth nothing on
level 1, so nobody is modelled as filling one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ortools.sat.python import cp_model

from spilrooster import Problem, SoftRule
from spilrooster.variables import Variables


def monolith(problem: Problem) -> Variables:
    """Return the CP-SAT model of a problem; its objective is the costs of level 1."""
    variables = Variables(problem.event, problem.attendances())
    variables.cp.minimize(cp_model.LinearExpr.sum([*_costs(problem, variables)]))
    return variables


def _costs(problem: Problem, variables: Variables) -> Iterator[cp_model.LinearExprT]:
    for rule in problem.rules:
        cost = rule.post(variables)
        if isinstance(rule, SoftRule) and rule.level == 1:
            yield cost
