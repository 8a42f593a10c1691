"""Rule: colleagues spread out, and bring more back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, excess
from spilrooster.rules._sets import People, SetsRule
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme
from spilrooster_models.event import SessionId
from spilrooster_models.layout import RoundId


class GroupApart(SetsRule):
    """At most `most` people of a set are in the audience of a run. Each one more is a breach."""

    rule: Literal["group_apart"] = "group_apart"
    most: int = Field(default=1, ge=1, description="most people of a set in one audience")
    all_runs: bool = Field(
        default=False, description="whether all runs of a session count together as one audience"
    )

    def post(self, variables: Variables) -> Cost:
        more: list[Cost] = []
        audiences = [variables.rounds] if self.all_runs else [(t,) for t in variables.rounds]
        for people in self.sets_of(variables.event):
            if len(people) > self.most:
                for s in variables.sessions:
                    more += [self._more(variables, people, s, rounds) for rounds in audiences]
        return self.priced(variables, more)

    def _more(
        self, variables: Variables, people: People, s: SessionId, rounds: tuple[RoundId, ...]
    ) -> Cost:
        able = set(people).intersection(variables.people_of(s))
        able.difference_update(variables.event.sessions_by_id[s].presenters)
        here = [variables.at(p, s, t) for p in sorted(able) for t in rounds]
        return excess(variables, sum(here) - self.most, len(here))

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        audiences = self._audiences(event, programme)
        for people in self.sets_of(event):
            for (s, rounds), audience in audiences.items():
                here = [p for p in audience if p in people]
                if len(here) > self.most:
                    yield self.breach(
                        len(here) - self.most,
                        (s, *rounds, *dict.fromkeys(here)),
                        "Too many who should spread out are at {session} in {rounds}: {people}.",
                        session=s, rounds=", ".join(rounds), people=", ".join(dict.fromkeys(here)),
                    )  # fmt: skip

    def _audiences(
        self, event: Event, programme: Programme
    ) -> dict[tuple[SessionId, tuple[RoundId, ...]], list[str]]:
        found: dict[tuple[SessionId, tuple[RoundId, ...]], list[str]] = {}
        for s, rounds in programme.rounds_of.items():
            for t in rounds:
                key = s, rounds if self.all_runs else (t,)
                found.setdefault(key, []).extend(programme.audience(event, s, t))
        return found
