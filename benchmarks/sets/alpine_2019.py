"""Alpine Conference on Magnetic Resonance in Solids 2019: round tables around one abstract each.

The set's example data; github shygon/alpine_scheduler, MIT. The published plan also lifts whoever
is worst off and lets everybody take part 9 to 16 times. The case asks for ratings only, so what it
adds up to beyond the published plan is not all gain; the variant *shared* holds everybody between
the 9 and 16 times of the published plan.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.measure import Attendance, Loaded, Measure, Score, attendances, counted
from benchmarks.sets import files
from spilrooster import Choice, Event, Layout, Participant, Problem, Room, Session
from spilrooster.rules import TakesPart

SLOTS = tuple(f"slot {number}" for number in range(1, 19))
ROOMS = tuple(f"room {number}" for number in range(1, 11))
SEATS = 12  # the presenter's included
MOST_TIMES = 3
TAKES_PART = (9, 16)  # how often, in the published plan

Ratings = dict[tuple[str, str], int]


def load(folder: str, variant: str) -> Loaded:
    """Make the case: every rated abstract at least once, as in the published plan."""
    shared = variant == "shared"
    ratings = ratings_of(Path(folder))
    people = people_of(Path(folder))
    return Loaded(
        problem=Problem.of(
            event_of(ratings, people),
            [TakesPart(least=TAKES_PART[0], most=TAKES_PART[1])] if shared else [],
        ),
        measure=Measure("rating"),
        score=lambda programme: score(ratings, people, shared, attendances(programme)),
    )


def ratings_of(folder: Path) -> Ratings:
    """Return the ratings 0..5 by (person, abstract); an abstract bears its presenter's id."""
    return {
        (row["person_id"], row["abstract_id"]): int(row["rating"])
        for row in files.table(folder / "ratings.csv")
        if row["rating"]
    }


def people_of(folder: Path) -> list[str]:
    """Return everybody in the file, with ratings or without."""
    rows = files.table(folder / "ratings.csv")
    everybody = {row["person_id"] for row in rows} | {row["abstract_id"] for row in rows}
    return sorted(everybody - {""}, key=int)


def event_of(ratings: Ratings, people: list[str]) -> Event:
    """Make the event. A rating of one's own abstract is no choice: its author presents it."""
    abstracts = sorted({abstract for _, abstract in ratings}, key=int)
    return Event(
        name="Alpine Conference 2019, round tables",
        date=dt.date(2019, 9, 15),
        language="en",
        layout=Layout(
            rooms=tuple(Room(id=name, name=name, seats=SEATS - 1) for name in ROOMS),
            rounds=files.rounds(SLOTS),
        ),
        sessions=tuple(
            Session(id=abstract, title=abstract, presenters=(abstract,), max_runs=MOST_TIMES)
            for abstract in abstracts
        ),
        participants=tuple(Participant(id=person) for person in people),
        choices=tuple(
            Choice(participant=person, session=abstract, points=rating)
            for (person, abstract), rating in ratings.items()
            if person != abstract
        ),
    )


def score(ratings: Ratings, people: list[str], shared: bool, taken: Iterable[Attendance]) -> Score:
    """Add up the ratings of listeners, and count what the tables do not allow."""
    taken = list(taken)
    presenting = [(s, t) for p, s, t in taken if p == s]
    listening = [(p, s, t) for p, s, t in taken if p != s]
    at_table = Counter((s, t) for _, s, t in taken)
    in_slot = Counter(t for _, t in at_table)
    counts = Counter(p for p, _, _ in taken)
    takes_part = [counts[person] for person in people]
    low, high = TAKES_PART
    outside = sum(max(low - times, times - high, 0) for times in takes_part)
    return Score(
        value=sum(ratings.get((p, s), 0) for p, s, _ in listening),
        defects=counted(
            double_booking=files.double_bookings(taken),
            abstract_heard_twice=files.repeats(listening),
            presenter_missing=len(at_table.keys() - set(presenting)),
            over_full=sum(max(0, n - SEATS) for n in at_table.values()),
            too_many_tables=sum(max(0, n - len(ROOMS)) for n in in_slot.values()),
            presented_too_often=sum(
                max(0, n - MOST_TIMES) for n in Counter(s for s, _ in presenting).values()
            ),
            takes_part_too_little_or_often=outside if shared else 0,
        ),
        notes=(
            ("rated listener seats", sum((p, s) in ratings for p, s, _ in listening)),
            ("listener seats", len(listening)),
            ("takes part least", min(takes_part)),
            ("takes part most", max(takes_part)),
            ("worst off, % of own best ratings", worst_off(ratings, listening)),
        ),
    )


def worst_off(ratings: Ratings, listening: Iterable[Attendance]) -> int:
    """Return the least percentage that anybody has of the ratings that fill their best day."""
    own: dict[str, list[int]] = {}
    for (person, abstract), rating in ratings.items():
        if person != abstract and rating:
            own.setdefault(person, []).append(rating)
    got = Counter[str]()
    for person, abstract, _ in listening:
        got[person] += ratings.get((person, abstract), 0)
    best = {person: sum(sorted(found)[-len(SLOTS) :]) for person, found in own.items()}
    return min(100 * got[person] // most for person, most in best.items())


def published(folder: Path) -> list[Attendance]:
    """Return the places of the published plan: ten rooms per slot, the presenter first."""
    rows = files.raw_table(folder / "published_schedule.csv")
    return [
        (person, row[0], SLOTS[number // len(ROOMS)])
        for number, row in enumerate(rows)
        for person in row
    ]
