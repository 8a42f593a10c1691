"""Sectioning by min-cost flow: exact where rounds are apart, because no session runs twice.

Each round is a transportation problem: people to runs. Runs that have seats for all who could
come are taken out first: they are everyone's option beside the contested ones.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from spilrooster.search.arrays import Bools, Ints
from spilrooster.search.sectioning.places import Attendances, Sectioning


def section_by_flow(able: Attendances) -> Sectioning | None:
    """Return the best attendances of runs that have no session twice; None if there are none."""
    taken = np.zeros(len(able), dtype=np.bool_)
    worth = hard_worth(able)
    for t in range(able.arrays.rounds):
        taken[best_of_round(able, worth, t, np.flatnonzero(able.round == t))] = True
    if not able.keep_rules(taken):
        return None  # the bonus makes the flow keep them if anything can
    once_price = np.zeros(len(able.arrays.must))
    return Sectioning.of(able, taken, None, once_price, seat_prices(able, worth, taken))


def hard_worth(able: Attendances) -> Ints:
    """Return the points of each attendance (N,); those that must be outweigh all others together.

    Bringing one more of them about moves at most one person per run of the round.
    """
    arrays = able.arrays
    bonus = _bonus(int(arrays.wish.max(initial=0)), len(able.runs))
    return (arrays.wish + bonus * arrays.must)[able.choice]


def _bonus(most: int, runs: int) -> int:
    return (runs + 2) * (most + 1)


def best_of_round(able: Attendances, worth: Ints, t: int, rows: Ints) -> Ints:
    """Return which of the attendances `rows`, all in round `t`, are best taken together.

    People of the round who have nothing among `rows` fill runs up to their least number.
    """
    if not len(rows):
        return rows
    run, person = able.run[rows], able.person[rows]
    inside = np.zeros(able.arrays.people, dtype=np.bool_)
    inside[person] = True
    idle = int(np.count_nonzero(~able.busy[:, t] & ~inside))
    least = np.where(able.runs.round == t, able.least, 0)
    if least.sum() <= idle:
        least = np.zeros_like(least)  # enough people are free in any case
    points = worth[rows]
    if least.any():
        return rows[_flow(person, run, points, able.seats, least, idle)]
    option, left = _split(person, run, points, able.seats, able.arrays.people)
    best = np.where(option >= 0, points[option], 0)
    gain = points[left] - best[person[left]]
    got = left[_flow(person[left], run[left], gain, able.seats, least, 0)]
    option[person[got]] = got
    return rows[option[option >= 0]]


def _split(person: Ints, run: Ints, points: Ints, seats: Ints, people: int) -> tuple[Ints, Ints]:
    """Return everyone's best attendance of runs with seats for all (P,), or -1; and the others.

    The others (row numbers) are for runs that may not have a seat for all, and worth more.
    """
    option = np.full(people, -1, dtype=np.int64)
    best = np.zeros(people, dtype=np.int64)
    rows = np.arange(len(person))
    roomy = np.zeros(len(seats), dtype=np.bool_)
    while True:
        count = np.bincount(run[rows], minlength=len(seats))
        new = ~roomy & (count <= seats)
        chosen = rows[new[run[rows]]]
        if not len(chosen):
            return option, rows
        roomy |= new
        chosen = chosen[np.argsort(points[chosen], kind="stable")]
        chosen = chosen[points[chosen] > best[person[chosen]]]
        option[person[chosen]], best[person[chosen]] = chosen, points[chosen]
        rows = rows[~roomy[run[rows]] & (points[rows] > best[person[rows]])]


def _flow(person: Ints, run: Ints, points: Ints, seats: Ints, least: Ints, idle: int) -> Ints:
    """Return the numbers of the (person, run) pairs of a best flow; everybody may stay away.

    Who stays away, and the `idle`, can fill runs up to their least number of people: at no
    worth, but a run that gets them is worth more than all points that it could cost.
    """
    if not len(person):
        return np.zeros(0, dtype=np.int64)
    who, node = np.unique(person, return_inverse=True)
    people, runs = len(who), len(seats)
    at_run, pool = people + np.arange(runs), people + runs
    sink = pool + 1
    filled = -_bonus(int(points.max()), runs)
    blocks = (
        (node, people + run, np.ones(len(node)), -points),
        (np.arange(people), np.full(people, pool), np.ones(people), np.zeros(people)),
        (np.full(runs, pool), at_run, least, np.zeros(runs)),
        (at_run, np.full(runs, sink), least, np.full(runs, filled)),
        (at_run, np.full(runs, sink), seats - least, np.zeros(runs)),
        (np.array([pool]), np.array([sink]), np.array([people + idle]), np.zeros(1)),
    )
    tail, head, capacity, cost = (np.concatenate(column) for column in zip(*blocks, strict=True))
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        tail.astype(np.int32),
        head.astype(np.int32),
        capacity.astype(np.int64),
        cost.astype(np.int64),
    )
    flow.set_nodes_supplies(
        np.concatenate([np.arange(people), [pool, sink]]).astype(np.int32),
        np.concatenate([np.ones(people), [idle, -people - idle]]).astype(np.int64),
    )
    status = flow.solve()
    assert status == flow.OPTIMAL, f"a flow that can always stay away failed: {status}"
    return np.flatnonzero(flow.flows(arcs[: len(node)]) > 0)


def seat_prices(able: Attendances, worth: Ints, taken: Bools) -> NDArray[np.float64]:
    """Return what one more seat in each run (J,) would bring, given best attendances.

    Somebody who wants it comes, which frees the seat they had for somebody else, and so on: the
    best such chain. A run with a seat left has no price.
    """
    runs = len(able.runs)
    away = runs  # the number of being nowhere
    place = np.full(able.arrays.people * able.arrays.rounds, away)
    value = np.zeros(len(place), dtype=np.int64)
    slot = able.person * able.arrays.rounds + able.round
    place[slot[taken]], value[slot[taken]] = able.run[taken], worth[taken]
    none = -(1 << 60)
    gain = np.full((runs + 1, runs), none)  # of somebody who moves from one run to another
    np.maximum.at(gain, (place[slot], able.run), worth - value[slot])
    full = np.bincount(able.run[taken], minlength=runs) >= able.seats
    price = np.zeros(runs + 1, dtype=np.int64)
    for _ in range(runs):
        new = np.maximum((gain + price[:, None]).max(axis=0, initial=0), 0) * full
        if np.array_equal(new, price[:runs]):
            break
        price[:runs] = new
    return price[:runs].astype(np.float64)
