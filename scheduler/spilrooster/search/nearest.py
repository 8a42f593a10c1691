"""Nearest: runs that keep the rules about runs, close to those that the fast search likes.

The search does not know every rule about runs. Where its runs break one, a small CP-SAT model
without any audience moves as little as it can. Attendances are then worked out exactly, as always.
"""

from __future__ import annotations

from collections.abc import Iterator

from ortools.sat.python import cp_model

from spilrooster.problem import Problem
from spilrooster.rules import GradedRule, Rule
from spilrooster.search.arrays import Ints
from spilrooster.search.conflict import rules_without_audience
from spilrooster.search.solver import Solving
from spilrooster.search.stage import Context
from spilrooster.variables import Literal, Variables
from spilrooster_models import Programme

STEP = 5.0
"""Most work spent on moving the runs."""


def lawful_runs(context: Context, occupant: Ints) -> Ints:
    """Return the runs (T, R) nearest to `occupant` that keep the rules about runs.

    `occupant` itself, if it keeps them, or if no such runs are found in time.
    """
    problem = context.problem
    news = [rule for rule in rules_without_audience(problem) if not _is_searched(rule)]
    if not news or context.clock.left() <= 0:
        return occupant
    programme = context.workshop.unattended(occupant)
    if not any(f.broken for rule in news for f in rule.findings(problem.event, programme)):
        return occupant
    moved = _moved(context, programme)
    return occupant if moved is None else context.workshop.arrays_of(moved)[0]


def _is_searched(rule: Rule) -> bool:
    """Whether the search knows all that the rule says."""
    steered = type(rule).steer is not Rule.steer
    return rule.in_search or (steered and not isinstance(rule, GradedRule))


def _moved(context: Context, programme: Programme) -> Programme | None:
    """Move as few runs as can be, counted by the people who chose them; rooms count for half."""
    variables = Variables(context.problem.event, ())
    for rule in rules_without_audience(context.problem):
        rule.post(variables)
    variables.hint(programme)
    kept = [
        worth * (2 * round_kept + room_kept)
        for worth, round_kept, room_kept in _places(context.problem, variables, programme)
    ]
    variables.cp.maximize(cp_model.LinearExpr.sum(kept))
    allowance = min(STEP, context.clock.left())
    solving = Solving(variables.cp, context.clock, allowance, context.seed)
    solving.run()
    return variables.extract(solving.solver.boolean_value) if solving.found else None


def _places(
    problem: Problem, variables: Variables, programme: Programme
) -> Iterator[tuple[int, Literal, Literal]]:
    """Yield for each run how many chose it, and whether it keeps its round and its room."""
    for run in programme.runs:
        held = variables.held_in(run.session, run.round)
        there = variables.in_room(run.session, run.round, run.room)
        yield problem.event.choosers[run.session] + 1, held, there
