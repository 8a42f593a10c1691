"""Penalties: what a board loses to seats, least people, and runs that stand as rules would not."""

from __future__ import annotations

from spilrooster.search.arrays import APART, BEFORE, CONTINUED, FOLLOWED, PINNED, TOGETHER
from spilrooster.search.board import EMPTY, Board
from spilrooster.search.compiled import compiled
from spilrooster.search.facts import FEW, MANY, MISSING, SHORT, UNSEATED, WRONG, Facts
from spilrooster.search.tallies import tally


@compiled
def torn(board: Board, a: int, b: int) -> bool:
    """Whether a run of `a` is not followed by one of `b` in its room, or the other way round."""
    rounds = board.occupant.shape[0]
    wrong: bool = board.room[b, 0] != EMPTY or board.room[a, rounds - 1] != EMPTY
    for t in range(rounds - 1):
        wrong |= board.room[a, t] != board.room[b, t + 1]
    return wrong


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
        elif what == CONTINUED:
            wrong += torn(board, first, second)
        elif what == BEFORE and a and b:
            lowest = b & -b
            wrong += a >= lowest
    return wrong


@compiled
def rooms_too_many(facts: Facts, board: Board, g: int) -> int:
    """Count the rooms of group `g` beyond the first."""
    rooms, first, last = 0, facts.group_start[g], facts.group_start[g + 1]
    rounds = board.occupant.shape[0]
    for i in range(first, last):
        for t in range(rounds):
            room = board.room[facts.group_session[i], t]
            if room == EMPTY:
                continue
            known = False
            for k in range(first, i + 1):
                for u in range(rounds if k < i else t):
                    known |= board.room[facts.group_session[k], u] == room
            rooms += not known
    return max(0, rooms - 1)


@compiled
def gaps_too_many(facts: Facts, board: Board, g: int) -> int:
    """Count the rounds that group `g` waits between its runs beyond those it may wait."""
    busy = 0
    for i in range(facts.group_start[g], facts.group_start[g + 1]):
        busy |= board.held[facts.group_session[i]]
    waits, gap, begun = 0, 0, False
    for t in range(board.occupant.shape[0]):
        if (busy >> t) & 1:
            waits += gap
            gap, begun = 0, True
        elif begun:
            gap += 1
    too_many: int = max(0, waits - facts.most_gaps[g])
    return too_many


@compiled
def broken_groups(facts: Facts, board: Board) -> int:
    """Count rooms and gaps that groups of sessions have too many."""
    wrong = 0
    for g in range(facts.one_room.shape[0]):
        if facts.one_room[g]:
            wrong += rooms_too_many(facts, board, g)
        wrong += gaps_too_many(facts, board, g)
    return wrong


@compiled
def unseated(facts: Facts, board: Board) -> int:
    """Count people who must have a place and for whom the rooms they can be in have no seat.

    Each kind of people by itself, as if no others came; who presents needs none.
    """
    without = 0
    for t in range(facts.seated.shape[0]):
        for kind in range(facts.seated.shape[1]):
            people = facts.seated[t, kind]
            for r in range(board.occupant.shape[1]):
                s = board.occupant[t, r]
                if people <= 0:
                    break
                if s >= 0 and facts.kind_sits[kind, r]:
                    people -= facts.seats[s, r]
            without += max(0, people)
    return without


@compiled
def cost_of_runs(facts: Facts, board: Board) -> int:
    """Return the points that the board loses to where its runs stand, whoever comes.

    How many pairs and groups stand wrong is left in ``board.wrong``.
    """
    missing, cost = 0, 0
    for s in range(board.runs.shape[0]):
        missing += max(0, facts.least_runs[s] - board.runs[s])
    for t in range(board.occupant.shape[0]):
        for r in range(board.occupant.shape[1]):
            if board.occupant[t, r] >= 0:
                cost += facts.run_costs[board.occupant[t, r], t, r]
    wrong, costs_of_tallies = tally(facts, board)
    board.wrong[0] = wrong + broken_pairs(facts, board) + broken_groups(facts, board)
    weights = facts.penalties
    total: int = (
        board.wrong[0] * weights[WRONG]
        + missing * weights[MISSING]
        + unseated(facts, board) * weights[UNSEATED]
        + costs_of_tallies
        + cost
    )
    return total


@compiled
def cost_of_crowds(facts: Facts, board: Board, asked: int) -> int:
    """Return the points that the board loses to people too many, too few, and to poor days.

    If since the move began only the people in the first polls were `asked`, the others are taken to
    change likewise.
    """
    undo, polls = board.undo, facts.asked_start.shape[1] - 1
    many, few = 0, 0
    for t in range(board.occupant.shape[0]):
        idle = undo.idle[t] + (board.idle[t] - undo.idle[t]) * polls // asked
        for r in range(board.occupant.shape[1]):
            s = board.occupant[t, r]
            if s >= 0:
                load = undo.load[s, t] + (board.load[s, t] - undo.load[s, t]) * polls // asked
                many += max(0, load - facts.seats[s, r])
                few += max(0, facts.least_people[s] - load - idle)
    lacking = undo.lacking[0] + (board.lacking[0] - undo.lacking[0]) * polls // asked
    weights = facts.penalties
    total: int = many * weights[MANY] + few * weights[FEW] + lacking * weights[SHORT]
    return total


@compiled
def score_of(facts: Facts, board: Board) -> int:
    """Return the points of everybody's best day, less what the board should not be."""
    everybody = facts.asked_start.shape[1] - 1
    cost: int = cost_of_runs(facts, board) + cost_of_crowds(facts, board, everybody)
    score: int = board.points[0] - cost
    return score
