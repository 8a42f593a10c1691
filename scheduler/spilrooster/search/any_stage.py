"""Any programme at all: hard rules alone, over the attendances that they ask for.

Without wishes and with few attendances the model is small, and CP-SAT finds a programme where the
search and its repair found none. Hardly anybody gets what they chose in it: the neighbourhoods
start from there.
"""

from __future__ import annotations

from spilrooster.problem import Problem
from spilrooster.search.exact_stage import extracted
from spilrooster.search.model import Model, affordable, build_work
from spilrooster.search.solver import Solving
from spilrooster.search.stage import Context


class AnyStage:
    """Find any programme, if there is none yet."""

    name = "any"

    def run(self, context: Context, allowance: float) -> None:
        """Spend at most the allowance on one solve."""
        standings, clock, problem = context.standings, context.clock, context.problem
        hard = tuple(rule for rule in problem.rules if not rule.soft)
        pairs = sorted({pair for rule in hard for pair in rule.attendances(problem.event)})
        places = len(pairs) * len(problem.event.layout.rounds)
        if standings.programme is not None or not affordable(places, clock) or allowance <= 0:
            return
        clock.charge(build_work(places))
        model = Model.of(Problem(event=problem.event, rules=hard), pairs)
        solving = Solving(model.variables.cp, clock, min(allowance, clock.left()), context.seed)
        solving.run()
        if solving.found:
            context.offer(extracted(model, solving), self.name)
