"""Plan: mix the tables of one block by annealing with the kernel."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spilrooster.search.clock import Clock
from spilrooster.seating.floor import Room, deal, sizes
from spilrooster.seating.kernel import anneal, lacking, mark, mark_strangers, settle
from spilrooster.wishes import Priority

Ints = NDArray[np.int64]
Labels = NDArray[np.int32]

TRIES_PER_UNIT = 4e6
"""Swaps that a core tries in about a second: the measure of work."""

PORTION = 50_000
"""Tries between two looks at the clock."""

ENOUGH = 40_000
"""Tries per person after which more bring next to nothing."""

HEAT = (1.0, 0.15)
"""First and last temperature: the first times what a meeting of the worst level left costs."""

MOST_TOGETHER = 12_000
"""People whose pairs fit into memory; more are dealt into floors that are mixed on their own."""


@dataclass(frozen=True)
class Term:
    """A reason not to meet, as labels (n, C) of the people, or as themes (n, W) they want.

    `fewest` is a bound on the pairs who meet for it.
    """

    priority: Priority
    labels: Labels
    themes: Ints | None = None
    fewest: int = 0

    def of(self, people: Ints, *, alone: bool) -> Term:
        """Return the term of some people; the bound only if those are all, and `alone`."""
        return Term(
            self.priority,
            np.ascontiguousarray(self.labels[people]),
            None if self.themes is None else np.ascontiguousarray(self.themes[people]),
            self.fewest if alone else 0,
        )


@dataclass(frozen=True)
class Task:
    """The people of one block who need a seat, where they can sit, and what they want.

    counts (n, Q), least (Q,): who counts as what, and how many there should be at each table.
    """

    room: Room
    terms: Sequence[Term]
    counts: Ints
    least: Ints
    short: Priority
    smallest: int
    order: Ints

    def of(self, tables: slice, people: Ints, *, alone: bool) -> Task:
        """Return the task of some of the tables and people, in the order of `people`.

        Bounds are about all people: they stay only if those are all, and `alone`.
        """
        return Task(
            room=Room(self.room.seats[tables], self.room.mixed[tables]),
            terms=[term.of(people, alone=alone) for term in self.terms],
            counts=np.ascontiguousarray(self.counts[people]),
            least=self.least,
            short=self.short,
            smallest=self.smallest,
            order=np.arange(len(people)),
        )

    def sizes(self) -> Ints:
        """Return how many people sit at each table."""
        counted = list(zip(self.counts.sum(axis=0).tolist(), self.least.tolist(), strict=True))
        return sizes(self.room, len(self.order), self.smallest, counted)


class Effort:
    """How far a run may go: its share of the clock, and never more than is useful."""

    def __init__(self, clock: Clock, allowance: float, people: int) -> None:
        self._clock, self._allowance = clock, allowance
        self._most = max(1, ENOUGH * people)
        self._least = min(self._most, 200 * people)
        self._began, self._tried = time.monotonic(), 0

    def done(self) -> float:
        """Return the share of the run that is over."""
        share = self._tried / self._most
        if self._tried < self._least:
            return min(share, 0.99)
        if self._clock.cancelled() or self._allowance <= 0:
            return 1.0
        if self._clock.counts_work:
            return max(share, self._tried / (self._allowance * TRIES_PER_UNIT))
        return max(share, (time.monotonic() - self._began) / self._allowance)

    def charge(self, tries: int) -> None:
        """Count tries."""
        self._tried += tries
        self._clock.charge(tries / TRIES_PER_UNIT)


def mixed(task: Task, start: Ints | None, clock: Clock, allowance: float, seed: int) -> Ints:
    """Return the table of each person (n,), mixed as well as the allowance of the clock permits.

    `start` is an earlier plan to improve; it is warmed up less than a new one.
    """
    size = task.sizes()
    if start is None:
        members = deal(task.order, size)
    else:
        members = np.argsort(start, kind="stable")
        size = np.bincount(start, minlength=len(size)).astype(np.int64)
    if any(term.priority.weight for term in task.terms) or len(task.least):
        parts = _parts(size)
        for part in parts:
            those = slice(int(size[: part.start].sum()), int(size[: part.stop].sum()))
            people = members[those]
            floor = _Floor(task.of(part, people, alone=len(parts) == 1), size[part])
            effort = Effort(clock, allowance / len(parts), len(people))
            members[those] = people[floor.mix(effort, seed, warm=start is not None)]
    table = np.empty(len(members), dtype=np.int64)
    table[members] = np.repeat(np.arange(len(size)), size)
    return table


class _Floor:
    """The arrays of the kernel. People are numbered table by table, as they sit at the start."""

    def __init__(self, task: Task, size: Ints) -> None:
        people = int(size.sum())
        self.task, self.size = task, size
        self.begin = np.cumsum(size) - size
        self.members, self.place = np.arange(people), np.arange(people)
        self.table = np.repeat(np.arange(len(size)), size)
        self.own = np.zeros(people, np.int64)
        self.have = np.zeros((len(size), len(task.least)), np.int64)
        self.units = _units(task, int(size.max(initial=0)))
        self.bond, self.price = self._bonds(people)

    def _bonds(self, people: int) -> tuple[NDArray[np.uint8], Ints]:
        price = np.zeros(1 << len(self.task.terms), dtype=np.int64)
        bond = np.zeros((people, people), dtype=np.min_scalar_type(len(price) - 1))
        for k, term in enumerate(self.task.terms):
            if term.themes is not None:
                mark_strangers(bond, term.themes, 1 << k)
            elif term.labels.shape[1]:
                mark(bond, term.labels, 1 << k)
            priced = np.arange(len(price)) >> k & 1
            price += priced * self.units[term.priority.level] * term.priority.weight
        return bond, price

    def total(self) -> int:
        """Work out what everything costs now."""
        task = self.task
        meetings = settle(
            self.bond, self.price, self.begin, self.size, task.room.mixed, self.members, self.own
        )
        missing = lacking(
            self.begin, self.size, task.room.mixed, self.members, task.counts, task.least, self.have
        )
        return meetings + missing * self._short()

    def _short(self) -> int:
        return self.units[self.task.short.level] * self.task.short.weight

    def _goal(self) -> int:
        """Return what no plan is below."""
        priced = ((t.priority, t.fewest) for t in self.task.terms)
        return sum(self.units[p.level] * p.weight * fewest for p, fewest in priced)

    def _worst(self, total: int) -> float:
        """Return what one point costs on the most important level that `total` shows."""
        left = total - self._goal()
        return float(max([1, *(unit for unit in self.units.values() if unit <= left)]))

    def mix(self, effort: Effort, seed: int, *, warm: bool) -> Ints:
        """Return how the members change places; what they cost is never more than at the start.

        A few people are warmed up again and again, many cool down once: a long way down is best
        for them, and the last plan of a short one is often not.
        """
        random = np.array([(seed + 1) * 2654435761 + 88172645463325252], dtype=np.int64)
        best, least, goal = self.members.copy(), self.total(), self._goal()
        cycles = max(1, min(8, 600 // max(1, len(self.members))))
        for cycle in range(cycles):
            total = self._cool(random, effort, (cycle / cycles, (cycle + 1) / cycles), warm=warm)
            if total < least:
                best, least = self.members.copy(), total
            if least <= goal:
                break
        return best

    def _cool(self, random: Ints, effort: Effort, span: tuple[float, float], *, warm: bool) -> int:
        """Cool down once, during the share of the effort from span[0] to span[1]."""
        people, goal = len(self.members), self._goal()
        total = self._run(random, 0.2, 4 * people, self.total())
        hot = self._worst(total) * (0.5 if warm else 1.0)
        first, last = max(HEAT[0] * hot, HEAT[1]), HEAT[1]
        portion = min(PORTION, 500 * people)
        while total > goal and (done := effort.done()) < span[1]:
            part = max(0.0, done - span[0]) / (span[1] - span[0])
            total = self._run(random, first * (last / first) ** part, portion, total)
            effort.charge(portion)
        return self._run(random, 0.1, 20 * people, total)

    def _run(self, random: Ints, heat: float, tries: int, total: int) -> int:
        task = self.task
        return anneal(
            self.bond, self.price, self.table, self.place, self.begin, self.size, task.room.mixed,
            self.members, self.own, task.counts, task.least, self.have, self._short(), random,
            tries, np.array([heat, heat]), total, self._goal(),
        )  # fmt: skip


def _parts(size: Ints) -> list[slice]:
    """Return tables that are mixed together: all, unless their people are too many."""
    parts, first = [], 0
    for last in range(1, len(size) + 1):
        if last == len(size) or size[first : last + 1].sum() > MOST_TOGETHER:
            parts.append(slice(first, last))
            first = last
    return parts


def _units(task: Task, largest: int) -> dict[int, int]:
    """Return what a point of each level costs, such that no swap can trade levels.

    One point is more than all that a swap of two people can change on the levels below it.
    """
    weights: dict[int, int] = {task.short.level: task.short.weight * max(1, len(task.least))}
    for term in task.terms:
        level = term.priority.level
        weights[level] = weights.get(level, 0) + term.priority.weight
    units, below = {}, 0
    for level in sorted(weights, reverse=True):
        units[level] = below + 1
        below += 2 * max(1, largest) * weights[level] * units[level]
    return units
