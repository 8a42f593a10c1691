"""Rule: nobody presents to an empty room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

from spilrooster.rules._rule import Cost, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme
from spilrooster_models.event import ParticipantId, SessionId


class LeastPeople(Rule):
    """The audience of a run is at least its session's min_people; else it should not run."""

    rule: Literal["least_people"] = "least_people"
    standard: ClassVar[bool] = True

    def attendances(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        # People who did not choose the session may be the ones who make up the number.
        for session in event.sessions:
            if session.min_people > 0:
                for p in event.participants:
                    if event.may_attend(p.id, session.id):
                        yield p.id, session.id

    def post(self, variables: Variables) -> Cost:
        for session in variables.event.sessions:
            if session.min_people > 0:
                for t in variables.rounds:
                    people = sum(variables.audience(session.id, t))
                    least = session.min_people * variables.held_in(session.id, t)
                    variables.cp.add(people >= least)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for run in programme.runs:
            people = len(programme.audience(event, run.session, run.round))
            least = event.sessions_by_id[run.session].min_people
            if people < least:
                yield self.broken(
                    (run.session, run.round),
                    "{session} in {round} has too few people: {people}, and it needs {least}.",
                    session=run.session, round=run.round, people=people, least=least,
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        for session in steering.event.sessions:
            i = steering.index.session[session.id]
            steering.least_people[i] = max(steering.least_people[i], session.min_people)
