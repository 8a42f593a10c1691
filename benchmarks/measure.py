"""What a case is measured in: the set's own numbers, not ours."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from spilrooster import Problem, Programme

Attendance = tuple[str, str, str]
"""Participant, session, round: the form in which published plans come, double bookings and all."""


@dataclass(frozen=True)
class Score:
    """What a set's own scorer says of a plan.

    Attributes
    ----------
    value
        The number that the set optimises, in its own unit.
    defects
        Breaches of the set's own rules: kind and how often; kinds that do not occur are left out.
    notes
        Further numbers worth keeping.
    """

    value: float
    defects: tuple[tuple[str, int], ...] = ()
    notes: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Measure:
    """How our points translate to a set's own unit.

    Parameters
    ----------
    unit
        Name of the unit.
    higher_is_better
        False for costs.
    offset, scale
        A programme of v points is worth ``v / scale``, or ``offset - v`` where it is a cost.
    weight
        For two-part costs: weight of the first part, so that cost = first * weight + second.
    """

    unit: str
    higher_is_better: bool = True
    offset: int = 0
    scale: int = 1
    weight: int = 0

    def of_points(self, points: int) -> float:
        """Return points in the set's own unit."""
        if self.higher_is_better:
            return points if self.scale == 1 else points / self.scale
        return self.offset - points

    def of_bound(self, points: int) -> float:
        """Return a bound in points as a bound in the set's own unit; no cost is below 0."""
        return self.of_points(points) if self.higher_is_better else max(0, self.of_points(points))

    def gap(self, value: float | None, bound: float | None) -> float | None:
        """Return by what share of `value` a plan could be better at most; None if it is open.

        Of a two-part cost it is the gap of the second part, once the first is proven.
        """
        if value is None or bound is None:
            return None
        if self.weight:
            if value // self.weight != bound // self.weight:
                return None
            value, bound = value % self.weight, bound % self.weight
        better = bound - value if self.higher_is_better else value - bound
        if better == 0:
            return 0.0
        return better / value if value > 0 else None

    def text(self, value: float | None) -> str:
        """Write a value for people; a two-part cost as its two parts."""
        if value is None:
            return "–"
        if self.weight:
            return f"{value // self.weight:.0f} · {value % self.weight:,.0f}"
        whole = math.isclose(value, round(value)) and self.scale == 1
        return f"{value:,.0f}" if whole else f"{value:,.3f}"


@dataclass(frozen=True)
class Loaded:
    """A case that is ready to be solved and scored."""

    problem: Problem
    measure: Measure
    score: Callable[[Programme], Score]


class Adapter(Protocol):
    """A module of a set: makes its cases from its files."""

    def load(self, folder: str, variant: str) -> Loaded:
        """Read the files in `folder` and make the case named `variant`."""


def attendances(programme: Programme) -> Iterator[Attendance]:
    """Yield everybody's places, presenters included."""
    for schedule in programme.schedules:
        for round_id, session in zip(programme.rounds, schedule.sessions, strict=True):
            if session is not None:
                yield schedule.participant, session, round_id


def counted(**defects: int) -> tuple[tuple[str, int], ...]:
    """Name the defects that do occur."""
    return tuple((kind.replace("_", " "), times) for kind, times in defects.items() if times)
