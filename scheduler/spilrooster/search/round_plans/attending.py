"""The best attendances of one round plan, exactly: successive shortest paths between rooms.

Everybody starts in the session that they like best, as if there were no seats. Then, from every
room with too many, people move on along the path of least loss: one to the next room, from where
another goes on, until there is a free seat or somebody stays out. That is a minimum-cost flow; a
round has few rooms, so paths are found in no time.
"""

from __future__ import annotations

import heapq

import numpy as np

from spilrooster.search.arrays import Bools, Ints
from spilrooster.search.compiled import compiled
from spilrooster.search.round_plans.data import Choosers, Floats, RoundSeats
from spilrooster.search.round_plans.pricing import fixed_worth

NEVER = 1e18
"""Loss of moving to a session that one does not want."""

Queues = list[list[tuple[float, int]]]
"""For each room and each other one, room by room: what everybody who is there would lose by going
to the other one, least first (heaps). Who left is still in them."""


@compiled
def attend(
    choosers: Choosers, here: RoundSeats, margin: Floats, pi: Floats, plan: Ints, taken: Bools
) -> float:
    """Return the worth of `plan` (R,), attended as well as can be; mark the wishes in `taken` (C,).

    `margin` (G, C) is what each wish is worth in rooms of each class. A plan that needs a presenter
    in two places is worth nothing.
    """
    people, rooms = len(here.present), len(plan)
    worths, wish = np.full((people, rooms + 1), -NEVER), np.full((people, rooms + 1), -1)
    worths[:, rooms] = 0.0  # staying out
    busy = ~here.present
    total = fixed_worth(choosers, pi, plan, busy)
    for r in range(rooms):
        if plan[r] >= 0:
            gain = margin[here.room_class[r]]
            for e in range(choosers.start[plan[r]], choosers.start[plan[r] + 1]):
                p = choosers.person[e]
                if not busy[p] and gain[e] > 0.0:
                    worths[p, r], wish[p, r] = gain[e], e
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
    where, load = np.zeros(people, np.int64), np.zeros(rooms + 1, np.int64)
    for p in range(people):
        where[p] = np.argmax(worths[p])
        load[where[p]] += 1
    left = np.full(rooms + 1, people)
    for r in range(rooms):
        left[r] = seats[plan[r], r] if plan[r] >= 0 else 0
    if np.all(load <= left):
        return where
    losses = [[(0.0, 0) for _ in range(0)] for _ in range(rooms * (rooms + 1))]
    for p in range(people):
        queue_up(worths, p, int(where[p]), losses)
    loss, before = np.full((rooms, rooms + 1), NEVER), np.zeros(rooms + 1, np.int64)
    for r in range(rooms):
        least_losses(r, where, losses, loss)
    for source in range(rooms):
        while load[source] > left[source]:
            to = nearest_seat(source, loss, load, left, before)
            load[to] += 1
            load[source] -= 1
            while to != source:
                r = int(before[to])
                p = losses[r * (rooms + 1) + to][0][1]
                where[p] = to
                queue_up(worths, p, to, losses)
                if to < rooms:
                    least_losses(to, where, losses, loss)
                to = r
            least_losses(source, where, losses, loss)
    return where


@compiled
def queue_up(worths: Floats, p: int, r: int, losses: Queues) -> None:
    """Put person `p`, who comes into room `r`, in the queue to each room that they want."""
    rooms = worths.shape[1] - 1
    for q in range(rooms + 1):
        if r < rooms and q != r and worths[p, q] > -NEVER:
            heapq.heappush(losses[r * (rooms + 1) + q], (worths[p, r] - worths[p, q], p))


@compiled
def least_losses(r: int, where: Ints, losses: Queues, loss: Floats) -> None:
    """Find what is lost at least if somebody goes from room `r` to each other."""
    rooms = loss.shape[0]
    for q in range(rooms + 1):
        queue = losses[r * (rooms + 1) + q]
        while len(queue) > 0 and where[queue[0][1]] != r:
            heapq.heappop(queue)
        loss[r, q] = queue[0][0] if len(queue) > 0 else NEVER


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
