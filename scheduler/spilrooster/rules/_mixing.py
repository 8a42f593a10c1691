"""What the rules about mixed tables share: their fields, and how pairs are counted."""

from __future__ import annotations

import itertools
from abc import abstractmethod
from collections.abc import Hashable, Iterator
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from spilrooster.rules._seating_rule import SoftSeatingRule
from spilrooster.wishes import Mix, Priority, Reason, Wishes
from spilrooster_models import (
    Event,
    Finding,
    InputProblem,
    Message,
    Participant,
    Programme,
    SharedBlock,
    message,
)
from spilrooster_models.event import ParticipantId
from spilrooster_models.layout import BlockId, TableId

SENTENCES: dict[Reason, Message] = {
    "organisation": message("At {table} in {block}, pairs of one organisation: {count}."),
    "municipality": message("At {table} in {block}, pairs of one municipality: {count}."),
    "sector": message("At {table} in {block}, pairs of one sector: {count}."),
    "role": message("At {table} in {block}, pairs with one role: {count}."),
    "session": message("At {table} in {block}, pairs who are at one session that day: {count}."),
    "met": message("At {table} in {block}, pairs who met that day: {count}."),
    "again": message("At {table} in {block}, pairs who sat together before: {count}."),
    "theme": message("At {table} in {block}, pairs who want no theme in common: {count}."),
}


class MixingRule(SoftSeatingRule):
    """Mixed tables. A subclass says which blocks it is about, and what it avoids by default."""

    level: int = Field(
        default=4,
        ge=2,
        description="priority of what is short; the first of avoid is one level further, and so on",
    )
    avoid: tuple[Reason, ...] = Field(default=(), description="reasons, most important first")
    weights: tuple[int, ...] = Field(
        default=(),
        description="points per pair for each of avoid, then all on one level; empty = by level",
    )
    blocks: tuple[BlockId, ...] = Field(
        default=(), description="shared blocks; empty = all of its kind that have tables"
    )
    counted: tuple[tuple[str, int], ...] = Field(
        default=(), description="roles or groups, and how many of each there should be at a table"
    )
    smallest: int = Field(
        default=3, ge=1, description="least people at a table; tables too many stay empty"
    )
    best_choices: int = Field(
        default=3, ge=1, description="how many best choices say which themes somebody wants"
    )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(set(self.avoid)) < len(self.avoid):
            raise ValueError("a reason stands twice in avoid")
        if self.weights and len(self.weights) != len(self.avoid):
            raise ValueError("give as many weights as reasons, or none")
        if any(n < 0 for n in (*self.weights, *(least for _, least in self.counted))):
            raise ValueError("a number is below zero")
        return self

    @classmethod
    @abstractmethod
    def is_about(cls, block: SharedBlock) -> bool:
        """Whether the rule is about this block if no blocks are named."""

    @classmethod
    def applies(cls, event: Event) -> bool:
        blocks = event.layout.shared_blocks
        return any(cls.is_about(block) and _has_tables(event, block.id) for block in blocks)

    @property
    def levels(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys((self.level, *(p.level for _, p in self.priorities))))

    @cached_property
    def priorities(self) -> tuple[tuple[Reason, Priority], ...]:
        """What a pair costs, for each reason."""
        if self.weights:
            pairs = zip(self.avoid, self.weights, strict=True)
            return tuple((reason, Priority(self.level + 1, weight)) for reason, weight in pairs)
        numbered = enumerate(self.avoid, start=self.level + 1)
        return tuple((reason, Priority(level, 1)) for level, reason in numbered)

    def blocks_of(self, event: Event) -> tuple[BlockId, ...]:
        """Return the blocks that the rule is about, in order of time."""
        shared = [block for block in event.blocks if isinstance(block, SharedBlock)]
        if self.blocks:
            return tuple(block.id for block in shared if block.id in self.blocks)
        return tuple(b.id for b in shared if self.is_about(b) and _has_tables(event, b.id))

    def refer(self, event: Event) -> Iterator[InputProblem]:
        shared = {block.id for block in event.layout.shared_blocks}
        yield from self.unknown("blocks", self.blocks, shared, "shared block")
        if not self.blocks and not self.blocks_of(event):
            yield self._no_tables(None, message("No shared block of this kind has tables."))
        for block in self.blocks:
            if block in shared and not _has_tables(event, block):
                yield self._no_tables(block, message("This shared block has no tables."))
        roles = {p.role for p in event.participants} | event.groups.keys()
        yield from self.unknown("counted", (n for n, _ in self.counted), roles, "role or group")

    def _no_tables(self, block: BlockId | None, what: Message) -> InputProblem:
        column, advice = f"{self.rule}.blocks", message("Give it tables in tables.csv.")
        return InputProblem(file="event.toml", column=column, value=block, what=what, advice=advice)

    def wish(self, event: Event, wishes: Wishes) -> None:
        mix = Mix(
            rule=self.rule,
            blocks=self.blocks_of(event),
            avoid=self.priorities,
            counted=self.counted,
            smallest=self.smallest,
            short=Priority(self.level, 1),
            best_choices=self.best_choices,
        )
        wishes.mixes.append(mix)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        guests = _Guests(event, programme, self.blocks_of(event), self.best_choices)
        for block, table, people in guests.tables():
            yield from self._shortages(block, table, [event.participants_by_id[p] for p in people])
            for reason, priority in self.priorities:
                bonds = [guests.bonds(p, reason, block) for p in people]
                count = sum(
                    guests.meet(reason, one, other)
                    for one, other in itertools.combinations(bonds, 2)
                )
                if count and priority.weight:
                    finding = self.costs(
                        count * priority.weight, (block, table), SENTENCES[reason].template,
                        table=table, block=block, count=count,
                    )  # fmt: skip
                    yield finding.model_copy(update={"level": priority.level})

    def _shortages(
        self, block: BlockId, table: TableId, people: list[Participant]
    ) -> Iterator[Finding]:
        if len(people) < self.smallest:
            yield self.costs(
                self.smallest - len(people),
                (block, table),
                "There are {people} people at {table} in {block}; there should be {least}.",
                people=len(people), table=table, block=block, least=self.smallest,
            )  # fmt: skip
        for name, least in self.counted:
            there = sum(name == p.role or name in p.groups for p in people)
            if there < least:
                yield self.costs(
                    least - there,
                    (block, table),
                    "Of {name}, {people} are at {table} in {block}; there should be {least}.",
                    name=name, people=there, table=table, block=block, least=least,
                )  # fmt: skip


