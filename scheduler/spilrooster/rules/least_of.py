"""Rule: enough people of some kind are in each audience, such as residents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._audiences import AudienceRule
from spilrooster.rules._columns import people_column
from spilrooster.rules._rule import Cost, excess
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import ParticipantId, SessionId


class LeastOf(AudienceRule):
    """Each run has at least `least` people with a given role, sector or the like as audience.

    For example at least two residents. Each one that is lacking is a breach.
    """

    rule: Literal["least_of"] = "least_of"
    column: str = Field(description="column of the participants, such as role")
    value: str = Field(description="what has to stand in it, such as resident")
    least: int = Field(ge=1, description="least number of such people at each run")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        yield from super().refer(event)
        yield from people_column(self, self.column, event)
        known = {p.fact(self.column) for p in event.participants} - {""}
        yield from self.unknown("value", (self.value,), known, "value of this column")

    def attendances(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        # People who did not choose the session may be the ones who make up the number.
        for p in event.participants:
            if p.fact(self.column) == self.value:
                for s in self.sessions_in(event):
                    if event.may_attend(p.id, s):
                        yield p.id, s

    def post(self, variables: Variables) -> Cost:
        event = variables.event
        lacking = []
        for s in self.sessions_in(event):
            able = [
                p
                for p in variables.people_of(s)
                if p not in event.sessions_by_id[s].presenters
                and event.participants_by_id[p].fact(self.column) == self.value
            ]
            for t in variables.rounds:
                here = sum(variables.at(p, s, t) for p in able)
                needed = self.least * variables.held_in(s, t)
                lacking.append(excess(variables, needed - here, self.least))
        return self.priced(variables, lacking)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        such = {p.id for p in event.participants if p.fact(self.column) == self.value}
        for s in self.sessions_in(event):
            for t in programme.rounds_of.get(s, ()):
                here = such.intersection(programme.audience(event, s, t))
                if len(here) < self.least:
                    yield self.breach(
                        self.least - len(here),
                        (s, t),
                        "{session} in {round} has {count} people with {column} {value}, "
                        "and it needs {least}.",
                        session=s, round=t, count=len(here), column=self.column,
                        value=self.value, least=self.least,
                    )  # fmt: skip
