"""tables.csv: read, refused with every problem named, written back; tables in schedules.csv."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.seating.tables import DRINKS, day, plan, shared, stand, tables
from tests.tables.good_event import EventFolder, place

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.tables import read, read_programme, write_event, write_output
from spilrooster_models import DataError, Event, Result, SharedPlace, Status

ROUNDS = """\
round;name;start;end;kind
OPEN;Opening;09:00;09:30;plenary
R1;Ronde 1;09:30;10:30;sessions
R2;Ronde 2;11:00;12:00;sessions
LUNCH;Lunch 1;12:00;12:30;lunch
LUNCH2;Lunch 2;12:30;13:00;lunch
BORREL;Borrel;15:00;16:00;drinks
"""
GOOD = """\
block;place;tables;seats;owners
LUNCH|LUNCH2;Hal;2;2;
lunch;Kraam;;;P1|fietsers
BORREL;Bar;;9;
"""
Where = tuple[int | None, str | None, str | None]


@pytest.fixture
def lunch(event: EventFolder) -> EventFolder:
    event.write("rounds.csv", ROUNDS)
    event.write("tables.csv", GOOD)
    return event


def test_tables_seats_and_stands_are_read(lunch: EventFolder) -> None:
    layout = lunch.read().event.layout
    assert layout.places == (
        SharedPlace(name="Hal", blocks=("LUNCH", "LUNCH2"), tables=2, seats=2),
        SharedPlace(name="Kraam", blocks=("LUNCH",), seats=1, owners=("P1", "fietsers")),
        SharedPlace(name="Bar", blocks=("BORREL",), seats=9),
    )
    assert list(layout.tables["LUNCH"]) == ["Hal 1", "Hal 2", "Kraam"]
    assert lunch.read().event.lunches == (("LUNCH", "LUNCH2"),)


def test_without_the_file_nobody_has_a_place(event: EventFolder) -> None:
    assert event.read().event.layout.places == ()
    assert {r.rule for r in event.read().rules if r.stage == "seating"} == set()


def test_absent_names_rounds_and_shared_blocks(lunch: EventFolder) -> None:
    lunch.edit("participants.csv", "P5;Eva Willems;Weert;;R2;", "P5;Eva Willems;Weert;;BORREL|R2;")
    eva = lunch.read().event.participants_by_id["P5"]
    assert (eva.absent, eva.misses) == (("R2",), ("BORREL",))
    lunch.edit("participants.csv", "BORREL|R2", "BORREL|R9")
    assert place(lunch.error()) == ("participants.csv", 6, "absent", "R9")


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ("LUNCH|LUNCH2;Hal", "LUNCH|LUNCH3;Hal", (2, "block", "LUNCH3"), "No shared block"),
        ("LUNCH|LUNCH2;Hal", "R1;Hal", (2, "block", "R1"), "No shared block"),
        ("LUNCH|LUNCH2;Hal", ";Hal", (2, "block", None), "empty"),
        ("LUNCH2;Hal;2", "LUNCH2;;2", (2, "place", None), "empty"),
        ("Hal;2;2", "Hal;2;", (2, "seats", None), "empty"),
        ("Hal;2;2", "Hal;twee;2", (2, "tables", "twee"), "not a number"),
        ("Hal;2;2", "Hal;0;2", (2, "tables", "0"), "no tables here"),
        ("Hal;2;2", "Hal;99999;2", (2, "tables", "99999"), "too large"),
        ("P1|fietsers", "P1|vissers", (3, "owners", "vissers"), "No participant or group"),
        ("Kraam;;", "Kraam;2;", (3, "tables", "2"), "has owners, and no tables"),
        ("lunch;Kraam;;;P1|fietsers", "LUNCH;Hal 2;;4;", (3, "place", "Hal 2"), "in row 2"),
        ("Hal;2;2", "Hal;1;2", (None, "seats", None), "6 people need a seat, and there are 4"),
        ("BORREL;Bar;;9", "BORREL;Bar;;5", (None, "seats", None), "6 people need a seat"),
        (";P1|fietsers", "3;P1|fietsers", (3, "owners", "Kraam"), "2 of its owners are there"),
        ("LUNCH|LUNCH2;Hal;2;2", "LUNCH2;Hal;2;9", (3, "block", "Kraam"), "Nobody can eat"),
        ("P1|fietsers", "P1\nLUNCH2;Stal;;;P1", (None, "owners", None), "cannot staff them all"),
    ],
)  # fmt: skip
def test_a_problem_is_named_with_its_place(
    lunch: EventFolder, old: str, new: str, where: Where, words: str
) -> None:
    lunch.edit("tables.csv", old, new)
    found = {place(p)[1:]: str(p.what) for p in lunch.errors() if p.file == "tables.csv"}
    assert words in found[where]


def test_a_missing_column_of_seats_is_named(lunch: EventFolder) -> None:
    lunch.write("tables.csv", "block;place\nLUNCH;Hal\n")
    assert [place(p) for p in lunch.errors()] == [("tables.csv", 2, "place", "Hal")]


MANY = day(
    ["ada", "ben", "cas"],
    [shared("lunch", 9), shared("lunch2", 9), shared("late", 10, DRINKS)],
    [
        tables("Hall", 2, 2, "lunch", "lunch2"),
        stand("Stall", "ada", "lunch"),
        tables("Bar", 0, 5, "late"),
    ],
)
SEATS = {
    "lunch Hall 1": "ben", "lunch Stall": "ada", "lunch2 Hall 1": "ada", "lunch2 Hall 2": "cas",
    "late Bar": "ada ben cas",
}  # fmt: skip


def misses(event: Event, person: str, block: str) -> Event:
    people = [
        p.model_copy(update={"misses": (block,)}) if p.id == person else p
        for p in event.participants
    ]
    return event.model_copy(update={"participants": tuple(people)})


@pytest.mark.parametrize("name", ["day", "day.xlsx"])
def test_an_event_with_places_reads_back_as_it_was(tmp_path: Path, name: str) -> None:
    problem = Problem.of(misses(MANY, "cas", "late"))
    write_event(problem, tmp_path / name)
    assert read(tmp_path / name) == problem


def output(tmp_path: Path, event: Event, **changes: str) -> Problem:
    problem = Problem.of(event)
    seats = SEATS | {place.replace("_", " "): people for place, people in changes.items()}
    programme = plan(event, {"ada": "a."}, seats)
    result = Result(status=Status.FEASIBLE, programme=programme, ideal=0, seed=1)
    write_output(problem, result, tmp_path, "en")
    return problem


def test_tables_stand_in_schedules_and_are_read_back(tmp_path: Path) -> None:
    problem = output(tmp_path, MANY)
    rows = (tmp_path / "schedules.csv").read_text(encoding="utf-8").splitlines()
    assert [row for row in rows if row.startswith("ada") and ",t" not in row] == [
        "ada,lunch,Lunch,Stall,", "ada,lunch2,Lunch2,Hall 1,", "ada,late,Late,Bar,"
    ]  # fmt: skip
    assert "cas,lunch,,," in rows  # not their shift
    assert read_programme(problem, tmp_path) == plan(MANY, {"ada": "a."}, SEATS)


def test_a_table_that_does_not_exist_is_named(tmp_path: Path) -> None:
    problem = output(tmp_path, MANY)
    file = tmp_path / "schedules.csv"
    file.write_text(file.read_text().replace("ben,lunch,Lunch,Hall 1", "ben,lunch,Lunch,Hall 7"))
    with pytest.raises(DataError) as error:
        read_programme(problem, tmp_path)
    (found,) = error.value.problems
    assert (found.column, found.value) == ("room", "Hall 7")
    assert str(found.advice) == "Did you mean Hall 1 or Hall 2?"


def test_a_hand_that_moves_somebody_to_a_full_table_is_noticed(tmp_path: Path) -> None:
    problem = output(tmp_path, MANY)
    file = tmp_path / "schedules.csv"
    text = file.read_text().replace("lunch2,Lunch2,Hall 2", "lunch2,Lunch2,Hall 1")
    file.write_text(text.replace("ben,lunch2,,", "ben,lunch2,Lunch2,Hall 1"))
    broken = {f.rule for f in check(problem, read_programme(problem, tmp_path)) if f.broken}
    assert broken >= {"table_seats", "lunch_shift"}


def test_who_misses_a_block_has_no_name_of_it_in_their_schedule(tmp_path: Path) -> None:
    output(tmp_path, misses(MANY, "cas", "late"), late_Bar="ada ben")
    rows = (tmp_path / "schedules.csv").read_text(encoding="utf-8").splitlines()
    assert "cas,late,,," in rows
