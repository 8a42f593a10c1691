"""Rule: a room is used by one session at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar, Literal

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme
from spilrooster_models.event import SessionId
from spilrooster_models.layout import RoomId, RoundId


class OneRunPerRoom(Rule):
    """A room holds at most one run in a round."""

    rule: Literal["one_run_per_room"] = "one_run_per_room"
    lasting: ClassVar[Lasting | None] = "rooms"
    standard: ClassVar[bool] = True
    in_search: ClassVar[bool] = True

    def post(self, variables: Variables) -> Cost:
        for t in variables.rounds:
            for r in variables.rooms:
                variables.cp.add_at_most_one(variables.in_room(s, t, r) for s in variables.sessions)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        here: defaultdict[tuple[RoundId, RoomId], list[SessionId]] = defaultdict(list)
        for run in programme.runs:
            here[run.round, run.room].append(run.session)
        for (t, room), sessions in here.items():
            if len(sessions) > 1:
                yield self.broken(
                    (*sessions, t, room),
                    "Room {room} has more than one session in {round}: {sessions}.",
                    room=room, round=t, sessions=", ".join(sessions),
                )  # fmt: skip
