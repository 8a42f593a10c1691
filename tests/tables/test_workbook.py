"""Events in one workbook: the cells that Excel makes, and what can be wrong with the file."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.tables.good_event import GOOD, EventFolder, errors_of

from spilrooster.rules import KeepApart, MustAttend, Pinned
from spilrooster.tables import read, read_with_report, write_event
from spilrooster_models import DataError, InputProblem

Rows = list[list[Any]]
FORMATS = {dt.time: "hh:mm", dt.date: "dd-mm-yyyy", dt.datetime: "dd-mm-yyyy hh:mm"}


def save(path: Path, sheets: dict[str, Rows]) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        formats = {kind: workbook.add_format({"num_format": f}) for kind, f in FORMATS.items()}
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    sheet.write(i, j, cell, formats.get(type(cell)))
    path.write_bytes(target.getvalue())


@pytest.fixture
def sheets() -> dict[str, Rows]:
    return {
        "event": [["key", "value"], ["name", "Proefdag"], ["date", dt.date(2026, 11, 19)],
                  ["points", "10|6|3"]],
        "rounds": [["round", "name", "start", "end"], ["R1", "Ronde 1", dt.time(9, 30), 0.4375],
                   ["R2", "Ronde 2", "11:00", dt.time(12)]],
        "rooms": [["room", "name", "seats"], [1, "Aula", 6], [2, "Bieb", 4.0]],
        "sessions": [["session", "title", "rooms"], ["S1", "Eerste", 1], ["S2", "Tweede", "1|2"]],
        "participants": [["participant"], ["P1"], ["P2"]],
        "choices": [["participant", "session", "rank"], ["P1", "S1", 1], ["P1", "Tweede", 2]],
    }  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "event.xlsx"


def errors(path: Path, sheets: dict[str, Rows]) -> tuple[InputProblem, ...]:
    save(path, sheets)
    return errors_of(path)


def test_cells_of_excel_are_read_by_their_values(path: Path, sheets: dict[str, Rows]) -> None:
    save(path, sheets)
    problem = read(path)
    rounds = problem.event.layout.rounds
    assert problem.event.date == dt.date(2026, 11, 19)
    assert (rounds[0].start, rounds[0].end) == (dt.time(9, 30), dt.time(10, 30))
    assert problem.event.layout.rooms_by_id["2"].seats == 4
    assert problem.event.sessions[0].rooms == ("1",)
    assert [c.rank for c in problem.event.choices] == [1, 2]
    assert problem.choices.points_per_rank == (10, 6, 3)


def test_a_time_may_be_a_moment_on_the_day(path: Path, sheets: dict[str, Rows]) -> None:
    sheets["rounds"][1][2] = dt.datetime(2026, 11, 19, 9, 45)
    save(path, sheets)
    assert read(path).event.layout.rounds[0].start == dt.time(9, 45)


def test_sheets_count_without_capitals_and_spaces(path: Path, sheets: dict[str, Rows]) -> None:
    sheets = {f" {name.title()} ": rows for name, rows in sheets.items()}
    save(path, sheets)
    assert len(read(path).event.sessions) == 2


def test_a_fault_names_workbook_sheet_and_row(path: Path, sheets: dict[str, Rows]) -> None:
    sheets["rooms"][2][2] = "vier"
    (error,) = errors(path, sheets)
    assert error.place == "event.xlsx [rooms], row 3, column seats"


def test_a_missing_sheet_is_named(path: Path, sheets: dict[str, Rows]) -> None:
    sheets["seesions"] = sheets.pop("sessions")
    (error,) = errors(path, sheets)
    assert error.file == "event.xlsx [sessions]"
    assert str(error.advice) == "Did you mean seesions?"


def test_a_missing_sheet_of_settings_is_named(path: Path, sheets: dict[str, Rows]) -> None:
    del sheets["event"]
    (error,) = errors(path, sheets)
    assert error.file == "event.xlsx [event]"


def test_an_unfit_setting_is_named_with_its_row(path: Path, sheets: dict[str, Rows]) -> None:
    sheets["event"] += [["tmezone", "x"], ["language", "fr"], ["points", ""]]
    found = errors(path, sheets)
    assert [(e.row, e.column) for e in found] == [
        (5, "tmezone"),
        (6, "language"),
        (7, "key"),
    ]


def test_rules_stand_in_a_sheet_of_their_own(path: Path, sheets: dict[str, Rows]) -> None:
    sheets["rules"] = [
        ["rule", "field", "value"],
        ["keep_apart", "pairs", '[["S1", "S2"]]'],
        ["pinned", "session", "S1"],
        ["", "round", "R1"],
        ["", "room", 1],
        ["must_attend", "participants", "P1|P2"],
        ["", "session", "S1"],
        ["must_attend", "participants", "P1"],
        ["", "session", "S2"],
    ]
    save(path, sheets)
    assert read(path).rules[-4:] == (
        KeepApart(pairs=(("S1", "S2"),)),
        Pinned(session="S1", round="R1", room="1"),
        MustAttend(participants=("P1", "P2"), session="S1"),
        MustAttend(participants=("P1",), session="S2"),
    )


@pytest.mark.parametrize(
    ("rows", "row", "column"),
    [
        ([["", "pairs", "x"]], 2, "rule"),
        ([["keep_apart", "", "x"]], 2, "field"),
        ([["keep_apart", "pairs", "[["]], 2, "value"),
        ([["keep_apart", "pairs", "[]"], ["", "pairs", "[]"]], 3, "field"),
        ([["keep_apart", "pairs", "[]"], ["kep_apart", "", ""]], 3, "rule"),
        ([["keep_apart", "pairs", "[]"], ["", "pears", "x"]], 3, "keep_apart.pears"),
        ([["keep_apart", "pairs", '[["S1", "S3"]]']], 2, "keep_apart.pairs"),
    ],
)
def test_an_unfit_rule_is_named_with_its_row(
    path: Path, sheets: dict[str, Rows], rows: Rows, row: int, column: str
) -> None:
    sheets["rules"] = [["rule", "field", "value"], *rows]
    found = errors(path, sheets)[0]
    assert (found.file, found.row, found.column) == ("event.xlsx [rules]", row, column)


@pytest.mark.parametrize(
    "content", [b"", b"geen werkmap", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18]
)
def test_a_file_that_is_no_workbook_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    (error,) = errors_of(path)
    assert error.file == "event.xlsx"


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "event.ods").write_bytes(b"x")
    (error,) = errors_of(tmp_path / "event.ods")
    assert "neither a folder nor an .xlsx workbook" in str(error.what)


def test_a_cell_far_away_does_not_fill_the_memory(path: Path, sheets: dict[str, Rows]) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
            if name == "rooms":
                sheet.write(1_048_575, 16_383, "x")
    path.write_bytes(target.getvalue())
    (error,) = errors_of(path)
    assert str(error.what) == "sheet3 has something far outside its table."


def test_a_workbook_says_the_same_as_the_folder(event: EventFolder, path: Path) -> None:
    wanted = event.read()
    write_event(wanted, path)
    again, remarks = read_with_report(path)
    assert again == wanted
    assert [str(r.what) for r in remarks] == [str(r.what) for r in event.remarks()]


def test_a_text_that_excel_cannot_hold_is_refused(event: EventFolder, path: Path) -> None:
    event.edit("sessions.csv", "Bestuurstafel", "x" * 40_000)
    problem = event.read()
    with pytest.raises(DataError, match="too long for a cell"):
        write_event(problem, path)
    assert not path.exists()
    assert GOOD  # the folder still reads
