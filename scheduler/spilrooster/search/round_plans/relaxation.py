"""The relaxation of one round, at multipliers of its people, and how a node of the proof uses it.

The bound of a node relaxes "a person does one thing in a round" with a multiplier `u` per person.
What remains assigns sessions to rooms; a session in a room is worth the sum of the largest positive
margins (points - mu - u) of those who can be there, cut at the seats, less its price and less the
multipliers of its presenters. That is an assignment problem. A few subgradient steps from the
parent's multipliers tighten it; reduced costs fix sessions in or out.
"""

from __future__ import annotations

import numpy as np

from spilrooster.search.arrays import Ints
from spilrooster.search.compiled import compiled
from spilrooster.search.round_plans.data import Choosers, Floats, RoundSeats

OUT, FREE, IN = -1, 0, 1
FORBIDDEN = -1e11
FORCED = 1e9
MANY_WISHES, WISHES_PER_CLASS = 300, 8
"""With more wishes for a session than the first, sorting all of them takes time if the order
changed much. Then they are put into classes of about so many."""

FIRST_SIZE, LAST_SHARE, DEFLECTION = 0.6, 0.05, 0.7
"""Of the subgradient steps: first size, what is left of it at the last one, memory. They shrink
evenly, whether they gain or not: when they shrank after six steps without gain, and began anew from
the best, a round of 5,000 people came to 49,156 points after 1,201 nodes, and not to 48,901."""


@compiled
def assign(worth: Floats) -> tuple[Ints, Floats, Floats]:
    """Solve the assignment problem: rows (R) to columns (N >= R), most worth; Hungarian method.

    Returns the column of each row, and duals of rows and columns (of costs = -worth).
    """
    rows, columns = worth.shape
    u, v = np.zeros(rows + 1), np.zeros(columns + 1)
    match, way = np.zeros(columns + 1, np.int64), np.zeros(columns + 1, np.int64)
    for i in range(1, rows + 1):
        match[0], j = i, 0
        least = np.full(columns + 1, 1e18)
        used = np.zeros(columns + 1, np.bool_)
        while True:
            used[j] = True
            row, delta, following = match[j], 1e18, 0
            for k in range(1, columns + 1):
                if not used[k]:
                    cost = -worth[row - 1, k - 1] - u[row] - v[k]
                    if cost < least[k]:
                        least[k], way[k] = cost, j
                    if least[k] < delta:
                        delta, following = least[k], k
            for k in range(columns + 1):
                if used[k]:
                    u[match[k]] += delta
                    v[k] -= delta
                else:
                    least[k] -= delta
            j = following
            if match[j] == 0:
                break
        while j:
            match[j] = match[way[j]]
            j = way[j]
    column = np.full(rows, -1, np.int64)
    for k in range(1, columns + 1):
        if match[k] > 0:
            column[match[k] - 1] = k - 1
    return column, u, v


@compiled
def sum_largest(
    choosers: Choosers, margin: Floats, u: Floats, s: int, seats: Ints, worths: Floats
) -> tuple[Floats, Floats]:
    """Return, for every n in `seats` (R,), the sum of the n largest positive worths of session `s`.

    And the least worth that counts; the worths of the session are left in `worths` (C,). Wishes are
    put into classes of worth, and only classes that seats divide are sorted: to sort all of them
    would take longer.
    """
    first, last = choosers.start[s], choosers.start[s + 1]
    positive, found, top = np.empty(last - first + 1), 0, 1e-9
    for e in range(first, last):  # no branches: half of them would be guessed wrong
        worths[e] = margin[e] - u[choosers.person[e]]
        positive[found] = worths[e]
        found += worths[e] > 0.0
        top = max(top, worths[e])
    classes = (last - first) // WISHES_PER_CLASS
    count, points = np.zeros(classes + 1, np.int64), np.zeros(classes + 1)
    newest, older = np.full(classes, -1, np.int64), np.empty(found, np.int64)
    scale = (classes - 1) / top
    for i in range(found):
        k = int((top - positive[i]) * scale)
        count[k + 1] += 1
        points[k + 1] += positive[i]
        older[i] = newest[k]
        newest[k] = i
    for k in range(classes):
        count[k + 1] += count[k]
        points[k + 1] += points[k]
    total, least = np.zeros(len(seats)), np.zeros(len(seats))
    for r in range(len(seats)):
        if seats[r] >= count[classes]:
            total[r] = points[classes]
        elif seats[r] > 0:
            k = np.searchsorted(count, seats[r]) - 1  # the class in which the last of them is
            inside = np.empty(count[k + 1] - count[k])
            e = newest[k]
            for i in range(len(inside)):
                inside[i] = positive[e]
                e = older[e]
            inside.sort()
            fewer = len(inside) - (seats[r] - count[k])
            total[r] = points[k] + inside[fewer:].sum()
            least[r] = inside[fewer]
    return total, least


