"""The first stage: a good programme from the preferences, by annealing."""

from __future__ import annotations

from spilrooster.search.annealing_run import (
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
from spilrooster.search.calibrating import calibrate, mind_crowds
from spilrooster.search.nearest import lawful_runs
from spilrooster.search.stage import Context

FIRST_LOOK, AGAIN = (3, 0.05), ((0, 1), (1, LONGER), (2, LONGER**2))
"""Number and length of each run. A first look gives a programme to begin with, and now and then the
best; runs after the next one are only made until there is a programme."""

CALIBRATING = 0.3
"""Share of the allowance for finding out what a place is worth."""

OVERTIME = 1.3
"""So many times its allowance a run may take at most, if moves get slower."""


class AnnealingStage:
    """Anneal once, or longer and longer until a programme keeps every rule."""

    name = NAME

    def run(self, context: Context, allowance: float) -> None:
        """Spend the allowance on one run; more only where a programme is hard to find."""
        arrays, clock, standings = context.workshop.arrays, context.clock, context.standings
        if not arrays.sessions or not arrays.rounds or not arrays.rooms:
            return
        large = is_large(arrays)  # then attendances take as long as a first look
        runs = AGAIN if arrays.hard_to_place or large else AGAIN[:1]
        closing = 0.0  # what it took last time to make a checked programme of a board
        speeds = Speeds(context)
        if large:
            calibrate(context, speeds, CALIBRATING * allowance)
        for number, longer in runs if large else (FIRST_LOOK, *runs):
            found = longer > 1 and standings.programme is not None
            if found or standings.settled or clock.left() <= closing:
                return
            length = max(longer * allowance, PORTION)
            people = speeds.people_for(run_moves(arrays), length)
            moves = int(length * speeds.of(people))
            end = clock.spent() + OVERTIME * longer * allowance
            annealing = anneal(context, Plan(moves, 1000 * context.seed + number, people), end)
            if annealing is None:
                return
            start = clock.spent()
            offer_board(context, lawful_runs(context, annealing.best))
            closing = clock.spent() - start
            if large:
                mind_crowds(context.workshop)
            if (number, longer) == FIRST_LOOK and not standings.settled:
                calibrate(context, speeds, CALIBRATING * allowance)
