"""Rule: a session runs only when it can."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class AllowedRounds(Rule):
    """A session that lists rounds runs only in those."""

    rule: Literal["allowed_rounds"] = "allowed_rounds"
    lasting: ClassVar[Lasting | None] = "times"
    standard: ClassVar[bool] = True

    def post(self, variables: Variables) -> Cost:
        for session in variables.event.sessions:
            for t in variables.rounds:
                if session.rounds and t not in session.rounds:
                    variables.cp.add(variables.held_in(session.id, t) == 0)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for run in programme.runs:
            allowed = event.sessions_by_id[run.session].rounds
            if allowed and run.round not in allowed:
                yield self.broken(
                    (run.session, run.round),
                    "{session} runs in {round}, and it may not run then.",
                    session=run.session, round=run.round,
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index
        for session in steering.event.sessions:
            if session.rounds:
                others = [i for t, i in at.round.items() if t not in session.rounds]
                steering.may_run[at.session[session.id], others, :] = False
