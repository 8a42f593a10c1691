"""The whole day: spil500 with every further wish that an organiser may have.

People, sessions and choices are those of spil500, so that what the wishes cost can be read from the
values. Added are a second building, lunch in two shifts, tables, stands, tiers, people who come
together, and languages. The rules stand in spil500_full.toml.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from itertools import combinations

from instances.generate import HERE
from instances.kinds._folder import Kind, Row, joined

COUPLES = 12
"""So many pairs of colleagues stay together all day."""

PARTNERS = ("Welzijn Parkstad", "Wijkzorg Midden-Limburg", "Vrijwilligerspunt Midden-Limburg")
ANNEX = ("Z10", "Z11", "Z12")
"""Rooms across the street."""

IN_ENGLISH = "S06"
ENGLISH_IN_TEN = 6
"""So many people out of ten understand it, and everybody who chose that session."""

LUNCH = "LUNCH1|LUNCH2"
SHIFTS: tuple[Row, ...] = (
    ("LUNCH1", "Lunch, eerste groep", "12:00", "12:35", "lunch"),
    ("LUNCH2", "Lunch, tweede groep", "12:40", "13:15", "lunch"),
)
STANDS = (
    "Vrijwilligers",
    "Mantelzorg",
    "Buurttuinen",
    "Energiecoaches",
    "Buurtpreventie",
    "Fondsen",
)
OWNERS = 3

Line = dict[str, str]


def make() -> Kind:
    """Make the event from the files of spil500."""
    people, sessions, choices = _lines("participants"), _lines("sessions"), _lines("choices")
    chosen: dict[str, set[str]] = {p["participant"]: set() for p in people}
    for line in choices:
        chosen[line["participant"]].add(line["session"])
    busy = {name for line in sessions for name in line["presenters"].split("|")}
    languages = ["en" if line["session"] == IN_ENGLISH else "nl" for line in sessions]
    buildings = ["Buurthuis" if line["room"] in ANNEX else "Schouwburg" for line in _lines("rooms")]
    return Kind(
        settings=(HERE / "kinds" / "spil500_full.toml").read_text(encoding="utf-8"),
        tables={
            "rounds": _rounds(),
            "rooms": _rows(_lines("rooms"), building=buildings),
            "sessions": _rows(sessions, language=languages),
            "participants": _participants(people, chosen, busy),
            "choices": _rows(choices),
            "tables": _tables(people, busy),
        },
    )


def _lines(name: str) -> list[Line]:
    """Read a table of spil500."""
    path = HERE / "spil500" / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _rows(lines: Sequence[Line], **more: Sequence[str]) -> list[Row]:
    """Return header and rows of these lines, with more columns behind them."""
    rows: list[Row] = [[*lines[0], *more]]
    extra = zip(*more.values(), strict=True) if more else [()] * len(lines)
    rows += [[*line.values(), *cells] for line, cells in zip(lines, extra, strict=True)]
    return rows


def _rounds() -> list[Row]:
    header, *blocks = _rows(_lines("rounds"))
    rows: list[Row] = [header]
    for block in blocks:
        rows.extend(SHIFTS if block[-1] == "lunch" else [block])
    return rows


def _participants(
    people: Sequence[Line], chosen: Mapping[str, set[str]], busy: set[str]
) -> list[Row]:
    """Add who comes with whom, tiers and languages to the people."""
    couples = _couples(people, chosen, busy)
    together = {name: f"duo {n:02d}" for n, pair in enumerate(couples, start=1) for name in pair}
    names = [p["participant"] for p in people]
    english = [
        n % 10 < ENGLISH_IN_TEN or IN_ENGLISH in chosen[name] for n, name in enumerate(names)
    ]
    return _rows(
        people,
        tier=["partner" if p["organisation"] in PARTNERS else "" for p in people],
        samen=[together.get(name, "") for name in names],
        talen=["nl|en" if knows else "nl" for knows in english],
    )


def _couples(
    people: Sequence[Line], chosen: Mapping[str, set[str]], busy: set[str]
) -> list[set[str]]:
    """Return pairs of colleagues of one town who chose most of the same, nobody twice."""
    free = [
        p for p in people if p["participant"] not in busy and not p["groups"] and not p["absent"]
    ]
    pairs = [
        (a["participant"], b["participant"])
        for a, b in combinations(free, 2)
        if a["organisation"] == b["organisation"] and a["municipality"] == b["municipality"]
    ]
    pairs.sort(key=lambda pair: -len(chosen[pair[0]] & chosen[pair[1]]))
    found: list[set[str]] = []
    for pair in pairs:
        if len(found) < COUPLES and not any(couple.intersection(pair) for couple in found):
            found.append(set(pair))
    return found


def _tables(people: Sequence[Line], busy: set[str]) -> list[Row]:
    """Return tables for lunch and drinks, and stands whose owners have nothing to present."""
    free = [p["participant"] for p in people if p["participant"] not in busy and not p["groups"]]
    owners = free[:: len(free) // (OWNERS * len(STANDS))]
    return [
        ("block", "place", "tables", "seats", "owners"),
        (LUNCH, "Restaurant", 26, 10, ""),
        *(
            (LUNCH, f"Stand {name}", "", 1, joined(owners[OWNERS * n : OWNERS * (n + 1)]))
            for n, name in enumerate(STANDS)
        ),
        ("BORREL", "Statafel", 84, 6, ""),
    ]
