"""Stage: one step of the engine. Stages share `Workshop`, `Standings` and `Clock`, no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from spilrooster.problem import Problem
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock
from spilrooster.search.standings import Standings


@dataclass(frozen=True)
class Context:
    """What every stage works with."""

    problem: Problem
    workshop: Workshop
    standings: Standings
    clock: Clock
    seed: int


class Stage(Protocol):
    """A step that improves the standings: a better programme, a tighter bound, or a proof.

    A stage may spend what `allowance` says, in the unit of the clock, and must come back soon
    after the clock has run out. Whatever it offers is checked by the standings.
    """

    name: str

    def run(self, context: Context, allowance: float) -> None:
        """Work until done or until the allowance is spent."""
