"""A small event without a fault, as files; every test of bad input breaks one thing in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from spilrooster.problem import Problem
from spilrooster.tables import read, read_with_report
from spilrooster_models import DataError, InputProblem, Severity

EVENT = """\
name = "Proefdag"
date = 2026-11-19
timezone = "Europe/Amsterdam"
language = "nl"
points = [10, 6, 3]

[[rules]]
rule = "keep_apart"
pairs = [["S1", "S2"]]

[[rules]]
rule = "presenter_available"
presenter = "P1"
rounds = ["R1"]
"""

ROUNDS = """\
round;name;start;end;kind
OPEN;Opening;09:00;09:30;plenary
R1;Ronde 1;09:30;10:30;sessions
R2;Ronde 2;11:00;12:00;sessions
LUNCH;Lunch;12:00;13:00;lunch
"""

ROOMS = """\
room;name;seats;features;building;closed
A;Aula;6;drempelvrij|beamer;Hoofdgebouw;
B;Bibliotheek;4;drempelvrij;Hoofdgebouw;
C;Zolder;2;;Bijgebouw;R2
"""

SESSIONS = """\
session;title;theme;presenters;min_people;max_people;max_runs;rounds;rooms;needs;only_for
S1;Vrijwilligers vinden;Werven;P1;;;;R1;;;
S2;Praten over eenzaamheid;Zorg;P2|P3;1;5;2;;;beamer;
S3;Een buurttuin beginnen;Buurt;;;;;;A|B;;
S4;Bestuurstafel;Buurt;;;;;;;;bestuur|P6
"""

PARTICIPANTS = """\
participant;name;municipality;groups;absent;needs
P1;Anna Jansen;Maastricht;;;
P2;Bram Peters;Venlo;bestuur;;
P3;Çelik Yılmaz;Heerlen;;;
P4;Daan Smeets;Roermond;bestuur|fietsers;;drempelvrij
P5;Eva Willems;Weert;;R2;
P6;Fenna de Vries;Sittard;;;
"""

CHOICES = """\
participant;session;rank
P1;S2;1
P1;S3;2
P2;S1;1
P4;S2;1
P4;S4;2
P4;S3;3
P5;S1;1
P6;S3;1
"""

PREFERENCES = """\
participant;choice1;choice2;choice3
P1;S2;S3;
P2;S1;;
P4;S2;S4;S3
P5;S1;;
P6;S3;;
"""

GOOD: Mapping[str, str] = {
    "event.toml": EVENT,
    "rounds.csv": ROUNDS,
    "rooms.csv": ROOMS,
    "sessions.csv": SESSIONS,
    "participants.csv": PARTICIPANTS,
    "choices.csv": CHOICES,
}


class EventFolder:
    """An event folder that a test changes and then reads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name, text in GOOD.items():
            self.write(name, text)

    def write(self, name: str, content: str | bytes) -> None:
        data = content.encode() if isinstance(content, str) else content
        (self.path / name).write_bytes(data)

    def text(self, name: str) -> str:
        return (self.path / name).read_bytes().decode()

    def remove(self, name: str) -> None:
        (self.path / name).unlink()

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the one place where `old` stands."""
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def read(self) -> Problem:
        return read(self.path)

    def remarks(self) -> tuple[InputProblem, ...]:
        return read_with_report(self.path)[1]

    def repairs(self) -> list[InputProblem]:
        return [p for p in self.remarks() if p.severity is Severity.REPAIRED]

    def notes(self) -> list[InputProblem]:
        return [p for p in self.remarks() if p.severity is Severity.NOTE]

    def errors(self) -> tuple[InputProblem, ...]:
        return errors_of(self.path)

    def error(self) -> InputProblem:
        """Return the one error there is."""
        (only,) = self.errors()
        return only


def errors_of(path: Path) -> tuple[InputProblem, ...]:
    with pytest.raises(DataError) as caught:
        read(path)
    return caught.value.problems


def problems_in(read_something: Callable[[], object]) -> tuple[InputProblem, ...]:
    """Return the problems of a reading that may or may not work."""
    try:
        read_something()
    except DataError as error:
        return error.problems
    return ()


def place(problem: InputProblem) -> tuple[str, int | None, str | None, str | None]:
    return problem.file, problem.row, problem.column, problem.value
