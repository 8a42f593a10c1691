"""Rule: a session runs only where it can."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class AllowedRooms(Rule):
    """A session that lists rooms runs only in those."""

    rule: Literal["allowed_rooms"] = "allowed_rooms"
    lasting: ClassVar[Lasting | None] = "rooms"
    standard: ClassVar[bool] = True

    def post(self, variables: Variables) -> Cost:
        for session in variables.event.sessions:
            others = [r for r in variables.rooms if session.rooms and r not in session.rooms]
            for r in others:
                for t in variables.rounds:
                    variables.cp.add(variables.in_room(session.id, t, r) == 0)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for run in programme.runs:
            allowed = event.sessions_by_id[run.session].rooms
            if allowed and run.room not in allowed:
                yield self.broken(
                    (run.session, run.round, run.room),
                    "{session} is in room {room} in {round}, and it may not be in that room.",
                    session=run.session, room=run.room, round=run.round,
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index
        for session in steering.event.sessions:
            if session.rooms:
                others = [i for r, i in at.room.items() if r not in session.rooms]
                steering.may_run[at.session[session.id], :, others] = False
