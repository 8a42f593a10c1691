"""The CP-SAT model of a whole problem: every rule posted, costs by level."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from spilrooster.problem import Problem
from spilrooster.rules import Cost, SoftRule
from spilrooster.search.clock import Clock
from spilrooster.variables import Variables
from spilrooster_models.event import ParticipantId, SessionId

Pair = tuple[ParticipantId, SessionId]

WORK_PER_PLACE = 3e-5
"""Work of making one attendance in one round and what the rules say of it."""


MOST_BUILDING = 0.25
"""Largest share of what is left that making a model may take: it cannot be interrupted."""


def worthwhile(problem: Problem, most: int, chance: random.Random) -> dict[Pair, None]:
    """Return attendances for a model that may leave some out, about `most` of them.

    All that are worth points or that a rule asks for, if they are few enough. Otherwise what is
    worth points, and for each person as many of the others as fit, drawn at random: enough to find
    places for people who have to be somewhere.
    """
    every = dict.fromkeys(problem.attendances())
    if len(every) <= most:
        return every
    each = most // len(problem.event.participants)
    others: dict[ParticipantId, list[SessionId]] = {}
    pairs: dict[Pair, None] = {}
    for p in problem.event.participants:
        wanted = problem.choices.points_of(problem.event, p.id)
        pairs.update(((p.id, s), None) for s in wanted)
        others[p.id] = []
    for p_id, s in every:
        if (p_id, s) not in pairs:
            others[p_id].append(s)
    for p_id, rest in others.items():
        wanted = problem.choices.points_of(problem.event, p_id)
        number = min(len(rest), max(0, each - len(wanted)))
        pairs.update(((p_id, s), None) for s in chance.sample(rest, number))
    return pairs


def build_work(places: int) -> float:
    """Return the work of making a model with so many attendances x rounds: about a second each."""
    return WORK_PER_PLACE * places


def affordable(places: int, clock: Clock) -> bool:
    """Whether a model with so many attendances x rounds is made soon enough to be of use."""
    return build_work(places) <= MOST_BUILDING * clock.left()


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
