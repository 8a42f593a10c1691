"""Rule: no organisation has a session to itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._audiences import AudienceRule
from spilrooster.rules._columns import people_column
from spilrooster.rules._rule import Cost
from spilrooster.variables import Literal as Flag
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import SessionId
from spilrooster_models.layout import RoundId


class LargestShare(AudienceRule):
    """At most `percent` % of an audience is of one organisation, municipality or the like.

    One person may always be there. Each person beyond the share is a breach; people without
    anything in the column only make the audience larger.
    """

    rule: Literal["largest_share"] = "largest_share"
    column: str = Field(description="column of the participants, such as organisation")
    percent: int = Field(ge=1, le=100, description="largest share of an audience")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        yield from super().refer(event)
        yield from people_column(self, self.column, event)

    def post(self, variables: Variables) -> Cost:
        over: list[Cost] = []
        for s in self.sessions_in(variables.event):
            for t in variables.rounds:
                over += self._over(variables, s, t)
        return self.priced(variables, over)

    def _over(self, variables: Variables, s: SessionId, t: RoundId) -> Iterator[Cost]:
        """Yield for each fact how many people are there beyond its share, or beyond one."""
        cp, event = variables.cp, variables.event
        people: defaultdict[str, list[Flag]] = defaultdict(list)
        for p in variables.people_of(s):
            if p not in event.sessions_by_id[s].presenters:
                fact = event.participants_by_id[p].fact(self.column)
                people[fact].append(variables.at(p, s, t))
        audience = sum(sum(literals) for literals in people.values())
        for fact, literals in people.items():
            if fact and len(literals) > 1:
                count = sum(literals)
                alone = cp.new_bool_var(f"one of {fact} at {s} in {t}")
                over = cp.new_int_var(0, len(literals) - 1, "")
                cp.add(over >= count - 1).only_enforce_if(alone)
                share = 100 * count - self.percent * audience
                cp.add(100 * over >= share).only_enforce_if(~alone)
                yield over

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for s in self.sessions_in(event):
            for t in programme.rounds_of.get(s, ()):
                audience = programme.audience(event, s, t)
                facts = Counter(event.participants_by_id[p].fact(self.column) for p in audience)
                most = max(1, len(audience) * self.percent // 100)
                for fact, count in facts.items():
                    if fact and count > most:
                        yield self.breach(
                            count - most,
                            (s, t),
                            "{session} in {round} has {count} people with {column} {fact}, "
                            "and at most {most} of {people} may be.",
                            session=s, round=t, count=count, column=self.column, fact=fact,
                            most=most, people=len(audience),
                        )  # fmt: skip
