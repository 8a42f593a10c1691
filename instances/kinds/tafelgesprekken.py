"""Table talks: fifty people, three cases, two rotations, residents and professionals mixed."""

from __future__ import annotations

from random import Random

from instances.generate import Person
from instances.kinds._folder import Kind, Row, choice_rows, ranked, spillen

PEOPLE, RESIDENTS = 50, 22
CASES = {
    "C1": ("De buurttuin die niemand meer onderhoudt", 6.0, 1.0),
    "C2": ("Overlast op het plein: jongeren en buren aan het woord", 3.0, 3.0),
    "C3": ("Eén plan voor de wijk: wie heeft de regie?", 1.0, 6.0),
}
"""Title of each case, and how much it attracts residents and professionals."""

SETTINGS = """\
# Tafelgesprekken: vijftig mensen, drie tafels met elk een casus, twee rotaties.
# Gemaakt met python -m instances.kinds tafelgesprekken

name = "Tafelgesprekken in de wijk"
date = 2026-10-08
timezone = "Europe/Amsterdam"
language = "nl"

# Punten voor de eerste, de tweede en de derde keuze.
points = [20, 14, 6]

# Iedereen zit in beide rotaties aan een tafel.
[[rules]]
rule = "no_free_round"

# Aan elke tafel praten bewoners en beroepskrachten met elkaar: van allebei minstens zes.
[[rules]]
rule = "least_of"
column = "groep"
value = "bewoner"
least = 6

[[rules]]
rule = "least_of"
column = "groep"
value = "beroepskracht"
least = 6

# Niet meer dan drie collega's aan een tafel. Elke collega te veel kost twee punten.
[[rules]]
rule = "group_apart"
column = "organisation"
most = 3
weight = 2
"""


def make() -> Kind:
    """Make the talks: the hosts are professionals, beside the fifty."""
    rng = Random(8)
    people = spillen(PEOPLE + len(CASES), rng)
    guests, hosts = people[:PEOPLE], people[PEOPLE:]
    residents = {person.id for person in rng.sample(guests, RESIDENTS)}
    residents_like = {case: weight for case, (_, weight, _) in CASES.items()}
    professionals_like = {case: weight for case, (_, _, weight) in CASES.items()}
    choices = {
        p.id: ranked(residents_like if p.id in residents else professionals_like, 3, rng)
        for p in guests
    }
    return Kind(
        SETTINGS,
        {
            "rounds": [
                ("round", "name", "start", "end", "kind"),
                ("WELKOM", "Welkom", "19:00", "19:15", "plenary"),
                ("ROTATIE1", "Eerste gesprek", "19:15", "20:05", "sessions"),
                ("ROTATIE2", "Tweede gesprek", "20:20", "21:10", "sessions"),
                ("NAZIT", "Nazit", "21:10", "22:00", "drinks"),
            ],
            "rooms": [
                ("room", "name", "seats", "features"),
                ("TAFEL1", "Tafel bij het raam", 17, "drempelvrij"),
                ("TAFEL2", "Tafel in het midden", 17, "drempelvrij"),
                ("TAFEL3", "Tafel bij de bar", 17, "drempelvrij"),
            ],
            "sessions": [
                ("session", "title", "presenters", "min_people", "min_runs", "max_runs"),
                *(
                    (case, title, host.id, 15, 2, 2)
                    for (case, (title, *_)), host in zip(CASES.items(), hosts, strict=True)
                ),
            ],
            "participants": [
                ("participant", "organisation", "municipality", "sector", "role", "groep"),
                *(_row(person, resident=person.id in residents) for person in people),
            ],
            "choices": choice_rows(choices),
        },
    )


def _row(person: Person, *, resident: bool) -> Row:
    if resident:
        return person.id, "", person.municipality, "", "bewoner", "bewoner"
    facts = (person.organisation, person.municipality, person.sector, person.role)
    return person.id, *facts, "beroepskracht"
