"""Rule: the room has what the session needs, such as a projector."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class NeedsFeatures(Rule):
    """A session runs only in rooms that have every feature it needs."""

    rule: Literal["needs_features"] = "needs_features"
    lasting: ClassVar[Lasting | None] = "rooms"
    standard: ClassVar[bool] = True

    def post(self, variables: Variables) -> Cost:
        for session in variables.event.sessions:
            for room in variables.event.layout.rooms:
                if not set(session.needs) <= set(room.features):
                    for t in variables.rounds:
                        variables.cp.add(variables.in_room(session.id, t, room.id) == 0)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for run in programme.runs:
            features = event.layout.rooms_by_id[run.room].features
            needs = event.sessions_by_id[run.session].needs
            missing = [need for need in needs if need not in features]
            if missing:
                yield self.broken(
                    (run.session, run.round, run.room),
                    "{session} is in room {room} in {round}, but that room does not have: {needs}.",
                    session=run.session, room=run.room, round=run.round, needs=", ".join(missing),
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index
        for session in steering.event.sessions:
            for room in steering.event.layout.rooms:
                if not set(session.needs) <= set(room.features):
                    steering.may_run[at.session[session.id], :, at.room[room.id]] = False
