"""Moves: what may change on a board at once — a few places, a part of a room's day, two rooms.

A move is planned (which places get which sessions), carried out, and put back if it is not liked.
"""

from __future__ import annotations

from spilrooster.search.arrays import Ints
from spilrooster.search.board import EMPTY, Board, place
from spilrooster.search.compiled import compiled
from spilrooster.search.facts import Facts

INSERTIONS = 0.25
"""Share of the moves of single runs that add, replace or drop one; the others swap two places."""

OF_GROUPS = 0.6
"""Share of moves of whole blocks, where rules speak of groups of sessions."""


@compiled
def draw(random: Ints) -> int:
    """Return 32 random bits and move on: xorshift64*, kept in the caller's own array."""
    x = random[0]
    x ^= (x >> 12) & 0xFFFFFFFFFFFFF
    x ^= x << 25
    x ^= (x >> 27) & 0x1FFFFFFFFF
    random[0] = x
    bits: int = ((x * 2685821657736338717) >> 32) & 0xFFFFFFFF
    return bits


@compiled
def below(random: Ints, n: int) -> int:
    """Return a random whole number from 0 up to n - 1."""
    return (draw(random) * n) >> 32


@compiled
def chance(random: Ints, part: float) -> bool:
    """Return True in `part` of all cases."""
    return draw(random) < part * 4294967296.0


@compiled
def may_stand(facts: Facts, board: Board, s: int, t: int, r: int, leaving: int) -> bool:
    """Whether session `s` may come to the place; `leaving` is a round it leaves, or -1."""
    if s < 0:
        return True
    if not facts.may_run[s, t, r]:
        return False
    return t == leaving or not (board.held[s] >> t) & 1


@compiled
def insertable(facts: Facts, board: Board, a: int, b: int, t: int, r: int) -> bool:
    """Whether session `b` (or EMPTY) may take the place of `a` (or EMPTY)."""
    if a == b or (a >= 0 and board.runs[a] <= facts.least_runs[a]):
        return False
    if b >= 0 and board.runs[b] >= facts.most_runs[b]:
        return False
    return may_stand(facts, board, b, t, r, -1)


@compiled
def change(board: Board, t: int, r: int, s: int) -> None:
    """Plan that the place gets session `s` (or EMPTY)."""
    if board.occupant[t, r] != s:
        n = board.planned[0]
        board.plan[n, 0], board.plan[n, 1] = t, r
        board.plan[n, 2], board.plan[n, 3] = board.occupant[t, r], s
        board.planned[0] = n + 1


@compiled
def plan_insertion(facts: Facts, board: Board, t: int, r: int, random: Ints) -> None:
    """Plan to put another session, or none, in the place."""
    b = below(random, board.runs.shape[0] + 1) - 1
    if insertable(facts, board, board.occupant[t, r], b, t, r):
        change(board, t, r, b)


@compiled
def plan_swap(facts: Facts, board: Board, t: int, r: int, random: Ints) -> None:
    """Plan to swap the place with another."""
    u, q = below(random, board.occupant.shape[0]), below(random, board.occupant.shape[1])
    a, b = board.occupant[t, r], board.occupant[u, q]
    if may_stand(facts, board, a, u, q, t) and may_stand(facts, board, b, t, r, u):
        change(board, t, r, b)
        change(board, u, q, a)


@compiled
def companion(facts: Facts, s: int, random: Ints) -> int:
    """Return a session of one of the groups of session `s`; `s` itself if it has none."""
    groups = facts.own_start[s + 1] - facts.own_start[s]
    if groups == 0:
        return s
    g = facts.own[facts.own_start[s] + below(random, groups)]
    first = facts.group_start[g]
    other: int = facts.group_session[first + below(random, facts.group_start[g + 1] - first)]
    return other


@compiled
def plan_growth(facts: Facts, board: Board, t: int, r: int, random: Ints) -> None:
    """Plan that the group in the place takes the place before or after it in the room too."""
    u = t + 2 * below(random, 2) - 1
    a = board.occupant[t, r]
    if a == EMPTY or not 0 <= u < board.occupant.shape[0]:
        return
    b = companion(facts, a, random)
    if insertable(facts, board, board.occupant[u, r], b, u, r):
        change(board, u, r, b)


