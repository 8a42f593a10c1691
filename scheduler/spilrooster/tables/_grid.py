"""Grid: one file or sheet as rows of text, before anybody knows what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Grid:
    """The cells of a file or sheet, row by row, as they stand.

    Attributes
    ----------
    file
        How problems name it: ``rooms.csv``, or ``event.xlsx [rooms]``.
    rows
        Texts of the cells; the first row of the spreadsheet is ``rows[0]``.
    first
        The number of ``rows[0]``. Rows of a DataFrame count from 0, so its header is -1.
    """

    file: str
    rows: list[list[str]]
    first: int = 1
