"""Rule: a presenter who comes for part of the day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import ParticipantId
from spilrooster_models.layout import RoundId


class PresenterAvailable(Rule):
    """What a presenter presents runs only in the rounds given.

    Unlike `absent` in the participants' file, it says nothing of what they listen to.
    """

    rule: Literal["presenter_available"] = "presenter_available"
    lasting: ClassVar[Lasting | None] = "times"
    presenter: ParticipantId = Field(description="participant who presents")
    rounds: tuple[RoundId, ...] = Field(description="rounds in which they can present")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        people = event.participants_by_id
        yield from self.unknown("presenter", (self.presenter,), people, "participant")
        yield from self.unknown("rounds", self.rounds, event.layout.round_ids, "round")

    def post(self, variables: Variables) -> Cost:
        for s in variables.event.presented_by.get(self.presenter, ()):
            for t in variables.rounds:
                if t not in self.rounds:
                    variables.cp.add(variables.held_in(s, t) == 0)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for run in programme.runs:
            own = self.presenter in event.sessions_by_id[run.session].presenters
            if own and run.round not in self.rounds:
                yield self.broken(
                    (self.presenter, run.session, run.round),
                    "{presenter} presents {session} and is not available in {round}.",
                    presenter=self.presenter, session=run.session, round=run.round,
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index
        others = [i for t, i in at.round.items() if t not in self.rounds]
        for session in steering.event.presented_by.get(self.presenter, ()):
            steering.may_run[at.session[session], others, :] = False
