"""Proving: CP-SAT on the whole model in a thread of its own, while the search goes on.

CP-SAT lets go of Python's lock while it works, so it has the second core to itself. It proves
bounds with every rule in them, also where the rules go beyond what other bounds know, and it finds
programmes as well. One worker with strong linear relaxations proves more than the same core as
half of a portfolio.
"""

from __future__ import annotations

import math
import threading

from ortools.sat.python import cp_model

from spilrooster.search.exact_stage import round_up
from spilrooster.search.model import Model, affordable, build_work
from spilrooster.search.solver import Solution, Solving
from spilrooster.search.sources import Sources
from spilrooster.search.stage import Context
from spilrooster_models import Programme

SOURCE = "CP-SAT"

MOST_PLACES = 100_000
"""Largest people x sessions x rounds: beyond it CP-SAT's relaxation is not even solved in time."""

TRIAL = 0.1
"""Share of the limit after which CP-SAT leaves the core to another source that proves more."""


class ProvingStage:
    """Start CP-SAT on the whole model beside the search."""

    name = "exact"

    def run(self, context: Context, allowance: float) -> None:
        """Start it and come back; what it finds reaches the standings through their source."""
        event, clock = context.problem.event, context.clock
        places = len(event.participants) * len(event.sessions) * len(event.layout.rounds)
        if places > MOST_PLACES or not affordable(places, clock):
            return
        context.standings.tell(self.name)
        model = Model.whole(context.problem)
        model.minimise(1)
        if context.standings.programme is not None:
            model.variables.hint(context.standings.programme)
        clock.charge(build_work(places))
        proving = Proving(context, model, min(allowance, clock.left()))
        context.standings.source = Sources.of(context.standings.source, proving)


class Proving:
    """Passes on what CP-SAT proves and finds.

    With a time limit at once. With a work limit only in `finish`, so that what the search does
    never depends on which thread happened to be faster.
    """

    def __init__(self, context: Context, model: Model, allowance: float) -> None:
        self._context, self._model = context, model
        self._solving = Solving(model.variables.cp, context.clock, allowance, context.seed)
        self._before = context.standings.bound
        self._trial_ends = context.clock.spent() + TRIAL * context.clock.total()
        self._bound = -math.inf
        self._solution: Solution | None = None
        self._status: cp_model.CpSolverStatus | None = None
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether more may come."""
        return self._thread.is_alive()

    @property
    def beaten(self) -> bool:
        """Whether, after a trial, another source proves more on the same core."""
        now = self._context.standings
        more = now.bound < self._before and now.bound_source != SOURCE
        return more and self._context.clock.spent() >= self._trial_ends

    def poll(self) -> None:
        """Offer what is new; leave the core to another source if that proves more."""
        if self._context.clock.counts_work:
            return
        self._offer()
        if self.beaten:
            self._solving.halt()

    @property
    def wants_core(self) -> bool:
        """Never: CP-SAT has one worker."""
        return False

    def spread(self) -> None:
        """Do nothing."""

    def halt(self) -> None:
        """Stop CP-SAT; it answers within a fraction of a second."""
        self._solving.end(self._thread)

    def finish(self) -> None:
        """Offer what is left and end; with a work limit let it do its work first."""
        clock = self._context.clock
        if clock.counts_work and self._context.standings.settled:
            self.halt()  # what it knows by now depends on the machine, and nobody needs it
            return
        while clock.counts_work and self.running and not clock.cancelled():
            self._thread.join(0.05)
        self.halt()
        self._offer()

    def _work(self) -> None:
        status = self._solving.follow(self._on_bound, self._on_solution)
        if status in {cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN}:
            self._bound = self._solving.solver.best_objective_bound  # the last one is not told
        self._status = status

    def _on_bound(self, cost: float) -> None:
        self._bound = cost

    def _on_solution(self, solution: Solution) -> None:
        self._solution = solution

    def _offer(self) -> None:
        standings, ideal = self._context.standings, self._context.problem.ideal
        solution, self._solution = self._solution, None
        if solution is not None:
            self._context.offer(self._programme(solution), ProvingStage.name)
        if self._status == cp_model.INFEASIBLE:
            standings.infeasible = True
        elif math.isfinite(self._bound):
            standings.offer_bound(ideal - round_up(self._bound), SOURCE)

    def _programme(self, solution: Solution) -> Programme:
        return self._model.variables.extract(lambda literal: bool(solution[literal.index]))
