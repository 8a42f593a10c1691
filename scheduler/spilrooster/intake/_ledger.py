"""Ledger: what became of every row, what is wrong, and what is still to be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Unpack

from spilrooster.intake._draft import Origin
from spilrooster.intake._mapping import OpenQuestion
from spilrooster.tables._report import Place, Report
from spilrooster_models import Message


class Became(StrEnum):
    """What became of a row."""

    TAKEN = "taken"
    IN_PART = "taken in part"
    BLANK = "blank"  # taken, but it chooses nothing
    REPLACED = "replaced"  # by a later answer of the same person
    LEFT_OUT = "left out"  # on purpose: a proposal that was not accepted, say
    UNUSABLE = "unusable"


@dataclass(frozen=True)
class RowOutcome:
    """What became of one row of one file, and whose it was if that is known.

    `value` and `what` say why, unless it was simply taken.
    """

    file: str
    row: int
    kind: str
    became: Became
    participant: str = ""
    value: str = ""
    what: str = ""


@dataclass
class Ledger:
    """Gathers outcomes and problems. Where `lenient`, doubtful rows are left out, not refused."""

    report: Report
    lenient: bool = False
    outcomes: list[RowOutcome] = field(default_factory=list)
    questions: list[OpenQuestion] = field(default_factory=list)

    def doubt(
        self, file: str, what: Message, advice: Message | None = None, **place: Unpack[Place]
    ) -> None:
        """Report something that cannot be used: an error, or a note where `lenient`."""
        tell = self.report.note if self.lenient else self.report.error
        tell(file, what, advice, **place)

    def book(
        self,
        file: str,
        row: int,
        kind: str,
        became: Became,
        *,
        participant: str = "",
        value: str = "",
        what: Message | None = None,
    ) -> None:
        """Note what became of a row."""
        why = "" if what is None else str(what)
        self.outcomes.append(RowOutcome(file, row, kind, became, participant, value, why))

    def leave_out(self, places: Iterable[Origin], what: Message) -> None:
        """Correct what became of rows that were taken, and then left out; say how many."""
        gone = {(place.file, place.row) for place in places}
        for number, outcome in enumerate(self.outcomes):
            if (outcome.file, outcome.row) in gone:
                left = replace(outcome, became=Became.LEFT_OUT, what=str(what))
                self.outcomes[number] = left
        for place in places:
            self.report.note(place.file, what, row=place.row)

    def counts(self, file: str) -> dict[Became, int]:
        """Return how many rows of a file became what."""
        found = Counter(o.became for o in self.outcomes if o.file == file)
        return {became: found[became] for became in Became if found[became]}
