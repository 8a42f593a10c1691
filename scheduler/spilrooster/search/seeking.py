"""Seeking: CP-SAT on the hard rules alone, in a thread of its own, while there is no programme.

Where the search ends without a programme, other stages look for a clash of few rules, mend what
the search left, or try few attendances, one after the other. Meanwhile the second core would be
idle. Without wishes and without linear relaxations CP-SAT says soonest that there is none: with 500
people who all were to get three of their choices, after 9 seconds; two workers with their own
settings took 26.
"""

from __future__ import annotations

import threading

from ortools.sat.python import cp_model

from spilrooster.problem import Problem
from spilrooster.search.exact_stage import extracted
from spilrooster.search.model import Model, affordable, build_work
from spilrooster.search.proving import MOST_PLACES
from spilrooster.search.solver import Solving
from spilrooster.search.sources import Sources
from spilrooster.search.stage import Context


class SeekingStage:
    """Start CP-SAT on the hard rules beside the next stages, if the search found no programme.

    Not with a work limit: by when it knows something depends on the machine.
    """

    name = "any"

    def run(self, context: Context, allowance: float) -> None:
        """Start it and come back; what it finds reaches the standings through their source."""
        event, clock, standings = context.problem.event, context.clock, context.standings
        places = len(event.participants) * len(event.sessions) * len(event.layout.rounds)
        if standings.programme is not None or clock.counts_work:
            return
        if places > MOST_PLACES or not affordable(places, clock):
            return
        standings.tell(self.name)
        hard = tuple(rule for rule in context.problem.rules if not rule.soft)
        model = Model.whole(Problem(event=event, rules=hard))
        clock.charge(build_work(places))
        standings.source = Sources.of(standings.source, Seeking(context, model, allowance))


class Seeking:
    """Passes on the programme that CP-SAT finds, or that there is none."""

    def __init__(self, context: Context, model: Model, allowance: float) -> None:
        self._context, self._model = context, model
        allowance = min(allowance, context.clock.left())
        self._solving = Solving(
            model.variables.cp, context.clock, allowance, context.seed, linear=False
        )
        self._status: cp_model.CpSolverStatus | None = None
        self._told = False
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether more may come."""
        return self._thread.is_alive()

    def poll(self) -> None:
        """Offer what it found, once; end it if others were faster."""
        if self.running:
            if self._context.standings.programme is not None:
                self._solving.halt()
        elif not self._told:
            self._told = True
            self._tell()

    @property
    def wants_core(self) -> bool:
        """Never: CP-SAT has one worker."""
        return False

    def spread(self) -> None:
        """Do nothing."""

    def finish(self) -> None:
        """End it."""
        self._solving.end(self._thread)
        self.poll()

    def _work(self) -> None:
        self._status = self._solving.follow(lambda _: None, lambda _: None)

    def _tell(self) -> None:
        if self._status == cp_model.INFEASIBLE:
            self._context.standings.infeasible = True
        elif self._status is not None and self._solving.found:
            self._context.offer(extracted(self._model, self._solving), SeekingStage.name)
