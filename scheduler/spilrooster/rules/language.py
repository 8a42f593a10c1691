"""Rule: people understand what is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._columns import people_column
from spilrooster.rules._rule import Cost, GradedRule
from spilrooster.steering import Steering
from spilrooster.variables import Literal as Flag
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Participant, Programme, Session


class Language(GradedRule):
    """Nobody listens to a session in a language that they do not have in their column.

    Several languages in a cell are separated by a vertical bar. A session without a language is
    for everybody, and somebody without any can go everywhere. Each attendance is a breach.
    """

    rule: Literal["language"] = "language"
    column: str = Field(
        default="languages", description="column of the participants with what they understand"
    )

    def refer(self, event: Event) -> Iterator[InputProblem]:
        yield from people_column(self, self.column, event)

    def understands(self, p: Participant, session: Session) -> bool:
        """Whether the session is in a language of this person."""
        known = {language.strip().casefold() for language in p.fact(self.column).split("|")}
        return not session.language or known == {""} or session.language.casefold() in known

    def post(self, variables: Variables) -> Cost:
        strange: list[Flag] = []
        for session in variables.event.sessions:
            for p in variables.people_of(session.id):
                person = variables.event.participants_by_id[p]
                if p not in session.presenters and not self.understands(person, session):
                    strange += [variables.at(p, session.id, t) for t in variables.rounds]
        return self.priced(variables, strange)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for p in event.participants:
            for s in programme.attended(event, p.id):
                session = event.sessions_by_id[s]
                if not self.understands(p, session):
                    yield self.breach(
                        1,
                        (p.id, s),
                        "{participant} attends {session}, which is in {language}.",
                        participant=p.id, session=s, language=session.language,
                    )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        if not self.soft:
            at, event = steering.index, steering.event
            for session in event.sessions:
                for p in event.participants:
                    if not self.understands(p, session):
                        steering.barred.add((at.participant[p.id], at.session[session.id]))
