"""Rule: nobody takes two of what comes to the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, GradedRule, excess
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import ParticipantId, SessionId


class OneOf(GradedRule):
    """Nobody listens to more than one of these sessions. Each one more is a breach.

    For what is offered in two shapes, such as in a studio and online at the same time, or at
    several tables. With `needed`, to hear none of them is a breach as well; who presents one of
    them is passed over.
    """

    rule: Literal["one_of"] = "one_of"
    sessions: tuple[SessionId, ...] = Field(
        min_length=2, description="sessions of which people take one at most"
    )
    participants: tuple[str, ...] = Field(
        default=(), description="ids of participants or groups; none = everybody"
    )
    needed: bool = Field(default=False, description="whether these people have to take one")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        yield from self.unknown("sessions", self.sessions, event.sessions_by_id, "session")
        known = event.participants_by_id.keys() | event.groups.keys()
        yield from self.unknown("participants", self.participants, known, "participant or group")

    def attendances(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        for p in self._people(event) if self.needed else ():
            for s in self.sessions:
                if event.may_attend(p, s):
                    yield p, s

    def _people(self, event: Event) -> tuple[ParticipantId, ...]:
        named = {p for name in self.participants for p in event.groups.get(name, (name,))}
        return tuple(p for p in event.participants_by_id if p in named or not self.participants)

    def post(self, variables: Variables) -> Cost:
        event = variables.event
        amounts: list[Cost] = []
        for p in self._people(event):
            own = event.presented_by.get(p, ())
            able = {s for s in self.sessions if s in variables.sessions_of(p) and s not in own}
            heard = {s: variables.cp.new_bool_var(f"{p} hears {s}") for s in sorted(able)}
            for s, literal in heard.items():
                for t in variables.rounds:
                    variables.cp.add_implication(variables.at(p, s, t), literal)
            if len(heard) > 1:
                amounts.append(excess(variables, sum(heard.values()) - 1, len(heard) - 1))
            if self.needed and not set(self.sessions).intersection(own):
                places = [variables.at(p, s, t) for s in sorted(able) for t in variables.rounds]
                none = variables.cp.new_bool_var(f"{p} hears none of {self.sessions}")
                variables.cp.add_bool_or(none, *places)
                amounts.append(none)
        return self.priced(variables, amounts)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        asked = set(self.participants)
        for person in event.participants:
            if asked and person.id not in asked and asked.isdisjoint(person.groups):
                continue
            heard = sorted(set(self.sessions).intersection(programme.attended(event, person.id)))
            if len(heard) > 1:
                yield self.breach(
                    len(heard) - 1,
                    (person.id, *heard),
                    "{participant} attends more than one of these: {sessions}.",
                    participant=person.id, sessions=", ".join(heard),
                )  # fmt: skip
            presents = event.presented_by.get(person.id, ())
            if self.needed and not heard and set(self.sessions).isdisjoint(presents):
                yield self.breach(
                    1,
                    (person.id, *self.sessions),
                    "{participant} attends none of these: {sessions}.",
                    participant=person.id, sessions=", ".join(self.sessions),
                )  # fmt: skip
