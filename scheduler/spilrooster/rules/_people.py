"""Rules about the days of some people, or of everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import Field

from spilrooster.rules._rule import Rule
from spilrooster_models import Event, InputProblem, Participant
from spilrooster_models.event import ParticipantId, SessionId


class DayRule(Rule):
    """A rule that holds for the day of each person by itself."""

    participants: tuple[str, ...] = Field(
        default=(), description="ids of participants or groups; none = everybody"
    )

    def refer(self, event: Event) -> Iterator[InputProblem]:
        """Refuse participants and groups that do not exist."""
        known = event.participants_by_id.keys() | event.groups.keys()
        yield from self.unknown("participants", self.participants, known, "participant or group")

    def people(self, event: Event) -> tuple[Participant, ...]:
        """Return whom the rule is about, in the event's order."""
        if not self.participants:
            return event.participants
        named = {p for name in self.participants for p in event.groups.get(name, (name,))}
        return tuple(p for p in event.participants if p.id in named)

    def everything(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        """Everything that these people may attend: anything may have to fill a round."""
        for p in self.people(event):
            for session in event.sessions:
                if event.may_attend(p.id, session.id):
                    yield p.id, session.id
