"""The best attendances of one round plan, exactly: successive shortest paths between rooms.

Everybody starts in the session that they like best, as if there were no seats. Then, from every
room with too many, people move on along the path of least loss: one to the next room, from where
another goes on, until there is a free seat or somebody stays out. That is a minimum-cost flow; a
round has few rooms, so paths are found in no time.
"""

from __future__ import annotations

import numpy as np

from spilrooster.search.arrays import Bools, Ints
from spilrooster.search.compiled import compiled
from spilrooster.search.round_plans.data import Choosers, Floats, RoundSeats
from spilrooster.search.round_plans.pricing import fixed_worth

NEVER = 1e18
"""Loss of moving to a session that one does not want."""


@compiled
def attend(
    choosers: Choosers, here: RoundSeats, margin: Floats, pi: Floats, plan: Ints, taken: Bools
) -> float:
    """Return the worth of `plan` (R,), attended as well as can be; mark the wishes in `taken` (C,).

    A plan that needs a presenter in two places is worth nothing.
    """
    people, rooms = len(here.present), len(plan)
    worths, wish = np.full((people, rooms + 1), -NEVER), np.full((people, rooms + 1), -1)
    worths[:, rooms] = 0.0  # staying out
    busy = ~here.present
    total = fixed_worth(choosers, pi, plan, busy)
    for r in range(rooms):
        if plan[r] >= 0:
            for e in range(choosers.start[plan[r]], choosers.start[plan[r] + 1]):
                p = choosers.person[e]
                if not busy[p] and margin[e] > 0.0:
                    worths[p, r], wish[p, r] = margin[e], e
    where = seated(worths, here.seats, plan)
    taken[:] = False
    for p in range(people):
        total += worths[p, where[p]]
        if where[p] < rooms:
            taken[wish[p, where[p]]] = True
    return total


@compiled
def seated(worths: Floats, seats: Ints, plan: Ints) -> Ints:
    """Return (P,) in which room everybody is, R = none, for the largest sum of `worths` (P, R + 1).

    `seats` (S, R) are those of the sessions.
    """
    people, rooms = worths.shape[0], worths.shape[1] - 1
    where, place = np.zeros(people, np.int64), np.zeros(people, np.int64)
    crowd, load = np.zeros((rooms + 1, people), np.int64), np.zeros(rooms + 1, np.int64)
    for p in range(people):
        r = int(np.argmax(worths[p]))
        where[p], place[p], crowd[r, load[r]] = r, load[r], p
        load[r] += 1
    left = np.full(rooms + 1, people)
    for r in range(rooms):
        left[r] = seats[plan[r], r] if plan[r] >= 0 else 0
    loss, mover = np.full((rooms, rooms + 1), NEVER), np.zeros((rooms, rooms + 1), np.int64)
    for r in range(rooms):
        least_losses(worths, crowd[r], load[r], r, loss, mover)
    before = np.zeros(rooms + 1, np.int64)
    for source in range(rooms):
        while load[source] > left[source]:
            to = nearest_seat(source, loss, load, left, before)
            while to != source:
                r = int(before[to])
                p = int(mover[r, to])
                load[r] -= 1
                crowd[r, place[p]] = crowd[r, load[r]]
                place[crowd[r, load[r]]] = place[p]
                where[p], place[p], crowd[to, load[to]] = to, load[to], p
                load[to] += 1
                if to < rooms:
                    least_losses(worths, crowd[to], load[to], to, loss, mover)
                to = r
            least_losses(worths, crowd[source], load[source], source, loss, mover)
    return where


@compiled
def least_losses(
    worths: Floats, crowd: Ints, count: int, r: int, loss: Floats, mover: Ints
) -> None:
    """Find who of the first `count` of `crowd` loses least by going from room `r` to each other."""
    loss[r, :] = NEVER
    for i in range(count):
        p = crowd[i]
        for q in range(worths.shape[1]):
            lost = worths[p, r] - worths[p, q]
            if q != r and lost < loss[r, q]:
                loss[r, q], mover[r, q] = lost, p


@compiled
def nearest_seat(source: int, loss: Floats, load: Ints, left: Ints, before: Ints) -> int:
    """Return the room with a free seat that is nearest to `source`, R = staying out.

    Fills `before` (R + 1,) with the room before each on the path. Bellman and Ford: losses may be
    negative, but never in a circle.
    """
    rooms = loss.shape[0]
    far = np.full(rooms + 1, NEVER)
    far[source] = 0.0
    changed = True
    while changed:
        changed = False
        for r in range(rooms):
            if far[r] >= NEVER:
                continue
            for q in range(rooms + 1):
                if loss[r, q] < NEVER and far[r] + loss[r, q] < far[q] - 1e-9:
                    far[q], before[q], changed = far[r] + loss[r, q], r, True
    best: int = rooms
    for q in range(rooms):
        if load[q] < left[q] and far[q] < far[best]:
            best = q
    return best
