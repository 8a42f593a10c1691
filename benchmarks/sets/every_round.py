"""Rule of several sets: nobody sits out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from spilrooster import Event, Finding, Programme
from spilrooster.rules import Cost, Rule
from spilrooster.variables import Variables


class EveryRound(Rule):
    """Everybody has a session in every round in which they are there.

    Steering has no word for it: the search fills free places as far as it can anyway.
    """

    rule: Literal["every_round"] = "every_round"

    def attendances(self, event: Event) -> Iterable[tuple[str, str]]:
        """Everybody with everything they may attend: anything may have to fill a round."""
        for p in event.participants:
            for s in event.sessions:
                if event.may_attend(p.id, s.id):
                    yield p.id, s.id

    def post(self, variables: Variables) -> Cost:
        """Demand exactly one place per person and round."""
        for p in variables.event.participants:
            sessions = variables.sessions_of(p.id)
            for t in variables.rounds:
                if t not in p.absent:
                    variables.cp.add_exactly_one(variables.at(p.id, s, t) for s in sessions)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        """Yield everybody who has nothing in a round."""
        for p in event.participants:
            places = zip(programme.rounds, programme.schedule_of[p.id].sessions, strict=True)
            empty = [t for t, session in places if session is None and t not in p.absent]
            if empty:
                text = "{participant} has no session in {rounds}."
                yield self.broken((p.id, *empty), text, participant=p.id, rounds=", ".join(empty))
