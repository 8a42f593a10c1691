"""Rule: where people are in a round, as the organiser has fixed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import RoundId


class FixedPlace(Rule):
    """These people are at a given session in a given round or, without a session, free then.

    Its own presenters may be among them.
    """

    rule: Literal["fixed_place"] = "fixed_place"
    parts_in: ClassVar[str] = "participants"
    participants: tuple[str, ...] = Field(description="ids of participants or groups")
    round: RoundId = Field(description="round that is fixed for them")
    session: SessionId | None = Field(
        default=None, description="session they are at then; None = none"
    )

    def refer(self, event: Event) -> Iterator[InputProblem]:
        known = event.participants_by_id.keys() | event.groups.keys()
        yield from self.unknown("participants", self.participants, known, "participant or group")
        yield from self.unknown("round", (self.round,), event.layout.round_ids, "round")
        named = () if self.session is None else (self.session,)
        yield from self.unknown("session", named, event.sessions_by_id, "session")

    def attendances(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        if self.session is not None:
            for name in self.participants:
                for p in sorted(event.groups.get(name, (name,))):
                    yield p, self.session

    def post(self, variables: Variables) -> Cost:
        for name in self.participants:
            for p in sorted(variables.event.groups.get(name, (name,))):
                if self.session is not None:
                    variables.cp.add(variables.at(p, self.session, self.round) == 1)
                    continue
                for s in variables.sessions_of(p):
                    variables.cp.add(variables.at(p, s, self.round) == 0)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        position = programme.rounds.index(self.round)
        lists = [sorted(event.groups.get(name, {name})) for name in self.participants]
        for p in dict.fromkeys(p for people in lists for p in people):
            there = programme.schedule_of[p].sessions[position]
            if there == self.session:
                continue
            if self.session is None:
                yield self.broken(
                    (p, self.round, str(there)),
                    "{participant} is at {session} in {round}, and has to be free then.",
                    participant=p, session=str(there), round=self.round,
                )  # fmt: skip
            else:
                yield self.broken(
                    (p, self.session, self.round),
                    "{participant} has to be at {session} in {round} and is not.",
                    participant=p, session=self.session, round=self.round,
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at, event = steering.index, steering.event
        t, presents = at.round[self.round], set(steering.presents)
        people = {p for name in self.participants for p in event.groups.get(name, {name})}
        numbers = sorted(at.participant[p] for p in people)
        if self.session is None:
            steering.present[numbers, t] = False
        elif numbers:
            s = at.session[self.session]
            steering.required.update((p, s) for p in numbers if (p, s) not in presents)
            steering.pinned.add((s, t))
            pins = sum(session == s for session, _ in steering.pinned)
            steering.least_runs[s] = max(steering.least_runs[s], pins)
