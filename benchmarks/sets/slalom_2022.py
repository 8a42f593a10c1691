"""Slalom Seattle "Shape the Future" Symposium 2022: people in the room and people on a screen.

Two problems on the same people, by the set's SOURCE.md; github arms3/ConferenceScheduling.
*split*: each topic in each round is for one kind of people, which is the programme to decide.
*hybrid*: both kinds mix, a least and a largest number in the room, some cells not on screen.

Both fit the standard rules. Split: each topic has two rooms, one with seats and one on screen, and
everybody needs the one or the other. Hybrid: each topic is two sessions, each for its own people.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Attendance, Loaded, Measure, Score, attendances, counted
from benchmarks.sets import files
from spilrooster import Choice, Event, Layout, Participant, Problem, Programme, Room, Session
from spilrooster.rules import NoFreeRound

ROUNDS = ("0", "1", "2")
COST = (0, 0, 0, 4, 10, 11, 12, 13, 14, 15, 16)  # of a place by rank 1..11
BASE = 4 * max(COST)  # points of a place that costs nothing; an empty place never pays
SEATS, LEAST = 45, 15  # in the room; the least holds in the hybrid problem only
NOT_ON_SCREEN = frozenset(
    {(3, 1), (3, 2), (4, 0), (4, 1), (0, 0), (10, 1), (1, 1), (1, 2), (5, 0), (9, 2), (8, 2)}
)
"""Topic (column of prepared_ranks.csv) and round, hybrid problem only."""

HERE, SCREEN = "in person", "on screen"


@dataclass(frozen=True)
class Facts:
    """The files: what each topic costs each person, and who takes part on screen."""

    topics: tuple[str, ...]
    costs: dict[str, dict[str, int]]
    virtual: frozenset[str]

    def kind(self, person: str) -> str:
        """How the person takes part."""
        return SCREEN if person in self.virtual else HERE


def load(folder: str, variant: str) -> Loaded:
    """Make the split or the hybrid problem."""
    facts = facts_of(Path(folder))
    event = split_event(facts) if variant == "split" else hybrid_event(facts)
    offset = BASE * len(ROUNDS) * len(facts.costs)
    return Loaded(
        problem=Problem.of(event, [NoFreeRound()]),
        measure=Measure("cost", higher_is_better=False, offset=offset),
        score=lambda programme: score(facts, variant, places(programme)),
    )


def facts_of(folder: Path) -> Facts:
    """Read the prepared ranks; who is on screen stands in the published schedules."""
    header, *rows = files.raw_table(folder / "prepared_ranks.csv")
    costs = {
        row[0]: {t: COST[round(float(r)) - 1] for t, r in zip(header[1:], row[1:], strict=True)}
        for row in rows
    }
    _, *schedule = files.raw_table(folder / "published_schedule_split_cost1068.csv")
    virtual = frozenset(row[0] for row in schedule if row[4] == "True")
    return Facts(tuple(header[1:]), costs, virtual)


def split_event(facts: Facts) -> Event:
    """Each run of a topic takes place in its room or on its screen, so for one kind of people."""
    rooms = [
        Room(id=f"{topic}, {kind}", name=topic, seats=seats, features=(kind,))
        for topic in facts.topics
        for kind, seats in ((HERE, SEATS), (SCREEN, len(facts.virtual)))
    ]
    sessions = [
        Session(
            id=topic,
            title=topic,
            min_runs=3,
            max_runs=3,
            rooms=(f"{topic}, {HERE}", f"{topic}, {SCREEN}"),
        )
        for topic in facts.topics
    ]
    people = [Participant(id=person, needs=(facts.kind(person),)) for person in facts.costs]
    choices = [
        Choice(participant=person, session=topic, points=BASE - cost)
        for person, row in facts.costs.items()
        for topic, cost in row.items()
    ]
    return _event("split", rooms, sessions, people, choices)


def hybrid_event(facts: Facts) -> Event:
    """Each topic is a session in the room and one on screen, where it may be."""
    sessions = [
        _hybrid_session(facts, number, kind)
        for number in range(len(facts.topics))
        for kind in (HERE, SCREEN)
    ]
    rooms = [Room(id=s.id, name=s.title, seats=s.max_people or 0) for s in sessions]
    people = [Participant(id=person, groups=(facts.kind(person),)) for person in facts.costs]
    choices = [
        Choice(participant=person, session=f"{topic}, {facts.kind(person)}", points=BASE - cost)
        for person, row in facts.costs.items()
        for topic, cost in row.items()
    ]
    return _event("hybrid", rooms, sessions, people, choices)


def _hybrid_session(facts: Facts, number: int, kind: str) -> Session:
    shut = NOT_ON_SCREEN if kind == SCREEN else frozenset()
    held = tuple(t for t in ROUNDS if (number, int(t)) not in shut)
    name = f"{facts.topics[number]}, {kind}"
    return Session(
        id=name,
        title=name,
        min_people=LEAST if kind == HERE else 0,
        max_people=SEATS if kind == HERE else len(facts.virtual),
        min_runs=len(held),
        max_runs=len(held),
        rounds=held,
        rooms=(name,),
        only_for=(kind,),
    )


def _event(
    name: str,
    rooms: Sequence[Room],
    sessions: Sequence[Session],
    people: Sequence[Participant],
    choices: Sequence[Choice],
) -> Event:
    return Event(
        name=f"Slalom 2022, {name}",
        date=dt.date(2022, 1, 1),
        language="en",
        layout=Layout(rooms=tuple(rooms), rounds=files.rounds(ROUNDS)),
        sessions=tuple(sessions),
        participants=tuple(people),
        choices=tuple(choices),
    )


def places(programme: Programme) -> Iterator[Attendance]:
    """Yield who is where, by topic: without the kind that a hybrid session's name ends with."""
    for person, session, round_id in attendances(programme):
        topic, comma, kind = session.rpartition(", ")
        yield person, topic if comma and kind in {HERE, SCREEN} else session, round_id


def score(facts: Facts, variant: str, taken: Iterable[Attendance]) -> Score:
    """Score places by the published model of the variant."""
    taken = list(taken)
    here = Counter((topic, t) for p, topic, t in taken if p not in facts.virtual)
    screen = Counter((topic, t) for p, topic, t in taken if p in facts.virtual)
    expected = len(ROUNDS) * len(facts.costs)
    defects = {
        "place_missing": expected - len({(person, t) for person, _, t in taken}),
        "double_booking": files.double_bookings(taken),
        "topic_twice": files.repeats(taken),
        "over_capacity": sum(max(0, n - SEATS) for n in here.values()),
    }
    if variant == "split":
        defects["both_kinds_at_one_run"] = len(here.keys() & screen.keys())
    else:
        cells = [(topic, t) for topic in facts.topics for t in ROUNDS]
        defects["too_few_in_the_room"] = sum(max(0, LEAST - here[cell]) for cell in cells)
        defects["not_on_screen"] = sum(
            screen[facts.topics[number], str(t)] for number, t in NOT_ON_SCREEN
        )
    return Score(
        value=sum(facts.costs[person][topic] for person, topic, _ in taken),
        defects=counted(**defects),
        notes=(("most in a room", max(here.values(), default=0)),),
    )


def published(folder: Path, variant: str) -> list[Attendance]:
    """Return the places of the published schedule of a variant."""
    cost = {"split": "split_cost1068", "hybrid": "hybrid_cost8"}[variant]
    _, *rows = files.raw_table(folder / f"published_schedule_{cost}.csv")
    return [(row[0], topic, t) for row in rows for t, topic in zip(ROUNDS, row[1:4], strict=True)]
