"""Rule: nobody listens to the same story twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class NoRepeat(Rule):
    """A person listens to a session at most once. Presenting it twice is no repeat."""

    rule: Literal["no_repeat"] = "no_repeat"
    lasting: ClassVar[Lasting | None] = "times"
    standard: ClassVar[bool] = True
    in_search: ClassVar[bool] = True

    def post(self, variables: Variables) -> Cost:
        for session in variables.event.sessions:
            for p in variables.people_of(session.id):
                if p not in session.presenters:
                    variables.cp.add_at_most_one(
                        variables.at(p, session.id, t) for t in variables.rounds
                    )
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for schedule in programme.schedules:
            attended = programme.attended(event, schedule.participant)
            if len(set(attended)) == len(attended):
                continue
            for session, times in Counter(attended).items():
                if times > 1:
                    yield self.broken(
                        (schedule.participant, session),
                        "{participant} attends {session} {times} times.",
                        participant=schedule.participant, session=session, times=times,
                    )  # fmt: skip
