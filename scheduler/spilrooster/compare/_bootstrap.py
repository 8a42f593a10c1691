"""Bootstrap: would a difference between layouts be there with other people like these?

People are drawn with replacement, the same ones for every layout (paired), and with them, for each
layout on its own, as many of its seeds: a difference has to be larger than what chance in the
search makes too. Nothing is solved again; a programme is kept as it is.

The intervals of all pairs hold together with the given confidence: their common width comes from
the largest of all studentised differences in a draw (max-T; Westfall and Young, 1993,
Resampling-Based Multiple Testing).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DRAWS = 2_000
CONFIDENCE = 0.95
CHUNK = 250  # draws at a time, so that many people do not need much memory


@dataclass(frozen=True)
class Intervals:
    """Differences in points between layouts: row minus column.

    Attributes
    ----------
    found, low, high : float (L, L)
        The mean over the seeds, and the ends of its interval.
    """

    found: Floats
    low: Floats
    high: Floats

    def differs(self, one: int, other: int) -> bool:
        """Whether the interval leaves out zero."""
        return bool(self.low[one, other] > 0 or self.high[one, other] < 0)


def intervals(
    points: Sequence[Floats], *, draws: int = DRAWS, confidence: float = CONFIDENCE, seed: int = 1
) -> Intervals:
    """Return intervals for all differences between layouts.

    Parameters
    ----------
    points : float (seeds, people) for each layout
        Points of each person; the people are the same ones in the same order everywhere.
    """
    totals = _totals(points, draws, np.random.default_rng(seed))
    means = np.array([layout.sum(axis=1).mean() for layout in points])
    found = means[:, None] - means[None, :]
    spread = np.stack([(totals - totals[:, [i]]).std(axis=0) for i in range(len(points))])
    spread[spread <= 1e-9 * (1 + np.abs(found))] = 0.0
    largest = np.zeros(draws)
    for i in range(len(points)):  # one layout against all at a time: memory stays small
        off = np.abs((totals[:, [i]] - totals) - found[i])
        scaled = np.divide(off, spread[i], out=np.zeros_like(off), where=spread[i] > 0)
        largest = np.maximum(largest, scaled.max(axis=1))
    width = np.quantile(largest, confidence, method="higher") * spread
    return Intervals(found, found - width, found + width)


def _totals(points: Sequence[Floats], draws: int, rng: np.random.Generator) -> Floats:
    """Return the total points of each layout in each draw: float (draws, L)."""
    everyone = np.concatenate(points).T  # (people, seeds of all layouts)
    people = len(everyone)
    ends = np.cumsum([len(layout) for layout in points])
    totals = np.empty((draws, len(points)))
    for begin in range(0, draws, CHUNK):
        number = min(CHUNK, draws - begin)
        drawn = rng.multinomial(people, np.full(people, 1 / people), size=number)
        sums = drawn.astype(np.float64) @ everyone
        for i, layout in enumerate(points):
            k = len(layout)
            times = rng.multinomial(k, np.full(k, 1 / k), size=number) / k
            totals[begin : begin + number, i] = (sums[:, ends[i] - k : ends[i]] * times).sum(axis=1)
    return totals
