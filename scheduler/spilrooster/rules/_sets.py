"""Sets of people that belong together: groups, and people with the same in a column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from spilrooster.rules._columns import people_column
from spilrooster.rules._rule import GradedRule
from spilrooster_models import Event, InputProblem
from spilrooster_models.event import ParticipantId

People = tuple[ParticipantId, ...]


class SetsRule(GradedRule):
    """A rule that holds for each of some sets of people by itself."""

    groups: tuple[str, ...] = Field(default=(), description="ids of groups; each is a set")
    column: str = Field(
        default="",
        description="column of the participants, such as organisation; "
        "people with the same in it are a set",
    )

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.groups and not self.column:
            raise ValueError("it needs groups, a column, or both")
        return self

    def refer(self, event: Event) -> Iterator[InputProblem]:
        """Refuse groups and columns that do not exist."""
        yield from self.unknown("groups", self.groups, event.groups, "group")
        if self.column:
            yield from people_column(self, self.column, event)

    def sets_of(self, event: Event) -> tuple[People, ...]:
        """Return the sets of two and more people, each once."""
        found: defaultdict[str, list[ParticipantId]] = defaultdict(list)
        for p in event.participants:
            if self.column and p.fact(self.column):
                found[p.fact(self.column)].append(p.id)
        groups = [
            tuple(p for p in event.participants_by_id if p in event.groups[name])
            for name in self.groups
        ]
        sets = dict.fromkeys([*groups, *map(tuple, found.values())])
        return tuple(people for people in sets if len(people) > 1)
