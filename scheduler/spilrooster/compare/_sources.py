"""Sources of layouts: a folder, a workbook, one CSV file, or a TOML file, told apart by its path.

A layout file is TOML. ``rooms``, ``rounds`` and ``tables`` replace what the event has: a path
relative to the file, or a list of tables with the columns of rooms.csv, rounds.csv and tables.csv.
The other keys change parts.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spilrooster.tables._contract import ROOMS, ROUNDS, TABLES
from spilrooster.tables._csv import decoded, parse
from spilrooster.tables._grid import Grid
from spilrooster.tables._names import did_you_mean
from spilrooster.tables._report import Report
from spilrooster.tables._source import WORKBOOK_ENDINGS, Workbook, unreadable
from spilrooster.tables._table import Columns, Table, table_of
from spilrooster.tables._text import LIST_SEPARATOR, Unfit
from spilrooster_models import Message, message

WHOLE: Mapping[str, Columns] = {"rooms": ROOMS, "rounds": ROUNDS, "tables": TABLES}
"""Tables that a layout can replace."""

NUMBERS = ("seats", "min_runs", "max_runs", "max_people")
"""Columns that a layout can change: a table of ids with a number, or +10 or -10."""

KEYS = ("name", "price", *WHOLE, "more_rooms", "without", *NUMBERS)
_NUMBER = re.compile(r"[+-]?\d{1,9}", re.ASCII)
LAYOUT_FILE = "layout.toml"
"""Changes that come with a folder."""


@dataclass(frozen=True)
class TableSource:
    """Where a table stands: a CSV file, a sheet of a workbook, or rows in a layout file."""

    label: str
    path: Path | None = None
    rows: tuple[dict[str, Any], ...] = ()

    def table(self, columns: Columns, report: Report) -> Table | None:
        """Return the table; None, with reports, if it cannot be used."""
        try:
            if self.path is None:
                return self._given(columns, report)
            if self.path.suffix.casefold() in WORKBOOK_ENDINGS:
                return Workbook(self.path).table(columns, report)
            text = decoded(self.path.read_bytes(), self.label, report)
        except Unfit as unfit:
            report.error(self.label, unfit.what, unfit.advice)
            return None
        except OSError as error:
            report.error(self.label, unreadable(error).what)
            return None
        grid = parse(text, self.label, columns.header_keys, report)
        return None if grid is None else table_of(grid, columns, report)

    def _given(self, columns: Columns, report: Report) -> Table | None:
        header = list(dict.fromkeys(name for row in self.rows for name in row))
        cells = [[_as_cell(row.get(name, "")) for name in header] for row in self.rows]
        table = table_of(Grid(self.label, [header, *cells]), columns, report)
        if table is not None:
            table.numbers = [n - 1 for n in table.numbers]  # the first entry is number 1
        return table


def _as_cell(value: object) -> str:
    """Write a value of TOML as it would stand in a cell."""
    if isinstance(value, list):
        return LIST_SEPARATOR.join(map(str, value))
    if isinstance(value, dt.time):
        return value.isoformat()
    return str(value)


@dataclass
class Parts:
    """What a layout replaces and changes, as it was written, under the name of its file."""

    label: str
    name: str
    whole: dict[str, TableSource] = field(default_factory=dict)
    number: str | None = None
    more_rooms: TableSource | None = None
    without: list[str] = field(default_factory=list)
    numbers: dict[str, dict[str, str]] = field(default_factory=dict)
    price: str | None = None

    def take(self, other: Parts) -> None:
        """Take in what another part says; where both say something, the other one holds."""
        self.whole |= other.whole
        self.number = other.number if other.number is not None else self.number
        self.more_rooms = other.more_rooms or self.more_rooms
        self.without += other.without
        for column, changes in other.numbers.items():
            self.numbers[column] = self.numbers.get(column, {}) | changes
        self.price = other.price if other.price is not None else self.price


def parts_of(path: Path, report: Report, only: str = "") -> Parts:
    """Read what a path says about a layout; what cannot be used is reported.

    `only` names the one table that is asked for, such as ``rooms``: then the path may be a CSV
    file, and other tables beside it are left alone.
    """
    label = path.as_posix()
    suffix = path.suffix.casefold()
    if path.is_dir():
        return _of_folder(path, report, only)
    if not path.exists():
        report.error(label, message("There is no such layout."), _neighbour(path))
    elif suffix == ".toml":
        return _of_file(path, report, Parts(label, path.stem))
    elif suffix in WORKBOOK_ENDINGS:
        return _of_workbook(path, report, only)
    elif suffix == ".csv" and only:
        return Parts(label, path.stem, {only: TableSource(label, path)})
    else:
        what = message("This is no layout: a folder, a workbook or a file in TOML.")
        report.error(label, what)
    return Parts(label, path.stem)


def _neighbour(path: Path) -> Message | None:
    names = sorted(p.name for p in path.parent.iterdir()) if path.parent.is_dir() else []
    return did_you_mean(path.name, names)


def _of_folder(path: Path, report: Report, only: str) -> Parts:
    parts = Parts(path.as_posix(), path.resolve().name)
    wanted = [only] if only else list(WHOLE)
    for name in wanted:
        file = path / f"{name}.csv"
        if file.is_file():
            parts.whole[name] = TableSource(file.as_posix(), file)
    changes = path / LAYOUT_FILE
    if changes.is_file() and not only:
        _of_file(changes, report, parts)
    elif not parts.whole:
        names = ", ".join([*(f"{name}.csv" for name in wanted), *([] if only else [LAYOUT_FILE])])
        what = message("There is nothing of a layout in this folder: {names}.", names=names)
        report.error(parts.label, what)
    return parts


def _of_workbook(path: Path, report: Report, only: str) -> Parts:
    parts = Parts(path.as_posix(), path.stem)
    try:
        workbook = Workbook(path)
    except Unfit as unfit:
        report.error(parts.label, unfit.what, unfit.advice)
        return parts
    for name in [only] if only else WHOLE:
        if workbook.has(name):
            parts.whole[name] = TableSource(workbook.label(name), path)
    if not parts.whole:
        what = message("There is nothing of a layout in this workbook: {names}.",
                       names=", ".join([only] if only else WHOLE))  # fmt: skip
        report.error(parts.label, what)
    return parts


def _of_file(path: Path, report: Report, parts: Parts) -> Parts:
    """Read a layout file into `parts`."""
    label = path.as_posix()
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        report.error(label, unreadable(error).what)
        return parts
    except (ValueError, RecursionError) as error:
        what = message("This is not valid TOML: {reason}.", reason=str(error))
        report.error(label, what, message('Write texts as name = "..." and lists as [1, 2].'))
        return parts
    for key, value in content.items():
        if key not in KEYS:
            advice = did_you_mean(key, KEYS)
            advice = advice or message("The keys are {keys}.", keys=", ".join(KEYS))
            report.error(label, message("There is no such key."), advice, column=key)
        elif not _taken(key, value, path, report, parts):
            what = message("This key has another form: {form}.", form=FORMS[key])
            report.error(label, what, column=key, value=str(value))
    return parts


FORMS = {
    "name": 'name = "Town hall"',
    "price": "price = 2500",
    "rooms": 'rooms = "folder", or [[rooms]]',
    "rounds": 'rounds = 3, rounds = "-1", rounds = "folder", or [[rounds]]',
    "tables": 'tables = "folder", or [[tables]]',
    "more_rooms": "[[more_rooms]]",
    "without": 'without = ["Z01", "R4"]',
    "seats": 'seats = { Z03 = "+10", Z04 = 40 }',
    "min_runs": "min_runs = { S07 = 2 }",
    "max_runs": "max_runs = { S07 = 2 }",
    "max_people": "max_people = { S07 = 30 }",
}
"""How each key is written."""


def _taken(key: str, value: Any, path: Path, report: Report, parts: Parts) -> bool:
    """Take in one key; False if its value has another form than the key asks for."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    text = isinstance(value, str) and value.strip() != ""
    rows = isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)
    source = TableSource(f"{path.as_posix()} [[{key}]]", None, tuple(value)) if rows else None
    if key == "name" and text:
        parts.name = value
    elif key == "price" and (number or text):
        parts.price = str(value)
    elif key == "rounds" and (number or (text and is_number(value))):
        parts.number = str(value).strip()
    elif key in WHOLE and text:
        there = parts_of(path.parent / value, report, key)
        parts.whole |= there.whole
    elif key in WHOLE and source is not None:
        parts.whole[key] = source
    elif key == "more_rooms" and source is not None:
        parts.more_rooms = source
    elif key == "without" and isinstance(value, list) and all(isinstance(v, str) for v in value):
        parts.without += value
    elif key in NUMBERS and isinstance(value, dict):
        parts.numbers[key] = {i: str(n).strip() for i, n in value.items()}
    else:
        return False
    return True


def is_number(text: str) -> bool:
    """Whether a text is a whole number, or a change by one: 3, +1, -1."""
    return _NUMBER.fullmatch(text.strip()) is not None


def changed(before: int, text: str) -> int | None:
    """Return the number that a text makes of another: ``40``, ``+10`` or ``-10``; None if none."""
    if not is_number(text):
        return None
    number = int(text)
    return before + number if text.startswith(("+", "-")) else number
