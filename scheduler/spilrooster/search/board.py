"""Board: where every run stands, kept up to date move by move, with everyone's best day.

Each person takes the best day the board offers them, as if seats were plenty: their choices that
can be fitted into different rounds form a transversal matroid, so taking choices best first and
making room by augmenting paths is exact. Seats enter as a penalty for each person too many in a
run. A move touches only the people who chose or present a moved session.

Compiled by numba; the compiled code is cached on disk, so only the first run compiles.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.compiled import compiled
from spilrooster.search.facts import FEW, MANY, Facts

Floats = NDArray[np.float64]

EMPTY = -1

NOTHING_MATTERS = (1 << 40) - 1
"""Points of a choice that no person has: what is below it cannot change a day that is full."""


class Undo(NamedTuple):
    """What a move changed, to take it back."""

    person: Ints
    day: Ints
    value: Ints
    floor: Ints
    busy: Ints
    lack: Ints
    load: Ints
    idle: Ints
    points: Ints
    lacking: Ints
    wrong: Ints
    spread: Floats  # (1,) sum of squares of what people's changes may count
    touched: Ints  # (1,) how many people
    stamp: Ints  # (P,) move in which the person was last looked at
    clock: Ints  # (1,) number of the current move


class Board(NamedTuple):
    """The state of the search: S sessions, T rounds, R rooms, P people, K kinds of needs."""

    occupant: Ints  # (T, R) session in that place, or EMPTY
    room: Ints  # (S, T) room of the run, or EMPTY
    held: Ints  # (S,) bit t set if the session runs in round t
    reach: Ints  # (K, S) the same, for people of that kind
    runs: Ints  # (S,) number of runs
    day: Ints  # (P, T) session taken, or EMPTY
    value: Ints  # (P,) points of that day
    floor: Ints  # (P,) least points in a full day, else -1: worse choices cannot matter
    busy: Ints  # (P,) rounds absent or presenting
    lack: Ints  # (P,) points that the day stays under what it must hold
    load: Ints  # (S, T) people who want to be at that run
    idle: Ints  # (T,) people who have nothing in the round, and may
    points: Ints  # (1,) sum of `value`
    lacking: Ints  # (1,) sum of `lack`
    wrong: Ints  # (1,) pairs and groups that stood wrong when `cost_of_runs` last looked
    came_from: Ints  # (T,) scratch: path of an augmentation
    plan: Ints  # (N, 4) scratch: changes that make up a move: round, room, old session, new one
    planned: Ints  # (1,) how many
    undo: Undo


def empty_board(arrays: Arrays) -> Board:
    """Make a board without any run."""
    s, t, r, p = arrays.sessions, arrays.rounds, arrays.rooms, arrays.people

    def whole(*shape: int, fill: int = 0) -> Ints:
        return np.full(shape, fill, dtype=np.int64)

    present = ((~arrays.away[:, None] >> np.arange(t)) & 1).sum(0).astype(np.int64)
    undo = Undo(
        person=whole(p), day=whole(p, t), value=whole(p), floor=whole(p), busy=whole(p),
        lack=whole(p), load=whole(s, t), idle=whole(t), points=whole(1), lacking=whole(1),
        wrong=whole(1), spread=np.zeros(1), touched=whole(1), stamp=whole(p), clock=whole(1),
    )  # fmt: skip
    return Board(
        occupant=whole(t, r, fill=EMPTY), room=whole(s, t, fill=EMPTY), held=whole(s),
        reach=whole(len(arrays.kind_sits), s), runs=whole(s), day=whole(p, t, fill=EMPTY),
        value=whole(p), floor=whole(p, fill=-1), busy=arrays.away.copy(), lack=whole(p),
        load=whole(s, t), idle=present, points=whole(1), lacking=whole(1), wrong=whole(1),
        came_from=whole(t), plan=whole(2 * max(s, t) + 2, 4), planned=whole(1), undo=undo,
    )  # fmt: skip


@compiled
def place(facts: Facts, board: Board, t: int, r: int, s: int) -> None:
    """Put session `s` (or EMPTY) in the place; people are not looked at yet."""
    old = board.occupant[t, r]
    if old >= 0:
        board.room[old, t] = EMPTY
        board.held[old] &= ~(1 << t)
        board.runs[old] -= 1
        for k in range(board.reach.shape[0]):
            board.reach[k, old] &= ~(1 << t)
    board.occupant[t, r] = s
    if s >= 0:
        board.room[s, t] = r
        board.held[s] |= 1 << t
        board.runs[s] += 1
        for k in range(board.reach.shape[0]):
            if facts.kind_sits[k, r]:
                board.reach[k, s] |= 1 << t


@compiled
def roomiest(seats: Ints, room: Ints, load: Ints, rounds: int) -> int:
    """Return the round, of the bits in `rounds`, where a session has most seats left.

    Takes the session's own rows: handing a whole board to a small kernel costs more than its work.
    """
    best, most = -1, -(1 << 60)
    t = 0
    while rounds >> t:
        if (rounds >> t) & 1:
            if rounds >> t == 1 and best < 0:
                return t
            left = seats[room[t]] - load[t]
            if left > most:
                best, most = t, left
        t += 1
    return best


@compiled
def augment(facts: Facts, board: Board, p: int, s: int, free: int) -> int:
    """Fit session `s` into a full-looking day by moving other sessions to other rounds.

    Returns the free round that got used, or -1 if it cannot be done.
    """
    kind, open_rounds = facts.kind[p], ~board.busy[p]
    reached = board.reach[kind, s] & open_rounds
    frontier = reached
    for t in range(board.day.shape[1]):
        board.came_from[t] = -1
    while frontier:
        following = 0
        t = 0
        while frontier >> t:
            if (frontier >> t) & 1:
                moved = board.day[p, t]
                steps = board.reach[kind, moved] & open_rounds & ~reached
                if steps & free:
                    end = roomiest(
                        facts.seats[moved], board.room[moved], board.load[moved], steps & free
                    )
                    shift(board, p, s, t, end)
                    return end
                u = 0
                while steps >> u:
                    if (steps >> u) & 1:
                        board.came_from[u] = t
                    u += 1
                reached |= steps
                following |= steps
            t += 1
        frontier = following
    return -1


@compiled
def shift(board: Board, p: int, s: int, t: int, end: int) -> None:
    """Move the sessions along the path that ends t -> `end` one step on; `s` takes its start."""
    while t >= 0:
        board.day[p, end] = board.day[p, t]
        end = t
        t = board.came_from[t]
    board.day[p, end] = s


@compiled
def capped(facts: Facts, board: Board, p: int, free: int) -> int:
    """Return in how many of so many free rounds person `p`, who presents too, may listen."""
    left = facts.most_rounds[p]
    for t in range(board.occupant.shape[0]):
        left -= ((board.busy[p] & ~facts.away[p]) >> t) & 1
    most: int = max(0, min(free, left))
    return most


@compiled
def take_best_day(facts: Facts, board: Board, p: int) -> None:
    """Give person `p` their best day on this board. Loads must not count `p` at this moment."""
    rounds = board.occupant.shape[0]
    kind, busy = facts.kind[p], board.busy[p]
    free = ((1 << rounds) - 1) & ~busy
    most = 0
    for t in range(rounds):
        board.day[p, t] = EMPTY
        most += (free >> t) & 1
    if facts.most_rounds[p] < rounds:
        most = capped(facts, board, p, most)
    value, taken, least = 0, 0, NOTHING_MATTERS
    for e in range(facts.choice_start[p], facts.choice_start[p + 1]):
        if taken == most:
            break
        s = facts.choice_session[e]
        fits = board.reach[kind, s] & ~busy
        if fits == 0:
            continue
        if fits & free:
            t = roomiest(facts.seats[s], board.room[s], board.load[s], fits & free)
            board.day[p, t] = s
        else:
            t = augment(facts, board, p, s, free)
            if t < 0:
                continue
        free &= ~(1 << t)
        taken += 1
        value += facts.choice_points[e]
        least = facts.choice_points[e]
    lack = max(0, facts.least_value[p] - value)
    lack += max(0, facts.least_choices[p] - taken) * facts.penalties[FEW]
    board.points[0] += value - board.value[p]
    board.lacking[0] += lack - board.lack[p]
    board.value[p] = value
    board.lack[p] = lack
    board.floor[p] = least if taken == most else -1
    for t in range(rounds):
        s = board.day[p, t]
        if s >= 0:
            board.load[s, t] += 1
        elif taken < most and (free >> t) & 1:
            board.idle[t] += 1


@compiled
def leave(board: Board, p: int) -> None:
    """Take person `p` out of loads and idle counts."""
    for t in range(board.day.shape[1]):
        s = board.day[p, t]
        if s >= 0:
            board.load[s, t] -= 1
        elif board.floor[p] < 0 and not (board.busy[p] >> t) & 1:
            board.idle[t] -= 1


@compiled
def refresh_busy(facts: Facts, board: Board, p: int) -> None:
    """Recompute the rounds in which person `p` is absent or presents."""
    busy = facts.away[p]
    for e in range(facts.presented_start[p], facts.presented_start[p + 1]):
        busy |= board.held[facts.presented[e]]
    board.busy[p] = busy


@compiled
def attends(day: Ints, s: int) -> bool:
    """Whether session `s` is in a person's day."""
    found = False
    for t in range(len(day)):
        found |= day[t] == s
    return found


