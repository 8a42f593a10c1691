"""Report: everything found while reading, gathered in one list in the order of the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypedDict, TypeVar, Unpack

from spilrooster_models import DataError, InputProblem, Message, Severity, message

MOST_PER_FILE = 1_000  # problems kept; the others are only counted
LONGEST_VALUE = 200  # characters shown of an offending cell

T = TypeVar("T")


class Repair(Enum):
    """A kind of mending that is safe; each is reported once per file, with how often."""

    SPACES = auto()
    SPELLING = auto()
    WHOLE_NUMBERS = auto()
    SHORT_ROWS = auto()
    BLANK_ROWS = auto()
    REPEATED_ROWS = auto()
    REPEATED_IN_LIST = auto()
    CHOSEN_TWICE = auto()


_IN_WORDS: dict[Repair, Callable[[int], Message]] = {
    Repair.SPACES: lambda n: message(
        "Stray spaces or invisible characters were removed; cells: {count}.", count=n
    ),
    Repair.SPELLING: lambda n: message(
        "An id or title was recognised although its capitals or spaces differ; cells: {count}.",
        count=n,
    ),
    Repair.WHOLE_NUMBERS: lambda n: message(
        "An id such as 7.0 was read as 7; cells: {count}.", count=n
    ),
    Repair.SHORT_ROWS: lambda n: message(
        "A row with fewer cells than the header was filled up with empty cells; rows: {count}.",
        count=n,
    ),
    Repair.BLANK_ROWS: lambda n: message("An empty row was skipped; rows: {count}.", count=n),
    Repair.REPEATED_ROWS: lambda n: message(
        "A row that repeats an earlier one was skipped; rows: {count}.", count=n
    ),
    Repair.REPEATED_IN_LIST: lambda n: message(
        "Something that stands twice in one list was read once; cells: {count}.", count=n
    ),
    Repair.CHOSEN_TWICE: lambda n: message(
        "A session chosen twice by one person keeps its best place; rows: {count}.", count=n
    ),
}


@dataclass
class _Mended:
    """One kind of repair in one file: how often, and where first."""

    row: int | None
    column: str | None
    value: str | None
    count: int = 0


class Place(TypedDict, total=False):
    """Where in a file something stands: row and column as in a spreadsheet, and the cell."""

    row: int | None
    column: str | None
    value: str | None


class Report:
    """Collects problems, repairs and notes; `check` raises what cannot be used."""

    def __init__(self) -> None:
        self._order: dict[str, int] = {}
        self._problems: list[InputProblem] = []
        self._kept: Counter[tuple[str, Severity]] = Counter()
        self._left_out: Counter[tuple[str, Severity]] = Counter()
        self._mended: dict[tuple[str, Repair], _Mended] = {}

    def expect(self, files: Iterable[str]) -> None:
        """Fix the order in which the problems of these files are listed."""
        for file in files:
            self._order.setdefault(file, len(self._order))

    def add(self, problem: InputProblem) -> None:
        """Take in a problem; beyond `MOST_PER_FILE` it is only counted."""
        kind = (problem.file, problem.severity)
        if self._kept[kind] >= MOST_PER_FILE:
            self._left_out[kind] += 1
            return
        self._kept[kind] += 1
        if problem.value is not None and len(problem.value) > LONGEST_VALUE:
            problem = problem.model_copy(update={"value": f"{problem.value[:LONGEST_VALUE]}…"})
        self._problems.append(problem)

    def error(
        self, file: str, what: Message, advice: Message | None = None, **place: Unpack[Place]
    ) -> None:
        """Take in something that makes the input unusable."""
        self.add(InputProblem(file=file, what=what, advice=advice, **place))

    def note(
        self, file: str, what: Message, advice: Message | None = None, **place: Unpack[Place]
    ) -> None:
        """Take in something that is usable as it is, but worth knowing."""
        note = InputProblem(file=file, what=what, advice=advice, **place)
        self.add(note.model_copy(update={"severity": Severity.NOTE}))

    def add_errors(self, file: str, items: Sequence[T], make: Callable[[T], InputProblem]) -> None:
        """Take in an error per item, making no more of them than are kept."""
        room = max(0, MOST_PER_FILE - self._kept[file, Severity.ERROR])
        for item in items[:room]:
            self.add(make(item))
        self._left_out[file, Severity.ERROR] += len(items[room:])

    def is_full(self, file: str) -> bool:
        """Whether further errors of this file are only counted, so need no careful wording."""
        return self._kept[file, Severity.ERROR] >= MOST_PER_FILE

    def repaired(
        self,
        kind: Repair,
        file: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
        count: int = 1,
    ) -> None:
        """Count a repair; the first of its kind in a file says where."""
        mended = self._mended.setdefault((file, kind), _Mended(row, column, value))
        mended.count += count

    def is_clean(self, *files: str) -> bool:
        """Whether none of these files, or of all if none is named, has an error so far."""
        named = files or tuple(file for file, _ in self._kept)
        return not any(self._kept[file, Severity.ERROR] for file in named)

    def check(self) -> None:
        """Raise DataError with every error found, if there is one."""
        if errors := self.errors():
            raise DataError(errors)

    def errors(self) -> tuple[InputProblem, ...]:
        """Return every error found, in the order of the files."""
        errors = [p for p in self._problems if p.severity is Severity.ERROR]
        return self._in_order(errors, self._summaries(Severity.ERROR))

    def remarks(self) -> tuple[InputProblem, ...]:
        """Return the repairs and notes, in the order of the files."""
        notes = [p for p in self._problems if p.severity is Severity.NOTE]
        repairs = [
            InputProblem(
                severity=Severity.REPAIRED,
                file=file,
                row=mended.row,
                column=mended.column,
                value=None if mended.value is None else mended.value[:LONGEST_VALUE],
                what=_IN_WORDS[kind](mended.count),
            )
            for (file, kind), mended in self._mended.items()
        ]
        return self._in_order(repairs + notes, self._summaries(Severity.NOTE))

    def _summaries(self, severity: Severity) -> list[InputProblem]:
        return [
            InputProblem(
                severity=severity,
                file=file,
                what=message("There are {count} more problems in this file.", count=count),
            )
            for (file, kind), count in self._left_out.items()
            if kind is severity and count
        ]

    def _in_order(
        self, problems: Iterable[InputProblem], summaries: Iterable[InputProblem]
    ) -> tuple[InputProblem, ...]:
        """Sort by file and row; each file's summary comes behind its problems."""
        last = len(self._order)
        by_row = [*sorted(problems, key=lambda p: p.row or 0), *summaries]
        return tuple(sorted(by_row, key=lambda p: (self._order.get(p.file, last), p.file)))
