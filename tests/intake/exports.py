"""Exports as Google Forms, Microsoft Forms and Dutch Excel write them, made up from spil500."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from spilrooster.tables import read
from spilrooster_models import Event

INSTANCES = Path(__file__).parents[2] / "instances"
FIRST = ("Zoë", "André", "Gülten", "Désirée", "Sjraar", "Marie-José", "Bas", "Fenna", "Özlem", "Jo")
LAST = ("Peeters", "van der Ven", "Hüsken", "Coenen", "d'Hondt", "Janssen-Boon", "Smeets", "Çelik")
START = dt.datetime(2026, 10, 1, 9, 0)
ORDINALS = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th")

Row = Sequence[object]


@dataclass(frozen=True)
class Person:
    """Somebody who answers, and what they want: ids of sessions, the best first."""

    name: str
    email: str
    organisation: str
    municipality: str
    wishes: tuple[str, ...]


def event() -> Event:
    return read(INSTANCES / "spil500").event


def persons(event: Event, count: int) -> list[Person]:
    """Make the first `count` participants into people with names and addresses."""
    made = []
    for n, p in enumerate(event.participants[:count]):
        first, last = FIRST[n % len(FIRST)], LAST[n // len(FIRST) % len(LAST)]
        name = f"{first} {last}" if n < len(FIRST) * len(LAST) else f"{first} {last} {n}"
        wishes = tuple(c.session for c in event.choices_of[p.id])
        made.append(Person(name, f"spil{n}@example.org", p.organisation, p.municipality, wishes))
    return made


def titles(event: Event) -> dict[str, str]:
    return {s.id: s.title for s in event.sessions}


def written(rows: Iterable[Row], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue().encode(encoding)


def workbook(path: Path, rows: Iterable[Row], sheet: str = "Sheet1") -> Path:
    """Write rows as Excel does: dates as dates, numbers as numbers."""
    with xlsxwriter.Workbook(path, {"default_date_format": "d-m-yyyy hh:mm:ss"}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


def google_dutch(event: Event, people: Sequence[Person]) -> list[Row]:
    """A grid with a row per rank: the cell names the session."""
    longest = max(len(p.wishes) for p in people)
    ranks = [f"Welke sessies wil je volgen? [{n}e keuze]" for n in range(1, longest + 1)]
    rows: list[Row] = [
        ["Tijdstempel", "E-mailadres", "Wat is je naam?", "In welke gemeente werk je?", *ranks]
    ]
    known = titles(event)
    for n, p in enumerate(people):
        stamp = f"{START + dt.timedelta(minutes=n):%d-%m-%Y %H:%M:%S}"
        wanted = [known[s] for s in p.wishes]
        rows.append([stamp, p.email, p.name, p.municipality, *wanted,
                     *[""] * (longest - len(wanted))])  # fmt: skip
    return rows


def google_english(event: Event, people: Sequence[Person]) -> list[Row]:
    """A grid with a row per session: the cell says which choice it is."""
    grid = [f"Rank the sessions [{s.title}]" for s in event.sessions]
    rows: list[Row] = [["Timestamp", "Email Address", "Full name", *grid]]
    for n, p in enumerate(people):
        stamp = START + dt.timedelta(minutes=n)
        ranks = {s: f"{ORDINALS[i]} choice" for i, s in enumerate(p.wishes[: len(ORDINALS)])}
        cells = [ranks.get(s.id, "") for s in event.sessions]
        rows.append([f"{stamp:%Y/%m/%d %I:%M:%S %p} EET", p.email, p.name, *cells])
    return rows


def microsoft_dutch(event: Event, people: Sequence[Person]) -> list[Row]:
    """A ranking question: all titles in one cell, in the person's order."""
    known = titles(event)
    rows: list[Row] = [
        ["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijd van laatste wijziging",
         "Bij welke organisatie werk je?", "Zet de sessies in jouw volgorde"]
    ]  # fmt: skip
    for n, p in enumerate(people):
        begun = START + dt.timedelta(minutes=n)
        ended = begun + dt.timedelta(minutes=3)
        cell = "".join(f"{known[s]};" for s in p.wishes)
        rows.append([n + 1, begun, ended, p.email, p.name, "", p.organisation, cell])
    return rows


def microsoft_english(event: Event, people: Sequence[Person], choices: int = 4) -> list[Row]:
    """The same question again and again, to people who are anonymous: they write who they are."""
    known = titles(event)
    question = "Which session do you want?"
    again = [question, *(f"{question}{n}" for n in range(2, choices + 1))]
    rows: list[Row] = [
        ["ID", "Start time", "Completion time", "Email", "Name", "Name2", "Email2", *again]
    ]
    for n, p in enumerate(people):
        begun = START + dt.timedelta(minutes=n)
        wanted = [known[s] for s in p.wishes[:choices]]
        rows.append([n + 1, begun, begun + dt.timedelta(minutes=3), "anonymous", "", p.name,
                     p.email, *wanted, *[""] * (choices - len(wanted))])  # fmt: skip
    return rows


def rooms(event: Event) -> list[Row]:
    rows: list[Row] = [["Zaal", "Plaatsen", "Voorzieningen"]]
    return rows + [[r.name, f"{r.seats},0", ", ".join(r.features)] for r in event.layout.rooms]


def rounds(event: Event) -> list[Row]:
    dutch = {"lunch": "lunch", "drinks": "borrel", "plenary": "plenair"}
    rows: list[Row] = [["Ronde", "Van", "Tot", "Soort"]]
    for block in event.blocks:
        kind = dutch[block.kind.value] if hasattr(block, "kind") else "sessies"
        rows.append([block.name, f"{block.start:%H.%M}", f"{block.end:%H.%M}", kind])
    return rows


def sessions(event: Event) -> list[Row]:
    """Sessions without the presenters, who are people of spil500 by number."""
    rows: list[Row] = [["Nr", "Titel", "Thema", "Max keer", "Nodig"]]
    return rows + [[s.id, s.title, s.theme, s.max_runs, ", ".join(s.needs)] for s in event.sessions]


def participants(people: Sequence[Person]) -> list[Row]:
    rows: list[Row] = [["Deelnemer", "Naam", "E-mail", "Organisatie", "Gemeente"]]
    return rows + [
        [f"D{n:03}", p.name, p.email, p.organisation, p.municipality]
        for n, p in enumerate(people, start=1)
    ]


def layout(event: Event, folder: Path) -> list[Path]:
    """Write rounds, rooms and sessions as Dutch lists: a workbook, cp1252, and UTF-8 with BOM."""
    found = [workbook(folder / "rondes.xlsx", rounds(event)), folder / "zalen.csv"]
    found[1].write_bytes(written(rooms(event), delimiter=";", encoding="cp1252"))
    found.append(folder / "sessies.csv")
    found[2].write_bytes(written(sessions(event), delimiter=";", encoding="utf-8-sig"))
    return found


def shuffled(people: Sequence[Person], seed: int) -> list[Person]:
    order = list(people)
    random.Random(seed).shuffle(order)
    return order