@compiled
def count_largest(
    choosers: Choosers, s: int, seats: int, worths: Floats, least: float, slope: Floats
) -> None:
    """Add 1 to the `slope` (P,) of those whose worths `sum_largest` counted; the first if alike."""
    if seats == 0:
        return
    for e in range(choosers.start[s], choosers.start[s + 1]):
        counts = worths[e] > least
        slope[choosers.person[e]] += counts
        seats -= counts
    for e in range(choosers.start[s], choosers.start[s + 1]):
        if seats == 0 or least == 0.0:
            break
        if worths[e] == least:
            slope[choosers.person[e]] += 1.0
            seats -= 1


@compiled
def sort_wishes(
    choosers: Choosers, margin: Floats, u: Floats, s: int, ranked: Ints, worths: Floats
) -> int:
    """Bring the wishes of session `s` with a positive margin - u to the front, the largest first.

    Their worths are left in the same places of `worths` (C,). Returns how many there are. Sorts by
    insertion: between two steps the order hardly changes.
    """
    first, last = choosers.start[s], choosers.start[s + 1]
    front = first
    spare = np.empty(last - first, np.int64)
    spares = 0
    for i in range(first, last):
        e = ranked[i]
        m = margin[e] - u[choosers.person[e]]
        if m <= 0.0:
            spare[spares] = e
            spares += 1
            continue
        k = front
        while k > first and worths[k - 1] < m:
            worths[k] = worths[k - 1]
            ranked[k] = ranked[k - 1]
            k -= 1
        worths[k] = m
        ranked[k] = e
        front += 1
    ranked[front:last] = spare[:spares]
    positive: int = front - first
    return positive


@compiled
def session_worths(
    choosers: Choosers,
    here: RoundSeats,
    margin: Floats,
    pi: Floats,
    u: Floats,
    state: Ints,
    ranked: Ints,
    worths: Floats,
) -> tuple[Floats, Ints, Floats]:
    """Return (R, S + R) worth of each session in each room.

    And what counts there: of few wishes (S, G) how many in rooms of each class, of many the least
    worth (R, S).
    """
    sessions, rooms = here.seats.shape
    classes = len(margin)
    worth = np.zeros((rooms, sessions + rooms))
    wanted, least = np.zeros((sessions, classes), np.int64), np.zeros((rooms, sessions))
    for s in range(sessions):
        worth[:, s] = FORBIDDEN
        if state[s] == OUT:
            continue
        fixed, forced = -pi[s], FORCED if state[s] == IN else 0.0
        for e in range(choosers.presenter_start[s], choosers.presenter_start[s + 1]):
            fixed -= u[choosers.presenter[e]]
        for g in range(classes):
            held = False
            for r in range(rooms):
                held |= here.room_class[r] == g and here.seats[s, r] >= 0
            if not held:
                continue
            if choosers.start[s + 1] - choosers.start[s] > MANY_WISHES:
                total, last = sum_largest(choosers, margin[g], u, s, here.seats[s], worths[g])
                for r in range(rooms):
                    if here.seats[s, r] >= 0 and here.room_class[r] == g:
                        worth[r, s] = fixed + total[r] + forced
                        least[r, s] = last[r]
                continue
            count = sort_wishes(choosers, margin[g], u, s, ranked[g], worths[g])
            total = np.zeros(count + 1)
            for i in range(count):
                total[i + 1] = total[i] + worths[g, choosers.start[s] + i]
            for r in range(rooms):
                seats = here.seats[s, r]
                if seats >= 0 and here.room_class[r] == g:
                    worth[r, s] = fixed + total[min(count, seats)] + forced
            wanted[s, g] = count
    return worth, wanted, least


