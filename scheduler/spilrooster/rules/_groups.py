"""Rules about sessions that belong together: those of one organisation, or of one presenter."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from spilrooster.rules._rule import Rule
from spilrooster.steering import Steering
from spilrooster_models import Event, InputProblem
from spilrooster_models.event import SessionId

Group = tuple[SessionId, ...]


class GroupRule(Rule):
    """A rule that holds for each group of sessions by itself."""

    groups: tuple[Group, ...] = Field(
        default=(), description="lists of sessions; each list is a group, such as an organisation"
    )
    presenters: bool = Field(
        default=False, description="whether the sessions of each presenter are a group as well"
    )

    def refer(self, event: Event) -> Iterator[InputProblem]:
        """Refuse sessions that do not exist."""
        named = (session for group in self.groups for session in group)
        yield from self.unknown("groups", named, event.sessions_by_id, "session")

    def all_groups(self, event: Event) -> tuple[Group, ...]:
        """Return every group, each once."""
        own = (tuple(sessions) for sessions in event.presented_by.values() if self.presenters)
        return tuple(dict.fromkeys((*self.groups, *own)))

    def numbered(self, steering: Steering) -> Iterator[tuple[int, ...]]:
        """Yield every group by the positions of its sessions."""
        at = steering.index.session
        for group in self.all_groups(steering.event):
            yield tuple(sorted({at[session] for session in group}))
