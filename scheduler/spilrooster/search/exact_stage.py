"""The exact stage: the whole model in CP-SAT. It closes small events and proves infeasibility."""

from __future__ import annotations

from collections.abc import Callable

from ortools.sat.python import cp_model

from spilrooster.search.model import Model, affordable, build_work
from spilrooster.search.solver import Solving
from spilrooster.search.stage import Context
from spilrooster_models import Programme

MOST_PLACES_IN_NEED = 1_000_000
"""Largest people x sessions x rounds when annealing left no programme: any is welcome then."""


class ExactStage:
    """Solve the model with every rule and every attendance, level by level.

    Parameters
    ----------
    most_places
        Largest event that is tried: people x sessions x rounds.
    last_resort
        Whether a larger event is tried too while there is no programme.
    """

    name = "exact"

    def __init__(self, most_places: int, last_resort: bool = False) -> None:
        self.most_places = most_places
        self.last_resort = last_resort

    def run(self, context: Context, allowance: float) -> None:
        """Spend the allowance on the whole model, if it is small enough."""
        event = context.problem.event
        places = len(event.participants) * len(event.sessions) * len(event.layout.rounds)
        in_need = self.last_resort and context.standings.programme is None
        most = MOST_PLACES_IN_NEED if in_need else self.most_places
        if places > most or not affordable(places, context.clock):
            return
        context.standings.tell(self.name)
        end = context.clock.spent() + allowance
        model = Model.whole(context.problem)
        context.clock.charge(build_work(places))
        for level in sorted(model.costs):
            left = min(end - context.clock.spent(), context.clock.left())
            if left <= 0 or not self._solve_level(context, model, level, left):
                return

    def _solve_level(self, context: Context, model: Model, level: int, allowance: float) -> bool:
        """Minimise one level. Returns whether that was proven, so that the next may follow."""
        standings = context.standings
        if standings.programme is not None:
            model.variables.hint(standings.programme)
        model.minimise(level)
        solving = Solving(model.variables.cp, context.clock, allowance, context.seed)
        status = solving.run()
        if status == cp_model.INFEASIBLE and level == 1:
            standings.infeasible = True
        if solving.found:
            standings.offer(extracted(model, solving), self.name)
        if level == 1 and status in {cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN}:
            bound = context.problem.ideal - round_up(solving.solver.best_objective_bound)
            standings.offer_bound(bound, "CP-SAT")
        if status != cp_model.OPTIMAL:
            return False
        model.variables.cp.add(model.costs[level] <= round(solving.solver.objective_value))
        return True


def extracted(model: Model, solving: Solving) -> Programme:
    """Read the programme that a solving run found."""
    value: Callable[[cp_model.IntVar], bool] = solving.solver.boolean_value
    return model.variables.extract(value)


def round_up(bound: float) -> int:
    """Round a lower bound on a whole number up, allowing for the solver's own rounding."""
    return -int(-(bound - 1e-6) // 1)
