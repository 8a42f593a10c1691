"""Table: a grid whose columns are known, and rows that are read cell by cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from spilrooster.tables._grid import Grid
from spilrooster.tables._names import Names, did_you_mean
from spilrooster.tables._report import Repair, Report
from spilrooster.tables._text import (
    LIST_SEPARATOR,
    Unfit,
    header_key,
    in_one_line,
    restored,
    split_list,
    tidy,
    without_decimal_zero,
)
from spilrooster_models import Message, message
from spilrooster_models.layout import Attributes

T = TypeVar("T")

_HAS_FRACTION = re.compile(r"\d+[.,]\d*[1-9]\d*")


@dataclass(frozen=True)
class Columns:
    """What a table may hold. The first required column holds the ids.

    Attributes
    ----------
    name
        Of the file without its ending, or of the sheet.
    required, optional
        Names of columns. A missing optional one takes the defaults of the models.
    numbered
        Names that occur with a number behind them, such as choice1, choice2.
    keeps_unknown
        Whether other columns are kept as attributes.
    aliases
        (other name, name) of columns, such as those of another language.
    other_names
        Other names of the table itself.
    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    numbered: str = ""
    keeps_unknown: bool = False
    aliases: tuple[tuple[str, str], ...] = ()
    other_names: tuple[str, ...] = ()

    @property
    def known(self) -> dict[str, str]:
        """Each name under its key."""
        aliases = {header_key(alias): name for alias, name in self.aliases}
        return aliases | {header_key(name): name for name in self.required + self.optional}

    @property
    def header_keys(self) -> frozenset[str]:
        """What tells these headers from a row of data, to find the delimiter."""
        numbered = {f"{self.numbered}{n}" for n in range(1, 30)} if self.numbered else set()
        return frozenset(self.known) | numbered


@dataclass
class Table:
    """The rows of a file under their columns' names, tidied, without empty rows.

    Attributes
    ----------
    header_row, numbers
        The spreadsheet's row number of the header, and of each row. A DataFrame's header has
        none.
    columns
        The cells of each column of the contract that is there.
    others
        The cells of each other column, under its own name.
    row_of
        The row number at which each id is defined; filled by `define`.
    """

    file: str
    report: Report
    header_row: int | None
    numbers: list[int]
    columns: dict[str, list[str]]
    others: dict[str, list[str]]
    row_of: dict[str, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Row]:
        return (Row(self, position) for position in range(len(self.numbers)))

    def define(self, column: str) -> dict[str, Row]:
        """Return the row of each id in `column`; empty, split and repeated ids are reported."""
        found: dict[str, Row] = {}
        fractions = any(_HAS_FRACTION.fullmatch(cell) for cell in self.columns[column])
        for row in self:
            cell = row.cell(column)
            line = in_one_line(cell)
            plain = line if fractions else without_decimal_zero(line)
            if line != cell:
                row.repaired(Repair.SPACES, column)
            if plain != line:
                row.repaired(Repair.WHOLE_NUMBERS, column)
            if not plain:
                row.error(column, message("This row has no id."), message("Give it one."))
            elif LIST_SEPARATOR in plain:
                row.error(column, message("An id cannot contain |, which separates lists."))
            elif plain in found:
                first = found[plain].number
                what = message("This id stands in row {row} already.", row=first)
                row.error(column, what, message("Give each row its own id, or delete one."))
            else:
                found[plain] = row
        self.row_of = {i: row.number for i, row in found.items()}
        self._warn_of_lookalikes(column, found)
        return found

    def _warn_of_lookalikes(self, column: str, found: dict[str, Row]) -> None:
        names = Names(found)
        for i, row in found.items():
            if names.has_lookalike(i):
                what = message("Another id differs from this one only in capitals or spaces.")
                self.report.note(self.file, what, row=row.number, column=column, value=i)


