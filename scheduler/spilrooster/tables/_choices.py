"""Choices: long (choices.csv) or wide (preferences.csv) rows become the models' choices.

These are by far the longest tables, so they are handled column by column with pandas.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

import pandas as pd

from spilrooster.tables._contract import CHOICES, PREFERENCES
from spilrooster.tables._facts import Known
from spilrooster.tables._names import Names
from spilrooster.tables._report import Repair, Report
from spilrooster.tables._source import Source
from spilrooster.tables._table import Table, numbered
from spilrooster.tables._text import Unfit
from spilrooster.tables._values import decimal, rank
from spilrooster_models import Choice, InputProblem, Message, message

T = TypeVar("T")

MOST_DECIMALS = 3
PERSON, SESSION, RANK, POINTS = "participant", "session", "rank", "points"
ROW, COLUMN, USABLE = "row", "column", "usable"
"""Of the frames: the spreadsheet's row, the header a session stands under, is all well so far."""


def read_choices(source: Source, known: Known, report: Report) -> tuple[Choice, ...]:
    """Read whichever of the two files is there, in the order of its rows."""
    long, wide = source.has(CHOICES.name), source.has(PREFERENCES.name)
    file = source.label(CHOICES.name)
    if long and wide:
        what = message("There is also {other}.", other=source.label(PREFERENCES.name))
        report.error(file, what, message("Keep one of the two."))
    elif not long and not wide:
        advice = source.lookalike(CHOICES.name) or source.lookalike(PREFERENCES.name)
        report.note(file, message("There are no choices."), advice)
    elif long:
        table = source.table(CHOICES, report)
        return () if table is None else _Reader(table, known).long()
    else:
        table = source.table(PREFERENCES, report)
        return () if table is None else _Reader(table, known).wide()
    return ()


