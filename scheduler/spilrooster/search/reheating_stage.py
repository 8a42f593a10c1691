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
    Speeds,
    anneal,
    is_large,
    offer_board,
    run_moves,
)
from spilrooster.search.arrays import Ints
from spilrooster.search.nearest import lawful_runs
from spilrooster.search.stage import Context, is_stale

GROWTH = 1.5
"""How much longer the runs of the next chain are."""

FEWEST_RUNS = 6
"""No run takes more than the allowance over this, once there is a programme."""

SAMPLED_RUNS = 15
"""In a large event, a run looks at so many people that there is time for so many runs."""

CLOSINGS = 3.0
"""Runs take at least so many times what it takes to make a checked programme of a board. In a large
event, where that takes longer than a run, several of them do."""

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

    In a large event a run may look at a sample of its own of the people: that finds good runs much
    sooner. What it found then counts for everybody.
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
                break
        reheating.close()


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
        self._speeds = Speeds(context)
        self._large = is_large(context.workshop.arrays)
        self._closing = 0.0  # what it took last time to make a checked programme of a board
        self._top = -math.inf  # score of the best board
        self._waiting: Ints | None = None  # that board, if no programme was made of it yet
        self._closed = context.clock.spent()  # when that was last done
        self._runs = 0

    def chain(self, number: int) -> bool:
        """Make a chain; return whether there is time for another."""
        programme, chain = self._context.standings.programme, _Chain()
        length = run_moves(self._context.workshop.arrays) * GROWTH**number
        if programme is None:  # rules are hard to keep: only longer runs help
            return self._run(chain, None, FRESH_HEAT, math.inf)
        if number % KNOWN_EVERY == 0:
            board = self._waiting
            if board is None:
                board, _ = self._context.workshop.arrays_of(programme)
            chain.learn(board, self._score(board))
            self._top = max(self._top, chain.score)
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
        left = min(self._end - clock.spent(), clock.left()) - self._closing
        if standings.settled or left <= 0:
            return False
        plan = self._plan(start, heat, moves, left)
        begin = clock.seconds()
        annealing = anneal(self._context, plan, self._end - self._closing)
        if annealing is None:
            return False
        self._speeds.learn(plan.people, annealing.done, clock.seconds() - begin)
        board = lawful_runs(self._context, annealing.best)
        score = self._score(board)
        chain.learn(board, score)
        always = not self._large or standings.programme is None
        if score > self._top or always:
            self._top, self._waiting = max(score, self._top), board
        if always or clock.spent() - self._closed >= CLOSINGS * self._closing:
            self.close()
        return True

    def _plan(self, start: Ints | None, heat: float, moves: float, left: float) -> Plan:
        """Return the next run: about so many moves, in what time is `left`."""
        longest = self._longest
        if self._context.standings.programme is None:
            longest *= LONGER ** (self._runs + 1)
        people = self._speeds.people_for(moves, longest * FEWEST_RUNS / SAMPLED_RUNS)
        speed = self._speeds.of(people)
        least = 0.0 if self._large else CLOSINGS * self._closing
        length = min(max(moves / speed, least), longest, left)
        seed = 1000 * self._context.seed + 100 + self._runs
        self._runs += 1
        return Plan(int(max(length, PORTION) * speed), seed, people, start, heat)

    def close(self) -> None:
        """Make a checked programme of the best board, if that was not done yet."""
        clock, board = self._context.clock, self._waiting
        if board is None or clock.left() <= self._closing:
            return
        before = clock.spent()
        offer_board(self._context, board)
        self._waiting, self._closed = None, clock.spent()
        self._closing = self._closed - before

    def _score(self, board: Ints) -> float:
        """Return what the search makes of a board for everybody."""
        return Annealing(self._context.workshop.arrays, 1, 0, start=board).top
