"""Rule: who follows one part follows the others too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, GradedRule
from spilrooster.variables import Literal as Flag
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import ParticipantId, SessionId


class AllOf(GradedRule):
    """Who listens to one of these sessions listens to all of them. Each one missed is a breach.

    For a session in parts; with `order`, `directly` and `stay_in_room` it is one long session.
    What somebody presents themselves does not count for them.
    """

    rule: Literal["all_of"] = "all_of"
    sessions: tuple[SessionId, ...] = Field(
        min_length=2, description="sessions that people take together or not at all"
    )

    def refer(self, event: Event) -> Iterator[InputProblem]:
        yield from self.unknown("sessions", self.sessions, event.sessions_by_id, "session")

    def attendances(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        for p in event.participants_by_id:
            if any(choice.session in self.sessions for choice in event.choices_of[p]):
                for s in self.sessions:
                    if event.may_attend(p, s):
                        yield p, s

    def post(self, variables: Variables) -> Cost:
        missed: list[Flag] = []
        for p in variables.event.participants:
            own = variables.event.presented_by.get(p.id, ())
            parts = [s for s in dict.fromkeys(self.sessions) if s not in own]
            if any(s in variables.sessions_of(p.id) for s in parts):
                missed += self._missed(variables, p.id, parts)
        return self.priced(variables, missed)

    def _missed(
        self, variables: Variables, p: ParticipantId, parts: list[SessionId]
    ) -> Iterator[Flag]:
        """Yield for each part whether p misses it while hearing another."""
        cp, known = variables.cp, variables.sessions_of(p)
        some = cp.new_bool_var(f"{p} hears some of {parts}")
        for s in parts:
            heard = [variables.at(p, s, t) for t in variables.rounds if s in known]
            for literal in heard:
                cp.add_implication(literal, some)
            missed = cp.new_bool_var(f"{p} misses {s}")
            cp.add_bool_or(~some, missed, *heard)
            yield missed

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for p in event.participants_by_id:
            own = event.presented_by.get(p, ())
            parts = {s for s in self.sessions if s not in own}
            heard = parts.intersection(programme.attended(event, p))
            missed = sorted(parts - heard)
            if heard and missed:
                yield self.breach(
                    len(missed),
                    (p, *sorted(heard), *missed),
                    "{participant} attends {heard} and not {missed}, which belong together.",
                    participant=p, heard=", ".join(sorted(heard)), missed=", ".join(missed),
                )  # fmt: skip
