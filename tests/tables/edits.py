"""A small event with a programme, written in both ways and edited as an organiser would."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook
from tests.rules.tiny import choice, event, person, programme, room, session

from spilrooster.problem import Problem
from spilrooster.tables import Earlier, read_earlier, write_output, write_programme_workbook
from spilrooster_models import DataError, Result, Status
from spilrooster_models.event import Language

CASE = Problem.of(
    event(
        [
            session("bees", presenters=("ada",), needs=("screen",)),
            session("soup", max_people=4, max_runs=2),
            session("song", only_for=("choir",), min_runs=0),
            session("walk", min_runs=0, max_runs=2),
        ],
        [room("hall", 4, features=("screen",)), room("barn", 3), room("loft", 2, closed=("noon",))],
        ("dawn", "noon"),
        ["ada", person("ben", name="Ben; =1"), "cas", person("dee", groups=("choir",)),
         person("eva", absent=("noon",))],
        [choice("ben", "bees", 1), choice("ben", "soup", 2), choice("dee", "song", 1)],
    )
)  # fmt: skip
PROGRAMME = programme(
    CASE.event,
    {
        "bees dawn hall": "ada ben cas",
        "soup dawn barn": "dee eva",
        "soup noon hall": "ada ben",
        "song noon barn": "dee",
    },
)
Rows = list[list[str]]
Change = Callable[[Rows, Rows], None]


def result() -> Result:
    return Result(status=Status.FEASIBLE, programme=PROGRAMME, ideal=1, seed=1)


def edited_folder(folder: Path, change: Change, language: Language = "nl") -> Path:
    """Write the output folder, and let somebody change the rows of both tables."""
    write_output(CASE, result(), folder, language)
    tables = [(folder / name, _rows(folder / name)) for name in ("programme.csv", "schedules.csv")]
    change(tables[0][1], tables[1][1])
    for path, rows in tables:
        target = io.StringIO(newline="")
        csv.writer(target, delimiter=";").writerows(rows)
        path.write_text(target.getvalue(), "utf-8-sig")
    return folder


def _rows(path: Path) -> Rows:
    text = path.read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in text else ","))


def edited_workbook(folder: Path, change: Change, language: Language = "nl") -> Path:
    """Write the workbook, and save it with other rows, as plain values."""
    path = folder / "programme.xlsx"
    write_programme_workbook(CASE, result(), path, language)
    book = CalamineWorkbook.from_path(path)
    sheets = {
        name: [[_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }
    names = [name for name in ("Programma", "Programme", "Roosters", "Schedules") if name in sheets]
    change(*(sheets[name] for name in names))
    with xlsxwriter.Workbook(path) as new:
        for name, rows in sheets.items():
            page = new.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return path


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) else str(cell)


def row_of(rows: Rows, *start: str) -> list[str]:
    """The row with these texts; labels such as ``soup · Soup`` count as their ids."""
    for row in rows:
        if {*start} <= {cell.partition(" · ")[0] for cell in row}:
            return row
    raise AssertionError(f"no row with {start} in {rows}")


def column(rows: Rows, *names: str) -> int:
    """Where a column stands, by either of its names; it is added if it is not there."""
    for name in names:
        if name in rows[0]:
            return rows[0].index(name)
    rows[0].append(names[0])
    for row in rows[1:]:
        row.append("")
    return len(rows[0]) - 1


def problems(path: Path) -> list[str]:
    """What is wrong with an edited programme: place and sentence."""
    try:
        read_earlier(CASE, path)
    except DataError as error:
        return [f"{p.row}: {p.what}" for p in error.problems]
    raise AssertionError("nothing is wrong")


def rules(earlier: Earlier) -> list[str]:
    """The rules of an edited programme, in short."""
    return sorted(_short(rule.model_dump(exclude={"rule"}).values()) for rule in earlier.rules)


def _short(values: Iterable[object]) -> str:
    parts = (("+".join(v) if isinstance(v, tuple) else v) for v in values)
    return " ".join(str(part) for part in parts)
