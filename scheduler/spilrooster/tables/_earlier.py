"""Read a programme that an organiser changed, to solve again around the changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spilrooster.problem import Problem
from spilrooster.rules import FixedPlace, NoRun, Pinned, Rule, StayClose
from spilrooster.tables._clashes import find_clashes
from spilrooster.tables._contract import EARLIER, EDITED_PROGRAMME, EDITED_SCHEDULES
from spilrooster.tables._edited import Edited, read_edited
from spilrooster.tables._report import Report
from spilrooster.tables._source import open_source
from spilrooster.tables._written import Written, read_written
from spilrooster_models import Event, InputProblem, Programme, Severity, message
from spilrooster_models.event import SessionId
from spilrooster_models.layout import RoundId


@dataclass(frozen=True)
class Earlier:
    """An earlier programme, and what an organiser wants of the next one.

    Attributes
    ----------
    programme
        What was written before, as far as the event still knows it: what people were told.
    written
        The same in full, with tables and with what the event no longer has.
    runs, places, removed
        How many runs and places of people are fixed, and how many runs were taken out.
    rules
        The same as rules.
    remarks
        What the organiser should know, such as rows that no longer mean anything.
    """

    programme: Programme
    written: Written
    runs: int
    places: int
    removed: int
    rules: tuple[Rule, ...]
    remarks: tuple[InputProblem, ...]

    def stay_close(self, weight: int, level: int = 1) -> StayClose:
        """Return the wish that people keep the places they were told, and runs their rooms."""
        places = (
            (schedule.participant, t, s)
            for schedule in self.programme.schedules
            for t, s in zip(self.programme.rounds, schedule.sessions, strict=True)
            if s is not None
        )
        runs = ((run.session, run.round, run.room) for run in self.programme.runs)
        return StayClose(places=tuple(places), runs=tuple(runs), weight=weight, level=level)


def read_earlier(problem: Problem, path: str | Path) -> Earlier:
    """Read an output folder or a workbook of `programme_workbook`, also after changes by hand.

    Fixed are the rows that say yes in the column ``fixed`` and the rows that were changed since
    they were written; a run whose row is gone does not come back in that round. Nothing else in
    the files has to fit the event any more: people may have come and gone.

    Raises
    ------
    DataError
        If something that is fixed is unknown, or if what is fixed contradicts itself, the runs in
        the file or a rule; it lists everything found.
    """
    source, report = open_source(path), Report()
    columns = [source.as_here(c) for c in (EDITED_PROGRAMME, EDITED_SCHEDULES)]
    files = [source.label(c.name) for c in columns]
    report.expect(files)
    runs, places = (source.table(c, report) for c in columns)
    if runs is None or places is None or not report.is_clean():
        report.check()
        raise AssertionError("a table that cannot be read is reported")
    record = read_written(source)
    edited = read_edited(problem.event, runs, places, record)
    find_clashes(problem, edited, report, files[0])
    report.check()
    _remark(problem.event, edited, record, report, files)
    written = record or edited.said
    return Earlier(
        programme=written.programme(problem.event),
        written=written,
        runs=len(edited.runs),
        places=len(edited.seats),
        removed=sum(map(len, edited.removed.values())),
        rules=tuple(_rules(edited)),
        remarks=tuple(p for p in report.remarks() if p.severity is Severity.NOTE),
    )


def read_told(event: Event, path: str | Path) -> Programme:
    """Return what an output folder or a workbook tells people, tables included.

    What the event no longer has is left out, and who came later has nothing yet.

    Raises
    ------
    DataError
        If there is nothing that can be read.
    """
    source, report = open_source(path), Report()
    columns = (EDITED_PROGRAMME, EDITED_SCHEDULES)
    runs, places = (source.table(c, report) for c in columns)
    report.check()
    if runs is None or places is None:
        raise AssertionError("a table that cannot be read is reported")
    said = read_edited(event, runs, places, None)
    report.check()
    return said.said.programme(event, tables=True)


def read_before(event: Event, folder: str | Path) -> Programme | None:
    """Return the programme before the one in an output folder; None if it is not known."""
    record = read_written(open_source(folder), EARLIER)
    return None if record is None else record.programme(event, tables=True)


def _remark(
    event: Event, edited: Edited, record: Written | None, report: Report, files: list[str]
) -> None:
    """Note what an organiser would miss otherwise."""
    if record is None:
        report.note(
            files[0],
            message("It is not known what was written here: only rows marked as fixed count."),
            message("Keep written.csv, or the hidden sheet written, beside the programme."),
        )
        return
    if edited.dropped:
        what = message(
            "Rows of people were taken out; nothing is fixed there: {count}.", count=edited.dropped
        )
        report.note(files[1], what)
    gone = len(record.strangers(event))
    if gone:
        what = message(
            "The event no longer has some people, sessions, rooms or rounds: {count}.", count=gone
        )
        report.note(files[0], what, message("What they were in is left to the solver."))


def _rules(edited: Edited) -> Iterator[Rule]:
    for run in edited.runs:
        yield Pinned(session=run.session, round=run.round, room=run.room)
    for session, rounds in edited.removed.items():
        yield NoRun(session=session, rounds=tuple(rounds))
    together: defaultdict[tuple[RoundId, SessionId | None], list[str]] = defaultdict(list)
    for seat in edited.seats:
        together[seat.round, seat.session].append(seat.participant)
    for (round_id, there), people in together.items():
        yield FixedPlace(participants=tuple(people), round=round_id, session=there)