@compiled
def relax(
    choosers: Choosers,
    here: RoundSeats,
    margin: Floats,
    pi: Floats,
    u: Floats,
    state: Ints,
    slope: Floats,
    chosen: Floats,
    in_cost: Floats,
    out_cost: Floats,
    plan: Ints,
    ranked: Ints,
    worths: Floats,
) -> float:
    """Evaluate the relaxation at multipliers `u` (P,); return the bound, or -inf if empty.

    Fills `slope` (P,) with the subgradient (things done - 1), `chosen` (S,) and `plan` (R,) with
    the sessions taken, and for each free session how much the bound drops if it is forced in or
    out.
    """
    sessions, rooms = here.seats.shape
    worth, wanted, counting = session_worths(choosers, here, margin, pi, u, state, ranked, worths)
    column, row_dual, column_dual = assign(worth)
    bound: float = u.sum()
    slope[:] = -1.0
    chosen[:] = 0.0
    forced = 0
    for r in range(rooms):
        s = column[r]
        plan[r] = s if s < sessions else -1
        if s >= sessions:
            continue
        if worth[r, s] < 0.5 * FORBIDDEN:
            return -np.inf
        chosen[s] = 1.0
        bound += worth[r, s]
        if state[s] == IN:
            bound -= FORCED
            forced += 1
        g = here.room_class[r]
        if choosers.start[s + 1] - choosers.start[s] > MANY_WISHES:
            count_largest(choosers, s, here.seats[s, r], worths[g], counting[r, s], slope)
        for i in range(min(wanted[s, g], here.seats[s, r])):
            slope[choosers.person[ranked[g, choosers.start[s] + i]]] += 1.0
        for e in range(choosers.presenter_start[s], choosers.presenter_start[s + 1]):
            slope[choosers.presenter[e]] += 1.0
    if forced < np.sum(state == IN):
        return -np.inf
    for s in range(sessions):
        in_cost[s] = out_cost[s] = 0.0
        if state[s] == FREE and chosen[s] > 0:
            out_cost[s] = -column_dual[s + 1]
        elif state[s] == FREE:
            least = np.inf
            for r in range(rooms):
                least = min(least, -worth[r, s] - row_dual[r + 1] - column_dual[s + 1])
            in_cost[s] = least
    return bound


@compiled
def bound_node(
    choosers: Choosers,
    here: RoundSeats,
    margin: Floats,
    pi: Floats,
    u: Floats,
    state: Ints,
    target: float,
    steps: int,
    plan: Ints,
    ranked: Ints,
    worths: Floats,
) -> tuple[float, int]:
    """Tighten one node; return its bound and the session to branch on, -1 if none is free.

    Improves `u` (P,), fixes entries of `state` (S,) that cannot beat `target` otherwise, and leaves
    the sessions of the last relaxation in `plan` (R,). `margin` is (G, C), and so are `ranked` and
    `worths`: scratch; the first is worth keeping: the wishes of each session in their latest order.

    The direction is a deflected subgradient (Camerini, Fratta and Maffioli, 1975): plain ones
    zigzag and leave much more slack after as much work.
    """
    sessions = len(state)
    slope, chosen = np.zeros(len(u)), np.zeros(sessions)
    in_cost, out_cost = np.zeros(sessions), np.zeros(sessions)
    share, weight = np.zeros(sessions), 0.0
    now, best = u.copy(), np.inf
    direction = np.zeros(len(u))
    for step in range(steps):
        bound = relax(
            choosers, here, margin, pi, now, state,
            slope, chosen, in_cost, out_cost, plan, ranked, worths,
        )  # fmt: skip
        for s in range(sessions):
            if state[s] == FREE:
                if chosen[s] > 0 and bound - out_cost[s] <= target:
                    state[s] = IN
                elif chosen[s] == 0 and bound - in_cost[s] <= target:
                    state[s] = OUT
        if bound < best:
            best = bound
            u[:] = now
        if best <= target:
            break
        share += (1.0 + step) * chosen
        weight += 1.0 + step
        norm = 0.0
        for p in range(len(u)):
            direction[p] = slope[p] + DEFLECTION * direction[p]
            if now[p] <= 0.0 and direction[p] < 0.0:
                direction[p] = 0.0
            norm += direction[p] * direction[p]
        if norm < 1e-9:
            break
        size = FIRST_SIZE * (1.0 - (1.0 - LAST_SHARE) * step / steps)
        length = size * max(bound - target, 5.0) / norm
        for p in range(len(u)):
            now[p] = max(0.0, now[p] + length * direction[p])
    if best <= target:
        return best, -1
    branch, most = -1, -1.0  # most undecided, weighed by all that is wanted of the session
    for s in range(sessions):
        if state[s] == FREE:
            f = share[s] / max(weight, 1e-9)
            gross = 1e-6
            for e in range(choosers.start[s], choosers.start[s + 1]):
                most_here = 0.0
                for g in range(len(margin)):
                    most_here = max(most_here, margin[g, e])
                gross += most_here
            score = f * (1 - f) * gross
            if score > most:
                branch, most = s, score
    return best, branch
