"""The neighbourhood stage: CP-SAT, with every rule, improves parts of the best programme.

Each step frees a part of the best programme (`kinds`), fixes the rest and asks CP-SAT for something
better, on the first level that still costs anything or on a later one without giving up those
before. Parts grow while CP-SAT searches them completely and shrink when it does not get through.
This is what improves programmes where rules go beyond what the search knows.
"""

from __future__ import annotations

import random

from ortools.sat.python import cp_model

from spilrooster.check import check
from spilrooster.search.exact_stage import extracted
from spilrooster.search.kinds import Balance, Scene
from spilrooster.search.model import Model, Pair, affordable, build_work, worthwhile
from spilrooster.search.parts import Parts, without_strangers
from spilrooster.search.solver import Solving
from spilrooster.search.stage import Context, is_stale
from spilrooster_models import Programme

STEP = 3.0
"""Most work spent on one neighbourhood."""

LEAST_WORK = 0.01
"""Work of setting up a neighbourhood: CP-SAT counts next to nothing for one that is trivial."""

MOST_PLACES = 100_000
"""About as many attendances x rounds as are modelled: more make a step slower than it is worth."""

MOST_WANTED = 250_000
"""With more than this that are worth points, there is no model."""

DEEPER = 0.15
"""Chance that a step looks at a later level, where there is one to improve."""


LEAST = 0.25
"""Share of the allowance that is spent even if nothing gets better."""


class NeighbourhoodStage:
    """Improve the best programme neighbourhood by neighbourhood."""

    name = "neighbourhoods"

    def run(self, context: Context, allowance: float) -> None:
        """Spend the allowance on neighbourhoods; needs a programme to start from."""
        if context.standings.programme is not None and context.clock.left() > 0:
            _Improvement(context, self.name).run(allowance)


class _Improvement:
    """One stay in the stage: the model, what was learnt, and the programme it works on."""

    def __init__(self, context: Context, name: str) -> None:
        self._context, self._name = context, name
        self._chance = random.Random(context.seed)
        self._balance = Balance()
        self._model: Model | None = None
        self._parts: Parts | None = None
        self._seen: Programme | None = None

    def run(self, allowance: float) -> None:
        """Take steps until the allowance is spent, or until there is nothing to gain."""
        clock, standings = self._context.clock, self._context.standings
        begin = clock.spent()
        while clock.spent() - begin < allowance and clock.left() > 0 and not standings.settled:
            standings.tell(self._name)
            if is_stale(self._context, begin, LEAST * allowance):
                return
            if standings.programme is not self._seen and not self._renewed():
                return
            self._step(min(STEP, clock.left()))

    def _renewed(self) -> bool:
        """Take the best programme as the start, if the clock allows a model that can hold it."""
        standings = self._context.standings
        self._seen = programme = standings.programme
        assert programme is not None
        held = None if self._model is None else without_strangers(programme, self._model)
        if held is None or not self._keeps_rules(held):
            held = programme
            if not self._build(programme):
                return False
            assert self._model is not None
        assert self._model is not None
        self._model.variables.hint(held)
        self._parts = Parts(self._model, held)
        return True

    def _keeps_rules(self, programme: Programme) -> bool:
        return not any(f.broken for f in check(self._context.problem, programme))

    def _build(self, programme: Programme) -> bool:
        """Make a model that can express the programme; False if that would take too long."""
        context = self._context
        pairs = self._pairs(programme)
        places = len(pairs) * len(context.problem.event.layout.rounds)
        if places > MOST_WANTED or not affordable(places, context.clock):
            return False
        self._model = Model.of(context.problem, pairs)
        context.clock.charge(build_work(places))
        return True

    def _pairs(self, programme: Programme) -> list[Pair]:
        """Attendances worth modelling, and those that there are."""
        problem = self._context.problem
        most = MOST_PLACES // max(1, len(problem.event.layout.rounds))
        pairs = worthwhile(problem, most, self._chance)
        for schedule in programme.schedules:
            pairs.update(((schedule.participant, s), None) for s in schedule.sessions if s)
        return [*pairs]

    def _step(self, allowance: float) -> None:
        """Free a part of the best programme and offer what CP-SAT makes of it."""
        assert self._parts is not None
        assert self._seen is not None
        context, chance = self._context, self._chance
        scene = Scene(context.problem, self._parts.programme, chance)
        kind = self._balance.next(chance)
        model = self._parts.model
        part = self._parts.of(kind(scene, self._balance.share[kind]))
        demand_better(part, model, self._costs(), self._level())
        solving = Solving(part, context.clock, allowance, chance.randrange(1 << 30))
        status = solving.run()
        context.clock.charge(LEAST_WORK)
        improved = solving.found and self._offered(extracted(model, solving))
        exhausted = status in {cp_model.OPTIMAL, cp_model.INFEASIBLE}
        self._balance.learn(kind, improved, exhausted)

    def _costs(self) -> dict[int, int]:
        """Costs of the programme in the model, by level."""
        assert self._parts is not None
        findings = check(self._context.problem, self._parts.programme)
        costs = dict.fromkeys(sorted(self._parts.model.costs), 0)
        for finding in findings:
            if finding.cost is not None:
                costs[finding.level] += finding.cost
        return costs

    def _level(self) -> int:
        """The level that the next step is to improve."""
        assert self._parts is not None
        if self._parts.programme is not self._seen:
            return 1  # without some fillers, later levels cannot be told
        later = [level for level, cost in self._costs().items() if level > 1 and cost > 0]
        if later and self._chance.random() < DEEPER:
            return self._chance.choice(later)
        return 1

    def _offered(self, found: Programme) -> bool:
        """Offer a programme, with free places filled if the rules let it be."""
        standings = self._context.standings
        filled = standings.offer(self._context.workshop.refill(found), self._name)
        return standings.offer(found, self._name) or filled


def demand_better(part: cp_model.CpModel, model: Model, costs: dict[int, int], level: int) -> None:
    """Minimise a level below what it costs now, at no cost to the levels before it."""
    for before in sorted(costs):
        if before < level:
            part.add(model.costs[before] <= costs[before])
    part.add(model.costs[level] <= costs[level] - 1)
    part.minimize(model.costs[level])
