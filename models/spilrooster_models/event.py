"""Event: every fact that is known before solving. It knows no rules."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from spilrooster_models.errors import DataError, InputProblem, UnknownId
from spilrooster_models.layout import (
    Attributes,
    BlockId,
    BlockKind,
    Fact,
    Layout,
    RoomId,
    Round,
    RoundId,
    SharedBlock,
    SharedPlace,
    duplicates,
    missing,
)
from spilrooster_models.message import message

SessionId = str
ParticipantId = str
Language = Literal["nl", "en"]


def part_id(session: SessionId, number: int) -> SessionId:
    """Return the id of a further part of a session that takes several rounds: 2, 3, ..."""
    return f"{session} ({number})"


class Session(Fact):
    """What is offered. Each time it takes place is a run; it runs at most once in a round."""

    id: SessionId
    title: str
    theme: str = ""
    presenters: tuple[ParticipantId, ...] = ()
    min_people: int = Field(default=0, ge=0, description="least audience of each run")
    max_people: int | None = Field(default=None, ge=0, description="largest audience of a run")
    min_runs: int = Field(default=1, ge=0)
    max_runs: int = Field(default=1, ge=0)
    rounds: tuple[RoundId, ...] = Field(default=(), description="allowed rounds; empty = any")
    rooms: tuple[RoomId, ...] = Field(default=(), description="allowed rooms; empty = any")
    needs: tuple[str, ...] = Field(default=(), description="features its room must have")
    only_for: tuple[str, ...] = Field(
        default=(), description="ids of participants or groups who may attend; empty = everyone"
    )
    language: str = ""
    continues: SessionId = Field(
        default="",
        description="session of which this is the next part: same people, same room, next round",
    )
    attributes: Attributes = ()

    def in_parts(self, length: int) -> tuple[Session, ...]:
        """Return this session as one of so many rounds: itself, and a part for each further round.

        People choose the session itself; the parts come with it.
        """
        parts = [self]
        for number in range(2, length + 1):
            new = {
                "id": part_id(self.id, number),
                "title": f"{self.title} ({number}/{length})",
                "continues": parts[-1].id,
            }
            parts.append(self.model_copy(update=new))
        return tuple(parts)

    def fact(self, column: str) -> str:
        """Return what stands in a column that rules may ask for: theme, language, or an own one.

        "" if the column is empty or if there is none of this name.
        """
        known = {"theme": self.theme, "language": self.language}
        return known.get(column) or dict(self.attributes).get(column, "")

    @model_validator(mode="after")
    def _ranges_are_ordered(self) -> Session:
        if self.max_runs < self.min_runs:
            raise ValueError(f"{self.id}: max_runs {self.max_runs} < min_runs {self.min_runs}")
        if self.max_people is not None and self.max_people < self.min_people:
            raise ValueError(f"{self.id}: max_people is below min_people")
        return self


class Participant(Fact):
    """A person who takes part (a Spil). `needs` are features that every room they sit in has."""

    id: ParticipantId
    name: str = ""
    email: str = ""
    organisation: str = ""
    municipality: str = ""
    sector: str = ""
    role: str = ""
    tier: str = ""
    groups: tuple[str, ...] = ()
    absent: tuple[RoundId, ...] = Field(default=(), description="rounds they miss")
    misses: tuple[BlockId, ...] = Field(default=(), description="shared blocks they miss")
    needs: tuple[str, ...] = Field(default=(), description="features their rooms must have")
    attributes: Attributes = ()

    def fact(self, column: str) -> str:
        """Return what stands in a column that rules may ask for, such as municipality or role.

        "" if the column is empty or if there is none of this name.
        """
        known = {
            "organisation": self.organisation,
            "municipality": self.municipality,
            "sector": self.sector,
            "role": self.role,
            "tier": self.tier,
        }
        return known.get(column) or dict(self.attributes).get(column, "")


class Choice(Fact):
    """A wish: a participant wants a session, by rank (1 = best) or by points, never both.

    Two choices of one person may share a rank: a tie.
    """

    participant: ParticipantId
    session: SessionId
    rank: int | None = Field(default=None, ge=1)
    points: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _rank_or_points(self) -> Choice:
        if (self.rank is None) == (self.points is None):
            raise ValueError(f"{self.participant}, {self.session}: give a rank or points")
        return self


class Event(Fact):
    """Everything known before solving. Every id is known to exist: that is checked here, once."""

    name: str
    date: dt.date
    timezone: str = "Europe/Amsterdam"
    language: Language = "nl"
    show_presenters: bool = Field(
        default=False, description="whether everybody may read the names of presenters"
    )
    website: str = Field(default="", description="where the personal pages will stand, or empty")
    only_with_session: bool = Field(
        default=False,
        description="whether who has no session on a day is not at its shared blocks either",
    )
    layout: Layout
    sessions: tuple[Session, ...]
    participants: tuple[Participant, ...]
    choices: tuple[Choice, ...] = ()

    @model_validator(mode="after")
    def _ids_are_unique_and_known(self) -> Event:
        _ = self._checked  # no assertion: those fall away under python -O
        return self

    @cached_property
    def _checked(self) -> bool:
        """Whether every id was found unique and known; kept, as pydantic validates more often."""
        twice = tuple(self._used_twice())
        if twice:
            raise DataError(twice)
        unknown = tuple(self._unknown())
        if unknown:
            raise UnknownId(unknown)
        return True

    def _used_twice(self) -> Iterator[InputProblem]:
        pairs = [(c.participant, c.session) for c in self.choices]
        again = [f"{p} × {s}" for p, s in pairs] if len(set(pairs)) < len(pairs) else []
        for file, ids in (
            ("sessions", [s.id for s in self.sessions]),
            ("participants", [p.id for p in self.participants]),
            ("choices", again),
        ):
            for value in duplicates(ids):
                yield InputProblem(file=file, value=value, what=message("This id is used twice."))

    def _unknown(self) -> Iterator[InputProblem]:
        people, groups = set(self.participants_by_id), self.groups
        rounds, rooms = set(self.layout.round_ids), set(self.layout.rooms_by_id)
        shared = {block.id for block in self.layout.shared_blocks}
        for s in self.sessions:
            yield from missing("sessions", "presenters", s.presenters, people)
            yield from missing("sessions", "rounds", s.rounds, rounds)
            yield from missing("sessions", "rooms", s.rooms, rooms)
            yield from missing("sessions", "only_for", s.only_for, people | groups.keys())
        wrong = tuple(self._wrong_parts())
        yield from wrong
        if wrong:
            return
        for p in self.participants:
            if p.absent:
                yield from missing("participants", "absent", p.absent, rounds)
            if p.misses:
                yield from missing("participants", "absent", p.misses, shared)
        for place in self.layout.places:
            yield from missing("tables", "owners", place.owners, people | groups.keys())
        sessions = self.parts.keys()
        if {c.participant for c in self.choices} <= people and (
            {c.session for c in self.choices} <= sessions
        ):
            return
        for c in self.choices:
            yield from missing("choices", "participant", (c.participant,), people)
            yield from missing("choices", "session", (c.session,), sessions)

    def _wrong_parts(self) -> Iterator[InputProblem]:
        """Yield parts that continue nothing: an unknown session, a later one, or one of two."""
        known: set[SessionId] = set()
        continued: set[SessionId] = set()
        for s in self.sessions:
            if s.continues:
                yield from missing("sessions", "continues", (s.continues,), known - continued)
                continued.add(s.continues)
            known.add(s.id)

    @cached_property
    def parts(self) -> dict[SessionId, tuple[SessionId, ...]]:
        """The parts of each session in order, under the first: only itself for most sessions."""
        found: defaultdict[SessionId, list[SessionId]] = defaultdict(list)
        for s in self.sessions:
            found[self.first_part[s.id]].append(s.id)
        return {first: tuple(parts) for first, parts in found.items()}

    @cached_property
    def first_part(self) -> dict[SessionId, SessionId]:
        """The session that each session is a part of: itself for most sessions."""
        found: dict[SessionId, SessionId] = {}
        for s in self.sessions:
            found[s.id] = found[s.continues] if s.continues else s.id
        return found

    @cached_property
    def next_round(self) -> dict[RoundId, RoundId]:
        """The round right after each round: on the same day, with no shared block between them."""
        blocks = [(self.day_of(block), block) for block in self.blocks]
        return {
            early.id: late.id
            for (day, early), (other, late) in itertools.pairwise(blocks)
            if day == other and isinstance(early, Round) and isinstance(late, Round)
        }

    @cached_property
    def blocks(self) -> tuple[Round | SharedBlock, ...]:
        """Rounds and shared blocks together, in order of day and time."""
        everything: tuple[Round | SharedBlock, ...] = self.layout.rounds + self.layout.shared_blocks
        return tuple(sorted(everything, key=lambda b: (b.date or self.date, b.start, b.end)))

    def day_of(self, block: Round | SharedBlock) -> dt.date:
        """Return the day of a block."""
        return block.date or self.date

    @cached_property
    def rounds_beside(self) -> dict[BlockId, frozenset[RoundId]]:
        """The rounds on the day of each shared block."""
        rounds_of_day: defaultdict[dt.date, set[RoundId]] = defaultdict(set)
        for r in self.layout.rounds:
            rounds_of_day[self.day_of(r)].add(r.id)
        return {b.id: frozenset(rounds_of_day[self.day_of(b)]) for b in self.layout.shared_blocks}

    @cached_property
    def present_in(self) -> dict[BlockId, frozenset[ParticipantId]]:
        """Who is there in each shared block.

        Somebody is not if they miss the block itself, or every round of its day. Where people
        come `only_with_session`, `Programme.is_there` says who of these is.
        """
        found = {}
        for block in self.layout.shared_blocks:
            rounds = self.rounds_beside[block.id]
            found[block.id] = frozenset(
                p.id
                for p in self.participants
                if block.id not in p.misses and not (rounds and rounds <= set(p.absent))
            )
        return found

    @cached_property
    def seated(self) -> tuple[BlockId, ...]:
        """The shared blocks that have tables or stands, in order of time."""
        return tuple(block.id for block in self.blocks if block.id in self.layout.tables)

    @cached_property
    def lunches(self) -> tuple[tuple[BlockId, ...], ...]:
        """The lunch blocks of each day in which there are places to eat, in order of time.

        Several on one day are shifts: everybody eats in one of them.
        """
        found: defaultdict[dt.date, list[BlockId]] = defaultdict(list)
        for block in self.blocks:
            if isinstance(block, SharedBlock) and block.kind is BlockKind.LUNCH:
                places = self.layout.tables.get(block.id, {}).values()
                if not all(place.is_stand for place in places):
                    found[self.day_of(block)].append(block.id)
        return tuple(tuple(blocks) for blocks in found.values())

    def owners(self, stand: SharedPlace) -> tuple[ParticipantId, ...]:
        """Return the people who staff a stand, in the event's order."""
        named = set(stand.owners).union(*(self.groups.get(o, frozenset()) for o in stand.owners))
        return tuple(p.id for p in self.participants if p.id in named)

    @cached_property
    def days(self) -> tuple[tuple[RoundId, ...], ...]:
        """The rounds of each date, in order of time."""
        found: defaultdict[dt.date, list[RoundId]] = defaultdict(list)
        for r in self.layout.rounds:
            found[r.date or self.date].append(r.id)
        return tuple(tuple(rounds) for _, rounds in sorted(found.items()))

    @cached_property
    def sessions_by_id(self) -> dict[SessionId, Session]:
        """Each session under its id."""
        return {s.id: s for s in self.sessions}

    @cached_property
    def participants_by_id(self) -> dict[ParticipantId, Participant]:
        """Each participant under their id."""
        return {p.id: p for p in self.participants}

    @cached_property
    def groups(self) -> dict[str, frozenset[ParticipantId]]:
        """The members of each group."""
        members: defaultdict[str, set[ParticipantId]] = defaultdict(set)
        for p in self.participants:
            for group in p.groups:
                members[group].add(p.id)
        return {group: frozenset(ids) for group, ids in members.items()}

    @cached_property
    def choices_of(self) -> dict[ParticipantId, tuple[Choice, ...]]:
        """Each participant's choices in the order given; empty for who handed in nothing."""
        found: dict[ParticipantId, list[Choice]] = {p.id: [] for p in self.participants}
        for choice in self.choices:
            found[choice.participant].append(choice)
        return {p: tuple(choices) for p, choices in found.items()}

    @cached_property
    def choosers(self) -> dict[SessionId, int]:
        """How many people chose each session, whatever the rank."""
        found = dict.fromkeys(self.sessions_by_id, 0)
        for choice in self.choices:
            for part in self.parts[choice.session]:
                found[part] += 1
        return found

    @cached_property
    def presented_by(self) -> dict[ParticipantId, tuple[SessionId, ...]]:
        """The sessions that each presenter presents; other people are not in it."""
        found: defaultdict[ParticipantId, list[SessionId]] = defaultdict(list)
        for session in self.sessions:
            for presenter in session.presenters:
                found[presenter].append(session.id)
        return {p: tuple(sessions) for p, sessions in found.items()}

    @cached_property
    def invited(self) -> dict[SessionId, frozenset[ParticipantId]]:
        """Who may attend, for each session that is not for everyone."""
        return {
            s.id: frozenset().union(
                *(self.groups.get(entry, frozenset({entry})) for entry in s.only_for)
            )
            for s in self.sessions
            if s.only_for
        }

    def may_attend(self, participant: ParticipantId, session: SessionId) -> bool:
        """Whether the participant may sit in the session's audience: invited, not presenting."""
        if participant in self.sessions_by_id[session].presenters:
            return False
        return session not in self.invited or participant in self.invited[session]
