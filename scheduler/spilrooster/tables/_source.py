"""Source: where an event or a programme stands: a folder of files, a workbook, DataFrames."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from pathlib import Path

from python_calamine import CalamineWorkbook

from spilrooster.tables._csv import decoded, parse
from spilrooster.tables._frames import EventFrames, ResultFrames, grid_of_frame, present
from spilrooster.tables._grid import Grid
from spilrooster.tables._names import did_you_mean
from spilrooster.tables._report import Report
from spilrooster.tables._table import Columns, Table, table_of
from spilrooster.tables._text import Unfit, key
from spilrooster.tables._workbook import grid_of, open_workbook
from spilrooster_models import DataError, InputProblem, Message, message

WORKBOOK_ENDINGS = (".xlsx", ".xlsm")


class Source(ABC):
    """Tables by name, whatever holds them. Names count without capitals and spaces.

    `stem` is what an event is called that has no name of its own.
    """

    stem: str

    def __init__(self, parts: dict[str, str]) -> None:
        self._parts = parts

    @abstractmethod
    def label(self, name: str) -> str:
        """Return how problems name a part, whether it is there or not."""

    @abstractmethod
    def grid(self, columns: Columns, report: Report) -> Grid | None:
        """Return the cells of a part that is there; None, with reports, if it is unreadable."""

    def has(self, name: str) -> bool:
        """Whether the source has this part."""
        return self._part(name) in self._parts

    def table(self, columns: Columns, report: Report) -> Table | None:
        """Return a table that has to be there; None, with reports, if it is not usable."""
        columns = self.as_here(columns)
        if not self.has(columns.name):
            self.report_missing(columns.name, report)
            return None
        try:
            grid = self.grid(columns, report)
        except Unfit as unfit:
            report.error(self.label(columns.name), unfit.what, unfit.advice)
            return None
        return None if grid is None else table_of(grid, columns, report)

    def as_here(self, columns: Columns) -> Columns:
        """Return the columns under the name that the table has in this source."""
        names = (columns.name, *columns.other_names)
        name = next((name for name in names if self.has(name)), columns.name)
        return replace(columns, name=name)

    def report_missing(self, name: str, report: Report) -> None:
        """Report that a part is not there, and what may have been meant for it."""
        report.error(self.label(name), message("This is missing."), self.lookalike(name))

    def lookalike(self, name: str) -> Message | None:
        """Ask whether another part was meant for this one."""
        return did_you_mean(self._part(name), self._parts.values())

    def _part(self, name: str) -> str:
        return key(name)


class Folder(Source):
    """A folder with name.csv for each table, and event.toml."""

    def __init__(self, path: Path) -> None:
        names = [name for name in _names_in(path) if (path / name).is_file()]
        super().__init__({key(name): name for name in names})
        self.path, self.stem = path, path.stem

    def _part(self, name: str) -> str:
        return key(name if "." in name else f"{name}.csv")

    def label(self, name: str) -> str:
        return self._parts.get(self._part(name), name if "." in name else f"{name}.csv")

    def text(self, name: str, report: Report) -> str:
        """Return the text of a file; raises Unfit if it cannot be read."""
        try:
            content = (self.path / self.label(name)).read_bytes()
        except OSError as error:
            raise unreadable(error) from None
        return decoded(content, self.label(name), report)

    def grid(self, columns: Columns, report: Report) -> Grid | None:
        text = self.text(columns.name, report)
        return parse(text, self.label(columns.name), columns.header_keys, report)


class Workbook(Source):
    """One Excel workbook with a sheet for each table."""

    def __init__(self, path: Path) -> None:
        self._workbook: CalamineWorkbook = open_workbook(path)
        super().__init__({key(name): name for name in self._workbook.sheet_names})
        self.path, self.stem = path, path.stem

    def label(self, name: str) -> str:
        return f"{self.path.name} [{self._parts.get(self._part(name), name)}]"

    def grid(self, columns: Columns, report: Report) -> Grid | None:
        sheet = self._parts[self._part(columns.name)]
        return grid_of(self._workbook, sheet, self.label(columns.name))


class Frames(Source):
    """DataFrames, one for each table."""

    stem = "event"

    def __init__(self, frames: EventFrames | ResultFrames) -> None:
        self.frames = frames
        self._present = present(frames)
        super().__init__({key(name): name for name in self._present})

    def label(self, name: str) -> str:
        return name

    def grid(self, columns: Columns, report: Report) -> Grid | None:
        zone = self.frames.timezone if isinstance(self.frames, EventFrames) else None
        return grid_of_frame(self._present[columns.name], columns, zone, report)


AnySource = Folder | Workbook | Frames


def open_source(path: str | Path | EventFrames | ResultFrames) -> AnySource:
    """Open a folder or a workbook, or take DataFrames.

    Raises
    ------
    DataError
        If there is nothing that can be read.
    """
    if isinstance(path, EventFrames | ResultFrames):
        return Frames(path)
    place = Path(path)
    try:
        if place.is_dir():
            return Folder(place)
        if not place.exists():
            raise Unfit(message("There is no such folder or workbook."), _neighbour(place))
        if place.suffix.casefold() not in WORKBOOK_ENDINGS:
            raise Unfit(
                message("This is neither a folder nor an .xlsx workbook."),
                message("Give the folder in which the files stand."),
            )
        return Workbook(place)
    except Unfit as unfit:
        found = unfit
    except (OSError, ValueError) as error:  # ValueError: a path that no system can have
        found = unreadable(error)
    name = (place.name or str(place)).encode(errors="replace").decode()
    problem = InputProblem(file=name, what=found.what, advice=found.advice)
    raise DataError([problem])


def _neighbour(place: Path) -> Message | None:
    """Ask whether something with a similar name was meant."""
    if not place.parent.is_dir():
        return None
    return did_you_mean(place.name, _names_in(place.parent))


def _names_in(folder: Path) -> list[str]:
    """Return the names in a folder, in a fixed order; names that are no text are passed over."""
    names = (other.name for other in folder.iterdir())
    return sorted(name for name in names if name.encode(errors="replace").decode() == name)


def unreadable(error: OSError | ValueError) -> Unfit:
    """Say in words that the system refused to read."""
    reason = getattr(error, "strerror", None) or str(error)
    return Unfit(message("This cannot be read: {reason}.", reason=reason))
