"""Rule: sessions that the same people should be able to see."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import SessionId
from spilrooster_models.layout import RoundId


class KeepApart(Rule):
    """Sessions in a pair never run in the same round; a session over several is in all of them."""

    rule: Literal["keep_apart"] = "keep_apart"
    lasting: ClassVar[Lasting | None] = "times"
    parts_in: ClassVar[str] = "pairs"
    pairs: tuple[tuple[SessionId, SessionId], ...] = Field(description="sessions to separate")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        named = (session for pair in self.pairs for session in pair)
        yield from self.unknown("pairs", named, event.sessions_by_id, "session")

    def post(self, variables: Variables) -> Cost:
        parts = variables.event.parts
        for pair in self.pairs:
            for a, b in itertools.product(*(parts.get(s, (s,)) for s in pair)):
                for t in variables.rounds:
                    variables.cp.add_at_most_one(variables.held_in(a, t), variables.held_in(b, t))
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for a, b in self.pairs:
            first, second = (self._rounds(event, programme, s) for s in (a, b))
            for t in sorted(first & second):
                yield self.broken((a, b, t), "{a} and {b} are both in {round}.", a=a, b=b, round=t)

    def _rounds(self, event: Event, programme: Programme, s: SessionId) -> set[RoundId]:
        parts = event.parts.get(s, (s,))
        return {t for part in parts for t in programme.rounds_of.get(part, ())}

    def steer(self, steering: Steering) -> None:
        at = steering.index.session
        parts = steering.event.parts
        for pair in self.pairs:
            both = itertools.product(*(parts.get(s, (s,)) for s in pair))
            steering.apart.update((at[a], at[b]) for a, b in both)
