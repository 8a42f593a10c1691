"""Bestuurstafel: board members at tables of their own, by invitation, during a conference."""

from __future__ import annotations

from random import Random

from instances.generate import Person, read_catalogue
from instances.kinds._folder import Kind, Row, choice_rows, ranked, regions, spillen

PEOPLE, BOARD = 120, 24
TABLES, SEATS = 4, 6
OFFERED = 14
"""Sessions of the conference, beside the tables."""

ROOMS = (("Grote zaal", 32), ("Foyer", 28), ("Atelier", 26), ("Serre", 22), ("Lokaal", 20))
TWICE = 5
"""So many of the most chosen sessions may run twice."""

CHOICES = 5
LATE = 6
"""Board members who come after the first round."""

SETTINGS = """\
# Bestuurstafel: bestuurders op uitnodiging aan vier tafels, tijdens een conferentie.
# Gemaakt met python -m instances.kinds bestuurstafel

name = "Spil in de Wijk met Bestuurstafel"
date = 2026-11-19
timezone = "Europe/Amsterdam"
language = "nl"

# Punten voor de eerste keuze, de tweede keuze, enzovoort.
points = [20, 16, 13, 11, 8]

# Elke bestuurder zit in ronde 2 aan een van de vier tafels.
[[rules]]
rule = "one_of"
sessions = ["B1", "B2", "B3", "B4"]
participants = ["bestuur"]
needed = true

# Aan een tafel zitten nooit twee bestuurders van een organisatie.
[[rules]]
rule = "mix"
sessions = ["B1", "B2", "B3", "B4"]
column = "organisation"
least = 6

# Aan elke tafel zitten minstens vier van de vijf regio's.
[[rules]]
rule = "mix"
sessions = ["B1", "B2", "B3", "B4"]
column = "regio"
least = 4
"""


def make() -> Kind:
    """Make the conference and the tables in its second round."""
    rng = Random(3)
    people = spillen(PEOPLE, rng)
    board = rng.sample(people, BOARD)
    for person in board:
        person.invited, person.role = True, "bestuurslid"
    for person in rng.sample(board, LATE):
        person.late = True
    titles = _titles()
    hosts = rng.sample([p for p in people if not p.invited], len(titles))
    weights = {session: 1 / rank**0.8 for rank, session in enumerate(titles, start=1)}
    own = {host.id: session for host, session in zip(hosts, titles, strict=True)}
    choices = {
        p.id: ranked({s: w for s, w in weights.items() if s != own.get(p.id)}, CHOICES, rng)
        for p in people
    }
    return Kind(
        SETTINGS,
        {
            "rounds": [
                ("round", "name", "start", "end", "kind"),
                ("R1", "Ronde 1", "10:00", "10:50", "sessions"),
                ("R2", "Ronde 2 en Bestuurstafel", "11:10", "12:10", "sessions"),
                ("LUNCH", "Lunch", "12:10", "13:15", "lunch"),
                ("R3", "Ronde 3", "13:15", "14:05", "sessions"),
            ],
            "rooms": [
                ("room", "name", "seats", "features", "closed"),
                *((f"Z{n}", name, seats, "zaal", "") for n, (name, seats) in enumerate(ROOMS, 1)),
                *((f"BT{n}", f"Bestuurskamer, tafel {n}", SEATS, "bestuur", "R1|R3")
                  for n in range(1, TABLES + 1)),
            ],
            "sessions": [
                ("session", "title", "presenters", "min_people", "max_runs", "rounds", "needs",
                 "only_for"),
                *((session, title, host.id, "", 2 if n < TWICE else 1, "", "zaal", "")
                  for n, ((session, title), host) in enumerate(
                      zip(titles.items(), hosts, strict=True))),
                *((f"B{n}", f"Bestuurstafel {n}", "", SEATS - 1, 1, "R2", "bestuur", "bestuur")
                  for n in range(1, TABLES + 1)),
            ],
            "participants": _participants(people),
            "choices": choice_rows(choices),
        },
    )  # fmt: skip


def _titles() -> dict[str, str]:
    """Return some sessions of every theme; the Bestuurstafel of the catalogue is none of them."""
    themes = [theme["sessions"] for theme in read_catalogue()["themes"]]
    offered = [theme[n]["title"] for n in range(3) for theme in themes][:OFFERED]
    return {f"S{n:02d}": title for n, title in enumerate(offered, start=1)}


def _participants(people: list[Person]) -> list[Row]:
    """Return the rows of participants.csv, with the region as a column of our own."""
    region = regions()
    header = "participant organisation municipality sector role groups absent regio"
    rows: list[Row] = [header.split()]
    for p in people:
        group, absent = "bestuur" if p.invited else "", "R1" if p.late else ""
        facts = (p.organisation, p.municipality, p.sector, p.role)
        rows.append((p.id, *facts, group, absent, region[p.municipality]))
    return rows
