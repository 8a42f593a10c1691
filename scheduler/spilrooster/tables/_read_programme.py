"""Read a programme back from programme.csv and schedules.csv, and compare the two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spilrooster.problem import Problem
from spilrooster.tables._contract import PROGRAMME, SCHEDULES
from spilrooster.tables._frames import ResultFrames
from spilrooster.tables._labels import Labels
from spilrooster.tables._names import Names
from spilrooster.tables._output import ranks_of
from spilrooster.tables._parts import parts_of
from spilrooster.tables._report import Report
from spilrooster.tables._source import open_source
from spilrooster.tables._table import Row, Table
from spilrooster.tables._values import whole
from spilrooster_models import (
    Event,
    Message,
    PersonalSchedule,
    Programme,
    Run,
    SharedBlock,
    message,
)

Place = tuple[str, str]
"""(participant, round) of a schedule, or (session, round) of a run."""


def read_programme(problem: Problem, path: str | Path | ResultFrames) -> Programme:
    """Read a programme that `write_output` or another tool wrote.

    The columns seats, attending, room (of schedules) and rank follow from the others; they may be
    missing or empty, but must not contradict. Whether the programme keeps the rules is not judged
    here but by `check`.

    Parameters
    ----------
    path
        An output folder, a workbook with the sheets programme and schedules, or DataFrames.

    Raises
    ------
    DataError
        If something does not fit into a programme of this event; it lists everything found.
    """
    source, report = open_source(path), Report()
    tables = [source.as_here(columns) for columns in (PROGRAMME, SCHEDULES)]
    report.expect(source.label(columns.name) for columns in tables)
    runs, places = (source.table(columns, report) for columns in tables)
    reader = _Reader(problem, _Ids.of(problem.event), report)
    programme = reader.programme(runs, places)
    report.check()
    return programme


@dataclass(frozen=True)
class _Ids:
    """Everything that a programme can name."""

    sessions: Names
    rounds: Names
    blocks: Names
    rooms: Names
    people: Names
    tables: dict[str, Names]

    @classmethod
    def of(cls, event: Event) -> _Ids:
        titles = [(s.title, s.id) for s in event.sessions]
        labels = Labels.of(event)
        return cls(
            sessions=Names(
                event.sessions_by_id, [*titles, *labels.of_sessions.pairs], by_title=True
            ),
            rounds=Names(event.layout.round_ids, labels.of_blocks.pairs, by_title=True),
            blocks=Names((b.id for b in event.blocks), labels.of_blocks.pairs, by_title=True),
            rooms=Names(event.layout.rooms_by_id, labels.of_rooms.pairs, by_title=True),
            people=Names(event.participants_by_id),
            tables={block: Names(tables) for block, tables in event.layout.tables.items()},
        )


@dataclass(frozen=True)
class _Reader:
    problem: Problem
    ids: _Ids
    report: Report

    def programme(self, runs: Table | None, places: Table | None) -> Programme:
        """Return the programme as far as it could be read."""
        held = {} if runs is None else self._in_parts(self._runs(runs))
        sessions, tables, rows = ({}, {}, {}) if places is None else self._places(places)
        part_of = {(self.problem.event.first_part[s], t): s for s, t in held}
        for (p, t), session in sessions.items():
            sessions[p, t] = part_of.get((session or "", t), session)
        if places is not None and self.report.is_clean(places.file):
            self._find_missing(places, sessions)
        everybody = dict.fromkeys(p for p, _ in sessions)
        event = self.problem.event
        rounds = event.layout.round_ids
        programme = Programme(
            rounds=rounds,
            runs=tuple(run for run, _ in held.values()),
            schedules=tuple(
                PersonalSchedule(
                    participant=p,
                    sessions=tuple(sessions.get((p, t)) for t in rounds),
                    places=tuple(tables.get((p, block)) for block in event.seated),
                )
                for p in everybody
            ),
            shared=event.seated,
        )
        if self.report.is_clean():
            self._compare(programme, [row for _, row in held.values()], rows)
        return programme

    def _runs(self, table: Table) -> dict[Place, tuple[Run, Row]]:
        """Read the runs, with the row of each."""
        table.define("run")
        held: dict[Place, tuple[Run, Row]] = {}
        for row in table:
            session = _needed(row, "session", self.ids.sessions, message("No session has this id."))
            round_id = _needed(row, "round", self.ids.rounds, message("No round has this id."))
            room = _needed(row, "room", self.ids.rooms, message("No room has this id."))
            if session is None or round_id is None or room is None:
                continue
            if (session, round_id) in held:
                first = held[session, round_id][1].number
                what = message("This session runs in this round already, in row {row}.", row=first)
                row.error("session", what, message("Delete one of the two rows."))
                continue
            held[session, round_id] = Run(session=session, round=round_id, room=room), row
        return held

    def _in_parts(self, held: dict[Place, tuple[Run, Row]]) -> dict[Place, tuple[Run, Row]]:
        """Tell the parts of sessions over several rounds apart: they share an id in the file."""
        part = parts_of(self.problem.event, held)
        found: dict[Place, tuple[Run, Row]] = {}
        for (session, t), (run, row) in held.items():
            own = part[session, t]
            found[own, t] = run.model_copy(update={"session": own}), row
        return found

    def _places(
        self, table: Table
    ) -> tuple[dict[Place, str | None], dict[Place, str | None], dict[Place, Row]]:
        """Read who is at which session in each round and at which table in each shared block.

        Returns both, and the row of each. Shared blocks without tables are only tested.
        """
        blocks = self.problem.event.blocks
        shared = {block.id for block in blocks if isinstance(block, SharedBlock)}
        sessions: dict[Place, str | None] = {}
        tables: dict[Place, str | None] = {}
        rows: dict[Place, Row] = {}
        for row in table:
            person = _needed(
                row, "participant", self.ids.people, message("No participant has this id.")
            )
            block = _needed(row, "round", self.ids.blocks, message("No round has this id."))
            if person is None or block is None:
                continue
            if (person, block) in rows:
                first = rows[person, block].number
                what = message(
                    "This person has a place in this round already, in row {row}.", row=first
                )
                row.error("round", what, message("Delete one of the two rows."))
                continue
            rows[person, block] = row
            if block not in shared:
                what = message("No session has this id.")
                sessions[person, block] = row.one_id("session", self.ids.sessions, what)
            elif block in self.ids.tables:
                what = message("No table or stand of this block has this name.")
                tables[person, block] = row.one_id("room", self.ids.tables[block], what)
        return sessions, tables, rows

    def _find_missing(self, table: Table, sessions: dict[Place, str | None]) -> None:
        event = self.problem.event
        for p in event.participants_by_id:
            missing = [t for t in event.layout.round_ids if (p, t) not in sessions]
            if missing:
                what = message("This person has no row for {rounds}.", rounds=", ".join(missing))
                advice = message("Add it; leave the session empty if they are free.")
                self.report.error(table.file, what, advice, column="participant", value=p)

    def _compare(self, programme: Programme, runs: list[Row], rows: dict[Place, Row]) -> None:
        """Report every figure that contradicts what it follows from."""
        event = self.problem.event
        for run, row in zip(programme.runs, runs, strict=True):
            seats = event.layout.rooms_by_id[run.room].seats
            _compare_number(
                row, "seats", seats, message("This room has {count} seats.", count=seats)
            )
            people = len(programme.audience(event, run.session, run.round))
            _compare_number(
                row, "attending", people,
                message("The schedules have {count} people in the audience.", count=people),
            )  # fmt: skip
        for place, session in _attendances(programme):
            self._compare_place(programme, place, session, rows[place])

    def _compare_place(
        self, programme: Programme, place: Place, session: str | None, row: Row
    ) -> None:
        person, round_id = place
        given = row.one_id("room", self.ids.rooms, message("No room has this id."))
        room = None if session is None else programme.room_of.get((session, round_id))
        if given is not None and room is not None and given != room:
            row.error("room", message("The programme has this run in room {room}.", room=room))
        if given is not None and session is None:
            row.error("room", message("Somebody who is free is in no room."))
        rank = None if session is None else ranks_of(self.problem, person).get(session)
        if rank is None and row.cell("rank"):
            row.error("rank", message("This session was no ranked choice of this person."))
        elif rank is not None:
            _compare_number(row, "rank", rank, message("They gave it rank {count}.", count=rank))


def _needed(row: Row, column: str, names: Names, what: Message) -> str | None:
    return None if row.required(column) is None else row.one_id(column, names, what)


def _compare_number(row: Row, column: str, expected: int, what: Message) -> None:
    given = row.read(column, whole)
    if given is not None and given != expected:
        row.error(column, what, message("Correct it, or leave it empty."))


def _attendances(programme: Programme) -> Iterator[tuple[Place, str | None]]:
    for schedule in programme.schedules:
        for round_id, session in zip(programme.rounds, schedule.sessions, strict=True):
            yield (schedule.participant, round_id), session
