"""Standings: the best checked programme and the best proven bound so far.

Stages know each other only through this. Nothing enters unchecked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from spilrooster.check import check, rule_costs
from spilrooster.problem import Problem
from spilrooster.search.clock import Clock
from spilrooster_models import Conflict, Finding, Moment, Programme

log = logging.getLogger(__name__)

Score = tuple[int, ...]

CHECKS_TO_COME = 4.5
"""How long the end of a solve takes, with its last check, its figures and how fair it is, in times
of a check. Measured with 50,000 people."""


class BoundSource(Protocol):
    """Something that proves bounds while stages work."""

    @property
    def running(self) -> bool:
        """Whether more may come."""

    def poll(self) -> None:
        """Offer what is new to the standings."""

    @property
    def wants_core(self) -> bool:
        """Whether it would prove more with the core of the search."""

    def spread(self) -> None:
        """Take the core of the search, which is over."""

    def finish(self) -> None:
        """Offer what is left and end."""


class Standings:
    """What is known at any moment of a solve.

    Attributes
    ----------
    programme, findings
        The best programme that keeps every hard rule, and what its rules cost; None at first.
    bound, bound_source
        Proven: no programme has a higher value. Starts at the ideal.
    nearest
        What the programme that came nearest to keeping every hard rule breaks; none if unknown.
    infeasible, conflict
        Whether it was proven that no programme keeps every hard rule, and by which of them.
    moments
        How value and bound went.
    improved
        What was spent when the programme last got better.
    source
        What proves bounds at the same time; None if nothing does.
    """

    def __init__(
        self, problem: Problem, clock: Clock, progress: Callable[[Moment], None] | None = None
    ) -> None:
        self.problem = problem
        self.clock = clock
        self.programme: Programme | None = None
        self.findings: tuple[Finding, ...] = ()
        self.nearest: tuple[Finding, ...] = ()
        self.bound = problem.ideal
        self.bound_source = "ideal"
        self.infeasible = False
        self.conflict: Conflict | None = None
        self.moments: list[Moment] = []
        self.improved = 0.0
        self.source: BoundSource | None = None
        self._score: Score | None = None
        self._progress = progress
        self._polling = False

    @property
    def value(self) -> int | None:
        """The value of the best programme; None while there is none."""
        return None if self._score is None else self.problem.ideal - self._score[0]

    @property
    def settled(self) -> bool:
        """Whether nothing is left to find: bound reached, good enough, or proven infeasible."""
        if self.infeasible:
            return True
        if self.value is None:
            return False
        allowed = self.clock.limits.gap * max(self.value, 0)
        return self.bound - self.value <= allowed

    def offer(self, programme: Programme, stage: str) -> bool:
        """Check a programme and keep it if it is the best so far. Returns whether it was kept."""
        start = self.clock.seconds()
        findings = check(self.problem, programme)
        self.clock.keep(CHECKS_TO_COME * (self.clock.seconds() - start))
        broken = tuple(finding for finding in findings if finding.broken)
        if broken:
            if not self.nearest or len(broken) < len(self.nearest):
                self.nearest = broken
            return False
        score = self._score_of(findings)
        if self._score is not None and score >= self._score:
            return False
        first_level_improved = self._score is None or score[0] < self._score[0]
        self.programme, self.findings, self._score = programme, findings, score
        self.improved = self.clock.spent()
        if first_level_improved:
            self.note(stage)
        return True

    def offer_bound(self, bound: int, source: str) -> None:
        """Take a proven bound, if it is lower than what was known."""
        if bound < self.bound:
            self.bound, self.bound_source = bound, source
            self.note(source)

    def finish(self) -> None:
        """Take what is left of what proves bounds at the same time, and end that."""
        if self.source is not None:
            self.source.finish()

    def abandon(self) -> None:
        """End what runs at the same time, now and without a word: an error ends the solve."""
        self._progress = None
        self.clock.cancelled = lambda: True
        self.finish()

    def note(self, stage: str) -> None:
        """Record the present moment and tell whoever follows the solve."""
        moment = Moment(
            at=round(self.clock.spent(), 3), value=self.value, bound=self.bound, stage=stage
        )
        if not self.moments or moment != self.moments[-1]:
            self.moments.append(moment)
            log.debug("%s at %s: value %s, bound %s", stage, moment.at, self.value, self.bound)
        self.tell(stage)

    def tell(self, stage: str) -> None:
        """Tell whoever follows the solve what is going on, and hear of news."""
        self.hear()
        if self._progress is not None:
            self._progress(
                Moment(at=self.clock.seconds(), value=self.value, bound=self.bound, stage=stage)
            )

    def hear(self) -> None:
        """Take what is new from what proves bounds at the same time."""
        if self.source is not None and not self._polling:
            self._polling = True
            self.source.poll()
            self._polling = False

    def _score_of(self, findings: tuple[Finding, ...]) -> Score:
        """Costs per level, most important first: lower is better."""
        costs = rule_costs(self.problem, findings)
        levels = sorted({1, *(cost.level for cost in costs)})
        return tuple(sum(c.cost for c in costs if c.level == level) for level in levels)
