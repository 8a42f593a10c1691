"""Written: what a programme said when it was written, so that later changes can be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from spilrooster.tables._contract import WRITTEN
from spilrooster.tables._csv import Cell, written
from spilrooster.tables._parts import parts_of
from spilrooster.tables._report import Report
from spilrooster.tables._source import Source
from spilrooster.tables._table import Columns
from spilrooster.tables._workbook import Sheet
from spilrooster_models import Event, PersonalSchedule, Programme, Run
from spilrooster_models.event import Language, ParticipantId, SessionId
from spilrooster_models.layout import BlockId, RoomId, RoundId

RUN, PLACE = "run", "place"
_COLUMNS = WRITTEN.required + WRITTEN.optional


@dataclass(frozen=True)
class Named:
    """The ids that a record names."""

    sessions: set[SessionId]
    blocks: set[BlockId]
    rooms: set[RoomId]
    people: set[ParticipantId]


@dataclass(frozen=True)
class Written:
    """Runs with their rooms, and where everybody is in each block: a session, a table or None.

    As in the files, a session over several rounds has one id.
    """

    rooms: dict[tuple[SessionId, RoundId], RoomId]
    places: dict[tuple[ParticipantId, BlockId], str | None]

    @classmethod
    def of(cls, event: Event, programme: Programme | None) -> Written:
        """Return what a programme says; nothing if there is none."""
        if programme is None:
            return cls({}, {})
        first = event.first_part
        places: dict[tuple[str, str], str | None] = {}
        for schedule in programme.schedules:
            p = schedule.participant
            for t, s in zip(programme.rounds, schedule.sessions, strict=True):
                places[p, t] = None if s is None else first[s]
            for block, table in zip(programme.shared, schedule.places, strict=True):
                places[p, block] = table
        held = [(s, t) for s, rounds in programme.rounds_of.items() for t in rounds]
        return cls({(first[s], t): programme.room_of[s, t] for s, t in held}, places)

    @property
    def names(self) -> Named:
        """Every id in it."""
        return Named(
            sessions={s for s, _ in self.rooms} | {p for p in self.places.values() if p},
            blocks={t for _, t in self.rooms} | {block for _, block in self.places},
            rooms=set(self.rooms.values()),
            people={person for person, _ in self.places},
        )

    @property
    def runs(self) -> dict[str, tuple[SessionId, RoundId]]:
        """Session and round of each run, under the id that programme.csv gives it."""
        number: Counter[SessionId] = Counter()
        found = {}
        for session, round_id in self.rooms:  # in order of time
            number[session] += 1
            found[f"{session}-{number[session]}"] = session, round_id
        return found

    def strangers(self, event: Event) -> set[str]:
        """Return the ids that the event does not have (any more)."""
        named, layout = self.names, event.layout
        tables = {table for tables in layout.tables.values() for table in tables}
        return (
            named.sessions - event.sessions_by_id.keys() - tables
            | named.blocks - {block.id for block in event.blocks}
            | named.rooms - layout.rooms_by_id.keys()
            | named.people - event.participants_by_id.keys()
        )

    def programme(self, event: Event, *, tables: bool = False) -> Programme:
        """Return the programme as far as the event still has what it names.

        Who came later has nothing in it yet. Tables and stands only if asked for.
        """
        known, layout = event.sessions_by_id, event.layout
        rooms = {
            (s, t): room
            for (s, t), room in self.rooms.items()
            if s in known and t in layout.round_ids and room in layout.rooms_by_id
        }
        part = parts_of(event, rooms)
        runs = tuple(
            Run(session=part[place], round=place[1], room=room) for place, room in rooms.items()
        )
        shared = tuple(b for b in event.seated if tables and b in self.names.blocks)

        def at(p: str, t: str) -> str | None:
            return part.get((self.places.get((p, t)) or "", t))

        schedules = tuple(
            PersonalSchedule(
                participant=p,
                sessions=tuple(at(p, t) for t in layout.round_ids),
                places=tuple(self.places.get((p, b)) for b in shared),
            )
            for p in event.participants_by_id
        )
        return Programme(rounds=layout.round_ids, runs=runs, schedules=schedules, shared=shared)

    def csv(self, language: Language) -> bytes:
        """Return the record as a CSV file."""
        return written(_COLUMNS, _rows(self), language)


def written_sheet(event: Event, programme: Programme | None) -> Sheet:
    """Return the record as a table."""
    return Sheet(WRITTEN.name, _COLUMNS, list(_rows(Written.of(event, programme))))


def _rows(record: Written) -> Iterator[tuple[Cell, ...]]:
    for (session, round_id), room in record.rooms.items():
        yield RUN, session, round_id, room
    for (participant, block), place in record.places.items():
        yield PLACE, participant, block, place


def read_written(source: Source, columns: Columns = WRITTEN) -> Written | None:
    """Read the record; None if there is none, if it is empty or if it is damaged."""
    if not source.has(columns.name):
        return None
    own = Report()  # what is wrong with it is nothing that an organiser could mend
    table = source.table(columns, own)
    if table is None or not table.numbers or not own.is_clean():
        return None
    record = Written({}, {})
    for row in table:
        who, block, what = row.cell("who"), row.cell("block"), row.cell("what")
        if row.cell("kind") == RUN:
            record.rooms[who, block] = what
        else:
            record.places[who, block] = what or None
    return record
