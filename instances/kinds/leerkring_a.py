"""Leerkring A: trios, a start together, then four local sessions at different places."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from instances.generate import Person
from instances.kinds._folder import Kind, Row, choice_rows, joined, ranked, spillen

TRIOS = 24
PHYSICAL = ("wonen", "politie en veiligheid")
SOCIAL = ("welzijn", "zorg", "vrijwilligers")
PLACES = (
    ("Maastricht", "Buurthuis aan de Maas", "2026-10-06"),
    ("Heerlen", "Wijkcentrum de Mijnlamp", "2026-11-10"),
    ("Roermond", "Gemeenschapshuis de Roerhof", "2026-12-08"),
    ("Venlo", "Huis van de Wijk Noorderpoort", "2027-01-19"),
)
"""Where each local session is, in which house, and when."""

LOCAL = ("LOKAAL1", "LOKAAL2", "LOKAAL3", "LOKAAL4")
SEATS = (30, 27, 21)
"""Seats of the rooms of each house."""

POOL = 400
"""People of whom the trios are drawn."""

CHOICES = 6
THEMES = {
    "T1": ("Een plein waar je wilt blijven zitten", 1.6),
    "T2": ("Ouderen langer thuis: de woning en de straat", 1.4),
    "T3": ("Groen dat de buurt zelf onderhoudt", 1.3),
    "T4": ("Een flat waar buren elkaar kennen", 1.2),
    "T5": ("Jongeren een plek geven", 1.1),
    "T6": ("Bewegen begint voor de deur", 0.9),
    "T7": ("De energiearmoede achter de voordeur", 0.8),
    "T8": ("Een veilige route naar school", 0.7),
}
"""Title of each theme, and how much it attracts."""

SETTINGS = """\
# Leerkring A: trio's, een startbijeenkomst en vier lokale bijeenkomsten.
# Gemaakt met python -m instances.kinds leerkring-a

name = "Leerkring A: de fysieke en de sociale wijk"
date = 2026-09-08
timezone = "Europe/Amsterdam"
language = "nl"

# Punten voor de eerste keuze, de tweede keuze, enzovoort.
points = [20, 15, 11, 8, 5, 3]

# Een trio blijft bij elkaar: de Spil, een collega uit het fysieke en een uit het sociale domein.
[[rules]]
rule = "group_together"
column = "trio"

# Bij de start zit niemand met de eigen gemeente aan tafel, en dus ook niet met het eigen trio.
[[rules]]
rule = "table_mix"
avoid = ["municipality", "organisation"]

# Iedereen doet aan elke lokale bijeenkomst mee.
[[rules]]
rule = "no_free_round"

# In elke groep zitten mensen uit minstens drie gemeenten.
[[rules]]
rule = "mix"
column = "municipality"
least = 3
"""


def make() -> Kind:
    """Make the circle; the people of a trio rank nearly alike."""
    rng = Random(5)
    trios = _trios(rng)
    weights = {theme: attraction for theme, (_, attraction) in THEMES.items()}
    choices: dict[str, list[str]] = {}
    for trio in trios:
        ranking = ranked(weights, CHOICES, rng)
        choices.update({person.id: _swapped(ranking, rng) for person in trio})
    return Kind(
        SETTINGS,
        {
            "rounds": [
                ("round", "name", "start", "end", "kind", "date"),
                ("START", "Startbijeenkomst", "13:30", "16:30", "plenary", "2026-09-08"),
                *(
                    (f"LOKAAL{i}", f"Lokale bijeenkomst {i}", "13:30", "16:30", "sessions", date)
                    for i, (_, _, date) in enumerate(PLACES, start=1)
                ),
            ],
            "rooms": _rooms(),
            "sessions": [
                ("session", "title", "min_people", "max_runs"),
                *((theme, title, 9, 2) for theme, (title, _) in THEMES.items()),
            ],
            "participants": [
                (
                    "participant", "organisation", "municipality", "sector", "role",
                    "trio", "domein",
                ),
                *(
                    (p.id, p.organisation, p.municipality, p.sector, p.role,
                     f"Trio {number:02d}", domain)
                    for number, trio in enumerate(trios, start=1)
                    for p, domain in zip(trio, ("spil", "fysiek", "sociaal"), strict=True)
                ),
            ],
            "tables": [("block", "place", "tables", "seats"), ("START", "Theatertafel", 9, 8)],
            "choices": choice_rows(choices),
        },
    )  # fmt: skip


def _trios(rng: Random) -> list[tuple[Person, Person, Person]]:
    """Draw trios of one municipality: a Spil, and a colleague from each of the two domains."""
    pool = spillen(POOL, rng)
    found: list[tuple[Person, Person, Person]] = []
    while len(found) < TRIOS:
        spil = rng.choice(pool)
        near = [p for p in pool if p.municipality == spil.municipality and p is not spil]
        physical = [p for p in near if p.sector in PHYSICAL]
        social = [p for p in near if p.sector in SOCIAL]
        if physical and social:
            trio = (spil, rng.choice(physical), rng.choice(social))
            pool = [p for p in pool if p not in trio]
            first = 3 * len(found) + 1
            spil, one, other = (
                replace(p, id=f"Spil {i:03d}") for i, p in enumerate(trio, start=first)
            )
            found.append((spil, one, other))
    return found


def _swapped(ranking: list[str], rng: Random) -> list[str]:
    """Return the ranking with two neighbours swapped."""
    i = rng.randrange(len(ranking) - 1)
    return [*ranking[:i], ranking[i + 1], ranking[i], *ranking[i + 2 :]]


def _rooms() -> list[Row]:
    """Return the rooms of each house: open on its own date only."""
    rows: list[Row] = [("room", "name", "seats", "features", "building", "closed")]
    for i, (place, house, _) in enumerate(PLACES, start=1):
        closed = joined(r for r in LOCAL if r != f"LOKAAL{i}")
        rows += [
            (f"{place[:2].upper()}{n}", f"{house}, kamer {n}", seats, "drempelvrij", place, closed)
            for n, seats in enumerate(SEATS, start=1)
        ]
    return rows
