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
def rate_plan(
    choosers: Choosers, here: RoundSeats, margin: Floats, pi: Floats, plan: Ints, taken: Bools
) -> float:
    """Return the worth of `plan` (R,) and mark in `taken` (C,) which wishes it grants.

    Everyone takes their best session of the plan; where seats lack, those leave who lose least,
    and take what is left. The attendances are feasible, so the worth is a lower bound; a plan that
    needs a presenter in two places is worth nothing.
    """
    people, rooms = len(here.present), len(plan)
    best = np.zeros(people)
    second = np.zeros(people)
    where = np.full(people, -1, np.int64)
    wish = np.full(people, -1, np.int64)
    busy = ~here.present
    worth = 0.0
    for r in range(rooms):
        s = plan[r]
        if s >= 0:
            worth -= pi[s]
            for e in range(choosers.presenter_start[s], choosers.presenter_start[s + 1]):
                if busy[choosers.presenter[e]]:
                    worth -= IMPOSSIBLE
                busy[choosers.presenter[e]] = True
    for r in range(rooms):
        s = plan[r]
        if s < 0:
            continue
        for e in range(choosers.start[s], choosers.start[s + 1]):
            p, m = choosers.person[e], margin[e]
            if busy[p] or m <= second[p]:
                continue
            if m > best[p]:
                second[p] = best[p]
                best[p], where[p], wish[p] = m, r, e
            else:
                second[p] = m
    left = np.zeros(rooms, np.int64)
    for r in range(rooms):
        if plan[r] >= 0:
            left[r] = here.seats[plan[r], r]
    taken[:] = False
    first, crowd = by_room(where, rooms)
    for r in range(rooms):
        there = crowd[first[r] : first[r + 1]]
        if len(there) > left[r]:
            there = there[np.argsort(second[there] - best[there])]
        for p in there:
            if left[r] > 0:
                left[r] -= 1
                taken[wish[p]] = True
                worth += best[p]
            else:
                wish[p] = -2 - wish[p]  # comes back below for what is left
    return worth + seat_the_rest(choosers, margin, plan, left, wish, taken)


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
def seat_the_rest(
    choosers: Choosers, margin: Floats, plan: Ints, left: Ints, wish: Ints, taken: Bools
) -> float:
    """Give people who lost their seat another session of the plan that has one left."""
    worth = 0.0
    lost = np.zeros(len(wish), np.bool_)
    for p in range(len(wish)):
        lost[p] = wish[p] <= -2
    for r in range(len(plan)):
        if plan[r] < 0 or left[r] <= 0:
            continue
        s = plan[r]
        for e in range(choosers.start[s], choosers.start[s + 1]):
            p = choosers.person[e]
            if lost[p] and margin[e] > 0.0 and left[r] > 0:
                lost[p] = False
                left[r] -= 1
                taken[e] = True
                worth += margin[e]
    return worth


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
    taken = np.zeros(len(margin), np.bool_)
    sessions, rooms = here.seats.shape
    worth = rate_plan(choosers, here, margin, pi, plan, taken)
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
        new = rate_plan(choosers, here, margin, pi, plan, taken)
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
