"""The seating stage: places in all shared blocks, on a finished programme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from spilrooster.problem import Problem
from spilrooster.search.clock import Clock
from spilrooster.seating.bounds import BlockBound, Hall
from spilrooster.seating.floor import Room
from spilrooster.seating.plan import ENOUGH, TRIES_PER_UNIT, Task, Term, mixed
from spilrooster.seating.reasons import NOWHERE, Seatings
from spilrooster.seating.shifts import decide, guests_of
from spilrooster.wishes import Mix, Priority, Reason
from spilrooster_models import PersonalSchedule, Programme
from spilrooster_models.layout import BlockId

Ints = NDArray[np.int64]

PASSES = 3
"""Times that each block is looked at if others depend on it: the first has half of the effort."""

LARGEST_SHARE = 0.15
"""Of the whole limit, kept for the seating."""

NOTHING = Priority(level=1, weight=0)


def reserve(problem: Problem, clock: Clock) -> float:
    """Return what the search should leave of the clock: what seating can use, within a share."""
    event = problem.event
    mixed_blocks = {block for mix in problem.wishes.mixes for block in mix.blocks}
    tries = sum(ENOUGH * len(event.present_in[block]) for block in mixed_blocks)
    return min(LARGEST_SHARE * clock.total(), 1.2 * tries / TRIES_PER_UNIT)


def seat(problem: Problem, programme: Programme, clock: Clock, seed: int) -> Programme:
    """Return the programme with everybody's places in shared blocks.

    It spends what is left of the clock, and no more than is useful; a plan is always made.
    `shifts.is_possible` has to hold for the event.
    """
    stage = _Stage(problem, programme, seed)
    blocks = [block for block in problem.event.seated if block in stage.guests]
    again = [b for b in blocks if any(len(m.blocks) > 1 for m in _mixes(problem, b))]
    rounds = [blocks, *[again] * (PASSES - 1)] if len(again) > 1 else [blocks]
    for number, round_of in enumerate(rounds):
        for i, block in enumerate(round_of):
            left = sum(map(len, rounds[number:])) - i
            share = 2 if number == 0 and len(rounds) > 1 else 1
            stage.mix(block, clock, share * clock.left() / (left + (share - 1) * len(round_of)))
    return stage.written()


def _mixes(problem: Problem, block: BlockId) -> list[Mix]:
    return [mix for mix in problem.wishes.mixes if block in mix.blocks]


class _Stage:
    """What is decided so far.

    guests
        For each block, the participants (as numbers) who need a seat there.
    """

    def __init__(self, problem: Problem, programme: Programme, seed: int) -> None:
        self.problem, self.programme, self.seed = problem, programme, seed
        self.seatings = Seatings(problem, programme)
        self.guests: dict[BlockId, Ints] = {}
        self._place_staff_and_guests()

    def _place_staff_and_guests(self) -> None:
        event, people = self.problem.event, self.seatings.people
        turns = decide(self.problem, self.programme, self.seed)
        there = guests_of(event, self.programme)
        lunches = {block for lunch in event.lunches for block in lunch}
        for block in event.seated:
            names = list(event.layout.tables[block])
            table = np.full(len(people), NOWHERE, dtype=np.int64)
            staff = {p for (b, _), owners in turns.staff.items() if b == block for p in owners}
            for (b, stand), owners in turns.staff.items():
                if b == block:
                    table[[people[p] for p in owners]] = names.index(stand)
            self.seatings.tables[block] = table
            guests = turns.eaters.get(block, []) if block in lunches else there[block]
            if not all(place.is_stand for place in event.layout.tables[block].values()):
                found = sorted(people[p] for p in guests if p not in staff)
                self.guests[block] = np.array(found, dtype=np.int64)

    def mix(self, block: BlockId, clock: Clock, allowance: float) -> None:
        """Seat the guests of a block, or seat them better."""
        guests = self.guests[block]
        before = self.seatings.tables[block][guests]
        task, seats = self._task(block, guests)
        start = None if (before < 0).any() else np.searchsorted(seats, before)
        number = self.problem.event.seated.index(block)
        found = mixed(task, start, clock, allowance, 1000 * self.seed + number)
        self.seatings.tables[block][guests] = seats[found]

    def _task(self, block: BlockId, guests: Ints) -> tuple[Task, Ints]:
        """Return the task, and the number among all tables of each table that people sit at."""
        tables = list(self.problem.event.layout.tables[block].values())
        seats = np.array([i for i, t in enumerate(tables) if not t.is_stand], dtype=np.int64)
        room = Room(
            seats=np.array([tables[i].seats for i in seats], dtype=np.int64),
            mixed=np.array([int(tables[i].tables > 0) for i in seats], dtype=np.int64),
        )
        mixes = _mixes(self.problem, block)
        counted = [pair for mix in mixes for pair in mix.counted]
        counts = self.seatings.counted(name for name, _ in counted)[guests]
        task = Task(
            room=room,
            terms=[],
            counts=np.ascontiguousarray(counts),
            least=np.array([least for _, least in counted], dtype=np.int64),
            short=min((m.short for m in mixes), key=lambda p: p.level, default=NOTHING),
            smallest=max((mix.smallest for mix in mixes), default=1),
            order=self._order(guests, counts),
        )
        hall = hall_of(room, task.sizes(), task.smallest)
        terms = list(self._terms(block, guests, mixes, hall))
        return Task(**{**vars(task), "terms": terms}), seats

    def _order(self, guests: Ints, counts: Ints) -> Ints:
        """Return the guests such that those with something in common are neighbours."""
        labels = [self.seatings.attribute(name)[guests, 0] for name in ("municipality",)]
        labels.append(self.seatings.attribute("organisation")[guests, 0])
        return np.lexsort([*labels, *counts.T]).astype(np.int64)

    def _terms(
        self, block: BlockId, guests: Ints, mixes: Sequence[Mix], hall: Hall
    ) -> Iterator[Term]:
        others = [b for b in self.seatings.order if b != block]
        for mix in mixes:
            fewest = fewest_in(self.seatings, block, guests, mix, hall)
            for reason, priority in mix.avoid:
                if reason == "theme":
                    themes = self.seatings.themes(mix.best_choices)[guests]
                    nothing = np.zeros((len(guests), 0), dtype=np.int32)
                    yield Term(priority, nothing, themes)
                else:
                    labels = self.seatings.labels(reason, mix, block, others)[guests]
                    yield Term(priority, labels, fewest=fewest[reason])

    def written(self) -> Programme:
        """Write the places down with ids."""
        event = self.problem.event
        columns = [
            [None if t < 0 else names[t] for t in self.seatings.tables[block].tolist()]
            for block in event.seated
            for names in [list(event.layout.tables[block])]
        ]
        number = self.seatings.people
        return Programme(
            rounds=self.programme.rounds,
            runs=self.programme.runs,
            schedules=tuple(
                PersonalSchedule(
                    participant=schedule.participant,
                    sessions=schedule.sessions,
                    places=tuple(column[number[schedule.participant]] for column in columns),
                )
                for schedule in self.programme.schedules
            ),
            shared=event.seated,
        )


def hall_of(room: Room, size: Ints, smallest: int) -> Hall:
    """Return what bounds need to know of a room in which so many people sit at each table.

    Where no table is too small, no more than people // smallest tables can be used.
    """
    at_tables = size[room.mixed > 0]
    tables = int((room.mixed > 0).sum())
    used = at_tables[at_tables > 0]
    if len(used) and used.min() >= smallest:
        tables = min(tables, int(used.sum()) // smallest)
    seats = int(room.seats[room.mixed > 0].max(initial=0))
    return Hall(tables=tables, seats=seats, free=int(room.seats[room.mixed == 0].sum()))


def fewest_in(
    seatings: Seatings, block: BlockId, guests: Ints, mix: Mix, hall: Hall
) -> dict[Reason | None, int]:
    """Return a bound for each reason in one block; under None, for at least one of them.

    `again` is about several blocks, and `theme` has no bound but 0.
    """
    columns: list[NDArray[np.int32]] = []
    found: dict[Reason | None, int] = {}
    at: dict[Reason, list[int]] = {}
    for reason, _ in mix.avoid:
        if reason in {"again", "theme"}:
            at[reason] = []
            continue
        if reason == "met":  # seatings earlier that day could be different: only sessions stand
            labels = seatings.sessions_on(seatings.day(block))[guests]
        else:
            labels = seatings.labels(reason, mix, block, ())[guests]
        at[reason] = list(range(len(columns), len(columns) + labels.shape[1]))
        columns += list(labels.T)
    bound = BlockBound(columns, hall)
    for reason, mine in at.items():
        found[reason] = bound.fewest(mine)
    found[None] = bound.fewest(range(len(columns)))
    return found
