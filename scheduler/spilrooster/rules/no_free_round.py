"""Rule: nobody sits out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from spilrooster.rules._people import DayRule
from spilrooster.rules._rule import Cost
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme
from spilrooster_models.event import ParticipantId, SessionId


class NoFreeRound(DayRule):
    """These people listen or present in every round in which they are there.

    It is the hard sister of `fill_free_seats`: where seats or sessions are too few, there is no
    programme at all.
    """

    rule: Literal["no_free_round"] = "no_free_round"

    def attendances(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        return self.everything(event)

    def post(self, variables: Variables) -> Cost:
        for p in self.people(variables.event):
            sessions = variables.sessions_of(p.id)
            for t in variables.rounds:
                if t not in p.absent:
                    variables.cp.add_exactly_one(variables.at(p.id, s, t) for s in sessions)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for p in self.people(event):
            places = zip(programme.rounds, programme.schedule_of[p.id].sessions, strict=True)
            empty = [t for t, session in places if session is None and t not in p.absent]
            if empty:
                yield self.broken(
                    (p.id, *empty),
                    "{participant} has to have a session in every round, but has none in {rounds}.",
                    participant=p.id, rounds=", ".join(empty),
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        for p in self.people(steering.event):
            i = steering.index.participant[p.id]
            there = len(steering.index.round) - len(set(p.absent))
            steering.least_rounds[i] = max(steering.least_rounds[i], there)
