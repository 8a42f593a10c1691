"""Excel workbooks: sheets to grids, and tables to the bytes of a workbook."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from spilrooster.tables._csv import Cell
from spilrooster.tables._grid import Grid
from spilrooster.tables._text import Unfit, defused
from spilrooster.tables._values import time_text
from spilrooster_models import DataError, InputProblem, message

MOST_CELLS = 5_000_000  # a stray cell far away would make a sheet of billions
MOST_BYTES = 500_000_000  # of one sheet, unpacked
LONGEST_CELL = 32_767  # characters; Excel's own limit

CREATED = dt.datetime(2000, 1, 1)  # fixed, so that the same contents are the same bytes
_DAY_ZERO_YEARS = (1899, 1900, 1904)  # a time of day is shown as one on Excel's first day
_SHEETS = "xl/worksheets/"
_REFERENCE = re.compile(rb'\br="([A-Z]{0,3})([0-9]{1,10})"')
_CHUNK, _LONGEST_REFERENCE = 1 << 20, 20
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_NARROWEST, _WIDEST = 8, 60


@dataclass(frozen=True)
class Sheet:
    """A sheet to write: its name, headers and rows."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def open_workbook(path: Path) -> CalamineWorkbook:
    """Open a workbook; raises Unfit if the file is none, or too large for the memory."""
    try:
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                if part.filename.startswith(_SHEETS):
                    _check_extent(archive, part)
        return CalamineWorkbook.from_path(path)
    except (CalamineError, *_DAMAGE):
        raise Unfit(
            message("This file is not an Excel workbook, or it is damaged or has a password."),
            message("Open it in Excel and save it as .xlsx."),
        ) from None


def _check_extent(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a sheet that is hardly filled: calamine reserves every cell up to the last one."""
    columns: set[bytes] = {b"A"}
    last_row, tail = 1, b""
    too_large = part.file_size > MOST_BYTES
    with archive.open(part) as file:
        while not too_large and (chunk := file.read(_CHUNK)):
            for column, row in _REFERENCE.findall(tail + chunk):
                columns.add(column)
                last_row = max(last_row, int(row))
            tail = chunk[-_LONGEST_REFERENCE:]
            too_large = last_row * max(map(_number, columns)) > MOST_CELLS
    if too_large:
        raise Unfit(
            message("{sheet} has something far outside its table.", sheet=Path(part.filename).stem),
            message("Delete the rows below and the columns right of the table."),
        )


def _number(column: bytes) -> int:
    """Return the number of a column: A is 1, XFD is 16,384."""
    number = 0
    for letter in column:
        number = 26 * number + letter - ord("A") + 1
    return number


def grid_of(workbook: CalamineWorkbook, sheet_name: str, file: str) -> Grid:
    """Read one sheet as texts, from its top left cell on; raises Unfit if that is impossible."""
    try:
        cells = workbook.get_sheet_by_name(sheet_name).to_python(skip_empty_area=False)
    except CalamineError:
        raise Unfit(message("This sheet is damaged."), message("Save the workbook anew.")) from None
    return Grid(file, [[cell_text(cell) for cell in row] for row in cells])


def cell_text(cell: object) -> str:
    """Return the text a person would type for the value of a cell."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        day = "" if cell.year in _DAY_ZERO_YEARS else cell.date().isoformat()
        time = "" if day and cell.time() == dt.time.min else time_text(cell.time())
        return f"{day} {time}".strip()
    if isinstance(cell, dt.timedelta) and dt.timedelta() <= cell < dt.timedelta(days=1):
        return time_text((dt.datetime.min + cell).time())
    return time_text(cell) if isinstance(cell, dt.time) else str(cell)


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """Write sheets with a bold, frozen header. Equal sheets give equal bytes.

    Raises
    ------
    DataError
        If a text is longer than a cell of a workbook can hold.
    """
    for sheet in sheets:
        check_lengths(sheet)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": CREATED})
        header, text = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "@"})
        for sheet in sheets:
            page = workbook.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            for column, name in enumerate(sheet.columns):
                page.set_column(column, column, _width(sheet, column))
                page.write_string(0, column, defused(name), header)
            for row, cells in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str) and cell:
                        page.write_string(row, column, defused(cell), text)
                    elif isinstance(cell, int):
                        page.write_number(row, column, cell)
    return target.getvalue()


def _width(sheet: Sheet, column: int) -> int:
    longest = max((len(str(row[column] or "")) for row in sheet.rows), default=0)
    return min(_WIDEST, max(_NARROWEST, longest + 1, len(sheet.columns[column]) + 2))


def check_lengths(sheet: Sheet) -> None:
    """Raise DataError if a text is longer than a cell of a workbook can hold."""
    too_long = [
        InputProblem(
            file=sheet.name,
            row=row,
            column=sheet.columns[column],
            value=f"{cell[:100]}…",
            what=message("This text is too long for a cell of a workbook."),
            advice=message("Write a folder of CSV files instead."),
        )
        for row, cells in enumerate(sheet.rows, start=2)
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and len(defused(cell)) > LONGEST_CELL
    ]
    if too_long:
        raise DataError(too_long)
