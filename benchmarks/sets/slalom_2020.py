"""Slalom Seattle Innovation Symposium 2020: who attends which topic; every topic in every round.

Rules and numbers are those of the set's SOURCE.md; github arms3/ConferenceScheduling.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.measure import Attendance, Loaded, Measure, Score, attendances, counted
from benchmarks.sets import files
from spilrooster import Choice, Event, Layout, Participant, Problem, Room, Session
from spilrooster.rules import NoFreeRound

ROUNDS = ("1", "2", "3")
CAPACITY = (85, 85, 85, 85, 90, 80, 75)  # topics in alphabetical order
COST = (0, 0, 0, 2, 3, 4, 5)  # of a place by rank 1..7
BASE = 4 * max(COST)
"""Points of a place that costs nothing. Above every cost, so that an empty place never pays."""

Costs = dict[str, dict[str, int]]


def load(folder: str, variant: str) -> Loaded:
    """Make the case: its programme is fixed, only people's days are open."""
    costs = costs_of(Path(folder))
    seats = dict(zip(topics(costs), CAPACITY, strict=True))
    problem = Problem.of(event_of(costs, seats), [NoFreeRound()])
    return Loaded(
        problem=problem,
        measure=Measure("cost", higher_is_better=False, offset=BASE * len(ROUNDS) * len(costs)),
        score=lambda programme: score(costs, seats, [*attendances(programme)]),
    )


def costs_of(folder: Path) -> Costs:
    """Return what each topic costs each attendee.

    Topics that somebody did not rank share the rank after their last; no ranks at all: no costs.
    """
    header, *rows = files.raw_table(folder / "selections.csv")
    assert header[0] == "Choice 1"
    names = sorted({title for row in rows for title in row if title})
    costs = {}
    for number, row in enumerate(rows):
        ranked = [title for title in row if title]
        unranked = COST[len(ranked)] if 0 < len(ranked) < len(COST) else 0
        costs[str(number)] = {
            name: COST[ranked.index(name)] if name in ranked else unranked for name in names
        }
    return costs


def topics(costs: Costs) -> list[str]:
    """Return all topics in alphabetical order."""
    return sorted(next(iter(costs.values())))


def event_of(costs: Costs, seats: dict[str, int]) -> Event:
    """Make the event: each topic has a room of its own and runs there in every round."""
    return Event(
        name="Slalom 2020",
        date=dt.date(2020, 1, 1),
        language="en",
        layout=Layout(
            rooms=tuple(Room(id=name, name=name, seats=n) for name, n in seats.items()),
            rounds=files.rounds(ROUNDS),
        ),
        sessions=tuple(
            Session(id=name, title=name, min_runs=3, max_runs=3, rooms=(name,)) for name in seats
        ),
        participants=tuple(Participant(id=person) for person in costs),
        choices=tuple(
            Choice(participant=person, session=name, points=BASE - cost)
            for person, row in costs.items()
            for name, cost in row.items()
        ),
    )


def score(costs: Costs, seats: dict[str, int], taken: Iterable[Attendance]) -> Score:
    """Score places by the published model: costs of the places taken, and what is not allowed."""
    taken = list(taken)
    load_of = Counter((topic, t) for _, topic, t in taken)
    missing = len(ROUNDS) * len(costs) - len({(person, t) for person, _, t in taken})
    return Score(
        value=sum(costs[person][topic] for person, topic, _ in taken),
        defects=counted(
            place_missing=missing,
            double_booking=files.double_bookings(taken),
            topic_twice=files.repeats(taken),
            over_capacity=sum(max(0, n - seats[topic]) for (topic, _), n in load_of.items()),
        ),
        notes=(
            ("least in a topic", min(load_of.values(), default=0)),
            ("most", max(load_of.values(), default=0)),
        ),
    )


def published(folder: Path) -> list[Attendance]:
    """Return the places of the published schedule."""
    _, *rows = files.raw_table(folder / "published_schedule.csv")
    return [(row[0], topic, t) for row in rows for t, topic in zip(ROUNDS, row[1:], strict=True)]
