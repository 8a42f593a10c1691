"""Heuristic pricing: a good plan for one round at given prices, by annealing on that round."""

from __future__ import annotations

import numpy as np

from spilrooster.search.arrays import Bools, Ints
from spilrooster.search.compiled import compiled
from spilrooster.search.moves import below, draw
from spilrooster.search.round_plans.data import Choosers, Floats, RoundSeats

IMPOSSIBLE = 1e9
"""Points that a plan loses for a presenter in two places."""


@compiled
def fixed_worth(choosers: Choosers, pi: Floats, plan: Ints, busy: Bools) -> float:
    """Return what `plan` (R,) is worth before anybody attends; mark presenters in `busy` (P,).

    Its runs have a price, and what needs a presenter in two places is worth nothing.
    """
    worth = 0.0
    for r in range(len(plan)):
        s = plan[r]
        if s >= 0:
            worth -= pi[s]
            for e in range(choosers.presenter_start[s], choosers.presenter_start[s + 1]):
                if busy[choosers.presenter[e]]:
                    worth -= IMPOSSIBLE
                busy[choosers.presenter[e]] = True
    return worth


@compiled
def rough_worth(
    choosers: Choosers, here: RoundSeats, margin: Floats, pi: Floats, plan: Ints
) -> float:
    """Return what `plan` (R,) is worth at least; `attend` says it exactly, in more time.

    Everyone takes their best session of the plan; where seats lack, those leave who lose least, and
    take the best that has a seat left, as long as there is one.
    """
    people, rooms = len(here.present), len(plan)
    best, other = np.zeros(people), np.zeros(people)
    where, refuge = np.full(people, -1, np.int64), np.full(people, -1, np.int64)
    busy = ~here.present
    worth = fixed_worth(choosers, pi, plan, busy)
    for r in range(rooms):
        if plan[r] >= 0:
            gain = margin[here.room_class[r]]
            for e in range(choosers.start[plan[r]], choosers.start[plan[r] + 1]):
                p = choosers.person[e]
                if gain[e] > best[p] and not busy[p]:
                    best[p], where[p] = gain[e], r
    first, crowd = by_room(where, rooms)
    left = first[:-1] - first[1:]
    for r in range(rooms):
        if plan[r] >= 0:
            left[r] += here.seats[plan[r], r]
    for r in range(rooms):
        if left[r] > 0:
            gain = margin[here.room_class[r]]
            for e in range(choosers.start[plan[r]], choosers.start[plan[r] + 1]):
                p = choosers.person[e]
                if gain[e] > other[p] and where[p] >= 0 and left[where[p]] < 0:
                    other[p], refuge[p] = gain[e], r
    worth += float(best.sum())
    out, late = np.zeros(people, np.bool_), False
    for r in range(rooms):
        if left[r] < 0:
            there = crowd[first[r] : first[r + 1]]
            for p in there[np.argsort(best[there] - other[there])[: -left[r]]]:
                worth -= best[p]
                if refuge[p] >= 0:
                    if left[refuge[p]] > 0:
                        left[refuge[p]] -= 1
                        worth += other[p]
                    else:
                        out[p] = late = True
    while late:
        gained, late = seat_again(choosers, here, margin, plan, left, out)
        worth += gained
    return worth


@compiled
def seat_again(
    choosers: Choosers, here: RoundSeats, margin: Floats, plan: Ints, left: Ints, out: Bools
) -> tuple[float, bool]:
    """Give who is `out` (P,) the best seat that is `left` (R,); return what they are worth.

    And whether there are others, who were too late for the seat that they wanted then.
    """
    best, where = np.zeros(len(out)), np.full(len(out), -1, np.int64)
    for r in range(len(plan)):
        if left[r] > 0:
            gain = margin[here.room_class[r]]
            for e in range(choosers.start[plan[r]], choosers.start[plan[r] + 1]):
                p = choosers.person[e]
                if out[p] and gain[e] > best[p]:
                    best[p], where[p] = gain[e], r
    worth, late = 0.0, False
    for p in np.flatnonzero(out):
        if where[p] >= 0 and left[where[p]] > 0:
            left[where[p]] -= 1
            worth += best[p]
            out[p] = False
        else:
            out[p] = where[p] >= 0
            late = late or out[p]
    return worth, late


@compiled
def by_room(where: Ints, rooms: int) -> tuple[Ints, Ints]:
    """Return people sorted by room `where` (P,), -1 = none: offsets (R + 1,) and who they are."""
    first = np.zeros(rooms + 1, np.int64)
    for r in where:
        if r >= 0:
            first[r + 1] += 1
    for r in range(rooms):
        first[r + 1] += first[r]
    crowd, free = np.empty(first[rooms], np.int64), first.copy()
    for p in range(len(where)):
        if where[p] >= 0:
            crowd[free[where[p]]] = p
            free[where[p]] += 1
    return first, crowd


@compiled
def improve_plan(
    choosers: Choosers,
    here: RoundSeats,
    margin: Floats,
    pi: Floats,
    plan: Ints,
    moves: int,
    heat: float,
    random: Ints,
) -> None:
    """Anneal `plan` (R,) in place for `moves` moves; it ends as the best plan seen.

    Plans are compared by attendances that can be. Where seats are scarce, an estimate that gives
    everybody who loses a seat their second best likes plans that many lose by.
    """
    sessions, rooms = here.seats.shape
    worth = rough_worth(choosers, here, margin, pi, plan)
    top, best = worth, plan.copy()
    for move in range(moves):
        r, q = below(random, rooms), -1
        old = plan[r]
        if draw(random) & 3:
            s = below(random, sessions + 1) - 1
            if s == old or (s >= 0 and (here.seats[s, r] < 0 or np.any(plan == s))):
                continue
            plan[r] = s
        else:
            q = below(random, rooms)
            other = plan[q]
            fits = (old < 0 or here.seats[old, q] >= 0) and (other < 0 or here.seats[other, r] >= 0)
            if q == r or not fits:
                continue
            plan[r], plan[q] = other, old
        new = rough_worth(choosers, here, margin, pi, plan)
        temperature = heat * (1.0 - move / moves) + 1e-9
        if new >= worth or draw(random) < 4294967296.0 * np.exp((new - worth) / temperature):
            worth = new
            if worth > top:
                top = worth
                best[:] = plan
        else:
            if q >= 0:
                plan[q] = plan[r]
            plan[r] = old
    plan[:] = best
