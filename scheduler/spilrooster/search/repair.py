"""The repair stage: a first programme from runs that break a rule the search does not know.

The search is fast because it knows only what rules tell it. Where it ends with runs for which it
cannot find days that keep every rule, CP-SAT takes over: first it seats people at those very runs,
with every rule but without any wish, which is easy; then it may move more and more of the runs.
What it finds may be far from what the search had in mind, so it then looks for the nearest to that.
"""

from __future__ import annotations

import itertools
import random

from ortools.sat.python import cp_model

from spilrooster.search.exact_stage import extracted
from spilrooster.search.model import Model, affordable, build_work, worthwhile
from spilrooster.search.parts import Part, Parts, without_strangers
from spilrooster.search.solver import Solving
from spilrooster.search.stage import Context

MOST_PLACES = 100_000
"""About as many attendances x rounds as are modelled. More are hardly ever needed for a first."""

SHARES = (0.0, 0.1, 0.3, 1.0)
"""Share of the sessions that may move, from one attempt to the next."""


class RepairStage:
    """Make a programme of the runs that the search tried last, if there is none yet."""

    name = "repair"

    def run(self, context: Context, allowance: float) -> None:
        """Spend at most the allowance; stops at the first programme."""
        standings, clock = context.standings, context.clock
        tried = context.workshop.tried
        if standings.programme is not None or standings.infeasible or tried is None:
            return
        end = clock.spent() + allowance
        model = self._model(context)
        if model is None:
            return
        chance = random.Random(context.seed)
        near = without_strangers(context.workshop.near(tried), model)
        model.variables.hint(near)
        context.offer(near, self.name)
        parts, sessions = Parts(model, near), model.variables.sessions
        for number, share in enumerate(SHARES):
            left = min(end - clock.spent(), clock.left())
            if left <= 0 or standings.programme is not None:
                return
            standings.tell(self.name)
            free = chance.sample(sessions, round(share * len(sessions)))
            part = parts.of(Part(runs=frozenset(itertools.product(free, model.variables.rounds))))
            mend(context, parts, part, left / (len(SHARES) - number), self.name)

    def _model(self, context: Context) -> Model | None:
        """Every rule over enough attendances; None if making that would take too long."""
        rounds = max(1, len(context.problem.event.layout.rounds))
        pairs = worthwhile(context.problem, MOST_PLACES // rounds, random.Random(context.seed))
        places = len(pairs) * rounds
        if not affordable(places, context.clock):
            return None
        context.clock.charge(build_work(places))
        return Model.of(context.problem, pairs)


def mend(
    context: Context, parts: Parts, part: cp_model.CpModel, allowance: float, stage: str
) -> None:
    """Find any programme in the part, then the nearest to that of `parts`, then a good one."""
    model = parts.model
    solving = Solving(part, context.clock, allowance / 2, context.seed, linear=False)
    solving.run()
    for objective in (-cp_model.LinearExpr.sum(parts.literals()), model.costs[1]):
        if not solving.found:
            return
        context.offer(extracted(model, solving), stage)
        part.clear_hints()
        for index, value in enumerate(solving.solver.response_proto.solution):
            part.add_hint(part.get_int_var_from_proto_index(index), value)
        part.minimize(objective)
        solving = Solving(part, context.clock, allowance / 4, context.seed)
        solving.run()
    if solving.found:
        context.offer(extracted(model, solving), stage)
