"""Rule: repeats of a session are spread over the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, GradedRule, excess
from spilrooster.steering import Counted, Steering
from spilrooster.variables import Variables
from spilrooster_models import BlockKind, Event, Finding, InputProblem, Programme
from spilrooster_models.event import SessionId
from spilrooster_models.layout import RoundId

MIDDAY = dt.time(12, 30)
"""Where a day without a lunch block is divided."""

Part = tuple[RoundId, ...]


class Spread(GradedRule):
    """A session's runs are spread over the parts of the day: as many parts as it has runs, or all.

    Each part that is missed is a breach: with three runs in the morning and none in the afternoon
    that is one. Without `parts`, a day is divided by its lunch, or else at 12:30.
    """

    rule: Literal["spread"] = "spread"
    counted_in_search: ClassVar[bool] = True
    sessions: tuple[SessionId, ...] = Field(
        default=(), description="sessions to spread; none = every session"
    )
    parts: tuple[Part, ...] = Field(
        default=(), description="lists of rounds; none = morning and afternoon of each day"
    )

    def refer(self, event: Event) -> Iterator[InputProblem]:
        yield from self.unknown("sessions", self.sessions, event.sessions_by_id, "session")
        rounds = (t for part in self.parts for t in part)
        yield from self.unknown("parts", rounds, event.layout.round_ids, "round")

    def parts_of(self, event: Event) -> tuple[Part, ...]:
        """Return the parts of the day, as given or by the clock."""
        if self.parts:
            return self.parts
        start = {r.id: r.start for r in event.layout.rounds}
        found = []
        for day in event.days:
            noon = _noon(event, day)
            found.append(tuple(t for t in day if start[t] < noon))
            found.append(tuple(t for t in day if start[t] >= noon))
        return tuple(part for part in found if part)

    def post(self, variables: Variables) -> Cost:
        parts = self.parts_of(variables.event)
        missed = []
        for s in dict.fromkeys(self.sessions or variables.sessions):
            counts = [sum(variables.held_in(s, t) for t in part) for part in parts]
            used = [variables.cp.new_bool_var(f"{s} in part {i}") for i, _ in enumerate(parts)]
            for count, literal in zip(counts, used, strict=True):
                variables.cp.add(literal <= count)
            possible = variables.cp.new_int_var(0, len(parts), f"parts for {s}")
            variables.cp.add_min_equality(possible, [sum(counts), len(parts)])
            missed.append(excess(variables, possible - sum(used), len(parts)))
        return self.priced(variables, missed)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        parts = self.parts_of(event)
        for s in dict.fromkeys(self.sessions or event.sessions_by_id):
            rounds = programme.rounds_of.get(s, ())
            runs = [sum(t in part for t in rounds) for part in parts]
            missed = min(sum(runs), len(parts)) - sum(n > 0 for n in runs)
            if missed > 0:
                yield self.breach(
                    missed,
                    (s, *rounds),
                    "{session} is not spread over the day: it runs in {rounds}.",
                    session=s, rounds=", ".join(rounds),
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        parts = self.parts_of(steering.event)
        for s in dict.fromkeys(self.sessions or steering.index.session):
            self.count(steering, Counted.PARTS, (s,), parts)


def _noon(event: Event, day: Part) -> dt.time:
    date = next(r.date for r in event.layout.rounds if r.id == day[0]) or event.date
    lunches = [
        block.start
        for block in event.layout.shared_blocks
        if block.kind is BlockKind.LUNCH and (block.date or event.date) == date
    ]
    return min(lunches, default=MIDDAY)
