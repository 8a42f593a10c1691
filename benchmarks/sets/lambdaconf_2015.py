"""LambdaConf 2015, Friday: seventeen workshops in four slots and five tracks, no seats counted.

From the organisers' schedule challenge; github jonschoning/lambdaconf-datamining. Saturday has
talks of two lengths in one grid, for which the planner has no rule yet.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.measure import Attendance, Loaded, Measure, Score, attendances, counted
from benchmarks.sets import files
from spilrooster import Choice, Event, Layout, Participant, Problem, Room, Session

SLOTS = ("slot 1", "slot 2", "slot 3", "slot 4")  # eight hours of two-hour workshops
TRACKS = 5
SCALE = 10_000
"""Points for a share of 1. Shares are rounded up, so a bound in points stays a bound; a person's
four places together are overrated by less than 0.0004, all 108 people by less than 0.0432."""

Shares = dict[str, dict[str, float]]


def load(folder: str, variant: str) -> Loaded:
    """Make the case of Friday."""
    shares = shares_of(Path(folder))
    return Loaded(
        problem=Problem.of(event_of(shares)),
        measure=Measure("happiness", scale=SCALE),
        score=lambda programme: score(shares, [*attendances(programme)]),
    )


def shares_of(folder: Path) -> Shares:
    """Return each attendee's ratings of Friday's workshops, scaled to sum 1; rated ones only.

    The two workshops that moved to Sunday do not count. Who rated only Saturday has no shares.
    """
    friday = [
        row["session"]
        for row in files.table(folder / "sessions.csv")
        if row["day"] == "F" and row["moved_to_sunday"] == "0"
    ]
    shares: Shares = {}
    for row in files.table(folder / "ratings.csv"):
        if not any(value for column, value in row.items() if column != "attendee"):
            continue
        ratings = {s: int(row[s]) for s in friday if row[s]}
        total = sum(ratings.values())
        shares[row["attendee"]] = {s: rating / total for s, rating in ratings.items()}
    return shares


def workshops(shares: Shares) -> list[str]:
    """Return the ids of the workshops."""
    return sorted({session for row in shares.values() for session in row})


def event_of(shares: Shares) -> Event:
    """Make the event: every workshop once, in any slot and track, with seats for all."""
    tracks = [f"track {number}" for number in range(1, TRACKS + 1)]
    return Event(
        name="LambdaConf 2015, Friday",
        date=dt.date(2015, 5, 22),
        language="en",
        layout=Layout(
            rooms=tuple(Room(id=name, name=name, seats=len(shares)) for name in tracks),
            rounds=files.rounds(SLOTS),
        ),
        sessions=tuple(Session(id=session, title=session) for session in workshops(shares)),
        participants=tuple(Participant(id=person) for person in shares),
        choices=tuple(
            Choice(participant=person, session=session, points=math.ceil(SCALE * share))
            for person, row in shares.items()
            for session, share in row.items()
        ),
    )


def score(shares: Shares, taken: Iterable[Attendance]) -> Score:
    """Add up the exact shares of the workshops attended."""
    taken = list(taken)
    held = {(session, t) for _, session, t in taken}
    tracks = Counter(t for _, t in held)
    return Score(
        value=sum(shares[person].get(session, 0.0) for person, session, _ in taken),
        defects=counted(
            double_booking=files.double_bookings(taken),
            workshop_twice=files.repeats(taken),
            held_twice=len(held) - len({session for session, _ in held}),
            too_many_tracks=sum(max(0, n - TRACKS) for n in tracks.values()),
        ),
    )
