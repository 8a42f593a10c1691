"""Leerkring B: four circles of ten municipalities, each of which meets six times, partly online."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from instances.generate import Person
from instances.kinds._folder import Kind, Row, joined, ranked, spillen

MUNICIPALITIES = (
    "Maastricht", "Heerlen", "Kerkrade", "Landgraaf", "Sittard-Geleen", "Roermond", "Weert",
    "Echt-Susteren", "Venlo", "Peel en Maas",
)  # fmt: skip
PRACTITIONERS, POLICY_PEOPLE = 3, 1
"""Of each municipality."""

CIRCLES = {
    "K1": ("Samen sturen: bewoners aan tafel", 1.5),
    "K2": ("Preventie: eerder naast mensen staan", 1.3),
    "K3": ("De wijk als thuis voor ouderen", 1.1),
    "K4": ("Opgroeien in de buurt", 0.7),
}
"""Theme of each circle, and how much it attracts."""

MEETINGS = (
    ("2026-09-22", "op locatie"),
    ("2026-12-01", "online"),
    ("2027-03-16", "op locatie"),
    ("2027-06-08", "online"),
    ("2027-10-05", "online"),
    ("2028-01-25", "op locatie"),
)
"""Dates, and whether people travel."""

PLACES = 12
"""People in a circle, beside who leads it."""

RANKED = 3
"""Circles that everybody ranks."""

POOL = 2000
"""People of whom those of the ten municipalities are drawn."""

SETTINGS = """\
# Leerkring B: tien gemeenten, vier kringen, zes bijeenkomsten in anderhalf jaar.
# Gemaakt met python -m instances.kinds leerkring-b

name = "Leerkring B: uitvoering en beleid leren samen"
date = 2026-09-22
timezone = "Europe/Amsterdam"
language = "nl"

# Punten voor elke bijeenkomst van de eerste, de tweede en de derde kring.
points = [20, 14, 9]

# Iedereen zit in een kring, en doet elke keer mee.
[[rules]]
rule = "no_free_round"

# Iedereen zit in een kring van de eigen keuze.
[[rules]]
rule = "floor"
participants = ["leden"]
least_choices = 6

# In elke kring leren uitvoerders en beleidsmakers van elkaar: minstens vijf en twee,
# uit minstens zes gemeenten.
[[rules]]
rule = "least_of"
column = "werk"
value = "uitvoering"
least = 5

[[rules]]
rule = "least_of"
column = "werk"
value = "beleid"
least = 2

[[rules]]
rule = "mix"
column = "municipality"
least = 6

# Een kring blijft zes bijeenkomsten dezelfde mensen houden.
"""
SAME_PEOPLE = """\
[[rules]]
rule = "all_of"
sessions = {sessions}
"""


def make() -> Kind:
    """Make the circles; who leads one is no member of it."""
    rng = Random(6)
    members = _members(rng)
    leaders = [f"Spil {len(members) + i:03d}" for i in range(1, len(CIRCLES) + 1)]
    numbers = range(1, len(MEETINGS) + 1)
    parts = {circle: [f"{circle}-{n}" for n in numbers] for circle in CIRCLES}
    rules = [SAME_PEOPLE.format(sessions=str(p).replace("'", '"')) for p in parts.values()]
    return Kind(
        SETTINGS + "\n".join(rules),
        {
            "rounds": [
                ("round", "name", "start", "end", "kind", "date"),
                *(
                    (f"B{n}", f"Bijeenkomst {n}, {how}", "13:00", "16:30", "sessions", date)
                    for n, (date, how) in zip(numbers, MEETINGS, strict=True)
                ),
            ],
            "rooms": _rooms(),
            "sessions": [
                ("session", "title", "theme", "presenters", "min_people", "max_people", "rounds",
                 "needs"),
                *(
                    (f"{circle}-{n}", f"{title} ({n})", title, leader, PLACES - 4, PLACES, f"B{n}",
                     how.split()[-1])
                    for (circle, (title, _)), leader in zip(CIRCLES.items(), leaders, strict=True)
                    for n, (_, how) in zip(numbers, MEETINGS, strict=True)
                ),
            ],
            "participants": [
                ("participant", "organisation", "municipality", "sector", "role", "groups",
                 "werk"),
                *((p.id, p.organisation, p.municipality, p.sector, p.role, "leden", work)
                  for p, work in members),
                *((leader, "Spil in de Wijk", "", "", "kringleider", "", "") for leader in leaders),
            ],
            "choices": _choices(members, parts, rng),
        },
    )  # fmt: skip


def _members(rng: Random) -> list[tuple[Person, str]]:
    """Return the people of each municipality, with their work: practitioners or policy."""
    pool = spillen(POOL, rng)
    found: list[tuple[Person, str]] = []
    for municipality in MUNICIPALITIES:
        here = [p for p in pool if p.municipality == municipality and p.role != "beleidsmedewerker"]
        for i, person in enumerate(rng.sample(here, PRACTITIONERS + POLICY_PEOPLE)):
            number = f"Spil {len(found) + 1:03d}"
            if i < PRACTITIONERS:
                found.append((replace(person, id=number), "uitvoering"))
            else:
                official = replace(person, id=number, organisation=f"Gemeente {municipality}")
                official.sector, official.role = "gemeente", "beleidsmedewerker"
                found.append((official, "beleid"))
    return found


def _rooms() -> list[Row]:
    """Return a room for each circle on site, and one online: each open at its own meetings."""
    rows: list[Row] = [("room", "name", "seats", "features", "closed")]
    for kind, name, seats in (("locatie", "Kamer", 14), ("online", "Videokamer", 100)):
        closed = joined(
            f"B{n}" for n, (_, how) in enumerate(MEETINGS, start=1) if not how.endswith(kind)
        )
        rows += [
            (f"{kind[:2].upper()}{i}", f"{name} {i}", seats, kind, closed)
            for i in range(1, len(CIRCLES) + 1)
        ]
    return rows


def _choices(
    members: list[tuple[Person, str]], parts: dict[str, list[str]], rng: Random
) -> list[Row]:
    """Return the rows of choices.csv: all meetings of a circle have the rank of the circle."""
    weights = {circle: attraction for circle, (_, attraction) in CIRCLES.items()}
    rows: list[Row] = [("participant", "session", "rank")]
    for person, _ in members:
        for rank, circle in enumerate(ranked(weights, RANKED, rng), start=1):
            rows += [(person.id, part, rank) for part in parts[circle]]
    return rows
