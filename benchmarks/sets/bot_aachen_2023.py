"""Careers day of a vocational college in Aachen, 2022/23: companies, repeats and rooms.

Rules and numbers are those of the set's SOURCE.md; github AkitoTheDuck/eventplanner. A company
never changes room and has no gap, in the strict reading: one room and one talk at a time. Every
pupil attends a talk in every slot; as fillers are worth nothing and seats are plenty, that is left
to `fill_free_seats`, and free places are a note, not a defect.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Attendance, Loaded, Measure, Score, attendances, counted
from benchmarks.sets import files
from spilrooster import Choice, Event, Layout, Participant, Problem, Programme, Room, Session
from spilrooster.rules import Choices, Floor, NoGap, Rule, StayInRoom

SLOTS = ("A", "B", "C", "D", "E")
POINTS = (6, 5, 4, 3, 2, 1)  # of a granted first, second, ... wish


@dataclass(frozen=True)
class Talk:
    """One row of events.csv."""

    company: str
    most_people: int
    most_runs: int
    earliest: str


@dataclass(frozen=True)
class Facts:
    """The files. Wishes are in order of priority; "" where none was given."""

    wishes: dict[str, tuple[str, ...]]
    talks: dict[str, Talk]
    rooms: dict[str, int]


def load(folder: str, variant: str) -> Loaded:
    """Make the case."""
    facts = facts_of(Path(folder))
    return Loaded(
        problem=Problem.of(event_of(facts), rules_of(facts)),
        measure=Measure("points"),
        score=lambda programme: score_programme(facts, programme),
    )


def facts_of(folder: Path) -> Facts:
    """Read the set's files."""
    return Facts(
        wishes={
            row["student"]: tuple(row[f"wish{k}"] for k in range(1, 7))
            for row in files.table(folder / "wishes.csv")
        },
        talks={
            row["event"]: Talk(
                row["company"],
                int(row["max_participants"]),
                int(row["max_runs"]),
                row["earliest_slot"],
            )
            for row in files.table(folder / "events.csv")
        },
        rooms={row["room"]: int(row["capacity"]) for row in files.table(folder / "rooms.csv")},
    )


def worth(wishes: Sequence[str]) -> dict[str, int]:
    """Return the points of each talk wished for; a number given twice counts where it is best."""
    points: dict[str, int] = {}
    for wish, n in zip(wishes, POINTS, strict=True):
        if wish:
            points.setdefault(wish, n)
    return points


def event_of(facts: Facts) -> Event:
    """Make the event. Whether and how often a talk is given is for the planner to decide."""
    return Event(
        name="Berufsorientierungstag Aachen 2022/23",
        date=dt.date(2023, 1, 1),
        language="en",
        layout=Layout(
            rooms=tuple(Room(id=room, name=room, seats=n) for room, n in facts.rooms.items()),
            rounds=files.rounds(SLOTS),
        ),
        sessions=tuple(
            Session(
                id=name,
                title=name,
                max_people=talk.most_people,
                min_runs=0,
                max_runs=talk.most_runs,
                rounds=SLOTS[SLOTS.index(talk.earliest) :],
            )
            for name, talk in facts.talks.items()
        ),
        participants=tuple(Participant(id=pupil) for pupil in facts.wishes),
        choices=tuple(
            Choice(participant=pupil, session=talk, rank=len(POINTS) + 1 - points)
            for pupil, wishes in facts.wishes.items()
            for talk, points in worth(wishes).items()
        ),
    )


def rules_of(facts: Facts) -> list[Rule]:
    """Return the set's rules beyond the standard ones."""
    by_company: defaultdict[str, list[str]] = defaultdict(list)
    for name, talk in facts.talks.items():
        by_company[talk.company].append(name)
    companies = tuple(tuple(talks) for talks in by_company.values())
    return [
        Choices(points_per_rank=POINTS),
        StayInRoom(groups=companies),
        NoGap(groups=companies),
        Floor(first_choice=True),
    ]


def score(facts: Facts, taken: Iterable[Attendance], held: Iterable[tuple[str, str]] = ()) -> Score:
    """Score places (pupil, talk, slot) by the college's points and rules; rooms apart.

    `held` are talks and slots that a plan holds whether or not anybody comes.
    """
    taken = list(taken)
    got: defaultdict[str, set[str]] = defaultdict(set)
    for pupil, talk, _ in taken:
        got[pupil].add(talk)
    points = {
        pupil: sorted((n for talk, n in worth(wishes).items() if talk in got[pupil]), reverse=True)
        for pupil, wishes in facts.wishes.items()
    }
    first = sum(wishes[0] in got[pupil] for pupil, wishes in facts.wishes.items() if wishes[0])
    known = [(pupil, talk, slot) for pupil, talk, slot in taken if talk in facts.talks]
    return Score(
        value=sum(sum(best[: len(SLOTS)]) for best in points.values()),
        defects=counted(
            unknown_talk=len(taken) - len(known),
            double_booking=files.double_bookings(taken),
            talk_twice=files.repeats(taken),
            first_wish_missed=sum(bool(w[0]) for w in facts.wishes.values()) - first,
            **_defects_of_talks(facts, known, held),
        ),
        notes=(
            ("runs", len({(talk, slot) for _, talk, slot in taken})),
            ("free places", len(SLOTS) * len(facts.wishes) - len({(p, t) for p, _, t in taken})),
        ),
    )


def _defects_of_talks(
    facts: Facts, taken: Sequence[Attendance], held: Iterable[tuple[str, str]]
) -> dict[str, int]:
    people = Counter((talk, slot) for _, talk, slot in taken)
    given = people.keys() | {*held}
    times = Counter(talk for talk, _ in given)
    busy: defaultdict[str, list[int]] = defaultdict(list)
    for talk, slot in given:
        busy[facts.talks[talk].company].append(SLOTS.index(slot))
    return {
        "over_full": sum(
            max(0, n - facts.talks[talk].most_people) for (talk, _), n in people.items()
        ),
        "given_too_often": sum(max(0, n - facts.talks[t].most_runs) for t, n in times.items()),
        "given_too_early": sum(slot < facts.talks[talk].earliest for talk, slot in given),
        "company_in_two_talks": sum(len(t) - len(set(t)) for t in busy.values()),
        "company_waits": sum(max(t) - min(t) + 1 - len(set(t)) for t in busy.values()),
    }


def score_programme(facts: Facts, programme: Programme) -> Score:
    """Score a whole programme: places as `score` does, and rooms."""
    held = [(run.session, run.round) for run in programme.runs]
    places = score(facts, attendances(programme), held)
    rooms: defaultdict[str, set[str]] = defaultdict(set)
    for run in programme.runs:
        rooms[facts.talks[run.session].company].add(run.room)
    people = Counter((talk, slot) for _, talk, slot in attendances(programme))
    shared = Counter((run.room, run.round) for run in programme.runs)
    of_rooms = counted(
        company_changes_room=sum(len(used) - 1 for used in rooms.values()),
        room_over_full=sum(
            max(0, people[run.session, run.round] - facts.rooms[run.room]) for run in programme.runs
        ),
        room_used_twice=sum(n - 1 for n in shared.values()),
    )
    return Score(places.value, places.defects + of_rooms, places.notes)


def published(folder: Path, name: str) -> list[Attendance]:
    """Return the places of a plan in the folder, such as ``manual_assignment_school``."""
    rows = files.table(folder / f"{name}.csv")
    return [(row["student"], row["event"], row["slot"]) for row in rows]
