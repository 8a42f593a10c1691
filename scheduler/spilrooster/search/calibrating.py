"""Calibrating: what a place is worth, and so how hot the search is and what crowding costs.

Who finds no seat in a run takes the next best thing. Where people wish for a few sessions, that
loses them about as much as a choice is worth; where they rated every session and sit somewhere in
every round, it may be a thousandth of that. So a short search that does not mind crowding is made,
and its board is seated exactly: what that loses, per person too many, tells.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from spilrooster.search.anneal import Annealing
from spilrooster.search.annealing_run import (
    FEWEST_PEOPLE,
    MOST_SECONDS,
    Speeds,
    is_large,
    run_moves,
    work_per_move,
)
from spilrooster.search.arrays import Arrays
from spilrooster.search.board import EMPTY, Board, empty_board, set_up
from spilrooster.search.candidate import Workshop
from spilrooster.search.facts import Facts, facts_of
from spilrooster.search.sectioning import section
from spilrooster.search.stage import Context

LENGTH = 0.1
"""Moves made, as a share of those of a run that finds a good board; fewer if there is no time."""

FEWEST_MOVES, FEWEST_CROWDED = 100, 10
"""With fewer moves, or fewer people too many or too few, nothing can be told."""

LOSSES = 10
"""What a place is worth, in what a person too many loses: never more than a first choice."""


def calibrate(context: Context, speeds: Speeds, allowance: float) -> None:
    """Let the search know what a place is worth, where that is less than a first choice."""
    workshop = context.workshop
    arrays = workshop.arrays
    seen = arrays.sample(FEWEST_PEOPLE, context.seed) if is_large(arrays) else arrays
    moves = max(FEWEST_MOVES, int(LENGTH * run_moves(seen)))
    moves = min(moves, int(allowance * speeds.of(seen.people)))
    if moves < FEWEST_MOVES:
        return
    context.clock.charge(moves * work_per_move(seen))
    seconds = MOST_SECONDS if context.clock.counts_work else allowance
    loss = loss_of_crowding(seen, moves, context.seed, seconds)
    if loss is not None and LOSSES * loss < arrays.wish.max():
        workshop.arrays = replace(arrays, worth=max(1, round(LOSSES * loss)))


def loss_of_crowding(
    arrays: Arrays, moves: int, seed: int, seconds: float = MOST_SECONDS
) -> float | None:
    """Return the points that each person too many loses on a board that does not mind crowding.

    A person too few in a run counts as well. None if there are hardly any, or if the runs leave no
    attendances at all, or none that are found in so many `seconds`.
    """
    annealing = Annealing(arrays, moves, seed, crowding=False)
    annealing.advance(moves)
    facts, board = annealing.facts, annealing.board
    set_up(facts, board, annealing.best)
    if _crowded(facts, board) < FEWEST_CROWDED:
        return None
    sectioning = section(arrays, annealing.best, seconds)
    return None if sectioning is None else _loss(arrays, facts, board, sectioning.points)


def mind_crowds(workshop: Workshop) -> None:
    """Let the search know what a person too many loses on the board that was seated last.

    That is a good board, so it tells more than the first; in a large event, where crowds are large
    too, all that one board is better than another hangs on it.
    """
    arrays = workshop.arrays
    if workshop.tried is None or workshop.points is None:
        return
    facts, board = facts_of(arrays), empty_board(arrays)
    set_up(facts, board, workshop.tried)
    loss = _loss(arrays, facts, board, workshop.points)
    workshop.arrays = replace(arrays, crowding=loss or 0.0)


def _loss(arrays: Arrays, facts: Facts, board: Board, points: int) -> float | None:
    """Return the points lost per person too many or too few, of a board and its attendances."""
    crowded = _crowded(facts, board)
    lost = int(board.points[0]) - arrays.bonus * int(arrays.must.sum()) - points
    return lost / crowded if crowded >= FEWEST_CROWDED and lost > 0 else None


def _crowded(facts: Facts, board: Board) -> int:
    """Count people too many in runs, and people too few."""
    crowded = 0
    for t, r in np.argwhere(board.occupant != EMPTY).tolist():
        s = board.occupant[t, r]
        load = board.load[s, t]
        crowded += max(0, load - facts.seats[s, r])
        crowded += max(0, facts.least_people[s] - load - board.idle[t])
    return int(crowded)