@compiled
def plan_room_swap(board: Board, t: int, r: int, random: Ints) -> None:
    """Plan that two rooms swap what they hold in some consecutive rounds, `t` among them."""
    q = below(random, board.occupant.shape[1])
    first = below(random, t + 1)
    last = t + below(random, board.occupant.shape[0] - t)
    for u in range(first, last + 1):
        there, here = board.occupant[u, q], board.occupant[u, r]
        change(board, u, r, there)
        change(board, u, q, here)


@compiled
def plan_rotation(board: Board, t: int, r: int, random: Ints) -> None:
    """Plan that what a room holds in some consecutive rounds moves on, the last ones to the front.

    So two blocks change places, and a block moves through empty rounds.
    """
    u = below(random, board.occupant.shape[0])
    first, last = min(t, u), max(t, u)
    length = last - first + 1
    if length > 1:
        steps = 1 + below(random, length - 1)
        for i in range(length):
            change(board, first + (i + steps) % length, r, board.occupant[first + i, r])


@compiled
def plan_trade(board: Board, t: int, r: int, random: Ints) -> None:
    """Plan that the session in the place and another take over all of each other's places."""
    a, b = board.occupant[t, r], below(random, board.runs.shape[0])
    if a in (EMPTY, b):
        return
    for u in range(board.occupant.shape[0]):
        home, away = board.room[a, u], board.room[b, u]
        if home >= 0:
            change(board, u, home, b)
        if away >= 0:
            change(board, u, away, a)


@compiled
def propose(facts: Facts, board: Board, random: Ints) -> None:
    """Plan a random move; the plan stays empty if chance hits on one that makes no sense."""
    board.planned[0] = 0
    t, r = below(random, board.occupant.shape[0]), below(random, board.occupant.shape[1])
    if facts.one_room.shape[0] and chance(random, OF_GROUPS):
        what = below(random, 4)
        if what == 0:
            plan_growth(facts, board, t, r, random)
        elif what == 1:
            plan_room_swap(board, t, r, random)
        elif what == 2:
            plan_rotation(board, t, r, random)
        else:
            plan_trade(board, t, r, random)
    elif chance(random, INSERTIONS):
        plan_insertion(facts, board, t, r, random)
    else:
        plan_swap(facts, board, t, r, random)


@compiled
def carry_out(facts: Facts, board: Board) -> bool:
    """Make the planned changes; if one of them may not be, make none and return False."""
    for i in range(board.planned[0]):
        t, r, old, _ = board.plan[i]
        if old >= 0:
            place(facts, board, t, r, EMPTY)
    lawful = True
    for i in range(board.planned[0]):
        t, r, _, new = board.plan[i]
        if not may_stand(facts, board, new, t, r, -1):
            lawful = False
            break
        if new >= 0:
            place(facts, board, t, r, new)
    if lawful and runs_fit(facts, board):
        return True
    put_back(facts, board)
    return False


@compiled
def runs_fit(facts: Facts, board: Board) -> bool:
    """Whether the plan made no session run too often, or less often than it has to."""
    for i in range(board.planned[0]):
        _, _, old, new = board.plan[i]
        if old >= 0 and board.runs[old] < facts.least_runs[old] and gained(board, old) < 0:
            return False
        if new >= 0 and board.runs[new] > facts.most_runs[new] and gained(board, new) > 0:
            return False
    return True


@compiled
def gained(board: Board, s: int) -> int:
    """Return how many runs more session `s` has in the plan."""
    more = 0
    for i in range(board.planned[0]):
        more += (board.plan[i, 3] == s) - (board.plan[i, 2] == s)
    return more


@compiled
def put_back(facts: Facts, board: Board) -> None:
    """Undo the planned changes; people are not looked at."""
    for i in range(board.planned[0]):
        t, r, _, _ = board.plan[i]
        if board.occupant[t, r] >= 0:
            place(facts, board, t, r, EMPTY)
    for i in range(board.planned[0]):
        t, r, old, _ = board.plan[i]
        if old >= 0:
            place(facts, board, t, r, old)
