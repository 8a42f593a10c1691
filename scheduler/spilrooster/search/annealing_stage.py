"""The first stage: good programmes from the preferences, by annealing with restarts."""

from __future__ import annotations

from collections.abc import Callable

from spilrooster.search.anneal import Annealing
from spilrooster.search.arrays import Arrays
from spilrooster.search.stage import Context

TOUCHES_PER_UNIT = 3e6
"""People that a core looks at in about a second: the measure of work."""

PORTION = 0.1
"""Work between two looks at the clock."""


class AnnealingStage:
    """Anneal once for each of `shares`, a share of the allowance; keep the exact value of each."""

    name = "search"

    def __init__(self, shares: tuple[float, ...]) -> None:
        self.shares = shares

    def run(self, context: Context, allowance: float) -> None:
        """Spend the allowance on annealing runs."""
        arrays = context.workshop.arrays
        if not arrays.sessions or not arrays.rounds or not arrays.rooms:
            return
        for number, share in enumerate(self.shares):
            if context.standings.settled or context.clock.left() <= 0:
                return
            self._anneal(
                context, share * allowance, 1000 * context.seed + 10 * len(self.shares) + number
            )

    def _anneal(self, context: Context, allowance: float, seed: int) -> None:
        """Run once. With a time limit the first portion tells how many moves fit in."""
        arrays, clock = context.workshop.arrays, context.clock
        price = work_per_move(arrays)
        portion = max(1, int(PORTION / price))
        if clock.counts_work:
            moves = int(allowance / price)
        else:
            moves = int(allowance * _moves_per_second(arrays, portion, clock.seconds))
        annealing = Annealing(arrays, max(moves, portion), seed)
        start = clock.spent()
        while not annealing.finished and clock.left() > 0:
            annealing.advance(portion)
            clock.charge(portion * price)
            context.standings.tell(self.name)
            if clock.spent() - start > 1.3 * allowance:
                break
        programme = context.workshop.programme(annealing.best)
        if programme is not None:
            context.standings.offer(programme, self.name)


def work_per_move(arrays: Arrays) -> float:
    """Return the work of one move: two sessions, everyone who chose or presents them."""
    touched = len(arrays.touched) / arrays.sessions
    return (2 * touched + 10) / TOUCHES_PER_UNIT


def _moves_per_second(arrays: Arrays, moves: int, now: Callable[[], float]) -> float:
    """Measure the speed of the search on this machine, compiling it first if need be."""
    Annealing(arrays, 2, 0).advance(1)
    trial = Annealing(arrays, moves, 0)
    start = now()
    trial.advance(moves)
    return moves / max(now() - start, 1e-6)
