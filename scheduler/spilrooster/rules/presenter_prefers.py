"""Rule: what a presenter would like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, SoftRule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import ParticipantId
from spilrooster_models.layout import RoomId, RoundId


class PresenterPrefers(SoftRule):
    """Each run of a presenter outside the rounds, or the rooms, that they prefer costs `weight`.

    A run that is outside both costs twice. `presenter_available` is for rounds in which somebody
    cannot present at all.
    """

    rule: Literal["presenter_prefers"] = "presenter_prefers"
    presenter: ParticipantId = Field(description="participant who presents")
    rounds: tuple[RoundId, ...] = Field(default=(), description="preferred rounds; none = any")
    rooms: tuple[RoomId, ...] = Field(default=(), description="preferred rooms; none = any")
    weight: int = Field(default=1, ge=1, description="points for each run outside them")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        people = event.participants_by_id
        yield from self.unknown("presenter", (self.presenter,), people, "participant")
        yield from self.unknown("rounds", self.rounds, event.layout.round_ids, "round")
        yield from self.unknown("rooms", self.rooms, event.layout.rooms_by_id, "room")

    def post(self, variables: Variables) -> Cost:
        outside: list[Cost] = []
        for s in variables.event.presented_by.get(self.presenter, ()):
            for t in variables.rounds:
                if self.rounds and t not in self.rounds:
                    outside.append(variables.held_in(s, t))
                if self.rooms:
                    others = (r for r in variables.rooms if r not in self.rooms)
                    outside += [variables.in_room(s, t, r) for r in others]
        return self.weight * sum(outside)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for run in programme.runs:
            if self.presenter not in event.sessions_by_id[run.session].presenters:
                continue
            if self.rounds and run.round not in self.rounds:
                yield self.costs(
                    self.weight,
                    (self.presenter, run.session, run.round),
                    "{participant} would rather not present {session} in {round}.",
                    participant=self.presenter, session=run.session, round=run.round,
                )  # fmt: skip
            if self.rooms and run.room not in self.rooms:
                yield self.costs(
                    self.weight,
                    (self.presenter, run.session, run.round, run.room),
                    "{participant} would rather not present {session} in room {room} in {round}.",
                    participant=self.presenter,
                    session=run.session, room=run.room, round=run.round,
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        if self.level > 1:
            return
        at, event = steering.index, steering.event
        for s in event.presented_by.get(self.presenter, ()):
            for t, i in at.round.items():
                if self.rounds and t not in self.rounds:
                    steering.run_costs[at.session[s], i, :] += self.weight
            for r, k in at.room.items():
                if self.rooms and r not in self.rooms:
                    steering.run_costs[at.session[s], :, k] += self.weight
