"""ON TOUR: excursions on several dates with few places, ranked, and a way to go between sites."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import hypot
from random import Random

from instances.kinds._folder import Kind, choice_rows, joined, ranked, spillen

PEOPLE = 64
MOST = 2  # excursions of one person
CHOICES = 4
AWAY = 0.3  # chance that somebody cannot come on a date
SPEED = 0.8  # kilometres in a minute, as the crow flies
DATES = ("2026-05-12", "2026-05-28", "2026-06-16")
HALVES = (("O", "ochtend", "09:30", "12:00"), ("M", "middag", "13:30", "16:00"))
SITES = {
    "Maastricht": (0, 0, "De keuken waar iedereen mag koken", 7, True),
    "Kerkrade": (27, 4, "Een mijnwerkersbuurt wordt weer trots", 6, True),
    "Sittard": (12, 18, "Eén balie voor al je vragen", 8, True),
    "Roermond": (23, 40, "Wonen boven je voorziening", 6, False),
    "Weert": (6, 45, "Het dorpshuis als bedrijf", 7, True),
    "Venlo": (33, 59, "De tuin van de flat", 8, True),
    "Gennep": (20, 95, "Zorg in je eigen dorp", 6, False),
}
"""Each site: kilometres east and north of Maastricht, what is seen, places, step-free or not."""

SETTINGS = """\
# ON TOUR: zeven plekken op drie dagen, met weinig plaatsen.
# Gemaakt met python -m instances.kinds on-tour

name = "Spil ON TOUR"
date = 2026-05-12
timezone = "Europe/Amsterdam"
language = "nl"

# Punten voor de eerste keuze, de tweede keuze, enzovoort.
points = [20, 14, 10, 7]

# Niemand gaat vaker dan twee keer mee.
[[rules]]
rule = "takes_part"
most = 2

# Alleen wie een excursie koos, gaat mee.
[[rules]]
rule = "fill_free_seats"
weight = 0

# Hoogstens twee collega's in een groep.
[[rules]]
rule = "group_apart"
column = "organisation"
most = 2

# De helft van een organisatie blijft aan het werk.
[[rules]]
rule = "not_all_at_once"
column = "organisation"
percent = 50

# Tussen de ochtend en de middag zit anderhalf uur: de reistijd moet daarin passen.
[[rules]]
rule = "travel_time"
between = [
{ways}]
"""


def make() -> Kind:
    """Make the tour: each site is seen on two half days, which the planner finds."""
    rng = Random(7)
    people = spillen(PEOPLE, rng)
    weights = {f"X{n}": 1 / n**0.6 for n in range(1, len(SITES) + 1)}
    dates = dict(enumerate(DATES, start=1))
    halves = [f"D{day}{half}" for day in dates for half in "OM"]
    walkers = {p.id for p in rng.sample(people, PEOPLE - 3)}
    return Kind(
        SETTINGS.format(ways="".join(_ways())),
        {
            "rounds": [
                ("round", "name", "start", "end", "kind", "date"),
                *(
                    (f"D{n}{half}", f"Dag {n}, {name}", start, end, "sessions", date)
                    for n, date in dates.items()
                    for half, name, start, end in HALVES
                ),
            ],
            "rooms": [
                ("room", "name", "seats", "features", "building"),
                *(
                    (f"P{n}", site, seats, "drempelvrij" if free else "", site)
                    for n, (site, (_, _, _, seats, free)) in enumerate(SITES.items(), start=1)
                ),
            ],
            "sessions": [
                ("session", "title", "min_people", "min_runs", "max_runs", "rooms"),
                *(
                    (f"X{n}", f"{title} ({site})", 4, 1, 2, f"P{n}")
                    for n, (site, (_, _, title, _, _)) in enumerate(SITES.items(), start=1)
                ),
            ],
            "participants": [
                ("participant", "organisation", "municipality", "sector", "role", "absent",
                 "needs"),
                *(
                    (
                        p.id, p.organisation, p.municipality, p.sector, p.role,
                        joined(_absent(halves, rng)), "" if p.id in walkers else "drempelvrij",
                    )
                    for p in people
                ),
            ],
            "choices": choice_rows({p.id: ranked(weights, CHOICES, rng) for p in people}),
        },
    )  # fmt: skip


def _ways() -> Iterator[str]:
    """Yield the minutes between any two sites, a line of TOML each."""
    for (a, (x, y, *_)), (b, (u, v, *_)) in combinations(SITES.items(), 2):
        yield f'    ["{a}", "{b}", {round(hypot(x - u, y - v) / SPEED)}],\n'


def _absent(halves: list[str], rng: Random) -> Iterator[str]:
    """Yield the halves of the dates on which somebody cannot come."""
    for i in range(0, len(halves), 2):
        if rng.random() < AWAY:
            yield from halves[i : i + 2]
