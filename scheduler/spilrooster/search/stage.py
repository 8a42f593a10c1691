"""Stage: one step of the engine. Stages share `Workshop`, `Standings` and `Clock`, no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from spilrooster.problem import Problem
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock
from spilrooster.search.standings import Standings
from spilrooster_models import Programme


@dataclass(frozen=True)
class Context:
    """What every stage works with."""

    problem: Problem
    workshop: Workshop
    standings: Standings
    clock: Clock
    seed: int

    def offer(self, found: Programme, stage: str) -> None:
        """Offer what CP-SAT found: with its free places filled as wished, and as it is."""
        self.standings.offer(self.workshop.refill(found), stage)
        self.standings.offer(found, stage)


class Stage(Protocol):
    """A step that improves the standings: a better programme, a tighter bound, or a proof.

    A stage may spend what `allowance` says, in the unit of the clock, and must come back soon
    after the clock has run out. Whatever it offers is checked by the standings.
    """

    name: str

    def run(self, context: Context, allowance: float) -> None:
        """Work until done or until the allowance is spent."""


STALE = 3.0
"""After so many times what it took to find the last improvement, a search hardly finds another."""


def is_stale(context: Context, begin: float, least: float) -> bool:
    """Whether a search that began at `begin` had better leave its core to the bound.

    Never before it has spent `least`, and never with a work limit: what a source of bounds is doing
    then depends on the machine.
    """
    clock, standings = context.clock, context.standings
    wanted = standings.source is not None and standings.source.wants_core
    took = max(standings.improved - begin, 0.0)
    return wanted and not clock.counts_work and clock.spent() - begin > max(least, STALE * took)
