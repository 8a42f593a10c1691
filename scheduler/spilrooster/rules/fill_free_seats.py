"""Rule: everyone has somewhere to go in every round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, SoftRule
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class FillFreeSeats(SoftRule):
    """Each round in which a person is there but has no session costs `weight` points.

    People who chose nothing, or whose choices are full, are given a free seat by this rule. It
    asks for no attendances of its own: all people × all sessions would make the model huge, so
    the search fills seats in a step of its own.
    """

    rule: Literal["fill_free_seats"] = "fill_free_seats"
    standard: ClassVar[bool] = True
    in_search: ClassVar[bool] = True
    level: int = Field(default=2, ge=1, description="priority; lower levels are solved first")
    weight: int = Field(default=1, ge=0, description="points for each empty round of a person")

    def post(self, variables: Variables) -> Cost:
        places = 0
        taken: list[Cost] = []
        for p in variables.event.participants:
            there = [t for t in variables.rounds if t not in p.absent]
            places += len(there)
            taken += [variables.at(p.id, s, t) for s in variables.sessions_of(p.id) for t in there]
        return self.weight * (places - sum(taken))

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for schedule in programme.schedules:
            if None not in schedule.sessions or self.weight == 0:
                continue
            absent = event.participants_by_id[schedule.participant].absent
            days = zip(programme.rounds, schedule.sessions, strict=True)
            free = [t for t, session in days if session is None and t not in absent]
            if free:
                yield self.costs(
                    self.weight * len(free),
                    (schedule.participant, *free),
                    "{participant} has no session in {rounds}.",
                    participant=schedule.participant, rounds=", ".join(free),
                )  # fmt: skip
