"""Rule: some colleagues stay at work while others are out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, excess
from spilrooster.rules._sets import SetsRule
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class NotAllAtOnce(SetsRule):
    """In a round, at most `percent` % of the people of a set take part, rounded down.

    So that an organisation is not closed while its people are out. One person may always take
    part. Each one more is a breach, whether they listen or present.
    """

    rule: Literal["not_all_at_once"] = "not_all_at_once"
    percent: int = Field(default=50, ge=1, le=99, description="largest share of a set in one round")

    def post(self, variables: Variables) -> Cost:
        over = []
        for people in self.sets_of(variables.event):
            most = max(1, len(people) * self.percent // 100)
            for t in variables.rounds:
                out = [variables.at(p, s, t) for p in people for s in variables.sessions_of(p)]
                over.append(excess(variables, sum(out) - most, len(people) - most))
        return self.priced(variables, over)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for people in self.sets_of(event):
            days = [programme.schedule_of[p].sessions for p in people]
            for t, *sessions in zip(programme.rounds, *days, strict=True):
                out = [p for p, s in zip(people, sessions, strict=True) if s is not None]
                share = self.percent * len(people)
                extra = [n for n in range(2, len(out) + 1) if 100 * n > share]
                if extra:
                    yield self.breach(
                        len(extra),
                        (t, *out),
                        "In {round}, {count} of these {size} people take part at once, and at "
                        "most {percent} % may: {people}.",
                        round=t, count=len(out), size=len(people), percent=self.percent,
                        people=", ".join(out),
                    )  # fmt: skip
