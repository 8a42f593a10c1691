"""Facts: what the kernels of the search read, and what it costs in points to go against it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from spilrooster.search.arrays import Arrays, Bools, Ints

FIRM = 50
"""Weight of a broken pair or group in points of a first choice: no day makes up for it. And of each
point that a day lacks. With 5, whole sessions were worth more than the floor of who presents them:
of eight boards of 500 people none could be seated above their floors; with 50 all eight, at a value
as good."""

TOO_MANY = 0.15
"""Cost of a person too many in a run, in what a place is worth; more where they lose more."""

TOO_FEW = 0.3
"""Cost of a person too few, likewise, where that is known to be less than a first choice; else a
first choice: who wished for nothing else may be the only one who can come."""

MOST_POLLS, PEOPLE_PER_POLL = 64, 100
"""People are asked in so many parts, drawn by chance, of about so many people at least."""

MANY, FEW, WRONG, MISSING, UNSEATED, SHORT = range(6)
"""What costs points, by its place in `Facts.penalties`."""


class Facts(NamedTuple):
    """The parts of `Arrays` that the kernels read; see there."""

    seats: Ints
    may_run: Bools
    least_runs: Ints
    most_runs: Ints
    least_people: Ints
    choice_start: Ints
    choice_session: Ints
    choice_points: Ints
    away: Ints
    kind: Ints
    kind_sits: Bools
    presented_start: Ints
    presented: Ints
    asked_start: Ints  # (S, N + 1) where each poll begins in `asked`
    asked: Ints  # `touched`, by session and poll
    asked_points: Ints  # points of that choice; a huge number for presenters
    pairs: Ints
    group_start: Ints
    group_session: Ints
    one_room: Bools
    most_gaps: Ints
    own_start: Ints
    own: Ints
    tally_what: Ints
    tally_start: Ints
    tally_session: Ints
    tally_part_start: Ints
    tally_part: Ints
    run_costs: Ints
    seated: Ints  # (T, K) people of a kind who must have a place, if everybody there must
    most_rounds: Ints  # (P,)
    least_choices: Ints  # (P,)
    least_value: Ints  # (P,) least points of their choices, required ones with their bonus
    worth: int  # of a place, in points
    penalties: Ints
    """In points: a person too many, a person too few, a broken pair or group, a missing run, a
    person without a seat who must have one, and the share of what a day lacks that counts. The
    third rises as the search goes on; see `anneal`."""


def facts_of(arrays: Arrays) -> Facts:
    """Gather what the kernels need, with penalties in proportion to the points."""
    best = int(arrays.wish.max(initial=1))
    worth = best if arrays.worth is None else arrays.worth
    few = best if arrays.worth is None else max(1, round(TOO_FEW * worth))
    many = max(1, round(max(TOO_MANY * worth, arrays.crowding)))
    weights = [many, few, FIRM * best, 100 * best, best, FIRM]
    own: dict[str, Any] = {
        "worth": worth,
        "penalties": np.array(weights, dtype=np.int64),
    }
    own |= {
        "tally_what": arrays.tallies.what,
        "tally_start": arrays.tallies.start,
        "tally_session": arrays.tallies.session,
        "tally_part_start": arrays.tallies.part_start,
        "tally_part": arrays.tallies.part,
    }
    own |= _of_polls(arrays) | _of_groups(arrays) | _of_people(arrays)
    return Facts(*(own[name] if name in own else getattr(arrays, name) for name in Facts._fields))


def _of_polls(arrays: Arrays) -> dict[str, Any]:
    """Divide people into polls by chance, and sort those whom a session touches by poll."""
    session = np.repeat(np.arange(arrays.sessions), np.diff(arrays.touched_start))
    keys = session * arrays.people + arrays.touched  # in order
    points = np.full(len(keys), 1 << 40, dtype=np.int64)
    wishes = arrays.choice_session * arrays.people + arrays.choice_person
    points[np.searchsorted(keys, wishes)] = arrays.choice_points
    polls = min(MOST_POLLS, max(1, arrays.people // PEOPLE_PER_POLL))
    poll = np.random.default_rng(0).permutation(arrays.people) % polls
    places = session * polls + poll[arrays.touched]
    order = np.argsort(places, kind="stable")
    starts = np.searchsorted(places[order], np.arange(arrays.sessions * polls + 1))
    rows = np.arange(arrays.sessions)[:, None] * polls + np.arange(polls + 1)
    return {
        "asked_start": starts[rows].astype(np.int64),
        "asked": arrays.touched[order],
        "asked_points": points[order],
    }


def _of_groups(arrays: Arrays) -> dict[str, Any]:
    groups = arrays.groups
    none = np.zeros(0, dtype=np.int64)
    return {
        "group_start": np.zeros(1, dtype=np.int64) if groups is None else groups.start,
        "group_session": none if groups is None else groups.session,
        "one_room": none.astype(np.bool_) if groups is None else groups.one_room,
        "most_gaps": none if groups is None else groups.most_gaps,
        "own_start": np.zeros(arrays.sessions + 1, dtype=np.int64)
        if groups is None
        else groups.own_start,
        "own": none if groups is None else groups.own,
    }


def _of_people(arrays: Arrays) -> dict[str, Any]:
    bounds, people, rounds = arrays.bounds, arrays.people, arrays.rounds
    if bounds is None:
        none = np.zeros(people, dtype=np.int64)
        seated = np.zeros((0, len(arrays.kind_sits)), dtype=np.int64)
        return {"seated": seated, "most_rounds": none + rounds, "least_choices": none,
                "least_value": none}  # fmt: skip
    away = ((arrays.away[:, None] >> np.arange(rounds)) & 1).astype(np.bool_)
    whole_day = bounds.least_rounds >= rounds - away.sum(1)
    required = np.bincount(arrays.choice_person[arrays.must], minlength=people).astype(np.int64)
    least = bounds.least_points
    return {
        "seated": _to_seat(arrays, away, whole_day),
        "most_rounds": bounds.most_rounds,
        "least_choices": bounds.least_choices,
        "least_value": np.where(least > 0, least + arrays.bonus * required, 0),
    }


def _to_seat(arrays: Arrays, away: Bools, whole_day: Bools) -> Ints:
    """Count who must have a place, by round and kind of needs; (0, K) if nobody must."""
    kinds = len(arrays.kind_sits)
    if not whole_day.any():
        return np.zeros((0, kinds), dtype=np.int64)
    there = ~away & whole_day[:, None]
    return np.array([np.bincount(arrays.kind[there[:, t]], minlength=kinds)
                     for t in range(arrays.rounds)], dtype=np.int64)  # fmt: skip
