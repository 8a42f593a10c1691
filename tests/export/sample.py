"""Two days on both sides of a change of clocks, with tables, diets and the worst of names.

Everybody's name, address, organisation and so on is a word that nothing else contains, so that a
search for it in somebody else's files finds only what should not be there.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from spilrooster.export import Edition, read_edition
from spilrooster.problem import Problem
from spilrooster.tables import write_event, write_output
from spilrooster_models import (
    BlockKind,
    Choice,
    Event,
    Layout,
    Participant,
    PersonalSchedule,
    Programme,
    Result,
    Room,
    Round,
    Run,
    Session,
    SharedBlock,
    SharedPlace,
    Status,
)
from spilrooster_models.event import Language

SATURDAY, SUNDAY = dt.date(2026, 3, 28), dt.date(2026, 3, 29)  # clocks go forward in between
NASTY = "<script>alert(1)</script> & 'co'"
MEN = 12


def person(number: int) -> Participant:
    """Person 0 has a nasty name, 1 none at all, 2 presents, 3 is away, 4 misses a round."""
    names = {0: f"Zoë {NASTY}", 1: "", 2: 'Dilek "İnce" #strong[x]'}
    return Participant(
        id=f"spil-{number:03}",
        name=names.get(number, f"Naam{number:03} van der Achternaam{number:03}"),
        email="" if number == 1 else f"adres{number:03}@example.org",
        organisation=f"Organisatie{number:03}",
        municipality=f"Gemeente{number:03}",
        role=f"Functie{number:03}",
        absent=("r1", "r2", "r3") if number == 3 else ("r2",) if number == 4 else (),
        misses=("borrel",) if number in {3, 4} else (),
        attributes=(
            ("dieet", {5: "Geen noten", 6: "geen noten", 7: "vegetarisch", 8: "nee"}[number]),
        )
        if number in {5, 6, 7, 8}
        else (),
    )


def event(language: Language = "nl", **changes: object) -> Event:
    """The event; with `changes` of its fields."""
    hours = ((1, 9, SATURDAY), (2, 11, SATURDAY), (3, 9, SUNDAY))
    rounds = tuple(
        Round(id=f"r{n}", name=f"Ronde {n}", start=dt.time(h), end=dt.time(h, 50), date=day)
        for n, h, day in hours
    )
    blocks = tuple(
        SharedBlock(id=i, name=name, start=dt.time(h, m), end=dt.time(h, m + 29), kind=kind)
        for i, name, h, m, kind in (
            ("welkom", "Welkom & koffie", 8, 30, BlockKind.PLENARY),
            ("lunch1", "Lunch", 12, 0, BlockKind.LUNCH),
            ("lunch2", "Lunch", 12, 30, BlockKind.LUNCH),
            ("borrel", "Borrel", 16, 0, BlockKind.DRINKS),
        )
    )
    places = (
        SharedPlace(name="De #Kas", blocks=("lunch1", "lunch2"), tables=2, seats=4),
        SharedPlace(name="Stal", blocks=("borrel",), seats=40),
    )
    facts: dict[str, object] = {
        "name": f"Dag van {NASTY}",
        "date": SATURDAY,
        "language": language,
        "layout": Layout(
            rooms=(
                Room(id="z1", name="Grote zaal", seats=20, building="Oude school"),
                Room(id="z2", name="Zolder *1*", seats=20),
            ),
            rounds=rounds,
            shared_blocks=blocks,
            places=places,
        ),
        "sessions": (
            Session(id="s1", title=f"Samen {NASTY}", theme="Buurt", max_runs=2,
                    presenters=("spil-002",), attributes=(("abstract", "Waar het over gaat."),)),
            Session(id="s2", title="Café in de wijk", theme="Zorg", max_runs=2,
                    attributes=(("zaalhulp", "Naam009"),)),
            Session(id="s3", title="Vrijwilligerswerkondersteuningsorganisatie", max_runs=2),
        ),
        "participants": tuple(person(number) for number in range(MEN)),
        "choices": tuple(
            Choice(participant=f"spil-{n:03}", session=f"s{1 + n % 3}", rank=1)
            for n in range(MEN) if n != 2
        ),
    }  # fmt: skip
    return Event.model_validate(facts | changes)


def programme(event: Event) -> Programme:
    """s1 in r1 and r2, s2 in r1 and r3, s3 in r2 and r3; even people start in s1."""
    runs = tuple(
        Run(session=s, round=r, room=z)
        for s, r, z in (("s1", "r1", "z1"), ("s2", "r1", "z2"), ("s3", "r2", "z2"),
                        ("s1", "r2", "z1"), ("s2", "r3", "z1"), ("s3", "r3", "z2"))
    )  # fmt: skip
    return Programme(
        rounds=("r1", "r2", "r3"),
        runs=runs,
        schedules=tuple(
            _schedule(n, p, seated=bool(event.seated)) for n, p in enumerate(event.participants)
        ),
        shared=event.seated,
    )


def _schedule(number: int, who: Participant, *, seated: bool) -> PersonalSchedule:
    day: tuple[str | None, ...] = ("s1", "s3", "s2") if number % 2 == 0 else ("s2", "s1", "s3")
    if who.id == "spil-002":
        day = ("s1", "s1", "s2")
    rounds = zip(("r1", "r2", "r3"), day, strict=True)
    sessions = tuple(None if r in who.absent else s for r, s in rounds)
    places = _places(number, who) if seated else ()
    return PersonalSchedule(participant=who.id, sessions=sessions, places=places)


def _places(number: int, who: Participant) -> tuple[str | None, ...]:
    if number == 3:
        return None, None, None
    table = f"De #Kas {1 + number // 2 % 2}"
    lunch = (table, None) if number % 2 == 0 else (None, table)
    return (*lunch, None if "borrel" in who.misses else "Stal")


def folder(home: Path, day: Event, plan: Programme | None = None) -> Path:
    """Write an event and a programme as `solve` does, and return the output folder."""
    problem = Problem.of(day)
    write_event(problem, home / "day")
    made = plan or programme(day)
    result = Result(status=Status.FEASIBLE, programme=made, ideal=1, seed=1)
    write_output(problem, result, home / "out", day.language, source=home / "day")
    return home / "out"


def edition(
    home: Path,
    day: Event | None = None,
    language: Language | None = None,
    plan: Programme | None = None,
) -> Edition:
    """The edition of that folder."""
    return read_edition(folder(home, day or event(), plan), language=language)
