"""Simulated annealing over programmes: swap two places, add, replace or drop a run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.board import (
    EMPTY,
    Board,
    Facts,
    begin,
    empty_board,
    facts_of,
    penalty,
    place,
    reconsider,
    set_up,
    take_back,
)
from spilrooster.search.compiled import compiled

Floats = NDArray[np.float64]

INSERTIONS = 0.25
"""Share of the moves that add, replace or drop a run; the others swap two places."""


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
def try_move(facts: Facts, board: Board, score: int, temperature: float, random: Ints) -> int:
    """Try one random move; return the score after it, which is `score` if it was not taken."""
    rounds, rooms = board.occupant.shape
    t, r = below(random, rounds), below(random, rooms)
    u, q = t, r
    a = board.occupant[t, r]
    if draw(random) < INSERTIONS * 4294967296.0:
        b = below(random, board.runs.shape[0] + 1) - 1
        if not insertable(facts, board, a, b, t, r):
            return score
    else:
        u, q = below(random, rounds), below(random, rooms)
        b = board.occupant[u, q]
        fits = may_stand(facts, board, a, u, q, t) and may_stand(facts, board, b, t, r, u)
        if a == b or not fits:
            return score
    swap = u != t or q != r
    if swap:
        place(facts, board, u, q, EMPTY)
    place(facts, board, t, r, b)
    if swap:
        place(facts, board, u, q, a)
    begin(board)
    if a >= 0:
        reconsider(facts, board, a)
    if b >= 0:
        reconsider(facts, board, b)
    new: int = board.points[0] - penalty(facts, board)
    if new >= score or draw(random) < 4294967296.0 * np.exp((new - score) / temperature):
        return new
    if swap:
        place(facts, board, u, q, EMPTY)
    place(facts, board, t, r, a)
    if swap:
        place(facts, board, u, q, b)
    take_back(board)
    return score


@compiled
def run_moves(
    facts: Facts, board: Board, best: Ints, score: int, top: int, temperatures: Floats, random: Ints
) -> tuple[int, int]:
    """Make one move per temperature; keep the best board seen in `best` and return the scores."""
    for temperature in temperatures:
        score = try_move(facts, board, score, temperature, random)
        if score > top:
            top = score
            best[:] = board.occupant
    return score, top


class Annealing:
    """One annealing run that can be continued in portions.

    Parameters
    ----------
    arrays
        The problem.
    moves
        Length of the whole run; the temperature falls geometrically over it.
    seed
        Same seed, same run, whatever the portions.
    start
        Places (T, R) to start from; an empty board if None.
    heat
        First temperature, as a multiple of the points of a first choice.
    """

    def __init__(
        self, arrays: Arrays, moves: int, seed: int, *, start: Ints | None = None, heat: float = 3.0
    ) -> None:
        self.facts = facts_of(arrays)
        self.board = empty_board(arrays)
        self.moves, self.done = moves, 0
        unit = float(self.facts.penalties[1])
        self.hot, self.cold = heat * unit, 0.05 * unit
        self.random = np.array([(seed * 2 + 1) * 0x9E3779B97F4A7C1 % (1 << 63)], dtype=np.int64)
        self.best: Ints = self.board.occupant.copy() if start is None else start.copy()
        set_up(self.facts, self.board, self.best)
        self.score = self.top = int(self.board.points[0]) - int(penalty(self.facts, self.board))

    @property
    def finished(self) -> bool:
        """Whether all moves were made."""
        return self.done >= self.moves

    def advance(self, moves: int) -> None:
        """Make the next `moves` moves, or what is left of the run."""
        moves = min(moves, self.moves - self.done)
        step = (self.done + np.arange(moves)) / self.moves
        temperatures = self.hot * (self.cold / self.hot) ** step
        self.score, self.top = run_moves(
            self.facts, self.board, self.best, self.score, self.top, temperatures, self.random
        )
        self.done += moves
