"""Rule: nobody is planned while they are away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class PersonPresent(Rule):
    """Nobody is at a session in a round they miss, whether to listen or to present."""

    rule: Literal["person_present"] = "person_present"
    lasting: ClassVar[Lasting | None] = "times"
    standard: ClassVar[bool] = True

    def post(self, variables: Variables) -> Cost:
        for p in variables.event.participants:
            for t in p.absent:
                for s in variables.sessions_of(p.id):
                    variables.cp.add(variables.at(p.id, s, t) == 0)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for p in event.participants:
            if not p.absent:
                continue
            places = programme.schedule_of[p.id].sessions
            for t, session in zip(programme.rounds, places, strict=True):
                if session is not None and t in p.absent:
                    yield self.broken(
                        (p.id, session, t),
                        "{participant} is at {session} in {round}, but is away then.",
                        participant=p.id, session=session, round=t,
                    )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index
        for p in steering.event.participants:
            for t in p.absent:
                steering.present[at.participant[p.id], at.round[t]] = False