def _has_tables(event: Event, block: BlockId) -> bool:
    return any(place.tables for place in event.layout.tables.get(block, {}).values())


class _Guests:
    """Who sits where, and what may bind two people. Written for clarity: this is the judge."""

    def __init__(
        self, event: Event, programme: Programme, blocks: tuple[BlockId, ...], best_choices: int
    ) -> None:
        self.event, self.programme, self.blocks = event, programme, blocks
        self.best_choices = best_choices
        self.order = [block.id for block in event.blocks]
        self.days = {block.id: event.day_of(block) for block in event.blocks}

    def tables(self) -> Iterator[tuple[BlockId, TableId, tuple[ParticipantId, ...]]]:
        """Yield every table that is used in these blocks."""
        for (block, table), people in self.programme.people_at.items():
            if block in self.blocks and self.event.layout.tables[block][table].tables:
                yield block, table, people

    def bonds(self, person: ParticipantId, reason: Reason, block: BlockId) -> frozenset[Hashable]:
        """Return what somebody can have in common with others."""
        if reason == "session":
            return frozenset(self._runs(person, block))
        if reason == "met":
            return frozenset((*self._runs(person, block), *self._tables(person, block, None)))
        if reason == "again":
            return frozenset(self._tables(person, block, self.blocks))
        if reason == "theme":
            return frozenset(self._themes(person))
        value = getattr(self.event.participants_by_id[person], reason).casefold()
        return frozenset((value,) if value else ())

    def meet(self, reason: Reason, one: frozenset[Hashable], other: frozenset[Hashable]) -> bool:
        """Whether two people meet for this reason."""
        if reason == "theme":
            return bool(one) and bool(other) and one.isdisjoint(other)
        return not one.isdisjoint(other)

    def _runs(self, person: ParticipantId, block: BlockId) -> Iterator[Hashable]:
        places = self.programme.schedule_of[person].sessions
        for round_id, session in zip(self.programme.rounds, places, strict=True):
            if session is not None and self.days[round_id] == self.days[block]:
                yield round_id, session

    def _tables(
        self, person: ParticipantId, block: BlockId, blocks: tuple[BlockId, ...] | None
    ) -> Iterator[Hashable]:
        """Yield earlier tables: in these blocks or, if None, in all of that day."""
        for earlier in self.order[: self.order.index(block)]:
            table = self.programme.table_of.get((person, earlier))
            asked = self.days[earlier] == self.days[block] if blocks is None else earlier in blocks
            if table is not None and asked and self.event.layout.tables[earlier][table].tables:
                yield earlier, table

    def _themes(self, person: ParticipantId) -> Iterator[Hashable]:
        choices = self.event.choices_of[person]
        best = sorted(choices, key=lambda c: (c.rank or 0, -(c.points or 0)))
        for choice in best[: self.best_choices]:
            theme = self.event.sessions_by_id[choice.session].theme
            if theme:
                yield theme