@dataclass(frozen=True)
class Row:
    """One row of a table. What cannot be read is reported and yields None or the default."""

    table: Table
    position: int

    @property
    def number(self) -> int:
        """The row number that a spreadsheet shows."""
        return self.table.numbers[self.position]

    def cell(self, column: str) -> str:
        """Return the text of a cell; empty if the column is not there."""
        cells = self.table.columns.get(column)
        return "" if cells is None else cells[self.position]

    def error(self, column: str, what: Message, advice: Message | None = None) -> None:
        """Report that a cell of this row cannot be used."""
        value = self.cell(column) or None
        self.table.report.error(
            self.table.file, what, advice, row=self.number, column=column, value=value
        )

    def repaired(self, kind: Repair, column: str) -> None:
        """Report that a cell of this row was mended."""
        self.table.report.repaired(
            kind, self.table.file, row=self.number, column=column, value=self.cell(column)
        )

    def required(self, column: str) -> str | None:
        """Return a text that must be there; a column that misses was reported already."""
        text = self.cell(column)
        if not text and column in self.table.columns:
            self.error(column, message("This cell is empty."), message("Fill it in."))
        return text or None

    def read(self, column: str, parse: Callable[[str], T]) -> T | None:
        """Return what `parse` makes of the cell; None if it is empty or unfit."""
        text = self.cell(column)
        if not text:
            return None
        try:
            return parse(text)
        except Unfit as unfit:
            self.error(column, unfit.what, unfit.advice)
            return None

    def needed(self, column: str, parse: Callable[[str], T]) -> T | None:
        """Return what `parse` makes of a cell that must not be empty."""
        return None if self.required(column) is None else self.read(column, parse)

    def items(self, column: str) -> tuple[str, ...]:
        """Return the items of a list, each once."""
        return self._once(column, split_list(self.cell(column)))

    def ids(self, column: str, names: Names | None, what: Message) -> tuple[str, ...]:
        """Return the ids that a list names; `what` says that one does not exist.

        `names` is None if the file that defines them could not be read: then nothing is known.
        """
        found = (self._meant(column, item, names, what) for item in split_list(self.cell(column)))
        return self._once(column, tuple(i for i in found if i is not None))

    def one_id(self, column: str, names: Names | None, what: Message) -> str | None:
        """Return the id that a cell names; None if it is empty or nothing has it."""
        text = self.cell(column)
        return self._meant(column, text, names, what) if text else None

    def _meant(self, column: str, item: str, names: Names | None, what: Message) -> str | None:
        i = None if names is None else names.find(item)
        if names is not None and i is None:
            report, file = self.table.report, self.table.file
            advice = None if report.is_full(file) else names.advice(item)
            report.error(file, what, advice, row=self.number, column=column, value=item)
        elif names is not None and not names.is_exact(item):
            self.repaired(Repair.SPELLING, column)
        return i

    def _once(self, column: str, items: tuple[str, ...]) -> tuple[str, ...]:
        different = tuple(dict.fromkeys(items))
        if different != items:
            self.repaired(Repair.REPEATED_IN_LIST, column)
        return different

    def attributes(self) -> Attributes:
        """Return what the columns outside the contract say of this row."""
        cells = ((name, column[self.position]) for name, column in self.table.others.items())
        return tuple((name, text) for name, text in cells if text)


def table_of(grid: Grid, columns: Columns, report: Report) -> Table | None:
    """Recognise the columns of a grid; None, with reports, if its rows cannot be told apart."""
    rows = _filled_rows(grid, report)
    if not rows:
        report.error(grid.file, message("This table is empty."), _header(columns))
        return None
    (number, header), data = rows[0], rows[1:]
    header_row = None if number < 0 else number
    names = _headers(header, columns)
    if not _headers_are_usable(names, columns, grid.file, header_row, report):
        return None
    cells = _columns_of(data, len(names), grid.file, report)
    numbers = [n for n, _ in data]
    table = Table(grid.file, report, header_row, numbers, columns={}, others={})
    for position, name in enumerate(names):
        if name:
            kind = table.columns if name in columns.known.values() else table.others
            kind[name] = cells[position]
        elif any(cells[position]):
            first = next(i for i, cell in enumerate(cells[position]) if cell)
            _report_no_header(report, grid.file, numbers[first], cells[position][first])
    _tidy(table)
    return table


def _header(columns: Columns) -> Message:
    return message("Write a header with {columns}.", columns=", ".join(columns.required))


