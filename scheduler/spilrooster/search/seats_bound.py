"""The seats bound: everyone's best list, but no session takes more people than it has seats for.

Rounds are left out: a session offers the seats of its largest rooms, once per run it may have,
and a person takes at most one choice per round they are there and free. That is a transportation
problem, so its optimum is exact; leaving out clashes makes it a bound for every programme.
"""

from __future__ import annotations

import numpy as np
from ortools.graph.python import min_cost_flow

from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.stage import Context


class SeatsBoundStage:
    """Prove the seats bound."""

    name = "seats bound"

    def run(self, context: Context, allowance: float) -> None:
        """Offer the bound; it takes a fraction of a second."""
        arrays = context.workshop.arrays
        if arrays.required or not len(arrays.choice_points):
            return  # required attendances carry a bonus that is no value
        if context.problem.choices.level > 1:
            return  # a value is about level 1
        context.standings.offer_bound(seats_bound(arrays), self.name)


def seats_bound(arrays: Arrays) -> int:
    """Return the bound in points."""
    offered, places = seats_offered(arrays), rounds_to_listen(arrays)
    person, session = arrays.choice_person, arrays.choice_session
    people, sessions = arrays.people, arrays.sessions
    source, sink = people + sessions, people + sessions + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    blocks = (
        (np.full(people, source), np.arange(people), places, np.zeros(people)),
        (person, people + session, np.ones(len(person)), -arrays.choice_points),
        (people + np.arange(sessions), np.full(sessions, sink), offered, np.zeros(sessions)),
        (np.array([source]), np.array([sink]), np.array([places.sum()]), np.zeros(1)),
    )
    tail, head, capacity, cost = (np.concatenate(column) for column in zip(*blocks, strict=True))
    flow.add_arcs_with_capacity_and_unit_cost(
        tail.astype(np.int32),
        head.astype(np.int32),
        capacity.astype(np.int64),
        cost.astype(np.int64),
    )
    total = int(places.sum())
    flow.set_nodes_supplies(np.array([source, sink]), np.array([total, -total]))
    status = flow.solve()
    assert status == flow.OPTIMAL, f"a flow that can always stay at home failed: {status}"
    return -int(flow.optimal_cost())


def seats_offered(arrays: Arrays) -> Ints:
    """Return (S,): the most seats a session can offer over all its runs."""
    room_possible = arrays.may_run.any(axis=1)
    best = np.where(room_possible, arrays.seats, 0).max(axis=1, initial=0)
    offered: Ints = best * arrays.most_runs
    return offered


def rounds_to_listen(arrays: Arrays) -> Ints:
    """Return (P,): in how many rounds a person can listen: there, and not presenting."""
    there = ((~arrays.away[:, None] >> np.arange(arrays.rounds)) & 1).sum(axis=1)
    own = np.zeros(arrays.people, dtype=np.int64)
    presenter = np.repeat(np.arange(arrays.people), np.diff(arrays.presented_start))
    np.add.at(own, presenter, arrays.least_runs[arrays.presented])
    rounds: Ints = np.maximum(there - own, 0)
    return rounds
