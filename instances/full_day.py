"""The whole day: an event folder that exists, with every further wish of an organiser added.

People, sessions and choices stay as they are, so that what the wishes cost can be read from the
values. Added are a second building, lunch in two shifts, tables, stands, tiers, people who come
together, and languages. The rules stand in full_day.toml.
"""

import csv
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

HERE = Path(__file__).resolve().parent
COUPLES = 12  # so many pairs of colleagues stay together all day
PARTNERS = ("Welzijn Parkstad", "Wijkzorg Midden-Limburg", "Vrijwilligerspunt Midden-Limburg")
ANNEX = ("Z10", "Z11", "Z12")  # rooms across the street
IN_ENGLISH = "S06"
ENGLISH_IN_TEN = 6  # so many people out of ten understand it, and everybody who chose it
SHIFTS = [
    ["LUNCH1", "Lunch, eerste groep", "12:00", "12:35", "lunch"],
    ["LUNCH2", "Lunch, tweede groep", "12:40", "13:15", "lunch"],
]
STANDS = (
    "Vrijwilligers",
    "Mantelzorg",
    "Buurttuinen",
    "Energiecoaches",
    "Buurtpreventie",
    "Fondsen",
)

Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    """Read a CSV file with semicolons."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file that a Dutch Excel opens as it is."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_again(path: Path, rows: Sequence[Row]) -> None:
    """Write rows with the columns that they have."""
    write_rows(path, list(rows[0]), (list(row.values()) for row in rows))


def choices_of(choices: Sequence[Row]) -> dict[str, set[str]]:
    """Return what each person chose."""
    chosen: dict[str, set[str]] = {}
    for row in choices:
        chosen.setdefault(row["participant"], set()).add(row["session"])
    return chosen


def couples(people: Sequence[Row], chosen: dict[str, set[str]], busy: set[str]) -> list[set[str]]:
    """Return pairs of colleagues of one town who chose most of the same, nobody twice."""
    free = [
        p for p in people if p["participant"] not in busy and not p["groups"] and not p["absent"]
    ]
    chose = chosen.get
    common = [
        (-len(chose(a["participant"], set()) & chose(b["participant"], set())), n, a, b)
        for n, (a, b) in enumerate(combinations(free, 2))
        if a["organisation"] == b["organisation"] and a["municipality"] == b["municipality"]
    ]
    found: list[set[str]] = []
    for *_, a, b in sorted(common, key=lambda row: row[:2]):
        couple = {a["participant"], b["participant"]}
        if len(found) < COUPLES and not any(couple & other for other in found):
            found.append(couple)
    return found


def with_more(people: Sequence[Row], chosen: dict[str, set[str]], busy: set[str]) -> list[Row]:
    """Add who comes with whom, tiers and languages to the participants."""
    pairs = couples(people, chosen, busy)
    together = {name: f"duo {n:02d}" for n, pair in enumerate(pairs, start=1) for name in pair}
    result = []
    for number, person in enumerate(people):
        name = person["participant"]
        english = number % 10 < ENGLISH_IN_TEN or IN_ENGLISH in chosen.get(name, ())
        more = {
            "tier": "partner" if person["organisation"] in PARTNERS else "",
            "samen": together.get(name, ""),
            "talen": "nl|en" if english else "nl",
        }
        result.append({**person, **more})
    return result


def stand_rows(people: Sequence[Row], busy: set[str]) -> list[list[object]]:
    """Return the stands, each with three owners who have nothing to present."""
    free = [p["participant"] for p in people if p["participant"] not in busy and not p["groups"]]
    every = len(free) // (3 * len(STANDS))
    owners = free[::every]
    return [
        ["LUNCH1|LUNCH2", f"Stand {name}", "", 1, "|".join(owners[3 * n : 3 * n + 3])]
        for n, name in enumerate(STANDS)
    ]


def write_full_day(source: Path, folder: Path) -> None:
    """Write the folder from the event in `source`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("choices.csv",):
        (folder / name).write_bytes((source / name).read_bytes())
    rules = (HERE / "full_day.toml").read_text(encoding="utf-8")
    (folder / "event.toml").write_text(rules, encoding="utf-8", newline="\n")
    people, sessions = read_rows(source / "participants.csv"), read_rows(source / "sessions.csv")
    chosen = choices_of(read_rows(source / "choices.csv"))
    busy = {name for row in sessions for name in row["presenters"].split("|")}
    write_again(folder / "participants.csv", with_more(people, chosen, busy))
    for row in sessions:
        row["language"] = "en" if row["session"] == IN_ENGLISH else "nl"
    write_again(folder / "sessions.csv", sessions)
    write_venue(source, folder)
    tables: list[list[object]] = [["LUNCH1|LUNCH2", "Restaurant", 26, 10, ""]]
    tables += [*stand_rows(people, busy), ["BORREL", "Statafel", 84, 6, ""]]
    write_rows(folder / "tables.csv", ["block", "place", "tables", "seats", "owners"], tables)


def write_venue(source: Path, folder: Path) -> None:
    """Write rooms in two buildings, and rounds with a lunch in shifts."""
    rooms = read_rows(source / "rooms.csv")
    for room in rooms:
        room["building"] = "Buurthuis" if room["room"] in ANNEX else "Schouwburg"
    write_again(folder / "rooms.csv", rooms)
    rounds = read_rows(source / "rounds.csv")
    rows: list[Sequence[str]] = []
    for row in rounds:
        rows.extend(SHIFTS if row["kind"] == "lunch" else [list(row.values())])
    write_rows(folder / "rounds.csv", list(rounds[0]), rows)
