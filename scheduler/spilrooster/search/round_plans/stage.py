"""The stages that start the round-plan bound and that wait for it."""

from __future__ import annotations

import logging
import time

from spilrooster.search.clock import Clock, Limits
from spilrooster.search.round_plans.worker import Task, Worker
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings

SOURCE = "round plans"

log = logging.getLogger(__name__)


class ReadyStage:
    """Start the second process, so that it is ready when there is a programme to bound."""

    name = SOURCE

    def run(self, context: Context, allowance: float) -> None:
        """Start the process and come back at once; go without if there is none to be had."""
        try:
            worker = Worker()
        except OSError as error:
            log.warning("no bound by round plans: %s", error)
            return
        context.standings.source = Bounding(worker, context.standings, context.clock)


class RoundPlansStage:
    """Let the second process bound. It goes on while the next stages search."""

    name = SOURCE

    def run(self, context: Context, allowance: float) -> None:
        """Hand over the task; the bound needs a programme to start from."""
        standings, clock = context.standings, context.clock
        if standings.programme is None or clock.left() <= 0:
            return
        if context.problem.choices.level > 1:
            return  # plans are worth points of choices, and a value is about level 1
        if isinstance(standings.source, Bounding):
            occupant, _ = context.workshop.arrays_of(standings.programme)
            most = allowance + clock.limits.prove
            limits = Limits(work=most) if clock.counts_work else Limits(seconds=most)
            task = Task(context.workshop.arrays, occupant, limits, context.seed, standings.bound)
            standings.source.begin(task)


class Bounding:
    """Passes what the worker proves on to the standings.

    With a time limit at once. With a work limit only in `finish`, so that what the search does
    never depends on which process happened to be faster.
    """

    def __init__(self, worker: Worker, standings: Standings, clock: Clock) -> None:
        self._worker, self._standings, self._clock = worker, standings, clock
        self._begun = False

    def begin(self, task: Task) -> None:
        """Hand the worker its task."""
        self._begun = True
        self._worker.send(task)

    def poll(self) -> None:
        """Take what is new."""
        if not self._clock.counts_work:
            self._take()

    @property
    def wants_core(self) -> bool:
        """Whether it is at work."""
        return self.running

    def spread(self) -> None:
        """Let the worker use two cores."""
        self._worker.spread()

    @property
    def running(self) -> bool:
        """Whether more may come."""
        return self._begun and self._worker.running

    def finish(self) -> None:
        """End the worker; with a work limit let it do its work first."""
        while self._clock.counts_work and self.running and not self._clock.cancelled():
            time.sleep(0.02)
        self._take()
        self._worker.stop()

    def _take(self) -> None:
        news = self._worker.take()
        if news:
            self._standings.offer_bound(min(news), SOURCE)


def prove_on(standings: Standings, clock: Clock) -> None:
    """Leave the time that is meant for proving alone to the bound; with a work limit it has it."""
    end = clock.seconds() + clock.limits.prove
    source = standings.source
    while source is not None and source.running and clock.seconds() < end:
        if clock.counts_work or standings.settled or clock.cancelled():
            return
        if source.wants_core:
            source.spread()
        time.sleep(0.05)
        standings.tell(SOURCE)


class PatienceStage:
    """Nothing is left to search: use what is left of the limit for the bound."""

    name = SOURCE

    def run(self, context: Context, allowance: float) -> None:
        """Wait until the bound is done, the gap is closed or the limit is reached."""
        standings, clock = context.standings, context.clock
        source = standings.source
        while source is not None and source.running and not clock.counts_work:
            if standings.settled or clock.left() <= 0:
                return
            if source.wants_core:
                source.spread()
            time.sleep(0.05)
            standings.tell(self.name)
