"""Reheating: better programmes, by chains of short annealing runs.

The outcome of one run varies, and a longer one brings little. So a chain begins with a few fresh
runs, and warms up its best board again and again. When that no longer helps, the next chain begins:
where chains end varies too, far more than what the last runs of one add.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

from spilrooster.search.anneal import Annealing
from spilrooster.search.annealing_run import (
    FRESH_HEAT,
    LONGER,
    NAME,
    PORTION,
    Plan,
    anneal,
    is_sampled,
    moves_per_unit,
    offer_board,
)
from spilrooster.search.arrays import Ints
from spilrooster.search.nearest import lawful_runs
from spilrooster.search.stage import Context, is_stale

MOVES_PER_PLACE = 20
"""Length of a run in the first chain: moves per session and place where one may run."""

GROWTH = 1.5
"""How much longer the runs of the next chain are."""

FEWEST_RUNS = 6
"""No run takes more than the allowance over this, once there is a programme."""

CLOSINGS = 3.0
"""A run takes at least so many times what it takes to make a checked programme of a board."""

FRESH_RUNS = 4
"""A chain starts from the best of so many fresh runs."""

KNOWN_EVERY = 3
"""Every so many chains, the first among them, begin with the best programme known instead."""

HEATS = 1.0, 0.75, 0.5
"""First temperatures of warm runs in turn, as multiples of the points of a first choice."""

PATIENCE = 6
"""Warm runs without gain that end a chain."""


class ReheatingStage:
    """Improve the best programme by chains of annealing runs.

    In a large event each run looks at a sample of its own of the people: that finds good runs much
    sooner. What it found then counts for everybody, by exact sectioning.
    """

    name = NAME

    def run(self, context: Context, allowance: float) -> None:
        """Spend the allowance."""
        arrays = context.workshop.arrays
        if not arrays.sessions or not arrays.rounds or not arrays.rooms:
            return
        reheating, begin = _Reheating(context, allowance), context.clock.spent()
        for number in itertools.count():
            stale = is_stale(context, begin, LEAST * allowance)
            if stale or not reheating.chain(number):
                return


LEAST = 0.5
"""Share of the allowance that is spent even if nothing gets better."""


@dataclass
class _Chain:
    """One chain: its best board, the score of that, and how many runs in a row gained nothing."""

    board: Ints | None = None
    score: float = -math.inf
    idle: int = 0

    def learn(self, board: Ints, score: float) -> None:
        self.idle += 1
        if score > self.score:
            self.board, self.score, self.idle = board, score, 0


class _Reheating:
    """One stay in the stage."""

    def __init__(self, context: Context, allowance: float) -> None:
        self._context = context
        self._longest = allowance / FEWEST_RUNS
        self._end = context.clock.spent() + allowance
        self._speed = {fresh: moves_per_unit(context, fresh=fresh) for fresh in (True, False)}
        self._closing = 0.0  # what it took last time to make a checked programme of a board
        self._runs = 0

    def chain(self, number: int) -> bool:
        """Make a chain; return whether there is time for another."""
        programme, chain = self._context.standings.programme, _Chain()
        length = self._moves * GROWTH**number
        if programme is None:  # rules are hard to keep: only longer runs help
            return self._run(chain, None, FRESH_HEAT, math.inf)
        if number % KNOWN_EVERY == 0:
            board, _ = self._context.workshop.arrays_of(programme)
            chain.learn(board, self._score(board))
        else:
            for _ in range(FRESH_RUNS):
                if not self._run(chain, None, FRESH_HEAT, length):
                    return False
        for heat in itertools.cycle(HEATS):
            if chain.board is None or chain.idle >= PATIENCE:
                break
            if not self._run(chain, chain.board, heat, length):
                return False
        return True

    def _run(self, chain: _Chain, start: Ints | None, heat: float, moves: float) -> bool:
        """Anneal once and let the chain learn of it; return whether there was time for it."""
        clock, standings = self._context.clock, self._context.standings
        left = self._end - clock.spent()
        if standings.settled or left <= 0 or clock.left() <= self._closing:
            return False
        speed = self._speed[start is None]
        longest = self._longest
        if standings.programme is None:
            longest *= LONGER ** (self._runs + 1)
        length = min(max(moves / speed, CLOSINGS * self._closing), longest, left)
        seed = 1000 * self._context.seed + 100 + self._runs
        self._runs += 1
        plan = Plan(int(max(length, PORTION) * speed), seed, start, heat)
        annealing = anneal(self._context, plan, self._end)
        if annealing is None:
            return False
        before = clock.spent()
        board = lawful_runs(self._context, annealing.best)
        kept = offer_board(self._context, board)
        chain.learn(board, self._score(board, kept=kept))
        self._closing = clock.spent() - before
        return True

    def _score(self, board: Ints, *, kept: bool = True) -> float:
        """Return what the search makes of a board; in a large event, what the standings did."""
        arrays = self._context.workshop.arrays
        if is_sampled(arrays):
            return self._runs if kept else -math.inf
        return Annealing(arrays, 1, 0, start=board).top

    @property
    def _moves(self) -> float:
        arrays = self._context.workshop.arrays
        return MOVES_PER_PLACE * arrays.sessions * arrays.rounds * arrays.rooms
