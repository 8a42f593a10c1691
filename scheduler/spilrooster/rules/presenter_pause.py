"""Rule: presenters catch their breath."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, GradedRule, excess
from spilrooster.steering import Counted, Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import ParticipantId


class PresenterPause(GradedRule):
    """Nobody presents in more than `most` rounds in a row; with 1, a pause follows each round.

    Each stretch of `most` + 1 rounds on one day in all of which they present is a breach.
    """

    rule: Literal["presenter_pause"] = "presenter_pause"
    counted_in_search: ClassVar[bool] = True
    parts_in: ClassVar[str] = "presenters"
    presenters: tuple[ParticipantId, ...] = Field(
        default=(), description="participants who present; none = everyone who presents"
    )
    most: int = Field(default=1, ge=1, description="most rounds in a row")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        people = event.participants_by_id
        yield from self.unknown("presenters", self.presenters, people, "participant")

    def post(self, variables: Variables) -> Cost:
        event = variables.event
        too_long = []
        for p in self.presenters or event.presented_by:
            busy = {t: variables.cp.new_bool_var(f"{p} presents in {t}") for t in variables.rounds}
            for s in event.presented_by.get(p, ()):
                for t in variables.rounds:
                    variables.cp.add_implication(variables.held_in(s, t), busy[t])
            for day in event.days:
                for i in range(len(day) - self.most):
                    stretch = sum(busy[t] for t in day[i : i + self.most + 1])
                    too_long.append(excess(variables, stretch - self.most, 1))
        return self.priced(variables, too_long)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for p in self.presenters or event.presented_by:
            own = event.presented_by.get(p, ())
            busy = {t for s in own for t in programme.rounds_of.get(s, ())}
            for day in event.days:
                for i, _ in enumerate(day):
                    stretch = day[i : i + self.most + 1]
                    if len(stretch) > self.most and busy.issuperset(stretch):
                        yield self.breach(
                            1,
                            (p, *stretch),
                            "{participant} presents in {rounds} without a pause.",
                            participant=p, rounds=", ".join(stretch),
                        )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        event = steering.event
        for p in self.presenters or event.presented_by:
            own = event.presented_by.get(p, ())
            self.count(steering, Counted.IN_A_ROW, own, event.days, self.most)
            if not self.soft:
                most = sum(len(day) - len(day) // (self.most + 1) for day in event.days)
                for s in own:
                    i = steering.index.session[s]
                    steering.most_runs[i] = min(steering.most_runs[i], most)
