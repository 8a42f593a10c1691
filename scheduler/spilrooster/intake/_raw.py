"""Raw tables: the files somebody gives, as headers and lines, before anybody knows their kind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spilrooster.intake._dialect import KNOWN_HEADERS
from spilrooster.intake._json import rows_of_json
from spilrooster.tables._csv import decoded, parse
from spilrooster.tables._report import Report
from spilrooster.tables._source import WORKBOOK_ENDINGS, unreadable
from spilrooster.tables._text import Unfit, in_one_line, restored, tidy
from spilrooster.tables._workbook import grid_of, open_workbook
from spilrooster_models import message

TEXT_ENDINGS = (".csv", ".txt", ".tsv")
JSON_ENDING = ".json"
HEADER_ROWS = 10  # a header further down is no header; titles above it are seldom longer


@dataclass(frozen=True)
class Line:
    """One row below the header: its number in the file, and a cell per header."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A header and the rows below it. A header that occurs again gets ``#2`` behind it."""

    file: str
    header_row: int
    headers: tuple[str, ...]
    lines: tuple[Line, ...]

    def column(self, header: str) -> list[str]:
        """Return the cells below a header."""
        place = self.headers.index(header)
        return [line.cells[place] for line in self.lines]


@dataclass(frozen=True)
class Raw:
    """The filled rows of a file or sheet, tidied, with their row numbers.

    `name` is what the file or sheet is called, which may tell what is in it.
    """

    file: str
    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def tables(self) -> Iterator[tuple[str, ...]]:
        """Yield the rows that may be the header, in one line each."""
        for _, cells in self.rows[:HEADER_ROWS]:
            yield tuple(in_one_line(cell) for cell in cells)

    def headed_by(self, place: int, report: Report) -> Table:
        """Take the row at this place as the header; report cells that stand under none."""
        number, header = self.rows[place]
        names = _numbered([in_one_line(cell) for cell in header])
        below = self.rows[place + 1 :]
        used = [i for i, name in enumerate(names) if name]
        for row, cells in below:
            stray = [c for i, c in enumerate(cells) if c and (i >= len(names) or not names[i])]
            if stray:
                report.error(
                    self.file,
                    message("This cell stands outside the columns that have a header."),
                    message("Give the column a header, or empty the cell."),
                    row=row,
                    value=stray[0],
                )
        return Table(
            file=self.file,
            header_row=number,
            headers=tuple(names[i] for i in used),
            lines=tuple(
                Line(row, tuple(cells[i] if i < len(cells) else "" for i in used))
                for row, cells in below
            ),
        )


def _numbered(names: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(f"{name}#{seen[name]}" if name and seen[name] > 1 else name)
    return found


def read_raw(path: Path, report: Report) -> list[Raw]:
    """Read a file; what cannot be read is reported and gives nothing."""
    try:
        if path.is_dir():
            raise Unfit(
                message("This is a folder."), message("Give the files that are to be imported.")
            )
        if not path.exists():
            raise Unfit(message("There is no such file."))
        return list(_parts(path, report))
    except Unfit as unfit:
        report.error(path.name, unfit.what, unfit.advice)
    except OSError as error:
        refused = unreadable(error)
        report.error(path.name, refused.what, refused.advice)
    return []


def _parts(path: Path, report: Report) -> Iterator[Raw]:
    ending = path.suffix.casefold()
    if ending in WORKBOOK_ENDINGS:
        workbook = open_workbook(path)
        for sheet in workbook.sheet_names:
            label = f"{path.name} [{sheet}]"
            yield _raw(label, sheet, grid_of(workbook, sheet, label).rows)
        return
    if ending == JSON_ENDING:
        yield _raw(path.name, path.stem, _json_rows(path, report))
        return
    if ending not in TEXT_ENDINGS:
        raise Unfit(
            message("This kind of file cannot be imported."),
            message("Save it as .xlsx or .csv; from pretalx or Indico also as .json."),
        )
    text = decoded(path.read_bytes(), path.name, report)
    grid = parse(text, path.name, KNOWN_HEADERS, report)
    if grid is not None:
        yield _raw(path.name, path.stem, grid.rows)


def _json_rows(path: Path, report: Report) -> list[list[str]]:
    text = decoded(path.read_bytes(), path.name, report)
    try:
        return rows_of_json(json.loads(text))
    except (ValueError, RecursionError):
        raise Unfit(
            message("This is not a list of sessions from pretalx or Indico."),
            message("Export the sessions anew, or export them as CSV."),
        ) from None


def _raw(file: str, name: str, rows: Sequence[Sequence[str]]) -> Raw:
    tidied = [(n, tuple(tidy(restored(cell)) for cell in row)) for n, row in enumerate(rows, 1)]
    return Raw(file, name, tuple((n, row) for n, row in tidied if any(row)))
