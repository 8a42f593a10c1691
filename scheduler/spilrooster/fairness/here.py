"""What is proven for the runs of a programme: no other attendances of them do better.

Both proofs leave out rules that the search does not know, so they hold whatever other rules ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from ortools.graph.python import max_flow
from ortools.sat.python import cp_model

from spilrooster.fairness.levels import Levels
from spilrooster.fairness.shares import Ints, Shares
from spilrooster.search.arrays import Arrays
from spilrooster.search.clock import Clock
from spilrooster.search.model import build_work
from spilrooster.search.sectioning import Attendances
from spilrooster.search.solver import Solving

MOST_ATTENDANCES = 20_000
"""With more attendances than this each person is looked at alone, as if they had every seat."""

STEP = 0.3
"""Most work spent on whether everybody can have one level."""


def least_with_nothing(people: Ints, place: Ints, person: Ints, seats: Ints) -> int:
    """Return how many of `people` get nothing at best, when places have so many `seats`.

    Person ``person[k]`` may have ``place[k]``. One place each is enough, so that this is a
    maximum flow and exact.
    """
    asks = np.isin(person, people)
    place, person = place[asks], np.searchsorted(people, person[asks])
    count, places = len(people), len(seats)
    source, sink = count + places, count + places + 1
    flow = max_flow.SimpleMaxFlow()
    blocks = (
        (np.full(count, source), np.arange(count), np.ones(count)),
        (person, count + place, np.ones(len(person))),
        (count + np.arange(places), np.full(places, sink), seats),
    )
    tail, head, capacity = (np.concatenate(column) for column in zip(*blocks, strict=True))
    flow.add_arcs_with_capacity(
        tail.astype(np.int32), head.astype(np.int32), capacity.astype(np.int64)
    )
    status = flow.solve(source, sink)
    assert status == flow.OPTIMAL, f"a flow that can always be nothing failed: {status}"
    return count - int(flow.optimal_flow())


@dataclass(frozen=True)
class Here:
    """The attendances that some runs allow, and what is proven of them."""

    able: Attendances
    shares: Shares
    clock: Clock
    seed: int

    @classmethod
    def of(cls, arrays: Arrays, occupant: Ints, shares: Shares, clock: Clock, seed: int) -> Here:
        """List the attendances that the runs in `occupant` (T, R) allow."""
        return cls(Attendances.of(arrays, occupant), shares, clock, seed)

    def least_with_nothing(self, certain: Ints) -> int:
        """Return a least number of people among `certain` who get nothing they chose.

        `certain` are the people all of whose choices are worth points.
        """
        worth = self.able.arrays.wish[self.able.choice] > 0
        return least_with_nothing(
            certain, self.able.run[worth], self.able.person[worth], self.able.seats
        )

    def worst(self, levels: Levels) -> Fraction:
        """Return a share that the worst-off person cannot exceed, with these runs."""
        return levels.limit(self.shares.worst, self._possible)

    def _possible(self, level: Fraction) -> bool | None:
        """Whether everybody can have the level; None if there was no time to find out."""
        least = least_points(self.shares.ideal, level)
        if (self._most_alone < least).any():
            return False
        if self.clock.left() <= 0 or len(self.able) > MOST_ATTENDANCES:
            return None
        model = self._model.clone()
        demand(model, self.able, least)
        self.clock.charge(build_work(len(self.able)))
        status = Solving(model, self.clock, min(STEP, self.clock.left()), self.seed).run()
        return {cp_model.INFEASIBLE: False, cp_model.OPTIMAL: True, cp_model.FEASIBLE: True}.get(
            status
        )

    @cached_property
    def _model(self) -> cp_model.CpModel:
        return attendance_model(self.able)

    @cached_property
    def _most_alone(self) -> Ints:
        """Return (P,) a limit on what each person can get: their best choice of every round."""
        able, arrays = self.able, self.able.arrays
        best = np.zeros((arrays.people, arrays.rounds), dtype=np.int64)
        np.maximum.at(best, (able.person, able.round), arrays.wish[able.choice])
        total: Ints = best.sum(axis=1)
        return total


def least_points(ideal: Ints, level: Fraction) -> Ints:
    """Return (P,) the least points of everybody for a share of the ideal, rounded up."""
    least: Ints = -((-level.numerator * ideal) // level.denominator)
    return least


def attendance_model(able: Attendances) -> cp_model.CpModel:
    """Return a model with a variable for each attendance, by its number, and all seats."""
    arrays = able.arrays
    model = cp_model.CpModel()
    takes = [model.new_bool_var("") for _ in range(len(able))]
    place = able.person * arrays.rounds + able.round
    for group in (*parts_of(place), *parts_of(able.choice)):
        model.add_at_most_one(takes[k] for k in group)
    for j, group in groups_of(able.run):
        if len(group) > able.seats[j]:
            model.add(sum(takes[k] for k in group) <= int(able.seats[j]))
    return model


def demand(model: cp_model.CpModel, able: Attendances, least: Ints) -> None:
    """Demand in a model of attendances that everybody has their least points (P,)."""
    wish = able.arrays.wish[able.choice]
    missing = least > 0
    for p, group in groups_of(able.person):
        if missing[p]:
            missing[p] = False
            points = [int(wish[k]) for k in group]
            own = [model.get_bool_var_from_proto_index(k) for k in group]
            model.add(cp_model.LinearExpr.weighted_sum(own, points) >= int(least[p]))
    if missing.any():  # somebody cannot attend anything
        model.add_bool_or([])


def groups_of(key: Ints) -> list[tuple[int, list[int]]]:
    """Return the positions that have each key, by key."""
    if not len(key):
        return []
    order = np.argsort(key, kind="stable")
    ends = np.flatnonzero(np.diff(key[order])) + 1
    parts = np.split(order, ends)
    return [(int(key[part[0]]), part.tolist()) for part in parts]


def parts_of(key: Ints) -> list[list[int]]:
    """Return the positions with each key that has more than one."""
    return [group for _, group in groups_of(key) if len(group) > 1]
