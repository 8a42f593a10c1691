"""Shares: what everybody got of their own ideal."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from spilrooster.problem import Problem
from spilrooster_models import Programme

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Shares:
    """What everybody got; P people, in the event's order.

    Attributes
    ----------
    got, ideal : int (P,)
        Points of the choices granted, and of the person's best list; ideal 0 = no wishes.
    nothing : bool (P,)
        Whether they chose something they could get, and got none of it.
    """

    got: Ints
    ideal: Ints
    nothing: Bools

    @classmethod
    def of(cls, problem: Problem, programme: Programme) -> Shares:
        """Count what a programme gives."""
        event, choices = problem.event, problem.choices
        count = len(event.participants)
        got, ideal = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
        nothing = np.zeros(count, dtype=np.bool_)
        for i, p in enumerate(event.participants):
            ideal[i] = choices.ideal_of(event, p.id)
            points = choices.points_of(event, p.id)
            granted = points.keys() & programme.attended(event, p.id)
            got[i] = sum(points[session] for session in granted)
            nothing[i] = ideal[i] > 0 and not granted
        return cls(got, ideal, nothing)

    @property
    def wishing(self) -> Bools:
        """Whether each person (P,) chose something they could get."""
        return self.ideal > 0

    @property
    def worst(self) -> Fraction:
        """The smallest share of anybody with wishes."""
        who = np.flatnonzero(self.wishing)
        return min(Fraction(int(self.got[p]), int(self.ideal[p])) for p in who)

    def deciles(self) -> tuple[float, ...]:
        """Return nine real shares of the people with wishes, from low to high."""
        shares = self.got[self.wishing] / self.ideal[self.wishing]
        found = np.quantile(shares, np.arange(1, 10) / 10, method="inverted_cdf")
        return tuple(float(share) for share in found)
