"""Levels: the shares that anybody can have at all, and how far up they are proven impossible."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from spilrooster.problem import Problem

MOST_SUMS = 100_000
"""With more sums of points than this to go through, a grid stands in for them."""

GRID = 1000
"""Steps of that grid."""

ROUNDING = Fraction(1, 1_000_000)
"""What a linear solver may be off."""


@dataclass(frozen=True)
class Levels:
    """Shares from 0 to 1 in order.

    `every` says that all shares that anybody can have are among them. What the worst-off person
    gets is then one of them, so nothing lies between two that are proven possible and impossible.
    """

    values: tuple[Fraction, ...]
    every: bool

    @classmethod
    def of(cls, problem: Problem) -> Levels:
        """Gather the sums of everybody's points as shares of their ideals."""
        event, rounds = problem.event, len(problem.event.layout.rounds)
        kinds: set[tuple[int, tuple[int, ...]]] = set()
        for p in event.participants:
            ideal = problem.choices.ideal_of(event, p.id)
            if ideal:
                points = sorted(problem.choices.points_of(event, p.id).values(), reverse=True)
                kinds.add((ideal, tuple(points)))
        found = {Fraction(0), Fraction(1)}
        done = 0
        for ideal, worths in kinds:
            sums = _sums(worths, rounds, MOST_SUMS - done)
            done += len(sums)
            if done >= MOST_SUMS:
                return cls(tuple(Fraction(i, GRID) for i in range(GRID + 1)), every=False)
            found.update(Fraction(total, ideal) for total in sums if total <= ideal)
        return cls(tuple(sorted(found)), every=True)

    def limit(self, reached: Fraction, possible: Callable[[Fraction], bool | None]) -> Fraction:
        """Return a share that is proven not to be exceeded.

        `possible` says False only with a proof, and what is possible at a level is so below it.
        Levels up to `reached` are known to be possible.
        """
        low = bisect_right(self.values, reached) - 1
        high = len(self.values) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if possible(self.values[middle]) is False:
                high = middle - 1
            else:
                low = middle
        return max(reached, self._up_to(high))

    def under(self, limit: float) -> Fraction:
        """Return the share that is not exceeded if `limit`, rounding apart, is not."""
        at_most = Fraction(limit) + ROUNDING
        if not self.every:
            return min(Fraction(1), at_most)
        return self.values[max(0, bisect_right(self.values, at_most) - 1)]

    def _up_to(self, number: int) -> Fraction:
        """What is not exceeded if the next level is not reached."""
        if self.every or number + 1 == len(self.values):
            return self.values[number]
        return self.values[number + 1]


def _sums(points: tuple[int, ...], most: int, enough: int) -> set[int]:
    """Every sum of at most `most` of the points; stops when there are `enough`."""
    sums: list[set[int]] = [{0}, *(set[int]() for _ in range(most))]
    for worth in points:
        for count in range(most, 0, -1):
            sums[count] |= {total + worth for total in sums[count - 1]}
        if sum(map(len, sums)) >= enough:
            break
    return set[int]().union(*sums)
