"""Rule: nothing runs behind a locked door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class RoomOpen(Rule):
    """No run stands in a room in a round in which the room is closed."""

    rule: Literal["room_open"] = "room_open"
    lasting: ClassVar[Lasting | None] = "rooms"
    standard: ClassVar[bool] = True

    def post(self, variables: Variables) -> Cost:
        for room in variables.event.layout.rooms:
            for t in room.closed:
                for s in variables.sessions:
                    variables.cp.add(variables.in_room(s, t, room.id) == 0)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for run in programme.runs:
            if run.round in event.layout.rooms_by_id[run.room].closed:
                yield self.broken(
                    (run.session, run.round, run.room),
                    "{session} is in room {room} in {round}, but the room is closed then.",
                    session=run.session, room=run.room, round=run.round,
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index
        for room in steering.event.layout.rooms:
            for t in room.closed:
                steering.may_run[:, at.round[t], at.room[room.id]] = False
