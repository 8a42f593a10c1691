"""CSV: bytes to a grid, whoever wrote them, and tables to bytes for people."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence

from spilrooster.tables._grid import Grid
from spilrooster.tables._report import Report
from spilrooster.tables._text import Unfit, defused, header_key
from spilrooster_models import Message, message
from spilrooster_models.event import Language

DELIMITERS = (";", ",", "\t")

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx (any zip file) and the old .xls
_SEPARATOR_LINE = re.compile(r"sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)

Cell = str | int | None


def decoded(content: bytes, file: str, report: Report) -> str:
    """Decode by BOM, as UTF-8, or else as Windows-1252, the code of older Excel files.

    Raises
    ------
    Unfit
        If the bytes are no text.
    """
    if content.startswith(_WORKBOOKS):
        raise Unfit(
            message("This is a workbook with the name of a text file."),
            message("Save the sheet as CSV UTF-8, or read the workbook itself."),
        )
    try:
        if content.startswith(_UTF16):
            text = content.decode("utf-16")
        else:
            text = _utf8_or_windows(content, file, report)
    except UnicodeDecodeError:
        raise _no_text() from None
    if "\0" in text:
        raise _no_text()
    return text


def _utf8_or_windows(content: bytes, file: str, report: Report) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    report.note(
        file,
        message("This file is not UTF-8; it was read as Windows-1252."),
        message("Check that letters such as é and ë look right, or save it as CSV UTF-8."),
    )
    return text


def _no_text() -> Unfit:
    return Unfit(
        message("This is not a text file."), message("Save it as UTF-8 text; in Excel: CSV UTF-8.")
    )


def parse(text: str, file: str, headers: Collection[str], report: Report) -> Grid | None:
    """Split a text into cells, by the delimiter that yields most of the `headers`.

    Returns None, and reports why, if quotes or a cell's length make the rows uncertain.
    """
    given = _SEPARATOR_LINE.match(text)
    if given:
        text = text[given.end() :]
    delimiter = given[1] if given and given[1] in DELIMITERS else _delimiter(text, headers)
    rows: list[list[str]] = []
    try:
        rows.extend(_reader(text, delimiter))
    except csv.Error as error:
        report.error(file, *_in_words(error), row=len(rows) + 1)
        return None
    return Grid(file, rows)


def _reader(text: str, delimiter: str) -> Iterable[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _in_words(error: csv.Error) -> tuple[Message, Message]:
    if "field larger" in str(error):
        return (
            message("From here on a cell is longer than any text that belongs in one."),
            message("Look for a quotation mark that is opened and not closed."),
        )
    return (
        message("The quotation marks of a cell that starts here do not match."),
        message('Close the cell with ", and write a quotation mark inside it as "".'),
    )


def _delimiter(text: str, headers: Collection[str]) -> str:
    """Return the delimiter that yields most known headers; among equals, most cells."""

    def score(delimiter: str) -> tuple[int, int]:
        cells = _first_row(text, delimiter)
        return len({header_key(cell) for cell in cells}.intersection(headers)), len(cells)

    return max(DELIMITERS, key=score)


def _first_row(text: str, delimiter: str) -> list[str]:
    try:
        return next((row for row in _reader(text, delimiter) if _says_something(row)), [])
    except csv.Error:
        return []


def _says_something(row: list[str]) -> bool:
    return any(cell.strip("".join((*DELIMITERS, " "))) for cell in row)


def written(columns: Sequence[str], rows: Iterable[Sequence[Cell]], language: Language) -> bytes:
    """Write a table as CSV that the spreadsheets of this language open: ``;`` and BOM for nl."""
    dutch = language == "nl"
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";" if dutch else ",", lineterminator="\n")
    writer.writerow([defused(column) for column in columns])
    writer.writerows([defused(c) if isinstance(c, str) else c for c in row] for row in rows)
    return target.getvalue().encode("utf-8-sig" if dutch else "utf-8")
