"""Simulated annealing over programmes: random moves, taken if they help, or by chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spilrooster.search.arrays import PINNED, Arrays, Ints
from spilrooster.search.board import EMPTY, Board, begin, empty_board, reconsider, set_up, take_back
from spilrooster.search.compiled import compiled
from spilrooster.search.facts import FEW, MANY, WRONG, Facts, facts_of
from spilrooster.search.moves import carry_out, draw, propose, put_back
from spilrooster.search.penalties import penalty

Floats = NDArray[np.float64]

SOFT = 2
"""Weight of a broken pair or group at the start, in what a place is worth: little more than a
move may cost while all is hot, so that the search can pass through boards that break a rule."""

STAGES = 40
"""In how many steps that weight rises to `FIRM`, while the temperature falls."""


@compiled
def look_again(facts: Facts, board: Board) -> None:
    """Let everyone choose their day again to whom one of the changed sessions matters."""
    for i in range(board.planned[0]):
        for side in range(2, 4):
            s = board.plan[i, side]
            known = s < 0
            for k in range(i + 1):
                known |= (k < i or side == 3) and board.plan[k, 2] == s
                known |= k < i and board.plan[k, 3] == s
            if not known:
                reconsider(facts, board, s)


@compiled
def try_move(facts: Facts, board: Board, score: int, temperature: float, random: Ints) -> int:
    """Try one random move; return the score after it, which is `score` if it was not taken."""
    propose(facts, board, random)
    if board.planned[0] == 0 or not carry_out(facts, board):
        return score
    begin(board)
    look_again(facts, board)
    new: int = board.points[0] - penalty(facts, board)
    if new >= score or draw(random) < 4294967296.0 * np.exp((new - score) / temperature):
        return new
    put_back(facts, board)
    take_back(board)
    return score


@compiled
def run_moves(
    facts: Facts,
    board: Board,
    best: Ints,
    top: int,
    temperatures: Floats,
    weights: Ints,
    firm: int,
    random: Ints,
) -> tuple[int, int]:
    """Make one move per temperature, with that move's weight of broken pairs and groups.

    Keeps the best board seen in `best`; whatever the weight was, `firm` counts for that. Returns
    the score at the end and the best one.
    """
    score = 0
    for i in range(len(temperatures)):
        if i == 0 or weights[i] != facts.penalties[WRONG]:
            facts.penalties[WRONG] = weights[i]
            score = board.points[0] - penalty(facts, board)
        score = try_move(facts, board, score, temperatures[i], random)
        lasting = score - (firm - weights[i]) * board.wrong[0]
        if lasting > top:
            top = lasting
            best[:] = board.occupant
    return score, top


NARROW = 0.125
"""Share of all places below which a session is put down before the first move."""


def opening(arrays: Arrays) -> Ints:
    """Return runs (T, R) of only those sessions that have few places: chance would miss these.

    Pinned runs come first, then the session with fewest places, each in the first free room. What
    finds none is left to the search.
    """
    occupant = np.full((arrays.rounds, arrays.rooms), EMPTY, dtype=np.int64)
    for s, t, what in arrays.pairs.tolist():
        if what == PINNED:
            _put(arrays, occupant, s, t)
    places = arrays.may_run.sum((1, 2))
    for s in np.argsort(places, kind="stable").tolist():
        if places[s] < NARROW * occupant.size:
            for t in range(arrays.rounds):
                if (occupant == s).sum() < arrays.least_runs[s]:
                    _put(arrays, occupant, s, t)
    return occupant


def _put(arrays: Arrays, occupant: Ints, s: int, t: int) -> None:
    """Put session `s` in the first room that is free for it in the round, unless it runs then."""
    free = np.flatnonzero(arrays.may_run[s, t] & (occupant[t] == EMPTY))
    if len(free) and s not in occupant[t]:
        occupant[t, free[0]] = s


class Annealing:
    """One annealing run that can be continued in portions.

    Parameters
    ----------
    arrays
        The problem.
    moves
        Length of the whole run; the temperature falls geometrically over it.
    seed
        Makes the run repeatable.
    start
        Runs (T, R) to start from; None = only the sessions that have few places.
    heat
        First temperature, as a multiple of what a place is worth: the points of a first choice,
        unless more is known.
    crowding
        Whether people too many in a run cost anything, or people too few.

    Attributes
    ----------
    best, top
        The best runs seen, and their score. A pair or group that stands wrong counts so much in
        it that no other gain makes up for it.
    """

    def __init__(
        self,
        arrays: Arrays,
        moves: int,
        seed: int,
        start: Ints | None = None,
        heat: float = 3.0,
        *,
        crowding: bool = True,
    ) -> None:
        self.facts = facts_of(arrays)
        if not crowding:
            self.facts.penalties[[MANY, FEW]] = 0
        self.board = empty_board(arrays)
        self.moves, self.done = moves, 0
        self.firm = int(self.facts.penalties[WRONG])
        worth = self.facts.worth
        self.soft, self.hot, self.cold = SOFT * worth, heat * worth, 0.05 * worth
        self.random = np.array([(seed * 2 + 1) * 0x9E3779B97F4A7C1 % (1 << 63)], dtype=np.int64)
        self.best: Ints = opening(arrays) if start is None else start.copy()
        set_up(self.facts, self.board, self.best)
        self.score = self.top = int(self.board.points[0]) - int(penalty(self.facts, self.board))

    @property
    def finished(self) -> bool:
        """Whether all moves were made."""
        return self.done >= self.moves

    def advance(self, moves: int) -> None:
        """Make the next `moves` moves, or what is left of the run."""
        moves = min(moves, self.moves - self.done)
        if moves <= 0:
            return
        step = (self.done + np.arange(moves)) / self.moves
        temperatures = self.hot * (self.cold / self.hot) ** step
        stage = np.floor(STAGES * step) / (STAGES - 1)
        weights = np.round(self.firm * (self.soft / self.firm) ** (1 - stage)).astype(np.int64)
        self.score, self.top = run_moves(
            self.facts, self.board, self.best, self.top, temperatures, weights, self.firm,
            self.random,
        )  # fmt: skip
        self.done += moves
