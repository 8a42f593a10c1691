"""Rule: everyone can get into their room and take part there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class AccessibleRoom(Rule):
    """A person is only in rooms with every feature they need, to listen or to present."""

    rule: Literal["accessible_room"] = "accessible_room"
    lasting: ClassVar[Lasting | None] = "rooms"
    standard: ClassVar[bool] = True

    def post(self, variables: Variables) -> Cost:
        for p in variables.event.participants:
            for room in variables.event.layout.rooms:
                if set(p.needs) <= set(room.features):
                    continue
                for s in variables.sessions_of(p.id):
                    for t in variables.rounds:
                        there = variables.at(p.id, s, t)
                        variables.cp.add_at_most_one(there, variables.in_room(s, t, room.id))
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for p in event.participants:
            if not p.needs:
                continue
            places = programme.schedule_of[p.id].sessions
            for t, session in zip(programme.rounds, places, strict=True):
                if session is None:
                    continue
                room = event.layout.rooms_by_id[programme.room_of[session, t]]
                missing = [need for need in p.needs if need not in room.features]
                if missing:
                    yield self.broken(
                        (p.id, session, t, room.id),
                        "{participant} is in room {room} in {round}; it does not have: {needs}.",
                        participant=p.id, room=room.id, round=t, needs=", ".join(missing),
                    )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index
        for p in steering.event.participants:
            for room in steering.event.layout.rooms if p.needs else ():
                if not set(p.needs) <= set(room.features):
                    steering.may_sit[at.participant[p.id], at.room[room.id]] = False
