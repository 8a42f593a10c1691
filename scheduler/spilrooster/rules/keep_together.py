"""Rule: sessions that are offered as alternatives to each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import SessionId


class KeepTogether(Rule):
    """Sessions in a pair run in exactly the same rounds."""

    rule: Literal["keep_together"] = "keep_together"
    parts_in: ClassVar[str] = "pairs"
    pairs: tuple[tuple[SessionId, SessionId], ...] = Field(description="sessions to join")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        named = (session for pair in self.pairs for session in pair)
        yield from self.unknown("pairs", named, event.sessions_by_id, "session")

    def post(self, variables: Variables) -> Cost:
        for a, b in self.pairs:
            for t in variables.rounds:
                variables.cp.add(variables.held_in(a, t) == variables.held_in(b, t))
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for a, b in self.pairs:
            for one, other in ((a, b), (b, a)):
                there = programme.rounds_of.get(other, ())
                for t in programme.rounds_of.get(one, ()):
                    if t not in there:
                        yield self.broken(
                            (one, other, t),
                            "{one} runs in {round} without {other}.",
                            one=one, other=other, round=t,
                        )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index.session
        steering.together.update((at[a], at[b]) for a, b in self.pairs)
