"""Everybody's day, as the report shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from spilrooster.outcomes import Outcome, outcomes
from spilrooster.problem import Problem
from spilrooster.report.words import Words
from spilrooster_models import Block, Event, Participant, PersonalSchedule, Programme, Round
from spilrooster_models.event import ParticipantId, SessionId

MOST_PEOPLE = 6_000
"""A page with the days of more people than this is too heavy for a browser."""

Kind = Literal["chosen", "presents", "other", "free", "away", "shared"]


@dataclass(frozen=True)
class Place:
    """Where somebody is in one block."""

    times: str
    block: str
    what: str
    room: str
    note: str
    kind: Kind


@dataclass(frozen=True)
class Person:
    """Somebody's day, and the choices they did not get."""

    anchor: str
    name: str
    about: str
    got: str
    empty_handed: bool
    day: tuple[Place, ...]
    refused: tuple[tuple[str, str, str], ...]


def shows_everybody(event: Event) -> bool:
    """Whether a page can hold everybody's day and still open quickly."""
    return len(event.participants) <= MOST_PEOPLE


def shown(problem: Problem, programme: Programme, _: Words) -> Iterator[Person]:
    """Yield everybody, or in a very large event those who got nothing they chose."""
    event = problem.event
    if shows_everybody(event):
        return people(problem, programme, _, event.participants)
    needy = (p for p in event.participants if _empty_handed(problem, programme, p))
    return people(problem, programme, _, tuple(islice(needy, MOST_PEOPLE)))


def _empty_handed(problem: Problem, programme: Programme, participant: Participant) -> bool:
    wanted = problem.choices.points_of(problem.event, participant.id)
    got = programme.schedule_of[participant.id].sessions
    hopeful = bool(wanted) and wanted.keys().isdisjoint(got)
    return hopeful and problem.choices.ideal_of(problem.event, participant.id) > 0


def people(
    problem: Problem, programme: Programme, _: Words, participants: Sequence[Participant]
) -> Iterator[Person]:
    """Yield these participants' days in the order given."""
    event = problem.event
    found: defaultdict[ParticipantId, list[Outcome]] = defaultdict(list)
    for outcome in outcomes(problem, programme, participants):
        found[outcome.participant].append(outcome)
    for i, participant in enumerate(participants):
        mine = found[participant.id]
        diary = _Diary(event, programme, participant, mine, _)
        yield Person(
            anchor=f"p{i + 1}",
            name=participant.name or participant.id,
            about=_about(participant),
            got=_got(mine, _),
            empty_handed=not any(o.granted for o in mine)
            and problem.choices.ideal_of(event, participant.id) > 0,
            day=tuple(diary.place(block) for block in event.blocks),
            refused=tuple(
                (_rank(o.rank, _), event.sessions_by_id[o.session].title, _.sentence(o.reason))
                for o in mine
                if not o.granted
            ),
        )


def _about(participant: Participant) -> str:
    """Return what tells namesakes apart."""
    own = participant.id if participant.name else ""
    parts = (own, participant.role, participant.organisation, participant.municipality)
    return " · ".join(part for part in parts if part)


def _got(mine: list[Outcome], _: Words) -> str:
    if not mine:
        return _("no choices")
    granted = sum(o.granted for o in mine)
    return _("{granted} of {asked} choices", granted=granted, asked=len(mine))


def _rank(rank: int | None, _: Words) -> str:
    return _("Choice") if rank is None else _("Choice {rank}", rank=rank)


class _Diary:
    """Looks up one participant's place in each block."""

    def __init__(
        self,
        event: Event,
        programme: Programme,
        participant: Participant,
        mine: list[Outcome],
        words: Words,
    ) -> None:
        self.event, self.programme, self.participant = event, programme, participant
        self.words = words
        schedule: PersonalSchedule = programme.schedule_of[participant.id]
        self.at = dict(zip(programme.rounds, schedule.sessions, strict=True))
        self.wishes = {o.session: o for o in mine}

    def place(self, block: Block) -> Place:
        """Return where they are in `block`."""
        _ = self.words
        if not isinstance(block, Round):
            return self._shared(block)
        session = self.at[block.id]
        if session is None:
            if block.id in self.participant.absent:
                return Place(_.times(block), block.name, _("Away"), "", "", "away")
            return Place(_.times(block), block.name, _("Free"), "", "", "free")
        note, kind = self._note(session)
        title = self.event.sessions_by_id[session].title
        room = self.event.layout.rooms_by_id[self.programme.room_of[session, block.id]]
        return Place(_.times(block), block.name, title, room.name, note, kind)

    def _shared(self, block: Block) -> Place:
        """Return where they are in a shared block; in another lunch shift they are free."""
        _, person = self.words, self.participant
        table = self.programme.table_of.get((person.id, block.id))
        away = block.id in person.misses
        if self.event.only_with_session:
            away = not self.programme.is_there(self.event, person.id, block.id)
        if away:
            return Place(_.times(block), block.name, _("Away"), "", "", "away")
        if table is None and block.id in self.programme.shared:
            return Place(_.times(block), block.name, _("Free"), "", "", "free")
        return Place(_.times(block), block.name, block.name, table or "", "", "shared")

    def _note(self, session: SessionId) -> tuple[str, Kind]:
        _ = self.words
        if session in self.event.presented_by.get(self.participant.id, ()):
            return _("You present"), "presents"
        if session in self.wishes:
            return _rank(self.wishes[session].rank, _), "chosen"
        return _("Not chosen"), "other"
