"""The errors that spilrooster raises on purpose.

SpilroosterError
├── DataError       the input is unusable; carries every problem found, not only the first
│   └── UnknownId   an id that nothing bears
└── NoProgramme     a result was required to hold a programme and holds none
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from spilrooster_models.message import Message


class Severity(StrEnum):
    """How bad a problem in the input is."""

    ERROR = "error"  # cannot be used; somebody has to mend it
    REPAIRED = "repaired"  # mended safely while reading; reported so that nobody is surprised
    NOTE = "note"  # usable as it is, but worth knowing


class InputProblem(BaseModel):
    """One thing wrong with the input: where it stands, what is wrong and what to do.

    `row` counts as a spreadsheet does: the header is row 1, the first line of data row 2. In a
    DataFrame it is the position, as in `iloc`: the first row is row 0.
    It is None where the problem is about a whole file. `value` is the offending cell's text.
    """

    model_config = ConfigDict(frozen=True)

    severity: Severity = Severity.ERROR
    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    what: Message
    advice: Message | None = None

    @property
    def place(self) -> str:
        """File, row and column in one phrase, such as ``choices.csv, row 7, column rank``."""
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        value = "" if self.value is None else f" ({self.value!r})"
        advice = "" if self.advice is None else f" {self.advice}"
        return f"{self.place}{value}: {self.what}{advice}"


class SpilroosterError(Exception):
    """The root of every error that spilrooster raises on purpose."""


class DataError(SpilroosterError):
    """The input is unusable. `problems` holds all that was found, in file order."""

    def __init__(self, problems: Iterable[InputProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[DataError], tuple[tuple[InputProblem, ...]]]:
        """Keep the problems when the error comes out of another process."""
        return type(self), (self.problems,)


class UnknownId(DataError):
    """The input names something that does not exist."""


class NoProgramme(SpilroosterError):
    """A result was required to hold a programme but its status says why it has none."""
