"""One annealing run under a clock, and what is made of the board it finds."""

from __future__ import annotations

from dataclasses import dataclass

from spilrooster.search.anneal import Annealing
from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.reseating import offer_reseated
from spilrooster.search.stage import Context

NAME = "search"
"""What standings call whatever comes of annealing."""

TOUCHES_PER_UNIT = 3e6
"""People that a core looks at in about a second: the measure of work."""

PORTION = 0.1
"""Work between two looks at the clock."""

SAMPLE_ABOVE, FEWEST_PEOPLE = 1500, 1000
"""With more people than the first, a run may look at a sample of them, of at least the second."""

MOVES_PER_PLACE = 20
"""Length of a run: moves per session and place where one may run."""

MOST_SECONDS = 60.0
"""Most time for the attendances of a board; only balancing ever needs seconds."""

LONGER = 2
"""How much longer each run is than the one before, until there is a programme: where rules are hard
to keep, and in large events, where a model is too large to find one."""

FRESH_HEAT = 3.0
"""First temperature of a fresh start, as a multiple of the points of a first choice."""


@dataclass(frozen=True)
class Plan:
    """How to anneal once.

    Parameters
    ----------
    moves
        Length of the run.
    seed
        Makes it repeatable.
    people
        How many people the run looks at.
    start
        The board (T, R) to warm up again; None = a fresh start.
    heat
        First temperature, as a multiple of the points of a first choice.
    """

    moves: int
    seed: int
    people: int
    start: Ints | None = None
    heat: float = FRESH_HEAT


def is_large(arrays: Arrays) -> bool:
    """Whether runs may look at samples: the time of a move grows with the number of people."""
    return arrays.people > SAMPLE_ABOVE


def run_moves(arrays: Arrays) -> int:
    """Return the length of a run that finds a good board."""
    return MOVES_PER_PLACE * arrays.sessions * arrays.rounds * arrays.rooms


def anneal(context: Context, plan: Plan, end: float) -> Annealing | None:
    """Anneal until the run is done or the clock says `end`; None if nothing is left to gain.

    A board that seems to reach the bound is offered at once: it may be all that there is to find.
    """
    clock = context.clock
    arrays = _seen_arrays(context.workshop.arrays, plan.people, plan.seed)
    price = work_per_move(arrays)
    portion = max(1, int(PORTION / price))
    annealing = Annealing(arrays, plan.moves, plan.seed, start=plan.start, heat=plan.heat)
    hopeful = arrays is context.workshop.arrays
    while not annealing.finished and clock.left() > 0 and clock.spent() < end:
        annealing.advance(portion)
        clock.charge(portion * price)
        context.standings.tell(NAME)
        if hopeful and annealing.top >= context.standings.bound:
            hopeful = False
            offer_board(context, annealing.best)
        if context.standings.settled:  # by a bound that was proven meanwhile
            return None
    return annealing


def offer_board(context: Context, board: Ints) -> bool:
    """Offer the programme with these runs and the best attendances; return whether it was kept."""
    clock, workshop = context.clock, context.workshop
    counts = context.problem.choices.level == 1  # only then is a value about points
    least = context.standings.value if counts else None
    seconds = MOST_SECONDS if clock.counts_work else min(MOST_SECONDS, 1 + clock.left() / 2)
    programme = workshop.programme(board, seconds, least)
    if programme is None:
        return False
    before = context.standings.programme
    context.standings.offer(programme, NAME)
    offer_reseated(context, programme, NAME)
    return context.standings.programme is not before


def work_per_move(arrays: Arrays) -> float:
    """Return the most work of a move: two sessions, everyone who chose or presents them."""
    touched = len(arrays.touched) / arrays.sessions
    return (2 * touched + 10) / TOUCHES_PER_UNIT


def _seen_arrays(arrays: Arrays, people: int, seed: int) -> Arrays:
    return arrays.sample(people, seed) if people < arrays.people else arrays


class Speeds:
    """How many moves fit in one unit of the limit; measured, if that is time."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._large = is_large(context.workshop.arrays)
        self._known: tuple[int, float] | None = None  # so many people, so many moves

    def of(self, people: int) -> float:
        """Return the speed of runs that look at so many people.

        Measuring also compiles the search, if need be. In a large event it is done on a small
        sample: on many people, the few moves that there is time for say nothing.
        """
        if self._known is None:
            looked = min(people, FEWEST_PEOPLE) if self._large else people
            self._known = looked, self._measured(looked)
        looked, speed = self._known
        return speed * looked / people

    def learn(self, people: int, moves: int, seconds: float) -> None:
        """Take the speed of a run in a large event: a sample tells little of more people.

        A move takes longer with more people, but where most mind it or hardly anybody does, that
        is known when few of them were asked.
        """
        if self._large and moves and not self._context.clock.counts_work:
            self._known = people, moves / max(seconds, 1e-6)

    def people_for(self, moves: float, allowance: float) -> int:
        """Return how many people a run of so many moves can look at within its allowance.

        Rather more people than more moves: the best board of a sample is not the best for all.
        """
        arrays = self._context.workshop.arrays
        if not self._large:
            return arrays.people
        part = allowance * self.of(FEWEST_PEOPLE) / moves
        return int(min(arrays.people, max(1.0, part) * FEWEST_PEOPLE))

    def _measured(self, people: int) -> float:
        arrays = _seen_arrays(self._context.workshop.arrays, people, self._context.seed)
        price, now = work_per_move(arrays), self._context.clock.seconds
        if self._context.clock.counts_work:
            return 1 / price
        moves = max(1, int(PORTION / price))
        Annealing(arrays, 2, 0).advance(1)
        trial = Annealing(arrays, moves, 0)
        start = now()
        trial.advance(moves)
        return moves / max(now() - start, 1e-6)
