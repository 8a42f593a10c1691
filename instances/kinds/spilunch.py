"""SpiLunch: ten lunches online, a theme each, at small tables where no pair sits twice."""

from __future__ import annotations

from random import Random

from instances.kinds._folder import Kind, Row, choice_rows, joined, ranked, spillen

PEOPLE = 80
CHOICES = (3, 4, 5)
BUSY = 0.25  # chance that somebody cannot come on a date
HOST_BUSY = 0.5
SEATS = 5
SMALLEST = 4

DATES = (
    "2026-09-08", "2026-10-06", "2026-11-10", "2026-12-08", "2027-01-12", "2027-02-09",
    "2027-03-09", "2027-04-13", "2027-05-11", "2027-06-08",
)  # fmt: skip
THEMES = (
    "De eerste tien minuten van een huisbezoek",
    "Vrijwilligers bedanken zonder taart",
    "Eén sleutel, vijf gebruikers: het buurthuis delen",
    "Praten met wie nooit komt",
    "Een buurtapp die aardig blijft",
    "Samen eten, en dan?",
    "De energierekening op de keukentafel",
    "Jong en oud op één bankje",
    "Klein budget, groot feest",
    "Wat neem je mee naar volgend jaar?",
)

SETTINGS = """\
# SpiLunch: tien keer online lunchen om elf uur, met elke keer een thema.
# Gemaakt met python -m instances.kinds spilunch

name = "SpiLunch, seizoen 2026-2027"
date = 2026-09-08
timezone = "Europe/Amsterdam"
language = "nl"

# Punten voor de eerste keuze, de tweede keuze, enzovoort.
points = [20, 16, 13, 10, 8]

# Wie er op een dag niet bij het thema is, zit die dag ook niet aan tafel.
only_with_session = true

# Iedereen komt alleen bij een thema dat hij of zij koos.
[[rules]]
rule = "fill_free_seats"
weight = 0

# Kleine tafels: in het hele seizoen zit niemand twee keer met dezelfde aan tafel, en aan een
# tafel komt iedereen uit een andere gemeente en van een andere organisatie.
[[rules]]
rule = "table_mix"
avoid = ["again", "municipality", "organisation"]
smallest = {smallest}
"""


def make() -> Kind:
    """Make the season: which theme is on which date is for the planner to find."""
    rng = Random(9)
    people = spillen(PEOPLE, rng)
    hosts = rng.sample(people, len(THEMES))
    own = {host.id: f"T{n:02d}" for n, host in enumerate(hosts, start=1)}
    lunches = [f"L{n:02d}" for n in range(1, len(DATES) + 1)]
    weights = {f"T{n:02d}": 1 / n**0.4 for n in range(1, len(THEMES) + 1)}
    choices = {
        p.id: ranked(
            {t: w for t, w in weights.items() if t != own.get(p.id)}, rng.choice(CHOICES), rng
        )
        for p in people
    }
    rows: list[Row] = []
    for p in people:
        chance = HOST_BUSY if p.id in own else BUSY
        absent = joined(f"D{lunch[1:]}" for lunch in lunches if rng.random() < chance)
        rows.append((p.id, p.organisation, p.municipality, p.sector, p.role, absent))
    return Kind(
        SETTINGS.format(smallest=SMALLEST),
        {
            "rounds": [
                ("round", "name", "start", "end", "kind", "date"),
                *(
                    row
                    for lunch, date in zip(lunches, DATES, strict=True)
                    for row in (
                        (f"D{lunch[1:]}", "Thema", "11:00", "11:20", "sessions", date),
                        (lunch, "Aan tafel", "11:20", "12:15", "lunch", date),
                    )
                ),
            ],
            "rooms": [("room", "name", "seats", "features"), ("WEB", "Online zaal", 500, "online")],
            "tables": [
                ("block", "place", "tables", "seats"),
                (joined(lunches), "Tafel", -(-PEOPLE // SEATS), SEATS),
            ],
            "sessions": [
                ("session", "title", "presenters", "min_people"),
                *(
                    (f"T{n:02d}", title, host.id, 8)
                    for n, (title, host) in enumerate(zip(THEMES, hosts, strict=True), start=1)
                ),
            ],
            "participants": [
                ("participant", "organisation", "municipality", "sector", "role", "absent"),
                *rows,
            ],
            "choices": choice_rows(choices),
        },
    )
