"""Rule: people who have to hear something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import ParticipantId, SessionId


class MustAttend(Rule):
    """Each of these people is in the audience of one of a session's runs.

    Its own presenters hear it anyway and are passed over.
    """

    rule: Literal["must_attend"] = "must_attend"
    parts_in: ClassVar[str] = "participants"
    participants: tuple[str, ...] = Field(description="ids of participants or groups")
    session: SessionId = Field(description="session that they have to attend")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        known = event.participants_by_id.keys() | event.groups.keys()
        yield from self.unknown("participants", self.participants, known, "participant or group")
        yield from self.unknown("session", (self.session,), event.sessions_by_id, "session")

    def attendances(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        for name in self.participants:
            for p in sorted(event.groups.get(name, (name,))):
                yield p, self.session

    def post(self, variables: Variables) -> Cost:
        event = variables.event
        presenters = event.sessions_by_id[self.session].presenters
        for name in self.participants:
            for p in sorted(event.groups.get(name, (name,))):
                if p not in presenters:
                    variables.cp.add_bool_or(
                        variables.at(p, self.session, t) for t in variables.rounds
                    )
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        there = {
            p
            for t in programme.rounds_of.get(self.session, ())
            for p in programme.present_at.get((self.session, t), ())
        }
        there.update(event.sessions_by_id[self.session].presenters)
        lists = [sorted(event.groups.get(name, {name})) for name in self.participants]
        for p in dict.fromkeys(p for people in lists for p in people):
            if p not in there:
                yield self.broken(
                    (p, self.session),
                    "{participant} has to attend {session} and does not.",
                    participant=p, session=self.session,
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index
        session = at.session[self.session]
        presents = set(steering.presents)
        for p, _ in self.attendances(steering.event):
            if (at.participant[p], session) not in presents:
                steering.required.add((at.participant[p], session))