@dataclass(frozen=True)
class _Reader:
    """Reads one table of choices; a row that cannot be used is reported and dropped."""

    table: Table
    known: Known

    @property
    def _report(self) -> Report:
        return self.table.report

    def long(self) -> tuple[Choice, ...]:
        """Read participant, session and rank or points."""
        columns = self.table.columns
        worth = [name for name in (RANK, POINTS) if name in columns]
        if not worth:
            self._report_missing(RANK, message("Add it; 1 is the best choice."))
        if not worth or SESSION not in columns:
            return ()
        empty = [""] * len(self.table.numbers)
        texts = {name: columns.get(name, empty) for name in (PERSON, SESSION, RANK, POINTS)}
        frame = pd.DataFrame({ROW: self.table.numbers, **texts}, dtype=object)
        frame = self._with_one_worth(frame, worth)
        frame = self._known(frame, PERSON, self.known.people, _no_participant())
        frame = self._known(frame, SESSION, self.known.sessions, _no_session())
        frame = self._parsed(self._parsed(frame, RANK, rank), POINTS, decimal)
        frame = self._whole_points(frame[frame[USABLE]])
        frame = self._once(frame)
        self._note_gaps(frame)
        return _choices(frame)

    def wide(self) -> tuple[Choice, ...]:
        """Read participant, choice1, choice2, ...: the number of the column is the rank."""
        ranks = self._numbered_columns()
        if not ranks:
            return ()
        frame = self._one_row_per_person(self._lists(ranks))
        frame = (
            frame.melt(id_vars=[ROW, PERSON, USABLE], var_name=RANK, value_name=SESSION)
            .sort_values([ROW, RANK], kind="stable", ignore_index=True)
            .assign(**{POINTS: None})
        )
        frame = frame[frame[SESSION] != ""]
        frame = frame.assign(**{COLUMN: [ranks[n] for n in frame[RANK]]})
        frame = self._known(frame, SESSION, self.known.sessions, _no_session())
        frame = frame[frame[USABLE]]
        worse = frame.duplicated([PERSON, SESSION])
        self._count_repairs(Repair.CHOSEN_TWICE, frame[worse], SESSION)
        frame = frame[~worse]
        self._note_gaps(frame)
        return _choices(frame)

    def _numbered_columns(self) -> dict[int, str]:
        """Return the columns choice1, choice2, ... under their numbers."""
        ranks: dict[int, str] = {}
        for name in self.table.others:
            number = numbered(PREFERENCES.numbered, name)
            if number in ranks:
                what = message("This column stands here more than once.")
                row = self.table.header_row
                self._report.error(self.table.file, what, row=row, column=name)
            elif number is not None:
                ranks[number] = name
        if not ranks:
            self._report_missing("choice1", message("Add choice1, choice2 and so on."))
        return ranks

    def _lists(self, ranks: dict[int, str]) -> pd.DataFrame:
        """Return the rows with a column per rank."""
        rows = pd.DataFrame({n: self.table.others[name] for n, name in ranks.items()}, dtype=object)
        rows.insert(0, ROW, pd.Series(self.table.numbers, dtype=object))
        rows.insert(1, PERSON, self.table.columns[PERSON])
        return rows.assign(**{USABLE: True})

    def _one_row_per_person(self, rows: pd.DataFrame) -> pd.DataFrame:
        rows = self._known(rows, PERSON, self.known.people, _no_participant())
        again = rows.duplicated(PERSON) & rows[USABLE]
        twice = message("This person stands in another row already.")
        self._errors(rows[again], PERSON, twice, message("Delete one of the two rows."))
        return rows[~again]

    def _report_missing(self, column: str, advice: Message) -> None:
        what = message("This column is missing.")
        row = self.table.header_row
        self._report.error(self.table.file, what, advice, row=row, column=column)

    def _with_one_worth(self, frame: pd.DataFrame, worth: list[str]) -> pd.DataFrame:
        """Mark the rows that have either a rank or points as usable."""
        ranked, pointed = frame[RANK] != "", frame[POINTS] != ""
        neither, both = frame[~ranked & ~pointed], frame[ranked & pointed]
        self._errors(
            neither, worth[0], message("This cell is empty."), message("The best choice is 1.")
        )
        self._errors(both, POINTS, message("A choice has a rank or points, not both."))
        return frame.assign(**{USABLE: ranked ^ pointed})

    def _known(
        self, frame: pd.DataFrame, column: str, names: Names | None, what: Message
    ) -> pd.DataFrame:
        """Put ids in the place of what was written; rows of which nobody knows whom are unusable.

        Every row is looked at, so that a row with two faults is named with both.
        """
        empty = frame[column] == ""
        self._errors(frame[empty], column, message("This cell is empty."), message("Fill it in."))
        if names is None:
            return frame.assign(**{USABLE: frame[USABLE] & ~empty})
        ids = _each(frame[column], names.find)
        respelt = ids.notna() & ~_each(frame[column], names.is_exact).astype(bool)
        self._count_repairs(Repair.SPELLING, frame[respelt], column)
        unknown = frame[ids.isna() & ~empty]
        ambiguous = _each(unknown[column], names.is_ambiguous).astype(bool)
        several = message("Several have this title or id.")
        self._errors(unknown[ambiguous], column, several, message("Write the exact id."))
        self._errors(unknown[~ambiguous], column, what, names.advice)
        return frame.assign(**{column: ids, USABLE: frame[USABLE] & ids.notna()})

    def _parsed(self, frame: pd.DataFrame, column: str, parse: Callable[[str], T]) -> pd.DataFrame:
        """Put numbers in the place of texts, None where there is none; unfit rows are unusable."""
        unfit: dict[str, Unfit] = {}

        def read(text: str) -> T | None:
            try:
                return parse(text) if text else None
            except Unfit as error:
                unfit[text] = error
                return None

        numbers = _each(frame[column], read)
        wrong = frame[column].isin(list(unfit))
        self._errors(
            frame[wrong], column, lambda text: unfit[text].what, lambda text: unfit[text].advice
        )
        return frame.assign(**{column: numbers, USABLE: frame[USABLE] & ~wrong})

    def _whole_points(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Multiply all points by 10, 100 or 1000 if some have decimals."""
        points: list[Decimal] = [p.normalize() for p in frame[POINTS].dropna().unique()]
        decimals = max((-int(p.as_tuple().exponent) for p in points), default=0)
        if decimals > 0 and frame[RANK].notna().any():
            mixed = message("Ranks and points with decimals cannot be mixed.")
            self._errors(frame[frame[RANK].notna()].head(1), RANK, mixed, message("Use one kind."))
        if decimals > MOST_DECIMALS:
            long = frame[_each(frame[POINTS], lambda p: _decimals(p) > MOST_DECIMALS).astype(bool)]
            advice = message("Use at most {count}.", count=MOST_DECIMALS)
            self._errors(long, POINTS, message("These points have too many decimals."), advice)
            return frame[0:0]
        factor = 10 ** max(0, decimals)
        if factor > 1:
            what = message("All points were multiplied by {factor} to be whole.", factor=factor)
            self._report.note(self.table.file, what, column=POINTS)
        return frame.assign(**{POINTS: _each(frame[POINTS], lambda p: _scaled(p, factor))})

    def _once(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Keep one row per person and session; two different worths are nobody's to choose."""
        repeated = frame.duplicated([PERSON, SESSION, RANK, POINTS])
        self._count_repairs(Repair.REPEATED_ROWS, frame[repeated], SESSION)
        frame = frame[~repeated]
        again = frame[frame.duplicated([PERSON, SESSION])]
        self._errors(
            again,
            SESSION,
            message("This person gave this session another rank or other points before."),
            message("Delete one of the two rows."),
        )
        return frame.drop(index=again.index)

    def _note_gaps(self, frame: pd.DataFrame) -> None:
        """Tell of people whose ranks leave one out, which is allowed."""
        ranked = frame[frame[RANK].notna()]
        if ranked.empty:
            return
        ranks = ranked[RANK].astype("int64").groupby(ranked[PERSON].tolist(), sort=False)
        gaps = ranks.max() > ranks.size()
        if gaps.any():
            first = ranked[ranked[PERSON].isin(gaps.index[gaps])].iloc[0]
            what = message(
                "The ranks of some people skip a number; they were kept. People: {count}.",
                count=int(gaps.sum()),
            )
            self._report.note(self.table.file, what, row=int(first[ROW]), column=PERSON,
                              value=str(first[PERSON]))  # fmt: skip

    def _errors(
        self,
        rows: pd.DataFrame,
        column: str,
        what: Message | Callable[[str], Message],
        advice: Message | Callable[[str], Message | None] | None = None,
    ) -> None:
        """Report an error per row; `what` and `advice` may depend on the cell."""

        def make(place: tuple[int, str, object]) -> InputProblem:
            number, header, value = place
            text = "" if value is None else str(value)
            return InputProblem(
                file=self.table.file,
                row=number,
                column=header,
                value=text or None,
                what=what(text) if callable(what) else what,
                advice=advice(text) if callable(advice) else advice,
            )

        headers = rows[COLUMN].tolist() if COLUMN in rows else [column] * len(rows)
        places = list(zip(rows[ROW].tolist(), headers, rows[column].tolist(), strict=True))
        self._report.add_errors(self.table.file, places, make)

    def _count_repairs(self, kind: Repair, rows: pd.DataFrame, column: str) -> None:
        if not rows.empty:
            first = rows.iloc[0]
            self._report.repaired(
                kind, self.table.file, row=int(first[ROW]), column=column,
                value=str(first[column]), count=len(rows),
            )  # fmt: skip


def _no_participant() -> Message:
    return message("No participant has this id.")


def _no_session() -> Message:
    return message("No session has this id or title.")


def _each(cells: pd.Series, function: Callable[..., object]) -> pd.Series:
    """Apply a function once per different cell; None stays None."""
    made = {cell: function(cell) for cell in cells.unique()}
    return pd.Series([made[cell] for cell in cells], index=cells.index, dtype=object)


def _decimals(points: Decimal | None) -> int:
    return 0 if points is None else -int(points.normalize().as_tuple().exponent)


def _scaled(points: Decimal | None, factor: int) -> int | None:
    return None if points is None else int(points * factor)


def _choices(frame: pd.DataFrame) -> tuple[Choice, ...]:
    columns = (frame[name].tolist() for name in (PERSON, SESSION, RANK, POINTS))
    return tuple(
        Choice(participant=person, session=session, rank=place, points=points)
        for person, session, place, points in zip(*columns, strict=True)
    )
