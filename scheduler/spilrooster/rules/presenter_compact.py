"""Rule: presenters need not wait for their next session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, GradedRule
from spilrooster.steering import Counted, Steering
from spilrooster.variables import Literal as Flag
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import ParticipantId
from spilrooster_models.layout import RoundId


class PresenterCompact(GradedRule):
    """On one day, presenters have no round without a session of theirs between two that have one.

    Each round that somebody waits is a breach. Unlike `no_gap` it counts each day by itself.
    """

    rule: Literal["presenter_compact"] = "presenter_compact"
    counted_in_search: ClassVar[bool] = True
    parts_in: ClassVar[str] = "presenters"
    presenters: tuple[ParticipantId, ...] = Field(
        default=(), description="participants who present; none = everyone who presents"
    )

    def refer(self, event: Event) -> Iterator[InputProblem]:
        people = event.participants_by_id
        yield from self.unknown("presenters", self.presenters, people, "participant")

    def post(self, variables: Variables) -> Cost:
        event = variables.event
        waits: list[Cost] = []
        for p in self.presenters or event.presented_by:
            for day in event.days:
                waits += [self._waits(variables, p, day, i) for i in range(1, len(day) - 1)]
        return self.priced(variables, waits)

    def _waits(
        self, variables: Variables, p: ParticipantId, day: tuple[RoundId, ...], i: int
    ) -> Flag:
        """Return whether p waits in round i: presents before it and after it, and not in it."""
        cp = variables.cp
        begun, goes_on, waits = (cp.new_bool_var(f"{p} {day[i]} {n}") for n in range(3))
        own = variables.event.presented_by.get(p, ())
        for s in own:
            for t in day[:i]:
                cp.add_implication(variables.held_in(s, t), begun)
            for t in day[i + 1 :]:
                cp.add_implication(variables.held_in(s, t), goes_on)
        here = [variables.held_in(s, day[i]) for s in own]
        cp.add_bool_or(~begun, ~goes_on, waits, *here)
        return waits

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for p in self.presenters or event.presented_by:
            own = event.presented_by.get(p, ())
            busy = {t for s in own for t in programme.rounds_of.get(s, ())}
            for day in event.days:
                used = [i for i, t in enumerate(day) if t in busy]
                inside = day[used[0] : used[-1]] if used else ()
                waits = [t for t in inside if t not in busy]
                if waits:
                    yield self.breach(
                        len(waits),
                        (p, *waits),
                        "{participant} waits in {rounds} between two sessions to present.",
                        participant=p, rounds=", ".join(waits),
                    )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at, event = steering.index.session, steering.event
        for p in self.presenters or event.presented_by:
            own = event.presented_by.get(p, ())
            if self.soft or len(event.days) > 1:
                self.count(steering, Counted.WAITS, own, event.days)
            elif own:
                steering.most_gaps[tuple(sorted(at[s] for s in own))] = 0
