"""Rule: people who are kept out of a session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import SessionId


class MustNot(Rule):
    """None of these people is in a session's audience. It does not stop them from presenting."""

    rule: Literal["must_not"] = "must_not"
    lasting: ClassVar[Lasting | None] = "times"
    parts_in: ClassVar[str] = "participants"
    participants: tuple[str, ...] = Field(description="ids of participants or groups")
    session: SessionId = Field(description="session that they may not attend")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        known = event.participants_by_id.keys() | event.groups.keys()
        yield from self.unknown("participants", self.participants, known, "participant or group")
        yield from self.unknown("session", (self.session,), event.sessions_by_id, "session")

    def post(self, variables: Variables) -> Cost:
        groups = variables.event.groups
        kept_out = {p for name in self.participants for p in groups.get(name, (name,))}
        kept_out.difference_update(variables.event.sessions_by_id[self.session].presenters)
        for p in variables.people_of(self.session):
            for t in variables.rounds if p in kept_out else ():
                variables.cp.add(variables.at(p, self.session, t) == 0)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        groups = event.groups.keys() & self.participants
        people = set(self.participants) - groups
        for t in programme.rounds_of.get(self.session, ()):
            for p in programme.audience(event, self.session, t):
                if p in people or not groups.isdisjoint(event.participants_by_id[p].groups):
                    yield self.broken(
                        (p, self.session, t),
                        "{participant} attends {session} in {round} and may not.",
                        participant=p, session=self.session, round=t,
                    )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index
        for name in self.participants:
            for p in sorted(steering.event.groups.get(name, (name,))):
                steering.barred.add((at.participant[p], at.session[self.session]))
