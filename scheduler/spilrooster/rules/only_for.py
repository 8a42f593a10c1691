"""Rule: a session for invited people stays among them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class OnlyFor(Rule):
    """Only people named in a session's only_for, or in a group named there, attend it."""

    rule: Literal["only_for"] = "only_for"
    lasting: ClassVar[Lasting | None] = "times"
    standard: ClassVar[bool] = True

    def post(self, variables: Variables) -> Cost:
        for session, invited in variables.event.invited.items():
            welcome = invited | set(variables.event.sessions_by_id[session].presenters)
            for p in variables.people_of(session):
                if p not in welcome:
                    for t in variables.rounds:
                        variables.cp.add(variables.at(p, session, t) == 0)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for run in programme.runs:
            if run.session not in event.invited:
                continue
            for p in programme.audience(event, run.session, run.round):
                if p not in event.invited[run.session]:
                    yield self.broken(
                        (p, run.session, run.round),
                        "{participant} attends {session} in {round} and is not invited.",
                        participant=p, session=run.session, round=run.round,
                    )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index
        for session, invited in steering.event.invited.items():
            people = {at.participant[p] for p in sorted(invited)}
            before = steering.only.get(at.session[session], people)
            steering.only[at.session[session]] = people.intersection(before)
