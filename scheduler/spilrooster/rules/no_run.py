"""Rule: a run that the organiser has taken out stays out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import SessionId
from spilrooster_models.layout import RoundId


class NoRun(Rule):
    """A session does not run in any of these rounds."""

    rule: Literal["no_run"] = "no_run"
    lasting: ClassVar[Lasting | None] = "times"
    parts_in: ClassVar[str] = "rounds"
    session: SessionId = Field(description="session to keep out")
    rounds: tuple[RoundId, ...] = Field(description="rounds in which it does not run")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        yield from self.unknown("session", (self.session,), event.sessions_by_id, "session")
        yield from self.unknown("rounds", self.rounds, event.layout.round_ids, "round")

    def post(self, variables: Variables) -> Cost:
        for t in self.rounds:
            variables.cp.add(variables.held_in(self.session, t) == 0)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for run in programme.runs:
            if run.session == self.session and run.round in self.rounds:
                yield self.broken(
                    (run.session, run.round),
                    "{session} runs in {round}, and was taken out of it.",
                    session=run.session, round=run.round,
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index
        out = [at.round[t] for t in self.rounds]
        steering.may_run[at.session[self.session], out] = False