def _filled_rows(grid: Grid, report: Report) -> list[tuple[int, list[str]]]:
    every = enumerate(grid.rows, start=grid.first)
    numbered = [(n, row) for n, row in every if any(map(str.strip, row))]
    if numbered:
        header, last = numbered[0][0], numbered[-1][0]
        blank = last - header + 1 - len(numbered)
        if blank:
            filled = {n for n, _ in numbered}
            first = next(n for n in range(header, last) if n not in filled)
            report.repaired(Repair.BLANK_ROWS, grid.file, row=first, count=blank)
    return numbered


def _headers(header: list[str], columns: Columns) -> list[str]:
    known = columns.known
    texts = [in_one_line(tidy(restored(cell))) for cell in header]
    return [known.get(header_key(text), text) for text in texts]


def _headers_are_usable(
    names: list[str], columns: Columns, file: str, row: int | None, report: Report
) -> bool:
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    for name in twice:
        what = message("This column stands here more than once.")
        report.error(file, what, message("Delete or rename one."), row=row, column=name)
    others = [n for n in names if n and n not in columns.known.values()]
    if not set(columns.required).intersection(names):
        report.error(
            file,
            message("The header of this table was not found."),
            _header(columns),
            row=row,
            value="; ".join(names),
        )
        return False
    for name in columns.required:
        if name not in names:
            advice = _rename(name, others) or message("Add it.")
            report.error(file, message("This column is missing."), advice, row=row, column=name)
    _note_others(dict.fromkeys(others), columns, file, row, report)
    return not twice and columns.required[0] in names


def _rename(name: str, others: Iterable[str]) -> Message | None:
    like = next((other for other in others if did_you_mean(other, [name])), None)
    if like is None:
        return None
    return message("Is {header} meant? Then rename it to {column}.", header=like, column=name)


def _note_others(
    others: Iterable[str], columns: Columns, file: str, row: int | None, report: Report
) -> None:
    for name in others:
        if columns.numbered and numbered(columns.numbered, name) is not None:
            continue
        if columns.keeps_unknown:
            what = message("This column has no meaning here; it is kept as an attribute.")
        else:
            what = message("This column has no meaning here; it is not used.")
        advice = did_you_mean(name, columns.known.values())
        report.note(file, what, advice, row=row, column=name)


def numbered(name: str, header: str) -> int | None:
    """Return the number of a header such as ``choice3`` or ``Choice 3``; None if it has none."""
    match = re.fullmatch(rf"{name}0*([1-9]\d{{0,3}})", header_key(header), re.ASCII)
    return None if match is None else int(match[1])


def _columns_of(
    data: list[tuple[int, list[str]]], width: int, file: str, report: Report
) -> list[list[str]]:
    """Turn rows into columns of the header's width; too short rows are filled up."""
    rows = []
    for number, row in data:
        if len(row) < width:
            report.repaired(Repair.SHORT_ROWS, file, row=number)
            rows.append(row + [""] * (width - len(row)))
            continue
        beyond = next((cell for cell in row[width:] if cell.strip()), None)
        if beyond is not None:
            _report_no_header(report, file, number, beyond)
        rows.append(row[:width] if len(row) > width else row)
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


def _report_no_header(report: Report, file: str, number: int, cell: str) -> None:
    report.error(
        file,
        message("This cell stands outside the columns that have a header."),
        message("Give the column a header, or put quotation marks around a text that is split."),
        row=number,
        value=cell,
    )


def _tidy(table: Table) -> None:
    """Tidy every cell in place, and report where that changed one."""
    known: dict[str, str] = {}
    for columns in (table.columns, table.others):
        for name, cells in columns.items():
            for text in set(cells).difference(known):
                known[text] = tidy(restored(text))
            changed = [i for i, text in enumerate(cells) if known[text] != restored(text)]
            if changed:
                first = changed[0]
                table.report.repaired(
                    Repair.SPACES, table.file, row=table.numbers[first], column=name,
                    value=cells[first], count=len(changed),
                )  # fmt: skip
            columns[name] = [known[text] for text in cells]
