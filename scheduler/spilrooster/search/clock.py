"""Clock: how much a solve may still spend, in seconds or in work."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How long a solve may take, and when it is good enough.

    Parameters
    ----------
    seconds
        Wall time. Ignored if `work` is given.
    work
        Amount of work in units of about one second on one core. Work is counted, not timed: the
        same seed and work give the same answer on every machine. None = limit by time.
    gap
        Stop as soon as the proven gap is at most this share of the value.
    prove
        So much more, in the same unit, is left to the bound alone when the search is over.
    """

    seconds: float = 60.0
    work: float | None = None
    gap: float = 0.0
    prove: float = 0.0

    def __post_init__(self) -> None:
        if self.seconds <= 0 or (self.work is not None and self.work <= 0):
            raise ValueError("limits must be positive")
        if self.prove < 0:
            raise ValueError("prove must not be negative")


class Clock:
    """Keeps count of what was spent. Stages charge their work and ask what is left.

    `reserved` is kept for what comes after the search, and not theirs to spend.
    """

    def __init__(self, limits: Limits, cancelled: Callable[[], bool] = lambda: False) -> None:
        self.limits = limits
        self.cancelled = cancelled
        self.work = 0.0
        self._kept = 0.0
        self.reserved = 0.0
        self._start = time.monotonic()

    def seconds(self) -> float:
        """Wall time since the start."""
        return time.monotonic() - self._start

    def charge(self, work: float) -> None:
        """Count work that was done."""
        self.work += work

    def keep(self, seconds: float) -> None:
        """Keep so much of a time limit for what comes after the search: the final checks."""
        self._kept = seconds

    @property
    def counts_work(self) -> bool:
        """Whether work is limited rather than time."""
        return self.limits.work is not None

    def spent(self) -> float:
        """What was spent so far, in the unit of the limit."""
        return self.work if self.counts_work else self.seconds()

    def total(self) -> float:
        """The whole limit, but for what is reserved."""
        limit = self.limits.seconds if self.limits.work is None else self.limits.work
        return limit - self.reserved

    def left(self) -> float:
        """What may still be spent; 0 if nothing or if the solve was cancelled."""
        kept = 0.0 if self.counts_work else self._kept
        return 0.0 if self.cancelled() else max(0.0, self.total() - self.spent() - kept)


class Deadline:
    """The moment by which steps that take turns have to be done, in wall time.

    Whoever comes later gets what the others left.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until then; 0 if it has passed."""
        return max(0.0, self._end - time.monotonic())
