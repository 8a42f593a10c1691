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

from spilrooster.search.arrays import (
    APART,
    BEFORE,
    FOLLOWED,
    PINNED,
    TOGETHER,
    Arrays,
    Bools,
    Ints,
)
from spilrooster.search.compiled import compiled

EMPTY = -1


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
    touched_start: Ints
    touched: Ints
    touched_points: Ints  # points of that choice; a huge number for presenters
    pairs: Ints
    penalties: Ints  # in points: person too many, person too few, broken pair, missing run


class Undo(NamedTuple):
    """What a move changed, to take it back."""

    person: Ints
    day: Ints
    value: Ints
    floor: Ints
    busy: Ints
    load: Ints
    idle: Ints
    points: Ints
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
    load: Ints  # (S, T) people who want to be at that run
    idle: Ints  # (T,) people who have nothing in the round
    points: Ints  # (1,) sum of `value`
    came_from: Ints  # (T,) scratch: path of an augmentation
    undo: Undo


def facts_of(arrays: Arrays) -> Facts:
    """Gather what the kernels need, with penalties in proportion to the points."""
    best = int(arrays.wish.max(initial=1))
    points = {
        (s, p): w
        for s, p, w in zip(
            arrays.choice_session.tolist(),
            arrays.choice_person.tolist(),
            arrays.choice_points.tolist(),
            strict=True,
        )
    }
    session = np.repeat(np.arange(arrays.sessions), np.diff(arrays.touched_start))
    touched = zip(session.tolist(), arrays.touched.tolist(), strict=True)
    own = {
        "touched_points": np.array([points.get(pair, 1 << 40) for pair in touched], dtype=np.int64),
        "penalties": np.array([max(1, round(0.15 * best)), best, 50 * best, 100 * best]),
    }
    return Facts(*(own[name] if name in own else getattr(arrays, name) for name in Facts._fields))


