"""Rule: a session is held as often as was agreed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from spilrooster.rules._rule import Cost, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class RunsBetween(Rule):
    """A session runs at least min_runs and at most max_runs times."""

    rule: Literal["runs_between"] = "runs_between"
    standard: ClassVar[bool] = True

    def post(self, variables: Variables) -> Cost:
        for session in variables.event.sessions:
            runs = sum(variables.held_in(session.id, t) for t in variables.rounds)
            variables.cp.add(runs >= session.min_runs)
            variables.cp.add(runs <= session.max_runs)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for session in event.sessions:
            runs = len(programme.rounds_of.get(session.id, ()))
            if runs < session.min_runs:
                yield self.broken(
                    (session.id,),
                    "{session} has too few runs: {runs}, and it needs at least {least}.",
                    session=session.id, runs=runs, least=session.min_runs,
                )  # fmt: skip
            if runs > session.max_runs:
                yield self.broken(
                    (session.id,),
                    "{session} has too many runs: {runs}, and it may have at most {most}.",
                    session=session.id, runs=runs, most=session.max_runs,
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        for session in steering.event.sessions:
            i = steering.index.session[session.id]
            steering.least_runs[i] = max(steering.least_runs[i], session.min_runs)
            steering.most_runs[i] = min(steering.most_runs[i], session.max_runs)
