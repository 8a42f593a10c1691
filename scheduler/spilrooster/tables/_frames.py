"""DataFrames in the place of files: the same columns, the same checks, one list of problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from spilrooster.rules import Rule
from spilrooster.tables._contract import EVENT_TABLES, PROGRAMME, SCHEDULES
from spilrooster.tables._grid import Grid
from spilrooster.tables._report import Report
from spilrooster.tables._table import Columns
from spilrooster.tables._text import LIST_SEPARATOR, defused
from spilrooster.tables._workbook import cell_text
from spilrooster_models import message
from spilrooster_models.event import Language


@dataclass(frozen=True, kw_only=True)
class EventFrames:
    """An event as DataFrames: `read` takes it in the place of a path, `event_frames` makes it.

    Each frame has the columns of the file of its name. Cells may hold Python's and pandas' own
    values: numbers, times, dates, lists for what files separate by ``|``, and None or NaN for an
    empty cell. Moments with a time zone become times in the event's own. An index with a name
    counts as a column.

    Attributes
    ----------
    date, name, timezone, language, points
        What stands in event.toml.
    settings
        Other keys of event.toml, with their values.
    rounds, rooms, sessions, participants, choices, preferences, tables
        What stands in the file of this name: choices or preferences, never both.
    rules
        Rules, or their fields as in ``[[rules]]``.
    """

    date: dt.date | str
    rounds: pd.DataFrame
    rooms: pd.DataFrame
    sessions: pd.DataFrame
    participants: pd.DataFrame
    choices: pd.DataFrame | None = None
    preferences: pd.DataFrame | None = None
    tables: pd.DataFrame | None = None
    name: str = ""
    timezone: str = "Europe/Amsterdam"
    language: Language = "nl"
    points: Sequence[int] | None = None
    rules: Sequence[Rule | Mapping[str, Any]] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ResultFrames:
    """A result as DataFrames: `result_frames` makes it, `read_programme` takes it.

    Attributes
    ----------
    programme
        run, session, round, room, seats, attending: a row per run.
    schedules
        participant, round, session, room, rank: a row per participant and block.
    outcome
        participant, session, rank, points, granted, round, why, reason: a row per choice.
    """

    programme: pd.DataFrame
    schedules: pd.DataFrame
    outcome: pd.DataFrame | None = None


def present(frames: EventFrames | ResultFrames) -> dict[str, pd.DataFrame]:
    """Return the tables that are there, under their names."""
    tables = EVENT_TABLES if isinstance(frames, EventFrames) else (PROGRAMME, SCHEDULES)
    found = {columns.name: getattr(frames, columns.name) for columns in tables}
    return {name: frame for name, frame in found.items() if frame is not None}


def grid_of_frame(
    frame: pd.DataFrame, columns: Columns, timezone: str | None, report: Report
) -> Grid | None:
    """Turn a frame into texts, as if it had been read from a file; None if it is no frame."""
    if not isinstance(frame, pd.DataFrame):
        report.error(columns.name, message("This is not a DataFrame."))
        return None
    frame = _with_named_index(frame)
    headers = [str(header) for header in frame.columns]
    cells = [frame.iloc[:, i].tolist() for i in range(len(headers))]
    for header, column in zip(headers, cells, strict=True):
        _refuse_separators(column, header, columns.name, report)
    zone = _zone(timezone)
    rows = [[_text(cell, zone) for cell in row] for row in zip(*cells, strict=True)]
    return Grid(columns.name, [[defused(header) for header in headers], *rows], first=-1)


def _with_named_index(frame: pd.DataFrame) -> pd.DataFrame:
    names = [n for n in frame.index.names if n is not None and n not in frame.columns]
    return frame.reset_index(level=names) if names else frame


def _refuse_separators(cells: list[Any], header: str, file: str, report: Report) -> None:
    """Report items of lists that would fall apart when the list is written as a text."""
    for row, cell in enumerate(cells):
        for item in _items(cell):
            if LIST_SEPARATOR in item:
                what = message("An item of a list cannot contain |, which separates lists.")
                report.error(file, what, row=row, column=header, value=item)


def _items(cell: object) -> Iterator[str]:
    """Yield the items of a list as texts; none if the cell holds something else."""
    if isinstance(cell, Set):
        yield from sorted(str(item) for item in cell)
    elif isinstance(cell, list | tuple | np.ndarray):
        yield from (str(item) for item in cell if item is not None)


def _zone(name: str | None) -> dt.tzinfo | None:
    try:
        return None if name is None else ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # reported where the settings are read
        return None


def _text(cell: object, zone: dt.tzinfo | None) -> str:
    """Return the text that a person would type into a file for a cell."""
    if isinstance(cell, str):
        return defused(cell)
    if isinstance(cell, Set | list | tuple | np.ndarray):
        return defused(LIST_SEPARATOR.join(_items(cell)))
    if pd.isna(cell):  # type: ignore[call-overload]  # of one cell, whatever it is
        return ""
    if isinstance(cell, dt.datetime) and cell.tzinfo is not None and zone is not None:
        cell = cell.astimezone(zone)
    return cell_text(cell)
