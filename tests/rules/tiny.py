"""Tiny events: written in one line, small enough to enumerate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from spilrooster_models import (
    Choice,
    Event,
    Layout,
    Participant,
    PersonalSchedule,
    Programme,
    Room,
    Round,
    Run,
    Session,
)


def room(id: str, seats: int = 9, **facts: Any) -> Room:
    return Room(id=id, name=id.title(), seats=seats, **facts)


def session(id: str, **facts: Any) -> Session:
    return Session(id=id, title=id.title(), **facts)


def person(id: str, **facts: Any) -> Participant:
    return Participant(id=id, **facts)


def choice(participant: str, session: str, rank: int) -> Choice:
    return Choice(participant=participant, session=session, rank=rank)


def rounds(*ids: str) -> tuple[Round, ...]:
    """Rounds of half an hour, from nine o'clock on."""
    return tuple(
        Round(id=t, name=t.title(), start=dt.time(9 + i), end=dt.time(9 + i, 30))
        for i, t in enumerate(ids)
    )


def event(
    sessions: Iterable[Session | str],
    rooms: Iterable[Room | str] = ("r1",),
    times: Iterable[str] = ("t1", "t2"),
    people: Iterable[Participant | str] = (),
    choices: Iterable[Choice] = (),
) -> Event:
    """An event; whoever or whatever has no facts of its own is given by its id alone."""
    return Event(
        name="Tiny",
        date=dt.date(2026, 5, 12),
        layout=Layout(
            rooms=tuple(room(r) if isinstance(r, str) else r for r in rooms),
            rounds=rounds(*times),
        ),
        sessions=tuple(session(s) if isinstance(s, str) else s for s in sessions),
        participants=tuple(person(p) if isinstance(p, str) else p for p in people),
        choices=tuple(choices),
    )


def programme(event: Event, plan: Mapping[str, str]) -> Programme:
    """Read a plan such as ``{"bees morning hall": "ada ben"}``: who is at which run."""
    times = event.layout.round_ids
    runs = []
    places: dict[tuple[str, str], str] = {}
    for place, people in plan.items():
        held, t, where = place.split()
        runs.append(Run(session=held, round=t, room=where))
        for p in people.split():
            assert (p, t) not in places, f"{p} cannot be in two places in {t}"
            places[p, t] = held
    schedules = tuple(
        PersonalSchedule(participant=p.id, sessions=tuple(places.get((p.id, t)) for t in times))
        for p in event.participants
    )
    return Programme(rounds=times, runs=tuple(runs), schedules=schedules)
