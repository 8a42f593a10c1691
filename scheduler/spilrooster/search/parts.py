"""Parts: what a neighbourhood sets free, and a model in which all the rest is fixed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from spilrooster.search.model import Model
from spilrooster.variables import Literal
from spilrooster_models import Programme
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import RoundId

Place = tuple[SessionId, RoundId]


@dataclass(frozen=True)
class Part:
    """What is free; everything else stays as it is.

    Attributes
    ----------
    runs
        Sessions and rounds of which it is free whether the session runs then, and where.
    rooms
        Sessions and rounds of which the room is free, but not whether the session runs then.
    people
        Who may be anywhere in the free rounds; None = everybody.
    rounds
        Rounds in which attendances are free; None = all.
    """

    runs: Collection[Place] = frozenset()
    rooms: Collection[Place] = frozenset()
    people: Collection[ParticipantId] | None = None
    rounds: Collection[RoundId] | None = None


@dataclass(frozen=True)
class Parts:
    """Makes models of parts of a programme from a model of the whole."""

    model: Model
    programme: Programme
    _on: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_on", frozenset(literal.index for literal in self.literals()))

    def literals(self) -> list[Literal]:
        """Return what holds in the programme: its runs, rooms and attendances."""
        v = self.model.variables
        return [literal for literal, value in v.literals(self.programme) if value]

    def of(self, part: Part) -> cp_model.CpModel:
        """Return the model, with the programme as its hint, in which only the part is free."""
        copy = self.model.clone()
        on = self._on
        fixed = [x if x.index in on else ~x for x in self._fixed(part)]
        if fixed:
            copy.add_bool_and(fixed)
        return copy

    def _fixed(self, part: Part) -> Iterator[Literal]:
        v = self.model.variables
        for s in v.sessions:
            for t in v.rounds:
                if (s, t) in part.runs:
                    continue
                yield v.held_in(s, t)
                if (s, t) not in part.rooms:
                    yield from (v.in_room(s, t, r) for r in v.rooms)
        for participant in v.event.participants:
            p = participant.id
            person_is_free = part.people is None or p in part.people
            for t in v.rounds:
                if not (person_is_free and (part.rounds is None or t in part.rounds)):
                    yield from (v.at(p, s, t) for s in v.sessions_of(p))


def without_strangers(programme: Programme, model: Model) -> Programme:
    """Return the programme without attendances that the model does not have."""
    schedules = []
    for schedule in programme.schedules:
        known = {*model.variables.sessions_of(schedule.participant)}
        kept = tuple(s if s in known else None for s in schedule.sessions)
        schedules.append(schedule.model_copy(update={"sessions": kept}))
    return programme.model_copy(update={"schedules": tuple(schedules)})
