"""Spilgenoten: webinars with eight seats at the studio table, and online for everybody else."""

from __future__ import annotations

from random import Random

from instances.generate import Person
from instances.kinds._folder import Kind, Row, joined, ranked, spillen

PEOPLE = 140
GUESTS = 2  # who talk at the table in each webinar
WAYS = {"online": 70, "studio": 30}
"""Of every hundred people: how many take part online, and how many would come to the studio."""

EVENINGS = ("2026-09-24", "2026-10-29", "2026-11-26", "2027-01-28", "2027-02-25", "2027-03-25")
BUSY = 0.25  # chance that somebody cannot come on an evening
WEBINARS = {
    "W1": ("Eenzaamheid: wat helpt echt?", 1.6),
    "W2": ("De buurt na het nieuws: verder na een incident", 1.3),
    "W3": ("Vrijwilligers en beroepskrachten: wie doet wat?", 1.2),
    "W4": ("Klein geld, groot plan: zo vraag je het aan", 0.8),
}
"""Title of each webinar, and how much it attracts."""

POINTS, INSTEAD = (20, 16, 12), (12, 9, 6)
"""For the first, second and third webinar; and for online instead of in the studio."""

SETTINGS = """\
# Spilgenoten: vier webinars met een studiotafel van acht plaatsen, en online zonder grens.
# Gemaakt met python -m instances.kinds spilgenoten

name = "Spilgenoten: het gesprek aan de studiotafel"
date = 2026-09-24
timezone = "Europe/Amsterdam"
language = "nl"

# Elk webinar is tegelijk in de studio en online.
[[rules]]
rule = "keep_together"
pairs = [["W1", "W1-online"], ["W2", "W2-online"], ["W3", "W3-online"], ["W4", "W4-online"]]

# Niemand zit twee keer aan de studiotafel.
[[rules]]
rule = "one_of"
sessions = ["W1", "W2", "W3", "W4"]

# Aan de studiotafel zitten mensen uit minstens zes gemeenten en drie sectoren.
[[rules]]
rule = "mix"
sessions = ["W1", "W2", "W3", "W4"]
column = "municipality"
least = 6

[[rules]]
rule = "mix"
sessions = ["W1", "W2", "W3", "W4"]
column = "sector"
least = 3

# Wie een webinar niet koos, hoeft er niet bij te zijn.
[[rules]]
rule = "fill_free_seats"
weight = 0
"""


def make() -> Kind:
    """Make the webinars: the day of each is still to be chosen."""
    rng = Random(4)
    count = GUESTS * len(WEBINARS)
    everybody = spillen(PEOPLE + count, rng)
    people, guests = everybody[:PEOPLE], everybody[PEOPLE:]
    ways = {p.id: rng.choices([*WAYS], [*WAYS.values()])[0] for p in people}
    evenings = [f"AV{n}" for n in range(1, len(EVENINGS) + 1)]
    away = {p.id: joined(e for e in evenings if rng.random() < BUSY) for p in everybody}
    return Kind(
        SETTINGS,
        {
            "rounds": [
                ("round", "name", "start", "end", "kind", "date"),
                *(
                    (evening, f"Avond {n}", "19:30", "20:45", "sessions", date)
                    for n, (evening, date) in enumerate(
                        zip(evenings, EVENINGS, strict=True), start=1
                    )
                ),
            ],
            "rooms": [
                ("room", "name", "seats", "features"),
                ("STUDIO", "Studiotafel", 8, "drempelvrij"),
                ("WEB", "Webinar", 9999, "online"),
            ],
            "sessions": _sessions(guests),
            "participants": [
                (
                    "participant", "organisation", "municipality", "sector", "role", "absent",
                    "needs", "deelname",
                ),
                *(_row(person, away[person.id], ways.get(person.id, "gast"))
                  for person in everybody),
            ],
            "choices": _choices(people, ways, rng),
        },
    )  # fmt: skip


def _sessions(guests: list[Person]) -> list[Row]:
    """Return each webinar twice: at the table, where the guests talk, and online."""
    rows: list[Row] = [("session", "title", "presenters", "min_people", "rooms", "needs")]
    for i, (webinar, (title, _)) in enumerate(WEBINARS.items()):
        talk = joined(guest.id for guest in guests[GUESTS * i : GUESTS * (i + 1)])
        rows.append((webinar, f"{title} In de studio", talk, 6, "STUDIO", ""))
        rows.append((f"{webinar}-online", f"{title} Online", "", "", "", "online"))
    return rows


def _row(person: Person, away: str, way: str) -> Row:
    facts = (person.organisation, person.municipality, person.sector, person.role)
    return person.id, *facts, away, "online" if way == "online" else "", way


def _choices(people: list[Person], ways: dict[str, str], rng: Random) -> list[Row]:
    """Return the rows of choices.csv: in points, as the studio and the web are one webinar."""
    weights = {webinar: attraction for webinar, (_, attraction) in WEBINARS.items()}
    rows: list[Row] = [("participant", "session", "points")]
    for person in people:
        way = ways[person.id]
        for place, webinar in enumerate(ranked(weights, 3, rng)):
            if way == "online":
                rows.append((person.id, f"{webinar}-online", POINTS[place]))
            else:
                rows.append((person.id, webinar, POINTS[place]))
                rows.append((person.id, f"{webinar}-online", INSTEAD[place]))
    return rows
