"""Rule: a day that is neither too thin nor too full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from spilrooster.rules._people import DayRule
from spilrooster.rules._rule import Cost
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme
from spilrooster_models.event import ParticipantId, SessionId


class TakesPart(DayRule):
    """Each of these people listens or presents in at least `least` and at most `most` rounds.

    Who is away for a part of the day need not take part in more rounds than they are there.
    """

    rule: Literal["takes_part"] = "takes_part"
    least: int = Field(default=0, ge=0, description="least number of rounds")
    most: int | None = Field(default=None, ge=0, description="largest number of rounds")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.most is not None and self.most < self.least:
            raise ValueError("most is below least")
        return self

    def attendances(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        return self.everything(event) if self.least else ()

    def post(self, variables: Variables) -> Cost:
        for p in self.people(variables.event):
            sessions = variables.sessions_of(p.id)
            places = sum(variables.at(p.id, s, t) for s in sessions for t in variables.rounds)
            there = [t for t in variables.rounds if t not in p.absent]
            variables.cp.add(places >= min(self.least, len(there)))
            if self.most is not None:
                variables.cp.add(places <= self.most)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for p in self.people(event):
            times = sum(s is not None for s in programme.schedule_of[p.id].sessions)
            least = min(self.least, len(set(programme.rounds) - set(p.absent)))
            if times < least:
                yield self.broken(
                    (p.id,),
                    "{participant} takes part in {times} rounds, and it must be at least {least}.",
                    participant=p.id, times=times, least=least,
                )  # fmt: skip
            if self.most is not None and times > self.most:
                yield self.broken(
                    (p.id,),
                    "{participant} takes part in {times} rounds, and it may be at most {most}.",
                    participant=p.id, times=times, most=self.most,
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        for p in self.people(steering.event):
            i = steering.index.participant[p.id]
            there = len(steering.index.round) - len(set(p.absent))
            steering.least_rounds[i] = max(steering.least_rounds[i], min(self.least, there))
            if self.most is not None:
                steering.most_rounds[i] = min(steering.most_rounds[i], self.most)
