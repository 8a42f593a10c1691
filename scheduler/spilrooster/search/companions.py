"""Companions: people who stay together share what they wish for.

Whatever such people get, they get together. So only the sum of what a session is worth to all of
them counts, and each can as well wish for an equal part of it. Then the search and the bounds,
which seat people one by one, mostly send them the same way: to go apart brings them nothing. With
wishes of their own, a bound counts on each of them getting the best for themselves.

Who is away at times or presents is no companion then, and the others choose without them. So
nothing is taken from those who may be left alone; they only receive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from spilrooster.search.arrays import Arrays, Ints
from spilrooster.steering import Group, Steering


def with_shared_wishes(arrays: Arrays, steering: Steering) -> Arrays:
    """Return the arrays with wishes shared among companions; the same arrays if nobody has any.

    A programme that keeps companions together scores no fewer points than by their own wishes, and
    the same where all of them are always there. Companions who are promised points, or more than
    one of their choices, keep their own wishes: with shared ones nobody could tell.
    """
    sets = [*_sets(arrays, steering.companions)]
    if not sets:
        return arrays
    rows = np.zeros((arrays.people, arrays.sessions), dtype=np.int64)
    np.add.at(rows, (arrays.choice_person, arrays.choice_session), arrays.wish)
    may_listen = steering.may_listen()
    for steady, others in sets:
        together = may_listen[steady].all(axis=0)
        rows[others] *= together
        rows[steady], rows[others] = _shared(rows[steady] * together, rows[others])
    bonus = np.zeros_like(rows)
    required = np.array(sorted(arrays.required), dtype=np.int64).reshape(-1, 2)
    bonus[required[:, 0], required[:, 1]] = arrays.bonus
    points = rows + bonus
    person, session = np.nonzero(points)
    return arrays.with_choices(person, session, points[person, session])


def _sets(arrays: Arrays, companions: Iterable[Group]) -> Iterator[tuple[Ints, Ints]]:
    """Yield people who listen in the same rounds, and others who are never there without them."""
    presents = np.diff(arrays.presented_start) > 0
    promised = np.zeros(arrays.people, dtype=np.bool_)
    if arrays.bounds is not None:
        promised = (arrays.bounds.least_choices > 1) | (arrays.bounds.least_points > 0)
    for group in sorted(companions):
        people = np.array(group, dtype=np.int64)
        if promised[people].any():
            continue
        away, listens = arrays.away[people], ~presents[people]
        for mask in np.unique(away[listens]):
            steady = listens & (away == mask)
            others = ~steady & (away & mask == mask)
            if steady.sum() + others.sum() > 1:
                yield people[steady], people[others]


def _shared(steady: Ints, others: Ints) -> tuple[Ints, Ints]:
    """Return wishes (N, S) and (M, S) levelled out, with the same sums in whole points.

    Who is steady comes to one level; who is not gives what they have above it.
    """
    richest_first = -np.sort(-others, axis=0)
    sums = np.vstack([steady.sum(axis=0), richest_first]).cumsum(axis=0)
    level = (sums // (len(steady) + np.arange(len(sums)))[:, None]).max(axis=0)
    kept = np.minimum(others, level)
    part, rest = np.divmod(sums[-1] - kept.sum(axis=0), len(steady))
    one_more = np.arange(len(steady))[:, None] < rest
    return part + one_more, kept
