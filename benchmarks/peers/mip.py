"""SCIP and HiGHS on the monolith, through OR-Tools' MathOpt."""

from __future__ import annotations

import datetime as dt
import time

from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from benchmarks.peers.linear import Linear, values_of
from benchmarks.peers.monolith import monolith
from benchmarks.peers.outcome import Outcome, versions, whole_bound
from spilrooster import Moment, Problem

CLOSE_ENOUGH = 0.5
"""Points are whole: within half a point of the bound nothing better is left to find."""


class Mip:
    """A MIP solver with default parameters, but for gaps that leave no point behind."""

    solver: mathopt.SolverType

    def solve(self, problem: Problem, seconds: float, seed: int) -> Outcome:
        """Build the model twice, as CP-SAT and as MIP, and solve it in the time that is left."""
        start = time.monotonic()
        variables = monolith(problem)
        linear = Linear(variables.cp)
        left = seconds - (time.monotonic() - start)
        result = mathopt.solve(
            linear.model, self.solver, params=self._parameters(max(left, 0.1), seed)
        )
        programme = None
        if result.has_primal_feasible_solution():
            values = [*values_of(result.variable_values(linear.variables))]

            def value(literal: cp_model.IntVar) -> bool:
                return values[literal.index]

            programme = variables.extract(value)
        cost = result.termination.objective_bounds.dual_bound
        bound = whole_bound(problem.ideal - cost, problem.ideal)
        return Outcome(
            status=result.termination.reason.name.lower(),
            programme=programme,
            bound=bound,
            bound_source=self.solver.name,
            moments=self._moments(problem, result, bound, time.monotonic() - start),
            versions=versions(("ortools",)),
        )

    def _parameters(self, seconds: float, seed: int) -> mathopt.SolveParameters:
        return mathopt.SolveParameters(
            time_limit=dt.timedelta(seconds=seconds),
            random_seed=seed,
            relative_gap_tolerance=0.0,
            absolute_gap_tolerance=CLOSE_ENOUGH,
        )

    def _moments(
        self, problem: Problem, result: mathopt.SolveResult, bound: int | None, at: float
    ) -> tuple[Moment, ...]:
        """The end only: MathOpt does not tell how these two got there."""
        value = None
        if result.has_primal_feasible_solution():
            value = problem.ideal - round(result.objective_value())
        return (Moment(at=round(at, 3), value=value, bound=bound, stage=self.solver.name),)


class Scip(Mip):
    """SCIP; this build searches on one core."""

    solver = mathopt.SolverType.GSCIP


class Highs(Mip):
    """HiGHS; MathOpt leaves its number of threads to HiGHS itself."""

    solver = mathopt.SolverType.HIGHS
