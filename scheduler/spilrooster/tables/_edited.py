"""Edited: the rows of a programme that somebody changed or marked, and what the others say."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace

from spilrooster.tables._labels import BETWEEN, Labels, translations
from spilrooster.tables._names import Names
from spilrooster.tables._parts import parts_of
from spilrooster.tables._table import Row, Table
from spilrooster.tables._text import key
from spilrooster.tables._written import Written
from spilrooster_models import Event, Message, message
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import BlockId, RoomId, RoundId

YES, NO = message("yes"), message("no")
_YES = {"y", "j", "x", "1", "true", "waar", *translations(YES)}
_NO = {"", "n", "0", "false", "onwaar", *translations(NO)}


@dataclass(frozen=True)
class FixedRun:
    """A run that has to be there; without a room it may be in any."""

    row: Row
    session: SessionId
    round: RoundId
    room: RoomId | None


@dataclass(frozen=True)
class FixedSeat:
    """Where somebody has to be in a round; without a session they are free."""

    row: Row
    participant: ParticipantId
    round: RoundId
    session: SessionId | None


@dataclass
class Edited:
    """What an organiser wants to keep, and everything that the file says.

    Attributes
    ----------
    runs, seats
        What was changed or marked.
    removed
        The rounds in which a run of each session was taken out.
    dropped
        How many rows of people are gone: they fix nothing.
    rooms, places
        What the file says, as in `Written`.
    """

    runs: list[FixedRun] = field(default_factory=list)
    seats: list[FixedSeat] = field(default_factory=list)
    removed: dict[SessionId, list[RoundId]] = field(default_factory=dict)
    dropped: int = 0
    rooms: dict[tuple[SessionId, RoundId], RoomId | None] = field(default_factory=dict)
    places: dict[tuple[ParticipantId, BlockId], str | None] = field(default_factory=dict)

    @property
    def said(self) -> Written:
        """What the file says; runs without a room are left out."""
        rooms = {place: room for place, room in self.rooms.items() if room is not None}
        return Written(rooms, self.places)


def read_edited(event: Event, runs: Table, places: Table, written: Written | None) -> Edited:
    """Read both tables; whatever is fixed and cannot be used is reported.

    `written` is what stood there before; None if that is not known.
    """
    reader = _Reader(event, written)
    reader.read_runs(runs)
    reader.read_places(places)
    return reader.in_parts()


class _Reader:
    """Finds what rows mean, by what the event knows and by what was written."""

    def __init__(self, event: Event, written: Written | None) -> None:
        self.event, self.written, self.edited = event, written, Edited()
        record = written or Written({}, {})
        labels = Labels.of(event)
        titles = [(s.title, s.id) for s in event.sessions]
        old = record.names
        blocks = {block.id: block.name for block in event.blocks}
        self.sessions = _names(
            event.sessions_by_id, old.sessions, (*titles, *labels.of_sessions.pairs)
        )
        self.blocks = _names(blocks, old.blocks, labels.of_blocks.pairs)
        self.rooms = _names(event.layout.rooms_by_id, old.rooms, labels.of_rooms.pairs)
        self.people = _names(event.participants_by_id, old.people, ())

    def read_runs(self, table: Table) -> None:
        """Read the runs, and find out which are gone."""
        rows: dict[tuple[str, str], Row] = {}
        for row in table:
            session, block = _id(row, "session", self.sessions), _id(row, "round", self.blocks)
            room, fixed = _id(row, "room", self.rooms), _mark(row)
            if session is None and block is None and room is None:
                continue
            if session is None or block is None:
                row.required("session")
                row.required("round")
                continue
            if (session, block) in rows:
                first = rows[session, block].number
                what = message("This session runs in this round already, in row {row}.", row=first)
                row.error("session", what, message("Delete one of the two rows."))
                continue
            rows[session, block] = row
            self.edited.rooms[session, block] = room
            if fixed or self._is_new_run(session, block, room):
                self._fix_run(row, session, block, room)
        self._find_removed({row.cell("run") for row in table})

    def in_parts(self) -> Edited:
        """Return what was read, with the parts of sessions over several rounds told apart."""
        found, event = self.edited, self.event
        known = {place for place in found.rooms if place[1] in event.layout.round_ids}
        part = parts_of(event, known)
        found.runs = [replace(r, session=part[r.session, r.round]) for r in found.runs]
        found.seats = [
            replace(s, session=part.get((s.session or "", s.round), s.session)) for s in found.seats
        ]
        before = parts_of(event, self.written.rooms) if self.written else {}
        removed = [(s, t) for s, rounds in found.removed.items() for t in rounds]
        found.removed = {}
        for session, t in removed:
            found.removed.setdefault(before[session, t], []).append(t)
        return found

    def _is_new_run(self, session: str, block: str, room: str | None) -> bool:
        return self.written is not None and self.written.rooms.get((session, block), "") != room

    def _fix_run(self, row: Row, session: str, block: str, room: str | None) -> None:
        layout = self.event.layout
        checks = (
            _known(row, "session", session, self.event.sessions_by_id, self.sessions, NO_SESSION),
            _known(row, "round", block, layout.round_ids, self.blocks, NO_ROUND),
            room is None or _known(row, "room", room, layout.rooms_by_id, self.rooms, NO_ROOM),
        )
        if all(checks):
            self.edited.runs.append(FixedRun(row, session, block, room))

    def _find_removed(self, runs: set[str]) -> None:
        """Find the runs of which neither the place nor the id is there any more."""
        for run, (session, block) in (self.written.runs if self.written else {}).items():
            known = session in self.event.sessions_by_id and block in self.event.layout.round_ids
            if known and run not in runs and (session, block) not in self.edited.rooms:
                self.edited.removed.setdefault(session, []).append(block)

    def read_places(self, table: Table) -> None:
        """Read where people are, and count the rows that are gone."""
        rows: dict[tuple[str, str], Row] = {}
        shared = {block.id: block.name for block in self.event.layout.shared_blocks}
        for row in table:
            person, block = _id(row, "participant", self.people), _id(row, "round", self.blocks)
            fixed = _mark(row)
            if person is None or block is None:
                row.required("participant")
                row.required("round")
                continue
            if (person, block) in rows:
                first = rows[person, block].number
                what = message(
                    "This person has a place in this round already, in row {row}.", row=first
                )
                row.error("round", what, message("Delete one of the two rows."))
                continue
            rows[person, block] = row
            if block in shared:
                self._read_shared(row, person, block, shared[block], fixed=fixed)
                continue
            session = _id(row, "session", self.sessions)
            self.edited.places[person, block] = session
            if fixed or self._is_new_place(person, block, session):
                self._fix_seat(row, person, block, session)
        if self.written is not None:
            people = self.event.participants_by_id
            self.edited.dropped = sum(
                place not in rows and place[0] in people for place in self.written.places
            )

    def _is_new_place(self, person: str, block: str, session: str | None) -> bool:
        return self.written is not None and self.written.places.get((person, block), "") != session

    def _read_shared(self, row: Row, person: str, block: str, name: str, *, fixed: bool) -> None:
        """Report what cannot be fixed: a place in a shared block."""
        there = row.cell("room") or None
        self.edited.places[person, block] = there
        before = None if self.written is None else self.written.places.get((person, block), there)
        moved = self.written is not None and there != before
        renamed = key(row.cell("session")) not in {"", key(name)}
        if fixed or moved or renamed:
            what = message("Places in shared blocks cannot be fixed: they follow from the rounds.")
            row.error("round", what, message("Put back what it said, and do not fix it."))

    def _fix_seat(self, row: Row, person: str, block: str, session: str | None) -> None:
        event, layout = self.event, self.event.layout
        checks = (
            _known(row, "participant", person, event.participants_by_id, self.people, NO_PERSON),
            _known(row, "round", block, layout.round_ids, self.blocks, NO_ROUND),
            session is None
            or _known(row, "session", session, event.sessions_by_id, self.sessions, NO_SESSION),
        )
        if all(checks):
            self.edited.seats.append(FixedSeat(row, person, block, session))


NO_SESSION = message("No session has this id.")
NO_ROUND = message("No round has this id.")
NO_ROOM = message("No room has this id.")
NO_PERSON = message("No participant has this id.")


def _names(known: Iterable[str], before: Iterable[str], titles: Iterable[tuple[str, str]]) -> Names:
    return Names(dict.fromkeys((*known, *sorted(before))), titles, by_title=True)


def _id(row: Row, column: str, names: Names) -> str | None:
    """Return the id in a cell, or its own text if nothing is known by it; None if it is empty."""
    text = row.cell(column)
    return names.find(text) or names.find(text.partition(BETWEEN)[0]) or text or None


def _known(
    row: Row, column: str, i: str, known: Container[str], names: Names, what: Message
) -> bool:
    """Whether the event knows an id that is to be fixed; reports it if not."""
    if i not in known:
        row.error(column, what, names.advice(i))
    return i in known


def _mark(row: Row) -> bool:
    """Return whether a row is marked as fixed."""
    said = key(row.cell("fixed"))
    if said not in _YES | _NO:
        row.error("fixed", message("This is neither yes nor no."), message("Choose one of them."))
    return said in _YES
