"""What an organiser changed or marked is kept; what cannot be kept is listed, row by row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.rules.tiny import person
from tests.tables.edits import (
    CASE,
    PROGRAMME,
    Change,
    Rows,
    column,
    edited_folder,
    edited_workbook,
    problems,
    row_of,
    rules,
)

from spilrooster.problem import Problem
from spilrooster.rules import StayClose
from spilrooster.tables import read_before, read_earlier, read_told
from spilrooster_models import DataError

Edit = Callable[[Path, Change], Path]
WAYS = pytest.mark.parametrize("edit", [edited_folder, edited_workbook])


def nothing(runs: Rows, places: Rows) -> None:
    """Change nothing."""


@WAYS
def test_nothing_changed_fixes_nothing(edit: Edit, tmp_path: Path) -> None:
    earlier = read_earlier(CASE, edit(tmp_path, nothing))
    assert (earlier.runs, earlier.places, earlier.removed) == (0, 0, 0)
    assert earlier.rules == ()
    assert earlier.remarks == ()


@WAYS
def test_changed_rows_are_fixed(edit: Edit, tmp_path: Path) -> None:
    def change(runs: Rows, places: Rows) -> None:
        run = row_of(runs, "soup", "dawn")
        run[column(runs, "room", "zaal")] = "loft"
        at = column(places, "session", "sessie")
        row_of(places, "cas", "noon")[at] = "soup"
        row_of(places, "eva", "dawn")[at] = ""

    earlier = read_earlier(CASE, edit(tmp_path, change))
    assert (earlier.runs, earlier.places, earlier.removed) == (1, 2, 0)
    assert rules(earlier) == ["cas noon soup", "eva dawn None", "soup dawn loft"]


@WAYS
def test_marked_rows_are_fixed_and_an_empty_room_is_any(edit: Edit, tmp_path: Path) -> None:
    def change(runs: Rows, places: Rows) -> None:
        row_of(runs, "bees")[column(runs, "fixed", "vast")] = "ja"
        row_of(runs, "song")[column(runs, "room", "zaal")] = ""
        at = column(places, "vast", "fixed")
        row_of(places, "dee", "noon")[at] = "x"
        row_of(places, "cas", "noon")[at] = "TRUE"

    found = rules(read_earlier(CASE, edit(tmp_path, change)))
    assert found == ["bees dawn hall", "cas noon None", "dee noon song", "song noon None"]


@WAYS
def test_a_run_that_is_gone_stays_out_and_one_that_moved_does_not(
    edit: Edit, tmp_path: Path
) -> None:
    def change(runs: Rows, places: Rows) -> None:
        runs.remove(row_of(runs, "song"))
        moved = row_of(runs, "soup", "dawn")
        moved[column(runs, "session", "sessie")] = "walk"

    earlier = read_earlier(CASE, edit(tmp_path, change))
    assert rules(earlier) == ["song noon", "walk dawn barn"]
    assert earlier.removed == 1


@WAYS
def test_a_new_row_is_a_new_run(edit: Edit, tmp_path: Path) -> None:
    def change(runs: Rows, places: Rows) -> None:
        new = ["" for _ in runs[0]]
        for name, value in (("session", "walk"), ("round", "dawn"), ("room", "loft")):
            dutch = {"session": "sessie", "round": "ronde", "room": "zaal"}[name]
            new[column(runs, name, dutch)] = value
        runs.insert(5, new)

    assert rules(read_earlier(CASE, edit(tmp_path, change))) == ["walk dawn loft"]


@WAYS
def test_everything_wrong_is_listed_at_its_row(edit: Edit, tmp_path: Path) -> None:
    def change(runs: Rows, places: Rows) -> None:
        room, fixed = column(runs, "room", "zaal"), column(runs, "fixed", "vast")
        row_of(runs, "soup", "dawn")[room] = "hall"  # bees is there, and fixed
        row_of(runs, "bees")[fixed] = "ja"
        row_of(runs, "song")[room] = "lofft"
        row_of(runs, "soup", "noon")[fixed] = "perhaps"
        at = column(places, "session", "sessie")
        row_of(places, "ben", "noon")[at] = "bees"  # does not run then
        row_of(places, "cas", "noon")[at] = "song"  # not for cas
        row_of(places, "eva", "noon")[at] = "soup"  # away
        row_of(places, "ada", "dawn")[at] = "soup"  # presents bees then, which is fixed

    found = problems(edit(tmp_path, change))
    for part in (
        "No room has this id.",
        "This is neither yes nor no.",
        "This session does not run in this round.",
        "cas attends song in noon and is not invited.",
        "eva is at soup in noon, but is away then.",
        "Room hall has more than one session in dawn: bees, soup.",
        "ada presents bees in dawn, but is at soup then.",
    ):
        assert [text for text in found if part in text], (part, found)
    assert len(found) == 7


def test_too_much_of_one_thing_is_listed(tmp_path: Path) -> None:
    def change(runs: Rows, places: Rows) -> None:
        runs[1:] = [row for row in runs[1:] if "soup" not in row]
        runs.append(["", "bees", "noon", "hall", "", ""])
        row_of(runs, "bees", "dawn")[column(runs, "fixed")] = "yes"
        row_of(places, "ben", "noon")[column(places, "session")] = "bees"
        row_of(places, "ben", "dawn")[column(places, "fixed")] = "yes"

    assert sorted(
        text.partition(": ")[2] for text in problems(edited_folder(tmp_path, change))
    ) == [
        "This session runs at most 1 times.",
        "Too many runs of this session were taken out: it has to run.",
        "ben attends bees 2 times.",
    ]


def test_rows_twice_and_empty_cells_are_listed(tmp_path: Path) -> None:
    def change(runs: Rows, places: Rows) -> None:
        runs.append([*row_of(runs, "bees")])
        row_of(runs, "song")[2] = ""
        places.append([*row_of(places, "ada", "dawn")])

    found = problems(edited_folder(tmp_path, change))
    assert [text.partition(": ")[2][:45] for text in found] == [
        "This cell is empty.",
        "This session runs in this round already, in r",
        "This person has a place in this round already",
    ]


def test_who_left_is_no_problem_unless_they_are_fixed(tmp_path: Path) -> None:
    people = tuple(p for p in CASE.event.participants if p.id != "ben")
    new = CASE.event.model_copy(update={"participants": (*people, person("fay")), "choices": ()})
    smaller = Problem.of(type(new).model_validate(new.model_dump()))
    earlier = read_earlier(smaller, edited_folder(tmp_path, nothing))
    assert [p.advice is not None for p in earlier.remarks] == [True]
    assert earlier.programme.schedule_of["fay"].sessions == (None, None)

    def change(runs: Rows, places: Rows) -> None:
        row_of(places, "ben", "dawn")[column(places, "fixed")] = "yes"

    with pytest.raises(DataError, match="No participant has this id"):
        read_earlier(smaller, edited_folder(tmp_path, change))


def test_without_a_record_only_marks_count(tmp_path: Path) -> None:
    def change(runs: Rows, places: Rows) -> None:
        row_of(runs, "soup", "dawn")[3] = "loft"
        row_of(runs, "bees")[column(runs, "fixed")] = "yes"

    folder = edited_folder(tmp_path, change)
    (folder / "written.csv").unlink()
    earlier = read_earlier(CASE, folder)
    assert rules(earlier) == ["bees dawn hall"]
    assert "not known what was written" in str(earlier.remarks[0].what)


def test_rows_of_people_that_are_gone_are_counted(tmp_path: Path) -> None:
    def change(runs: Rows, places: Rows) -> None:
        places[1:] = [row for row in places[1:] if row[0] != "cas"]

    earlier = read_earlier(CASE, edited_folder(tmp_path, change))
    assert [str(p.what) for p in earlier.remarks] == [
        "Rows of people were taken out; nothing is fixed there: 2."
    ]


def test_staying_close_counts_places_and_runs(tmp_path: Path) -> None:
    wish = read_earlier(CASE, edited_folder(tmp_path, nothing)).stay_close(3)
    assert isinstance(wish, StayClose)
    assert not list(wish.findings(CASE.event, PROGRAMME))
    assert (len(wish.places), len(wish.runs)) == (8, 4)


def test_what_people_were_told_is_what_the_files_say(tmp_path: Path) -> None:
    folder = edited_folder(tmp_path, nothing)
    told = read_told(CASE.event, folder)
    assert {*told.runs} == {*PROGRAMME.runs}
    assert told.schedules == PROGRAMME.schedules
    assert read_before(CASE.event, folder) is None
