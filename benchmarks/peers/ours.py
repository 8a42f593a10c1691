"""This planner, as anybody would call it."""

from __future__ import annotations

import spilrooster as sr
from benchmarks.peers.outcome import Outcome


class Ours:
    """`spilrooster.solve` with a time limit and nothing else."""

    def __init__(self) -> None:
        self._solve = sr.solve  # imports the engine, before the clock starts

    def solve(self, problem: sr.Problem, seconds: float, seed: int) -> Outcome:
        """Solve the problem."""
        result = self._solve(problem, sr.Limits(seconds=seconds), seed=seed)
        return Outcome(
            status=result.status.value,
            programme=result.programme,
            bound=result.bound,
            bound_source=result.bound_source,
            moments=result.moments,
            versions=result.versions,
        )
