"""The first stage: good programmes from the preferences, by annealing with restarts."""

from __future__ import annotations

from collections.abc import Callable

from spilrooster.search.anneal import Annealing
from spilrooster.search.arrays import Arrays
from spilrooster.search.nearest import lawful_runs
from spilrooster.search.reseating import offer_reseated
from spilrooster.search.stage import Context

TOUCHES_PER_UNIT = 3e6
"""People that a core looks at in about a second: the measure of work."""

PORTION = 0.1
"""Work between two looks at the clock."""

SAMPLE_ABOVE, SAMPLE, WARM_SAMPLE = 1500, 1000, 3000
"""With more people than the first, a fresh start looks at a sample of the second size, and a run
that warms up the best programme again, where less is at stake, at one of the third."""

LONGER = (2, 4)
"""How much longer to anneal again until there is a programme: where rules are hard to keep, and in
large events, where a model is too large to find one."""

MOST_SECONDS = 60.0
"""Most time for the attendances of a board; only balancing ever needs seconds."""

FRESH_HEAT, WARM_HEAT = 3.0, 1.5
"""First temperatures, as multiples of the points of a first choice."""


class AnnealingStage:
    """Anneal `runs` times and keep the exact value of each.

    The outcome of one run varies, and a longer run brings little, so several are made: every third
    starts afresh, the others warm up the best programme again. In a large event each run looks
    at a sample of its own of the people: that finds good runs much sooner. What it found then
    counts for everybody, by exact sectioning.
    """

    name = "search"

    def __init__(self, runs: int) -> None:
        self.runs = runs

    def run(self, context: Context, allowance: float) -> None:
        """Spend the allowance on annealing runs of equal length."""
        arrays = context.workshop.arrays
        closing = 0.0  # seconds that it took last time to make a checked programme of a board
        if not arrays.sessions or not arrays.rounds or not arrays.rooms:
            return
        for number in range(self.runs):
            if context.standings.settled or context.clock.left() <= closing:
                return
            share = allowance / self.runs
            closing = self._anneal(context, share, number, closing)
            insist = arrays.hard_to_place or arrays.people > SAMPLE_ABOVE
            for longer in LONGER if insist else ():
                if context.standings.programme is None and context.clock.left() > closing:
                    closing = self._anneal(context, longer * share, number, closing)

    def _anneal(self, context: Context, allowance: float, number: int, closing: float) -> float:
        """Anneal once; return the seconds spent on the programme after that, if time counts."""
        clock, workshop = context.clock, context.workshop
        best = context.standings.programme
        seed = 1000 * context.seed + 10 * self.runs + number
        fresh = best is None or number % 3 == 0
        arrays = workshop.arrays
        sample = SAMPLE if fresh else WARM_SAMPLE
        if arrays.people > max(SAMPLE_ABOVE, sample):
            arrays = arrays.sample(sample, seed)
        price = work_per_move(arrays)
        portion = max(1, int(PORTION / price))
        speed = 1 / price
        if not clock.counts_work:
            speed = _moves_per_second(arrays, portion, clock.seconds)
        moves = max(portion, int(allowance * speed))
        if best is None or fresh:
            annealing = Annealing(arrays, moves, seed, heat=FRESH_HEAT)
        else:
            occupant, _ = workshop.arrays_of(best)
            annealing = Annealing(arrays, moves, seed, start=occupant, heat=WARM_HEAT)
        end = clock.spent() + 1.3 * allowance
        while not annealing.finished and clock.left() > closing and clock.spent() < end:
            annealing.advance(portion)
            clock.charge(portion * price)
            context.standings.tell(self.name)
            if context.standings.settled:  # by a bound that was proven meanwhile
                return 0.0
        start = clock.seconds()
        counts = context.problem.choices.level == 1  # only then is a value about points
        least = context.standings.value if counts else None
        seconds = MOST_SECONDS if clock.counts_work else min(MOST_SECONDS, 1 + clock.left() / 2)
        occupant = lawful_runs(context, annealing.best)
        programme = workshop.programme(occupant, seconds, least)
        if programme is not None:
            context.standings.offer(programme, self.name)
            offer_reseated(context, programme, self.name)
        return 0.0 if clock.counts_work else clock.seconds() - start


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
