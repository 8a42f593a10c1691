"""Rule: nobody takes two of what comes to the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, GradedRule, excess
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import SessionId


class OneOf(GradedRule):
    """Nobody listens to more than one of these sessions. Each one more is a breach.

    For what is offered in two shapes, such as in a studio and online at the same time.
    """

    rule: Literal["one_of"] = "one_of"
    sessions: tuple[SessionId, ...] = Field(
        min_length=2, description="sessions of which people take one at most"
    )

    def refer(self, event: Event) -> Iterator[InputProblem]:
        yield from self.unknown("sessions", self.sessions, event.sessions_by_id, "session")

    def post(self, variables: Variables) -> Cost:
        event = variables.event
        more = []
        for p in event.participants:
            own = event.presented_by.get(p.id, ())
            able = {s for s in self.sessions if s in variables.sessions_of(p.id) and s not in own}
            heard = {s: variables.cp.new_bool_var(f"{p.id} hears {s}") for s in sorted(able)}
            for s, literal in heard.items():
                for t in variables.rounds:
                    variables.cp.add_implication(variables.at(p.id, s, t), literal)
            if len(heard) > 1:
                more.append(excess(variables, sum(heard.values()) - 1, len(heard) - 1))
        return self.priced(variables, more)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for p in event.participants_by_id:
            heard = sorted(set(self.sessions).intersection(programme.attended(event, p)))
            if len(heard) > 1:
                yield self.breach(
                    len(heard) - 1,
                    (p, *heard),
                    "{participant} attends more than one of these: {sessions}.",
                    participant=p, sessions=", ".join(heard),
                )  # fmt: skip
