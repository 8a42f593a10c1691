"""Read an event: files or sheets in, a Problem out, or every reason why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from spilrooster.problem import Problem
from spilrooster.rules import Rule
from spilrooster.tables import _sense as sense
from spilrooster.tables._choices import read_choices
from spilrooster.tables._contract import (
    CHOICES,
    EVENT_TABLES,
    PARTICIPANTS,
    PREFERENCES,
    ROOMS,
    ROUNDS,
    RULES,
    SESSIONS,
    TABLES,
)
from spilrooster.tables._facts import (
    Known,
    blocks_of,
    longest_stretch,
    participants_of,
    places_of,
    rooms_of,
    sessions_of,
)
from spilrooster.tables._frames import EventFrames
from spilrooster.tables._names import Names
from spilrooster.tables._report import Report
from spilrooster.tables._rules import GivenRule, read_rules, unknown_ids
from spilrooster.tables._settings import Settings, label_of, read_settings
from spilrooster.tables._source import AnySource, open_source
from spilrooster.tables._table import Table
from spilrooster_models import (
    Event,
    InputProblem,
    Layout,
    Room,
    Round,
    SharedBlock,
    SharedPlace,
    message,
)


def read(path: str | Path | EventFrames) -> Problem:
    """Read an event folder, workbook or DataFrames.

    Parameters
    ----------
    path
        A folder with event.toml, rounds.csv, rooms.csv, sessions.csv, participants.csv,
        choices.csv (or preferences.csv) and perhaps tables.csv, or an .xlsx workbook with sheets
        of these names, in which the sheet event has the columns key and value and the sheet rules,
        if there is one, the columns rule, field and value. Or `EventFrames`.

    Raises
    ------
    DataError
        If anything cannot be used; it lists everything found, in the order of the files.
    """
    return read_with_report(path)[0]


def read_with_report(
    path: str | Path | EventFrames,
) -> tuple[Problem, tuple[InputProblem, ...]]:
    """Read an event as `read` does; also return what was repaired or is worth knowing."""
    source, report = open_source(path), Report()
    report.expect(_labels(source))
    problem = _Reader(source, report).problem()
    report.check()
    assert problem is not None  # without errors there is an event
    return problem, report.remarks()


def _labels(source: AnySource) -> list[str]:
    tables = [source.label(columns.name) for columns in EVENT_TABLES]
    return [label_of(source), source.label(RULES), *tables]


class _Reader:
    """Reads the tables in the order in which they refer to each other."""

    def __init__(self, source: AnySource, report: Report) -> None:
        self._source = source
        self._report = report
        self._settings: Settings = read_settings(source, report)
        self._tables = {
            columns.name: source.table(columns, report)
            for columns in (ROUNDS, ROOMS, SESSIONS, PARTICIPANTS)
        }
        self._places = source.table(TABLES, report) if source.has(TABLES.name) else None

    def problem(self) -> Problem | None:
        """Return the problem, or None if the report has an error."""
        event = self._event()
        rules = self._rules(event)
        if event is None:
            return None
        self._check_sense(event)
        if not self._report.is_clean():
            return None
        return Problem.of(event, rules)

    def _event(self) -> Event | None:
        """Return the event as far as it could be read; None if a whole table is missing."""
        rounds, rooms, sessions, people = self._tables.values()
        self._refuse_empty()
        blocks = () if rounds is None else blocks_of(rounds, self._settings.date)
        known = Known(rounds=_names(rounds, [(b.id, "") for b in blocks if isinstance(b, Round)]))
        known.longest = longest_stretch(blocks, self._settings.date)
        known.shared = _names(
            rounds, [(b.id, b.name) for b in blocks if isinstance(b, SharedBlock)]
        )
        self._refuse_no_rounds(blocks)
        all_rooms = () if rooms is None else rooms_of(rooms, known)
        known.rooms = _names(rooms, [(r.id, r.name) for r in all_rooms])
        everybody = () if people is None else participants_of(people, known)
        names = [(p.id, p.name) for p in everybody]
        groups = dict.fromkeys(group for p in everybody for group in p.groups)
        known.people = _names(people, names)
        known.invited = _names(people, [*names, *((group, "") for group in groups)])
        offered = () if sessions is None else sessions_of(sessions, known)
        known.sessions = _names(
            sessions, [(s.id, s.title) for s in offered if not s.continues], by_title=True
        )
        places = () if self._places is None else places_of(self._places, known)
        choices = read_choices(self._source, known, self._report)
        if any(table is None for table in self._tables.values()):
            return None
        return Event(
            name=self._settings.name,
            date=self._settings.date,
            timezone=self._settings.timezone,
            language=self._settings.language,
            show_presenters=self._settings.show_presenters,
            website=self._settings.website,
            only_with_session=self._settings.only_with_session,
            layout=_layout(all_rooms, blocks, places),
            sessions=offered,
            participants=everybody,
            choices=choices,
        )

    def _refuse_empty(self) -> None:
        for table in self._tables.values():
            if table is not None and not table.numbers:
                what = message("There are no rows under the header.")
                self._report.error(table.file, what, message("Fill in at least one."))

    def _refuse_no_rounds(self, blocks: tuple[Round | SharedBlock, ...]) -> None:
        if blocks and not any(isinstance(block, Round) for block in blocks):
            what = message("There is no round of kind sessions.")
            self._report.error(self._label(ROUNDS.name), what, column="kind")

    def _rules(self, event: Event | None) -> list[Rule]:
        label, points = label_of(self._source), self._settings.points
        made = read_rules(self._settings.rules, self._report)
        if points is not None:
            if any(rule.rule == points.rule for _, rule in made):
                what = message("The points stand in points and in the rule choices.")
                advice = message("Keep one of the two.")
                self._report.error(label, what, advice, column="points")
            made.insert(0, (GivenRule(label, {"rule": points.rule}), points))
        if event is not None:
            for problem in unknown_ids(made, event, _everything(event)):
                self._report.add(problem)
        return [rule for _, rule in made]

    def _check_sense(self, event: Event) -> None:
        """Run each check whose tables have no errors, so that no error causes another."""
        clean = {
            columns.name: self._report.is_clean(self._label(columns.name))
            for columns in EVENT_TABLES
        }
        for check, tables in sense.CHECKS:
            if all(clean[name] for name in tables):
                self._take(check(event))

    def _take(self, remarks: Iterator[sense.Remark]) -> None:
        for remark in remarks:
            tables = {**self._tables, TABLES.name: self._places}
            table = tables.get(remark.table)
            row = None if table is None or remark.about is None else table.row_of[remark.about]
            self._report.add(_problem(remark, self._label(remark.table), row))

    def _label(self, name: str) -> str:
        if name == CHOICES.name and not self._source.has(name):
            name = PREFERENCES.name
        return self._source.label(name)


def find_problems(event: Event) -> tuple[InputProblem, ...]:
    """Return what `read` would say of facts that were made in code: errors, then notes.

    That ids exist and are used once is checked when an `Event` is made; this is about what each
    fact allows and all of them together cannot be. The files of the problems are names of tables.
    """
    report = Report()
    report.expect(columns.name for columns in EVENT_TABLES)
    for check, _ in sense.CHECKS:
        for remark in check(event):
            report.add(_problem(remark, remark.table, None))
    return (*report.errors(), *report.remarks())


def _problem(remark: sense.Remark, file: str, row: int | None) -> InputProblem:
    return InputProblem(
        severity=remark.severity,
        file=file,
        row=row,
        column=remark.column,
        value=remark.value or remark.about,
        what=remark.what,
        advice=remark.advice,
    )


def _names(
    table: Table | None, ids: Iterable[tuple[str, str]], *, by_title: bool = False
) -> Names | None:
    """Return the names of (id, title) pairs; None where the table could not be read."""
    pairs = list(ids)
    if table is None:
        return None
    return Names((i for i, _ in pairs), [(title, i) for i, title in pairs], by_title=by_title)


def _layout(
    rooms: tuple[Room, ...],
    blocks: tuple[Round | SharedBlock, ...],
    places: tuple[SharedPlace, ...],
) -> Layout:
    return Layout(
        rooms=rooms,
        rounds=tuple(b for b in blocks if isinstance(b, Round)),
        shared_blocks=tuple(b for b in blocks if isinstance(b, SharedBlock)),
        places=places,
    )


def _everything(event: Event) -> Names:
    """Return all ids of the event, for suggestions in rules."""
    ids = [*event.sessions_by_id, *event.layout.round_ids, *event.layout.rooms_by_id]
    ids += [*event.participants_by_id, *event.groups]
    titles = [(s.title, s.id) for s in event.sessions]
    return Names(ids, titles)