@compiled
def begin(board: Board) -> None:
    """Start a move: remember the totals."""
    undo = board.undo
    undo.touched[0] = 0
    undo.spread[0] = 0.0
    undo.clock[0] += 1
    undo.load[:] = board.load
    undo.idle[:] = board.idle
    undo.points[0] = board.points[0]
    undo.lacking[0] = board.lacking[0]
    undo.wrong[0] = board.wrong[0]


@compiled
def reconsider(facts: Facts, board: Board, s: int, first: int, end: int) -> None:
    """Let everyone in polls `first` to `end` - 1 whom a moved session can matter to choose anew."""
    undo = board.undo
    for e in range(facts.asked_start[s, first], facts.asked_start[s, end]):
        p = facts.asked[e]
        if undo.stamp[p] == undo.clock[0]:
            continue
        if facts.asked_points[e] <= board.floor[p] and not attends(board.day[p], s):
            continue  # their day is full of things at least as good
        undo.stamp[p] = undo.clock[0]
        n = undo.touched[0]
        undo.person[n] = p
        undo.day[n] = board.day[p]
        undo.value[n] = board.value[p]
        undo.floor[n] = board.floor[p]
        undo.busy[n] = board.busy[p]
        undo.lack[n] = board.lack[p]
        undo.touched[0] = n + 1
        leave(board, p)
        refresh_busy(facts, board, p)
        take_best_day(facts, board, p)
        change = abs(board.value[p] - undo.value[n])
        for t in range(board.day.shape[1]):
            change += facts.penalties[MANY] * (board.day[p, t] != undo.day[n, t])
        undo.spread[0] += float(change) * change  # points may be too large to square


@compiled
def take_back(board: Board) -> None:
    """Undo what people changed since `begin`; places are undone by the caller."""
    undo = board.undo
    for i in range(undo.touched[0]):
        p = undo.person[i]
        board.day[p] = undo.day[i]
        board.value[p] = undo.value[i]
        board.floor[p] = undo.floor[i]
        board.busy[p] = undo.busy[i]
        board.lack[p] = undo.lack[i]
    board.load[:] = undo.load
    board.idle[:] = undo.idle
    board.points[0] = undo.points[0]
    board.lacking[0] = undo.lacking[0]
    board.wrong[0] = undo.wrong[0]


@compiled
def set_up(facts: Facts, board: Board, occupant: Ints) -> None:
    """Make the board show `occupant` (T, R), whatever it showed before."""
    for t in range(occupant.shape[0]):
        for r in range(occupant.shape[1]):
            place(facts, board, t, r, EMPTY)
    for t in range(occupant.shape[0]):
        for r in range(occupant.shape[1]):
            place(facts, board, t, r, occupant[t, r])
    for p in range(board.day.shape[0]):
        leave(board, p)
        refresh_busy(facts, board, p)
        take_best_day(facts, board, p)
