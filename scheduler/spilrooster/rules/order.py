"""Rule: sessions that build on each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import SessionId


class Order(Rule):
    """In each pair (a, b), every run of a is in an earlier round than every run of b.

    With `directly`, each run of a is followed by a run of b in the next round, and each run of b
    comes directly after a run of a. Then two parts can be given twice: a, b, a, b.
    """

    rule: Literal["order"] = "order"
    parts_in: ClassVar[str] = "pairs"
    pairs: tuple[tuple[SessionId, SessionId], ...] = Field(description="first and later session")
    directly: bool = Field(default=False, description="whether b comes in the very next round")

    def linked(self, event: Event) -> tuple[tuple[SessionId, SessionId], ...]:
        """Return the pairs; of a first session over several rounds it is the last part."""
        last = {part: parts[-1] for parts in event.parts.values() for part in parts}
        return tuple((last[a], b) for a, b in self.pairs)

    def refer(self, event: Event) -> Iterator[InputProblem]:
        named = (session for pair in self.pairs for session in pair)
        yield from self.unknown("pairs", named, event.sessions_by_id, "session")

    def post(self, variables: Variables) -> Cost:
        for a, b in self.linked(variables.event):
            if self.directly:
                self._post_directly(variables, a, b)
            else:
                self._post_earlier(variables, a, b)
        return 0

    def _post_earlier(self, variables: Variables, a: SessionId, b: SessionId) -> None:
        for i, early in enumerate(variables.rounds):
            for late in variables.rounds[i:]:
                both = variables.held_in(b, early), variables.held_in(a, late)
                variables.cp.add_at_most_one(*both)

    def _post_directly(self, variables: Variables, a: SessionId, b: SessionId) -> None:
        rounds = variables.rounds
        variables.cp.add(variables.held_in(b, rounds[0]) == 0)
        variables.cp.add(variables.held_in(a, rounds[-1]) == 0)
        for t, following in itertools.pairwise(rounds):
            variables.cp.add(variables.held_in(a, t) == variables.held_in(b, following))

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        number = {t: i for i, t in enumerate(programme.rounds)}
        for a, b in self.linked(event):
            first = {number[t] for t in programme.rounds_of.get(a, ())}
            later = {number[t] for t in programme.rounds_of.get(b, ())}
            if self.directly:
                yield from self._not_directly(programme, (a, b), first, later)
            elif first and later and max(first) >= min(later):
                late, early = programme.rounds[max(first)], programme.rounds[min(later)]
                yield self.broken(
                    dict.fromkeys((a, b, early, late)),  # it may be one round
                    "{a} has to come before {b}, but {a} runs in {late} and {b} in {early}.",
                    a=a, b=b, late=late, early=early,
                )  # fmt: skip

    def _not_directly(
        self,
        programme: Programme,
        pair: tuple[SessionId, SessionId],
        first: set[int],
        later: set[int],
    ) -> Iterator[Finding]:
        a, b = pair
        for i in sorted(first):
            if i + 1 not in later:
                t = programme.rounds[i]
                text = "{a} runs in {round}, and {b} does not run in the round after it."
                yield self.broken((a, b, t), text, a=a, b=b, round=t)
        for i in sorted(later):
            if i - 1 not in first:
                t = programme.rounds[i]
                text = "{b} runs in {round}, and {a} does not run in the round before it."
                yield self.broken((a, b, t), text, a=a, b=b, round=t)

    def steer(self, steering: Steering) -> None:
        at = steering.index.session
        pairs = {(at[a], at[b]) for a, b in self.linked(steering.event)}
        if not self.directly:
            steering.ordered |= pairs
            return
        steering.followed |= pairs
        for a, b in pairs:
            steering.may_run[a, -1, :] = False
            steering.may_run[b, 0, :] = False
