"""Rule: what the organiser has fixed stays fixed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import SessionId
from spilrooster_models.layout import RoomId, RoundId


class Pinned(Rule):
    """A session runs in a given round and, if a room is given, in that room.

    It may run in other rounds too; `AllowedRounds` is what keeps a session out of rounds.
    """

    rule: Literal["pinned"] = "pinned"
    session: SessionId = Field(description="session to pin")
    round: RoundId = Field(description="round in which it has to run")
    room: RoomId | None = Field(default=None, description="room it has to have then; None = any")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        yield from self.unknown("session", (self.session,), event.sessions_by_id, "session")
        yield from self.unknown("round", (self.round,), event.layout.round_ids, "round")
        rooms = () if self.room is None else (self.room,)
        yield from self.unknown("room", rooms, event.layout.rooms_by_id, "room")

    def post(self, variables: Variables) -> Cost:
        if self.room is None:
            variables.cp.add(variables.held_in(self.session, self.round) == 1)
        else:
            variables.cp.add(variables.in_room(self.session, self.round, self.room) == 1)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        room = programme.room_of.get((self.session, self.round))
        if room is None:
            yield self.broken(
                (self.session, self.round),
                "{session} has to run in {round} and does not.",
                session=self.session, round=self.round,
            )  # fmt: skip
        elif self.room is not None and self.room != room:
            yield self.broken(
                (self.session, self.round, self.room, room),
                "{session} has to be in room {room} in {round} and is in room {other}.",
                session=self.session, round=self.round, room=self.room, other=room,
            )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index
        s, t = at.session[self.session], at.round[self.round]
        steering.pinned.add((s, t))
        pins = sum(session == s for session, _ in steering.pinned)
        steering.least_runs[s] = max(steering.least_runs[s], pins)
        if self.room is not None:
            others = [i for room, i in at.room.items() if room != self.room]
            steering.may_run[s, t, others] = False
