"""Filling: give people who have nothing in a round a place, first where a run lacks people."""

from __future__ import annotations

import numpy as np
from ortools.graph.python import min_cost_flow

from spilrooster.search.arrays import Arrays, Bools, Ints
from spilrooster.search.board import EMPTY
from spilrooster.search.sectioning import Runs, busy_rounds

LACKING = -1_000_000
"""Cost of a place that brings a run to its least number of people: always worth it."""


def fill(arrays: Arrays, occupant: Ints, day: Ints, welcome: Bools, everyone: bool) -> Ints:
    """Return `day` (P, T) with free places filled.

    Parameters
    ----------
    occupant : int (T, R)
        The runs.
    day : int (P, T)
        Attendances so far; they stay as they are.
    welcome : bool (P, S)
        Who may attend what, by the rules.
    everyone
        Fill every seat that somebody could take; otherwise only up to the least people.

    Notes
    -----
    Each round is a min-cost flow, so within a round as many people as possible get a place. The
    rounds are filled one after the other, which need not be best together: nobody attends a
    session twice, so what is filled early is not there later.
    """
    runs = Runs.of(occupant)
    busy = busy_rounds(arrays, runs)
    idle = ~busy & (day == EMPTY)
    filled = day.copy()
    most = _most_places(arrays, busy)
    for t in range(arrays.rounds):
        people = np.flatnonzero(idle[:, t] & ((filled != EMPTY).sum(1) < most))
        _fill_round(arrays, runs, t, people, filled, welcome, everyone)
    return filled


def _most_places(arrays: Arrays, busy: Bools) -> Ints:
    """Return (P,) how many places in audiences each person may have."""
    if arrays.bounds is None:
        return np.full(arrays.people, arrays.rounds, dtype=np.int64)
    away = ((arrays.away[:, None] >> np.arange(arrays.rounds)) & 1).astype(np.bool_)
    most: Ints = arrays.bounds.most_rounds - (busy & ~away).sum(1)
    return most


def _fill_round(
    arrays: Arrays, runs: Runs, t: int, people: Ints, day: Ints, welcome: Bools, everyone: bool
) -> None:
    here = np.flatnonzero(runs.round == t)
    session, room = runs.session[here], runs.room[here]
    load = np.array([np.count_nonzero(day[:, t] == s) for s in session], dtype=np.int64)
    lacking = np.maximum(arrays.least_people[session] - load, 0)
    spare = np.maximum(arrays.seats[session, room] - load - lacking, 0) * everyone
    fits = welcome[np.ix_(people, session)] & arrays.kind_sits[arrays.kind[people]][:, room]
    fits &= ~(day[people][:, :, None] == session).any(axis=1)
    fits &= (lacking + spare > 0)[None, :]
    person, run = np.nonzero(fits)
    if not len(person):
        return
    taken = _match(person, run, lacking, spare)
    day[people[person[taken]], t] = session[run[taken]]


def _match(person: Ints, run: Ints, lacking: Ints, spare: Ints) -> Ints:
    """Match people with runs; return the numbers of the (person, run) pairs taken."""
    people, runs = int(person.max()) + 1, len(lacking)
    source, sink = people + runs, people + runs + 1
    total = int(lacking.sum())
    emptiness = -(1000 * spare) // (1 + spare.max())  # of two runs, the emptier one first
    flow = min_cost_flow.SimpleMinCostFlow()
    blocks = (
        (person, people + run, np.ones(len(person)), np.zeros(len(person))),
        (np.full(people, source), np.arange(people), np.ones(people), np.zeros(people)),
        (people + np.arange(runs), np.full(runs, sink), lacking, np.full(runs, LACKING)),
        (people + np.arange(runs), np.full(runs, sink), spare, emptiness - 1000),
        (np.array([source]), np.array([sink]), np.array([people]), np.zeros(1)),
    )
    tail, head, capacity, cost = (np.concatenate(column) for column in zip(*blocks, strict=True))
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        tail.astype(np.int32),
        head.astype(np.int32),
        capacity.astype(np.int64),
        cost.astype(np.int64),
    )
    flow.set_nodes_supplies(np.array([source, sink]), np.array([people, -people]))
    status = flow.solve()
    assert status == flow.OPTIMAL, f"a flow that can always stay at home failed: {status} {total}"
    return np.flatnonzero(flow.flows(arcs[: len(person)]) > 0)
