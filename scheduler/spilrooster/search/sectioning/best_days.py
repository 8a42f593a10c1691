"""Everyone's best day at given seat prices: small exact matchings, compiled.

What one person can attend is a bipartite graph of their choices and the rounds, and a day is a
matching in it: one thing in a round, a session once. All numbers are whole: points and prices in
units of 1 / `UNIT` point, so that sums are exact and a bound made of them is one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from spilrooster.search.arrays import Ints
from spilrooster.search.compiled import compiled
from spilrooster.search.sectioning.places import Attendances

UNIT = 1024
"""Units in a point."""

NONE = -1
FAR = -(1 << 60)


class Wishes(NamedTuple):
    """Attendances by person: those of person p are ``start[p]:start[p + 1]``."""

    start: Ints  # (P + 1,)
    choice: Ints  # (N,) number of the choice among the person's own
    round: Ints  # (N,)
    run: Ints  # (N,)
    weight: Ints  # (N,) points in units, with the bonus of a required attendance


class Scratch(NamedTuple):
    """Room to work in: T rounds, as many choices as the person with most has."""

    holder: Ints  # (choices,) round that holds the choice
    gain: Ints  # (T,) gain of a path to the round
    by: Ints  # (T,) attendance that takes what the round held


def wishes_of(able: Attendances) -> Wishes:
    """Gather what the kernels read."""
    arrays = able.arrays
    return Wishes(
        start=np.searchsorted(able.person, np.arange(arrays.people + 1)).astype(np.int64),
        choice=able.choice - arrays.choice_start[able.person],
        round=able.round,
        run=able.run,
        weight=arrays.choice_points[able.choice] * UNIT,
    )


def scratch_of(able: Attendances) -> Scratch:
    """Make room to work in."""
    arrays = able.arrays
    most = int(np.diff(arrays.choice_start).max(initial=0))
    rounds = arrays.rounds
    return Scratch(*(np.zeros(n, dtype=np.int64) for n in (most, rounds, rounds)))


@compiled
def best_day(wishes: Wishes, p: int, price: Ints, taken: Ints, scratch: Scratch) -> int:
    """Find the best day of person `p`; return what it is worth after paying the prices.

    `taken` (T,) gets the attendance taken in each round, or NONE.
    """
    first, last = wishes.start[p], wishes.start[p + 1]
    rounds = len(taken)
    best = scratch.gain
    for t in range(rounds):
        taken[t] = NONE
        best[t] = 0
    for i in range(first, last):
        t = wishes.round[i]
        worth = wishes.weight[i] - price[wishes.run[i]]
        if worth > best[t]:
            best[t] = worth
            taken[t] = i
    total, clash = 0, False
    for t in range(rounds):
        total += best[t]
        for u in range(t):
            if taken[t] >= 0 and taken[u] >= 0:
                clash |= wishes.choice[taken[t]] == wishes.choice[taken[u]]
    if not clash:
        return total
    for i in range(first, last):
        scratch.holder[wishes.choice[i]] = NONE
    for t in range(rounds):
        taken[t] = NONE
    total = 0
    for t in range(rounds):
        total += let_in(wishes, first, last, t, price, taken, scratch)
    return total


@compiled
def let_in(
    wishes: Wishes, first: int, last: int, entry: int, price: Ints, taken: Ints, scratch: Scratch
) -> int:
    """Let the round `entry` in by the best alternating path; return what that gains.

    The matching is the best one of the rounds before, so that no cycle gains anything.
    """
    holder, gain, by = scratch.holder, scratch.gain, scratch.by
    gain[:] = FAR
    gain[entry] = 0
    changed = True
    while changed:
        changed = False
        for i in range(first, last):
            t, u = wishes.round[i], holder[wishes.choice[i]]
            if gain[t] == FAR or u in (NONE, t):
                continue
            given_up = wishes.weight[taken[u]] - price[wishes.run[taken[u]]]
            new = gain[t] + wishes.weight[i] - price[wishes.run[i]] - given_up
            if new > gain[u]:
                gain[u], by[u] = new, i
                changed = True
    best, end, taking = 0, NONE, NONE
    for t in range(len(taken)):
        if gain[t] > best:
            best, end = gain[t], t
    for i in range(first, last):
        t = wishes.round[i]
        if holder[wishes.choice[i]] == NONE and gain[t] != FAR:
            new = gain[t] + wishes.weight[i] - price[wishes.run[i]]
            if new > best:
                best, end, taking = new, t, i
    if end != NONE:
        turn_over(wishes, entry, end, taking, taken, scratch)
    return best


@compiled
def turn_over(
    wishes: Wishes, entry: int, end: int, taking: int, taken: Ints, scratch: Scratch
) -> None:
    """Carry out the path that ends in round `end`, which takes `taking` (or NONE)."""
    t = end
    taken[t] = taking
    if taking != NONE:
        scratch.holder[wishes.choice[taking]] = t
    while t != entry:
        i = scratch.by[t]
        t = wishes.round[i]
        taken[t] = i
        scratch.holder[wishes.choice[i]] = t


@compiled
def best_days(
    wishes: Wishes, stride: int, price: Ints, load: Ints, taken: Ints, scratch: Scratch
) -> int:
    """Let every `stride`-th person take their best day; return its worth in all, after prices.

    `load` (J,) gets the people who want each run and `taken` (P, T) what they take.
    """
    total = 0
    load[:] = 0
    for p in range(0, len(wishes.start) - 1, stride):
        total += best_day(wishes, p, price, taken[p], scratch)
        for t in range(taken.shape[1]):
            if taken[p, t] != NONE:
                load[wishes.run[taken[p, t]]] += 1
    return total


@compiled
def surcharge(price: Ints, load: Ints, seats: Ints, j: int, most: int, width: float) -> int:
    """Return the price of run `j` with up to `most` added or taken off by how full it is.

    All of `most` is added with `width` (a share of the seats) people too many. Only a seat that
    has a price can get cheaper: the others need not be full.
    """
    over = (load[j] + 1 - seats[j]) / max(1.0, width * seats[j])
    least = -1.0 if price[j] > 0 else 0.0
    asked: int = price[j] + int(most * min(1.0, max(over, least)))
    return asked


@compiled
def settle(
    wishes: Wishes,
    price: Ints,
    most: int,
    width: float,
    seats: Ints,
    load: Ints,
    taken: Ints,
    scratch: Scratch,
) -> None:
    """Let people choose again one after the other, who now prefer what is less full.

    With a small `most` that only decides between days that are equally good at the prices.
    """
    asked = np.empty_like(price)
    for j in range(len(price)):
        asked[j] = surcharge(price, load, seats, j, most, width)
    for p in range(taken.shape[0]):
        for t in range(taken.shape[1]):
            if taken[p, t] != NONE:
                j = wishes.run[taken[p, t]]
                load[j] -= 1
                asked[j] = surcharge(price, load, seats, j, most, width)
        best_day(wishes, p, asked, taken[p], scratch)
        for t in range(taken.shape[1]):
            if taken[p, t] != NONE:
                j = wishes.run[taken[p, t]]
                load[j] += 1
                asked[j] = surcharge(price, load, seats, j, most, width)


@compiled
def once_prices(wishes: Wishes, price: Ints, taken: Ints, worth: Ints, scratch: Scratch) -> None:
    """Put into `worth` (N,) what a second attendance of what is `taken` would bring, in units.

    `taken` (P, T) holds best days at the prices. Whoever takes the second one gives up what they
    had in that round, which comes free for another round in turn.
    """
    holder = scratch.holder
    worth[:] = 0
    for p in range(taken.shape[0]):
        first, last = wishes.start[p], wishes.start[p + 1]
        for i in range(first, last):
            holder[wishes.choice[i]] = NONE
        for t in range(taken.shape[1]):
            if taken[p, t] != NONE:
                holder[wishes.choice[taken[p, t]]] = taken[p, t]
        changed = True
        while changed:
            changed = False
            for i in range(first, last):
                held = holder[wishes.choice[i]]
                if held == NONE or wishes.round[held] == wishes.round[i]:
                    continue
                new = wishes.weight[i] - price[wishes.run[i]]
                left = taken[p, wishes.round[i]]
                if left != NONE:
                    new += worth[left] - wishes.weight[left] + price[wishes.run[left]]
                if new > worth[held]:
                    worth[held] = new
                    changed = True
