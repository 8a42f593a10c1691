"""CP-SAT on the monolith, with two workers and nothing tuned."""

from __future__ import annotations

import math
import time

from ortools.sat.python import cp_model

from benchmarks.peers.monolith import monolith
from benchmarks.peers.outcome import Outcome, versions, whole_bound
from spilrooster import Moment, Problem

WORKERS = 2


class CpSat:
    """CP-SAT with default parameters."""

    linearization_level: int | None = None

    def solve(self, problem: Problem, seconds: float, seed: int) -> Outcome:
        """Build the model, and solve it in the time that is left."""
        start = time.monotonic()
        variables = monolith(problem)
        solver = self._solver(seconds - (time.monotonic() - start), seed)
        followed = _Followed(problem.ideal, start)
        solver.best_bound_callback = followed.on_bound
        status = solver.solve(variables.cp, followed)
        found = status in {cp_model.OPTIMAL, cp_model.FEASIBLE}
        bound = None
        if status != cp_model.INFEASIBLE:
            bound = whole_bound(problem.ideal - solver.best_objective_bound, problem.ideal)
            followed.note(followed.points, bound)
        return Outcome(
            status=solver.status_name(status).lower(),
            programme=variables.extract(solver.boolean_value) if found else None,
            bound=bound,
            bound_source="CP-SAT",
            moments=tuple(followed.moments),
            versions=versions(("ortools",)),
        )

    def _solver(self, seconds: float, seed: int) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = WORKERS
        solver.parameters.random_seed = seed
        solver.parameters.max_time_in_seconds = max(seconds, 0.1)
        if self.linearization_level is not None:
            solver.parameters.linearization_level = self.linearization_level
        return solver


class CpSatLevelTwo(CpSat):
    """CP-SAT with linearization_level=2, which suits models full of assignments."""

    linearization_level = 2


class _Followed(cp_model.CpSolverSolutionCallback):
    """Writes down how value and bound go, in points."""

    def __init__(self, ideal: int, start: float) -> None:
        super().__init__()
        self.ideal, self.start = ideal, start
        self.points: int | None = None
        self.bound: int | None = ideal
        self.moments: list[Moment] = []

    def on_solution_callback(self) -> None:
        """A better programme."""
        self.points = self.ideal - round(self.objective_value)
        self.on_bound(self.best_objective_bound)

    def on_bound(self, cost: float) -> None:
        """A better bound, as a cost."""
        if math.isfinite(cost):
            self.bound = whole_bound(self.ideal - cost, self.ideal)
        self.note(self.points, self.bound)

    def note(self, value: int | None, bound: int | None) -> None:
        """Write down a moment."""
        at = round(time.monotonic() - self.start, 3)
        self.moments.append(Moment(at=at, value=value, bound=bound, stage="CP-SAT"))
