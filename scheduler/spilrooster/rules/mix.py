"""Rule: people meet others than those they know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._audiences import AudienceRule
from spilrooster.rules._columns import people_column
from spilrooster.rules._rule import Cost, excess
from spilrooster.variables import Literal as Flag
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import SessionId
from spilrooster_models.layout import RoundId


class Mix(AudienceRule):
    """Each audience has people from at least `least` municipalities, sectors or the like.

    An audience that has fewer people than that needs all of them to differ. Each one that is
    lacking is a breach; people without anything in the column count for none.
    """

    rule: Literal["mix"] = "mix"
    column: str = Field(description="column of the participants, such as municipality or sector")
    least: int = Field(ge=2, description="how many different ones each audience has at least")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        yield from super().refer(event)
        yield from people_column(self, self.column, event)

    def post(self, variables: Variables) -> Cost:
        lacking = [
            self._lacking(variables, s, t)
            for s in self.sessions_in(variables.event)
            for t in variables.rounds
        ]
        return self.priced(variables, lacking)

    def _lacking(self, variables: Variables, s: SessionId, t: RoundId) -> Cost:
        cp, event = variables.cp, variables.event
        people: defaultdict[str, list[Flag]] = defaultdict(list)
        for p in variables.people_of(s):
            if p not in event.sessions_by_id[s].presenters:
                fact = event.participants_by_id[p].fact(self.column)
                people[fact].append(variables.at(p, s, t))
        there = {fact: cp.new_bool_var(f"{fact} at {s} in {t}") for fact in people if fact}
        for fact, literal in there.items():
            cp.add(literal <= sum(people[fact]))
        audience = sum(sum(literals) for literals in people.values())
        possible = cp.new_int_var(0, self.least, f"least at {s} in {t}")
        cp.add_min_equality(possible, [audience, self.least])
        return excess(variables, possible - sum(there.values()), self.least)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for s in self.sessions_in(event):
            for t in programme.rounds_of.get(s, ()):
                audience = programme.audience(event, s, t)
                facts = {event.participants_by_id[p].fact(self.column) for p in audience} - {""}
                least = min(len(audience), self.least)
                if len(facts) < least:
                    yield self.breach(
                        least - len(facts),
                        (s, t),
                        "{session} in {round} is too little mixed by {column}: {facts}.",
                        session=s, round=t, column=self.column,
                        facts=", ".join(sorted(facts)) or "-",
                    )  # fmt: skip
