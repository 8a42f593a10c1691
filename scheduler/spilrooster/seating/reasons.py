"""Reasons: what people may have in common, as labels in arrays over all participants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from spilrooster.problem import Problem
from spilrooster.wishes import Mix, Reason
from spilrooster_models import Programme
from spilrooster_models.layout import BlockId

Ints = NDArray[np.int64]
Labels = NDArray[np.int32]

NOWHERE = -1
BITS = 62
"""Themes in one word of 64 bits, with the sign left alone."""


@dataclass
class Seatings:
    """Who is at which table, as far as it is decided.

    tables
        For each block, the table of each participant (P,), as its number among the block's tables
        and stands; NOWHERE for who has none.
    """

    problem: Problem
    programme: Programme
    tables: dict[BlockId, Ints] = field(default_factory=dict)

    @cached_property
    def people(self) -> dict[str, int]:
        """The number of each participant."""
        return self.problem.steering.index.participant

    @cached_property
    def order(self) -> tuple[BlockId, ...]:
        """The blocks with tables, in order of time."""
        return self.problem.event.seated

    def day(self, block: BlockId) -> dt.date:
        """Return the day of a block."""
        event = self.problem.event
        return next(event.day_of(b) for b in event.blocks if b.id == block)

    def tables_of(self, blocks: Iterable[BlockId]) -> Labels:
        """Return a column per block: who is at which table; places without tables bind nobody."""
        columns = [np.full(len(self.people), NOWHERE, dtype=np.int32)]
        for block in blocks:
            if block in self.tables:
                places = self.problem.event.layout.tables[block].values()
                mixed = np.array([place.tables > 0 for place in places])
                table = self.tables[block]
                columns.append(np.where((table >= 0) & mixed[table], table, NOWHERE))
        return np.stack(columns, axis=1).astype(np.int32)

    @cached_property
    def _sessions(self) -> Labels:
        """(P, T): the session of each participant in each round."""
        index = self.problem.steering.index
        found = np.full((len(self.people), len(index.round)), NOWHERE, dtype=np.int32)
        for schedule in self.programme.schedules:
            places = (NOWHERE if s is None else index.session[s] for s in schedule.sessions)
            found[index.participant[schedule.participant]] = list(places)
        return found

    def sessions_on(self, day: dt.date) -> Labels:
        """Return the sessions of each participant in the rounds of a day."""
        event = self.problem.event
        return self._sessions[:, [event.day_of(r) == day for r in event.layout.rounds]]

    def attribute(self, name: str) -> Labels:
        """Return a column with a number for each value of an attribute, capitals aside."""
        values: dict[str, int] = {"": NOWHERE}
        people = self.problem.event.participants
        texts = (getattr(p, name).casefold() for p in people)
        numbers = [values.setdefault(text, len(values)) for text in texts]
        return np.array(numbers, dtype=np.int32).reshape(-1, 1)

    def labels(self, reason: Reason, mix: Mix, block: BlockId, others: Iterable[BlockId]) -> Labels:
        """Return what makes two people meet for a reason, in columns (P, C).

        `others` are the blocks that count for the reason again: all others of the mix while a plan
        is sought, as it does not matter which of two seatings gives way; the earlier ones when
        meetings are counted.
        """
        if reason == "session":
            return self.sessions_on(self.day(block))
        if reason == "met":
            before = self.order[: self.order.index(block)]
            that_day = [b for b in before if self.day(b) == self.day(block)]
            return np.hstack([self.sessions_on(self.day(block)), self.tables_of(that_day)])
        if reason == "again":
            return self.tables_of(b for b in others if b in mix.blocks)
        return self.attribute(reason)

    def themes(self, best_choices: int) -> Ints:
        """Return the themes (P, W) of everybody's best choices, as bits."""
        event = self.problem.event
        numbers: dict[str, int] = {}
        wanted: list[list[int]] = []
        for p in event.participants:
            ranked = sorted(event.choices_of[p.id], key=lambda c: (c.rank or 0, -(c.points or 0)))
            titles = (event.sessions_by_id[c.session].theme for c in ranked[:best_choices])
            wanted.append([numbers.setdefault(t, len(numbers)) for t in titles if t])
        found = np.zeros((len(wanted), 1 + len(numbers) // BITS), dtype=np.int64)
        for i, mine in enumerate(wanted):
            for theme in mine:
                found[i, theme // BITS] |= 1 << (theme % BITS)
        return found

    def counted(self, names: Iterable[str]) -> Ints:
        """Return who has each role or is in each group (P, Q)."""
        people = self.problem.event.participants
        columns = [[name == p.role or name in p.groups for p in people] for name in names]
        return np.array(columns, dtype=np.int64).reshape(len(columns), len(people)).T.copy()


def pairs_at_tables(table: Ints) -> tuple[Ints, Ints]:
    """Return all pairs of people with one label; NOWHERE is none."""
    order = np.argsort(table, kind="stable")
    order = order[table[order] >= 0]
    size = np.bincount(table[order])
    begin = np.cumsum(size) - size
    one, other = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for b, n in zip(begin.tolist(), size.tolist(), strict=True):
        i, j = np.triu_indices(n, 1)
        one.append(order[b + i])
        other.append(order[b + j])
    return np.concatenate(one), np.concatenate(other)


def agree(labels: Labels, one: Ints, other: Ints) -> NDArray[np.bool_]:
    """Return for each pair whether it agrees in a column; NOWHERE agrees with nothing."""
    same = (labels[one] == labels[other]) & (labels[one] >= 0)
    return np.asarray(same.any(axis=1))


def strangers(themes: Ints, one: Ints, other: Ints) -> NDArray[np.bool_]:
    """Return for each pair whether both want themes and have none in common."""
    wants = np.asarray(themes.any(axis=1))
    common = np.asarray((themes[one] & themes[other]).any(axis=1))
    return np.asarray(wants[one] & wants[other] & ~common)
