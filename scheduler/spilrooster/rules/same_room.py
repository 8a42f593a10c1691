"""Rule: who comes back for a session finds it where it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, GradedRule, excess
from spilrooster.steering import Counted, Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import SessionId


class SameRoom(GradedRule):
    """A session that runs more than once has the same room each time.

    Each room of a session beyond its first is a breach. For different sessions in one room there
    is `stay_in_room`.
    """

    rule: Literal["same_room"] = "same_room"
    counted_in_search: ClassVar[bool] = True
    parts_in: ClassVar[str] = "sessions"
    sessions: tuple[SessionId, ...] = Field(
        default=(), description="sessions that keep their room; none = every session"
    )

    def refer(self, event: Event) -> Iterator[InputProblem]:
        yield from self.unknown("sessions", self.sessions, event.sessions_by_id, "session")

    def post(self, variables: Variables) -> Cost:
        more = []
        for s in dict.fromkeys(self.sessions or variables.sessions):
            used = {r: variables.cp.new_bool_var(f"{s} uses {r}") for r in variables.rooms}
            for r, literal in used.items():
                for t in variables.rounds:
                    variables.cp.add_implication(variables.in_room(s, t, r), literal)
            more.append(excess(variables, sum(used.values()) - 1, len(used) - 1))
        return self.priced(variables, more)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for s in dict.fromkeys(self.sessions or event.sessions_by_id):
            rooms = sorted({run.room for run in programme.runs if run.session == s})
            if len(rooms) > 1:
                yield self.breach(
                    len(rooms) - 1,
                    (s, *rooms),
                    "{session} is not always in the same room: it is in {rooms}.",
                    session=s, rooms=", ".join(rooms),
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index
        for s in dict.fromkeys(self.sessions or at.session):
            if self.soft:
                self.count(steering, Counted.ROOMS, (s,), (at.round,), 1)
            else:
                steering.one_room.add((at.session[s],))