def empty_board(arrays: Arrays) -> Board:
    """Make a board without any run."""
    s, t, r, p = arrays.sessions, arrays.rounds, arrays.rooms, arrays.people

    def whole(*shape: int, fill: int = 0) -> Ints:
        return np.full(shape, fill, dtype=np.int64)

    present = ((~arrays.away[:, None] >> np.arange(t)) & 1).sum(0).astype(np.int64)
    undo = Undo(
        person=whole(p), day=whole(p, t), value=whole(p), floor=whole(p), busy=whole(p),
        load=whole(s, t), idle=whole(t), points=whole(1), touched=whole(1), stamp=whole(p),
        clock=whole(1),
    )  # fmt: skip
    return Board(
        occupant=whole(t, r, fill=EMPTY), room=whole(s, t, fill=EMPTY), held=whole(s),
        reach=whole(len(arrays.kind_sits), s), runs=whole(s), day=whole(p, t, fill=EMPTY),
        value=whole(p), floor=whole(p, fill=-1), busy=arrays.away.copy(), load=whole(s, t),
        idle=present, points=whole(1), came_from=whole(t), undo=undo,
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
def roomiest(facts: Facts, board: Board, s: int, rounds: int) -> int:
    """Return the round, of the bits in `rounds`, where session `s` has most seats left."""
    best, most = -1, -(1 << 60)
    t = 0
    while rounds >> t:
        if (rounds >> t) & 1:
            if rounds >> t == 1 and best < 0:
                return t
            left = facts.seats[s, board.room[s, t]] - board.load[s, t]
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
                    end = roomiest(facts, board, moved, steps & free)
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
def take_best_day(facts: Facts, board: Board, p: int) -> None:
    """Give person `p` their best day on this board. Loads must not count `p` at this moment."""
    rounds = board.occupant.shape[0]
    kind, busy = facts.kind[p], board.busy[p]
    free = ((1 << rounds) - 1) & ~busy
    for t in range(rounds):
        board.day[p, t] = EMPTY
    value, least = 0, -1
    for e in range(facts.choice_start[p], facts.choice_start[p + 1]):
        if free == 0:
            break
        s = facts.choice_session[e]
        fits = board.reach[kind, s] & ~busy
        if fits == 0:
            continue
        if fits & free:
            t = roomiest(facts, board, s, fits & free)
            board.day[p, t] = s
        else:
            t = augment(facts, board, p, s, free)
            if t < 0:
                continue
        free &= ~(1 << t)
        value += facts.choice_points[e]
        least = facts.choice_points[e]
    board.points[0] += value - board.value[p]
    board.value[p] = value
    board.floor[p] = least if free == 0 else -1
    for t in range(rounds):
        s = board.day[p, t]
        if s >= 0:
            board.load[s, t] += 1
        elif (free >> t) & 1:
            board.idle[t] += 1


@compiled
def leave(board: Board, p: int) -> None:
    """Take person `p` out of loads and idle counts."""
    for t in range(board.day.shape[1]):
        s = board.day[p, t]
        if s >= 0:
            board.load[s, t] -= 1
        elif not (board.busy[p] >> t) & 1:
            board.idle[t] -= 1


@compiled
def refresh_busy(facts: Facts, board: Board, p: int) -> None:
    """Recompute the rounds in which person `p` is absent or presents."""
    busy = facts.away[p]
    for e in range(facts.presented_start[p], facts.presented_start[p + 1]):
        busy |= board.held[facts.presented[e]]
    board.busy[p] = busy


@compiled
def attends(board: Board, p: int, s: int) -> bool:
    """Whether session `s` is in the day of person `p`."""
    found = False
    for t in range(board.day.shape[1]):
        found |= board.day[p, t] == s
    return found


@compiled
def begin(board: Board) -> None:
    """Start a move: remember the totals."""
    undo = board.undo
    undo.touched[0] = 0
    undo.clock[0] += 1
    undo.load[:] = board.load
    undo.idle[:] = board.idle
    undo.points[0] = board.points[0]


@compiled
def reconsider(facts: Facts, board: Board, s: int) -> None:
    """Let everyone whom a moved session can matter to choose their day again."""
    undo = board.undo
    for e in range(facts.touched_start[s], facts.touched_start[s + 1]):
        p = facts.touched[e]
        if undo.stamp[p] == undo.clock[0]:
            continue
        if facts.touched_points[e] <= board.floor[p] and not attends(board, p, s):
            continue  # their day is full of things at least as good
        undo.stamp[p] = undo.clock[0]
        n = undo.touched[0]
        undo.person[n] = p
        undo.day[n] = board.day[p]
        undo.value[n] = board.value[p]
        undo.floor[n] = board.floor[p]
        undo.busy[n] = board.busy[p]
        undo.touched[0] = n + 1
        leave(board, p)
        refresh_busy(facts, board, p)
        take_best_day(facts, board, p)


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
    board.load[:] = undo.load
    board.idle[:] = undo.idle
    board.points[0] = undo.points[0]


@compiled
def broken_pairs(facts: Facts, board: Board) -> int:
    """Count pairs of sessions that stand wrong towards each other."""
    wrong = 0
    for i in range(facts.pairs.shape[0]):
        first, second, what = facts.pairs[i]
        a = board.held[first]
        if what == PINNED:
            wrong += not (a >> second) & 1
            continue
        b = board.held[second]
        if what == APART:
            wrong += (a & b) != 0
        elif what == TOGETHER:
            wrong += a != b
        elif what == FOLLOWED:
            wrong += a << 1 != b
        elif what == BEFORE and a and b:
            lowest = b & -b
            wrong += a >= lowest
    return wrong


@compiled
def penalty(facts: Facts, board: Board) -> int:
    """Return the points that the board loses to seats, least people, pairs and missing runs."""
    many, few = 0, 0
    for t in range(board.occupant.shape[0]):
        for r in range(board.occupant.shape[1]):
            s = board.occupant[t, r]
            if s >= 0:
                load = board.load[s, t]
                many += max(0, load - facts.seats[s, r])
                few += max(0, facts.least_people[s] - load - board.idle[t])
    missing = 0
    for s in range(board.runs.shape[0]):
        missing += max(0, facts.least_runs[s] - board.runs[s])
    weights = facts.penalties
    wrong = broken_pairs(facts, board)
    total: int = many * weights[0] + few * weights[1] + wrong * weights[2] + missing * weights[3]
    return total


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
