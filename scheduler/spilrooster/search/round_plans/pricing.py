"""Heuristic pricing: a good plan for one round at given prices, by annealing on that round."""

from __future__ import annotations

import numpy as np

from spilrooster.search.arrays import Bools, Ints
from spilrooster.search.compiled import compiled
from spilrooster.search.moves import below, draw
from spilrooster.search.round_plans.data import Choosers, Floats, RoundSeats

Scratch = tuple[Floats, Floats, Ints]
"""Per person: margin of their best session, of their second best, and the room of the best."""

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
    for p in np.argsort(second - best):
        r = where[p]
        if r < 0:
            continue
        if left[r] > 0:
            left[r] -= 1
            taken[wish[p]] = True
            worth += best[p]
        else:
            wish[p] = -2 - wish[p]  # comes back below for what is left
    return worth + seat_the_rest(choosers, margin, plan, left, wish, taken)


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
def quick_worth(
    choosers: Choosers, margin: Floats, pi: Floats, seats: Ints, plan: Ints, scratch: Scratch
) -> float:
    """Estimate the worth of `plan` (R,): who loses a seat is taken to get their second best."""
    best, second, where = scratch
    best[:] = 0.0
    second[:] = 0.0
    where[:] = -1
    worth = 0.0
    for r in range(len(plan)):
        s = plan[r]
        if s >= 0:
            worth -= pi[s]
            for e in range(choosers.presenter_start[s], choosers.presenter_start[s + 1]):
                if second[choosers.presenter[e]] > 0.0:
                    worth -= IMPOSSIBLE
                second[choosers.presenter[e]] = np.inf
    for r in range(len(plan)):
        s = plan[r]
        if s < 0:
            continue
        for e in range(choosers.start[s], choosers.start[s + 1]):
            p, m = choosers.person[e], margin[e]
            if m <= second[p]:
                continue
            if m > best[p]:
                second[p] = best[p]
                best[p], where[p] = m, r
            else:
                second[p] = m
    load = np.zeros(len(plan), np.int64)
    for p in range(len(best)):
        if where[p] >= 0:
            worth += best[p]
            load[where[p]] += 1
    for r in range(len(plan)):
        excess = load[r] - seats[plan[r], r] if plan[r] >= 0 else 0
        if excess > 0:
            worth -= least_regrets(choosers, plan[r], r, load[r], excess, scratch)
    return worth


@compiled
def least_regrets(
    choosers: Choosers, s: int, r: int, load: int, excess: int, scratch: Scratch
) -> float:
    """Add up what the `excess` people lose who lose least by leaving room `r`."""
    best, second, where = scratch
    regrets = np.empty(load)
    count = 0
    for e in range(choosers.start[s], choosers.start[s + 1]):
        p = choosers.person[e]
        if where[p] == r:
            regrets[count] = best[p] - second[p]
            count += 1
    regrets.sort()
    lost: float = regrets[:excess].sum()
    return lost


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
    """Anneal `plan` (R,) in place for `moves` moves; it ends as the best plan seen."""
    people = len(here.present)
    scratch = np.empty(people), np.empty(people), np.empty(people, np.int64)
    able = np.where(here.present[choosers.person], margin, -1.0)
    sessions, rooms = here.seats.shape
    worth = quick_worth(choosers, able, pi, here.seats, plan, scratch)
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
        new = quick_worth(choosers, able, pi, here.seats, plan, scratch)
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
