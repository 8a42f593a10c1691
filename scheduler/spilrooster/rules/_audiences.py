"""Rules about who sits in the audience of each run of some sessions."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from spilrooster.rules._rule import GradedRule
from spilrooster_models import Event, InputProblem
from spilrooster_models.event import SessionId


class AudienceRule(GradedRule):
    """A rule that holds for each audience by itself."""

    sessions: tuple[SessionId, ...] = Field(
        default=(), description="sessions that it is about; none = every session"
    )

    def refer(self, event: Event) -> Iterator[InputProblem]:
        """Refuse sessions that do not exist."""
        yield from self.unknown("sessions", self.sessions, event.sessions_by_id, "session")

    def sessions_in(self, event: Event) -> tuple[SessionId, ...]:
        """Return the sessions that the rule is about, each once."""
        return tuple(dict.fromkeys(self.sessions or event.sessions_by_id))
