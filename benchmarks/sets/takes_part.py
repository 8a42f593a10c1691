"""Rule of the round tables: everybody takes part about as often as the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from spilrooster import Event, Finding, Programme
from spilrooster.rules import Cost, Rule
from spilrooster.variables import Variables


class TakesPart(Rule):
    """Everybody is at a session in so many rounds, listening or presenting.

    Steering has no word for it: the search fills free seats without counting whose they are.
    """

    rule: Literal["takes_part"] = "takes_part"
    least: int = Field(ge=0, description="least number of rounds")
    most: int = Field(ge=0, description="largest number of rounds")

    def attendances(self, event: Event) -> Iterable[tuple[str, str]]:
        """Everybody with everything they may attend: who chose little has to sit in somewhere."""
        for p in event.participants:
            for s in event.sessions:
                if event.may_attend(p.id, s.id):
                    yield p.id, s.id

    def post(self, variables: Variables) -> Cost:
        """Count each person's places."""
        for p in variables.event.participants:
            sessions = variables.sessions_of(p.id)
            places = sum(variables.at(p.id, s, t) for s in sessions for t in variables.rounds)
            variables.cp.add_linear_constraint(places, self.least, self.most)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        """Yield everybody who takes part too little or too often."""
        for p in event.participants:
            times = sum(s is not None for s in programme.schedule_of[p.id].sessions)
            if not self.least <= times <= self.most:
                text = "{participant} takes part {times} times; it must be {least} to {most}."
                yield self.broken(
                    (p.id,), text, participant=p.id, times=times, least=self.least, most=self.most
                )
