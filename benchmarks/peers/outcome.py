"""What every peer gives back."""

from __future__ import annotations

import math
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Protocol

from spilrooster import Moment, Problem, Programme

UNITS = 1e-6
"""How far a solver's floating-point bound on whole points may be off."""


class NotSupportedError(Exception):
    """The peer has no way to say something that the problem asks."""


@dataclass(frozen=True)
class Outcome:
    """A programme and a bound in points of level 1, as `spilrooster.Result` has them.

    `status` is the peer's own claim; value and defects are found by others, from the programme.
    """

    status: str
    programme: Programme | None = None
    bound: int | None = None
    bound_source: str = ""
    moments: tuple[Moment, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()


class Peer(Protocol):
    """A way to solve problems."""

    def solve(self, problem: Problem, seconds: float, seed: int) -> Outcome:
        """Solve within so many seconds, model building included.

        Raises NotSupportedError if the problem asks for something the peer cannot express.
        """


def whole_bound(value: float, ideal: int) -> int | None:
    """Return an upper bound on whole points, or None if the solver had none."""
    return min(ideal, math.floor(value + UNITS)) if math.isfinite(value) else None


def versions(packages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the versions of Python and of the packages."""
    return (("python", platform.python_version()), *((p, metadata.version(p)) for p in packages))
