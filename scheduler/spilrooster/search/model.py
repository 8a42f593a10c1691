"""The CP-SAT model of a whole problem: every rule posted, costs by level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from spilrooster.problem import Problem
from spilrooster.rules import Cost, SoftRule
from spilrooster.variables import Variables
from spilrooster_models.event import ParticipantId, SessionId

WORK_PER_PLACE = 3e-5
"""Work of making one attendance in one round and what the rules say of it."""


def build_work(places: int) -> float:
    """Return the work of making a model with so many attendances x rounds: about a second each."""
    return WORK_PER_PLACE * places


@dataclass(frozen=True)
class Model:
    """Variables with every rule posted, and what each level costs."""

    variables: Variables
    costs: dict[int, Cost]

    @classmethod
    def of(cls, problem: Problem, pairs: Iterable[tuple[ParticipantId, SessionId]]) -> Model:
        """Post every rule of the problem over the given attendances."""
        variables = Variables(problem.event, pairs)
        costs: dict[int, Cost] = {1: 0}
        for rule in problem.rules:
            cost = rule.post(variables)
            level = rule.level if isinstance(rule, SoftRule) and rule.soft else 1
            costs[level] = costs.get(level, 0) + cost
        return cls(variables, costs)

    @classmethod
    def whole(cls, problem: Problem) -> Model:
        """Post every rule over every attendance that can be written down: its bounds are proofs.

        Who may not attend is left to the rules: one of them may demand what another forbids.
        """
        event = problem.event
        return cls.of(problem, ((p.id, s.id) for p in event.participants for s in event.sessions))

    def minimise(self, level: int) -> None:
        """Set the objective to the costs of a level."""
        self.variables.cp.minimize(self.costs[level])

    def clone(self) -> cp_model.CpModel:
        """Copy the CP-SAT model, to fix parts of it without changing this one."""
        return self.variables.cp.clone()
