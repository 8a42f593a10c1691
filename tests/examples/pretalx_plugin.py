"""A function that a plugin of a tool like pretalx would have: its data in, its slots out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import spilrooster as sr

Json = Mapping[str, Any]


def plan(
    submissions: Sequence[Json],
    rooms: Sequence[Json],
    starts: Sequence[dt.datetime],
    minutes: int,
    favourites: Iterable[tuple[str, str]],
) -> list[dict[str, Any]]:
    """Give each submission a room and a start; `favourites` are (attendee, submission).

    Raises sr.DataError with all problems, sr.NoProgramme if no programme keeps the rules.
    """
    speakers = {person["code"]: person["name"] for s in submissions for person in s["speakers"]}
    wishes = list(favourites)
    rounds = tuple(
        sr.Round(
            id=start.isoformat(),
            name=f"{start:%H:%M}",
            start=start.time(),
            end=(start + dt.timedelta(minutes=minutes)).time(),
            date=start.date(),
        )
        for start in starts
    )
    places = tuple(
        sr.Room(id=str(room["id"]), name=room["name"]["en"], seats=room["capacity"])
        for room in rooms
    )
    event = sr.Event(
        name="From pretalx",
        date=starts[0].date(),
        language="en",
        layout=sr.Layout(rooms=places, rounds=rounds),
        sessions=tuple(
            sr.Session(
                id=s["code"], title=s["title"], presenters=tuple(p["code"] for p in s["speakers"])
            )
            for s in submissions
        ),
        participants=tuple(
            sr.Participant(id=i, name=speakers.get(i, ""))
            for i in dict.fromkeys([*speakers, *(attendee for attendee, _ in wishes)])
        ),
        choices=tuple(sr.Choice(participant=a, session=s, rank=1) for a, s in wishes),
    )
    errors = [p for p in sr.find_problems(event) if p.severity is sr.Severity.ERROR]
    if errors:
        raise sr.DataError(errors)
    programme = sr.solve(sr.Problem.of(event), sr.Limits(seconds=20)).require()
    return [
        {"submission": run.session, "room": int(run.room), "start": run.round}
        for run in programme.runs
    ]


def main() -> None:
    """Plan four talks in two rooms."""
    submissions = [
        {"code": code, "title": f"Talk {code}", "speakers": [{"code": who, "name": who.title()}]}
        for code, who in (
            ("AAAAAA", "ada"),
            ("BBBBBB", "bob"),
            ("CCCCCC", "ada"),
            ("DDDDDD", "dan"),
        )
    ]
    rooms: list[dict[str, Any]] = [
        {"id": 1, "name": {"en": "Aula"}, "capacity": 3},
        {"id": 2, "name": {"en": "Attic"}, "capacity": 1},
    ]
    starts = [dt.datetime(2026, 11, 19, 10), dt.datetime(2026, 11, 19, 11, 30)]
    favourites = [(who, code) for who in ("eve", "fay", "gus") for code in ("AAAAAA", "BBBBBB")]
    slots = plan(submissions, rooms, starts, 45, favourites)
    at = {slot["submission"]: slot["start"] for slot in slots}
    where = {slot["submission"]: slot["room"] for slot in slots}
    assert len(slots) == 4
    assert at["AAAAAA"] != at["CCCCCC"]  # one speaker
    assert at["AAAAAA"] != at["BBBBBB"]  # the same people want both
    assert where["AAAAAA"] == where["BBBBBB"] == 1
    try:
        plan(submissions, rooms[:1], starts, 45, [("eve", "ZZZZZZ")])
    except sr.UnknownId as error:
        print(error)
    try:
        plan(submissions, rooms[:1], starts, 45, favourites)
    except sr.DataError as error:
        print(error)
    else:
        raise AssertionError("four talks do not fit in two places")
    print(slots)


if __name__ == "__main__":
    main()
