"""Tallies: what rules count over the runs of some sessions, on a board, in compiled code.

The cost is that of the rules' findings: each breach that they find counts once.
"""

from __future__ import annotations

from spilrooster.search.board import Board
from spilrooster.search.compiled import compiled
from spilrooster.search.facts import Facts
from spilrooster.steering import Counted

IN_A_ROW, WAITS, ROOMS, AT_ONCE, TOO_FEW, PARTS = range(len(Counted))


@compiled
def rounds_used(facts: Facts, board: Board, i: int) -> int:
    """Return the rounds, as bits, in which a session of tally `i` runs."""
    used = 0
    for e in range(facts.tally_start[i], facts.tally_start[i + 1]):
        used |= board.held[facts.tally_session[e]]
    return used


@compiled
def ones(bits: int) -> int:
    """Count the bits that are set."""
    count = 0
    while bits:
        bits &= bits - 1
        count += 1
    return count


@compiled
def runs_in(facts: Facts, board: Board, i: int, part: int) -> int:
    """Count the runs of the sessions of tally `i` in these rounds."""
    runs = 0
    for e in range(facts.tally_start[i], facts.tally_start[i + 1]):
        runs += ones(board.held[facts.tally_session[e]] & part)
    return runs


@compiled
def stretches(used: int, part: int, limit: int) -> int:
    """Count the stretches of `limit` + 1 rounds of the part that follow each other, all used.

    The rounds of a part need not be neighbours on the board: the used ones are told off in order.
    """
    count, row = 0, 0
    while part:
        lowest = part & -part
        row = row + 1 if used & lowest else 0
        count += row > limit
        part ^= lowest
    return count


@compiled
def waits(used: int, part: int) -> int:
    """Count the rounds of the part that are not used, between two that are."""
    count, gap, begun = 0, 0, False
    while part:
        lowest = part & -part
        if used & lowest:
            count += gap
            gap, begun = 0, True
        elif begun:
            gap += 1
        part ^= lowest
    return count


@compiled
def rooms_used(facts: Facts, board: Board, i: int, part: int) -> int:
    """Count the rooms that the sessions of tally `i` use in the rounds of the part."""
    rooms = 0
    for r in range(board.occupant.shape[1]):
        found = False
        for e in range(facts.tally_start[i], facts.tally_start[i + 1]):
            s = facts.tally_session[e]
            for t in range(board.occupant.shape[0]):
                found |= (part >> t) & 1 != 0 and board.room[s, t] == r
        rooms += found
    return rooms


@compiled
def parts_missed(facts: Facts, board: Board, i: int) -> int:
    """Count the parts of tally `i` without a run that the sessions' runs could have reached."""
    runs, hit = 0, 0
    first, last = facts.tally_part_start[i], facts.tally_part_start[i + 1]
    for e in range(first, last):
        here = runs_in(facts, board, i, facts.tally_part[e])
        runs += here
        hit += here > 0
    missed: int = min(runs, last - first) - hit
    return missed


@compiled
def breaches(facts: Facts, board: Board, i: int) -> int:
    """Count the breaches of tally `i`."""
    what, limit, _ = facts.tally_what[i]
    if what == PARTS:
        return parts_missed(facts, board, i)
    count = 0
    used = rounds_used(facts, board, i)
    for e in range(facts.tally_part_start[i], facts.tally_part_start[i + 1]):
        part = facts.tally_part[e]
        if what == IN_A_ROW:
            count += stretches(used, part, limit)
        elif what == WAITS:
            count += waits(used, part)
        elif what == ROOMS:
            count += max(0, rooms_used(facts, board, i, part) - limit)
        elif what == AT_ONCE:
            count += max(0, runs_in(facts, board, i, part) - limit)
        elif what == TOO_FEW:
            count += max(0, limit - runs_in(facts, board, i, part))
    return count


@compiled
def tally(facts: Facts, board: Board) -> tuple[int, int]:
    """Return how many breaches there are that may not be, and what the others cost."""
    wrong, cost = 0, 0
    for i in range(facts.tally_what.shape[0]):
        weight = facts.tally_what[i, 2]
        count = breaches(facts, board, i)
        if weight == 0:
            wrong += count
        else:
            cost += count * weight
    return wrong, cost
