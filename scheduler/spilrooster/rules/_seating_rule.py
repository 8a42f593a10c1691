"""Rules about shared blocks. They are kept by the seating stage, after the search."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from spilrooster.rules._rule import Cost, Rule, SoftRule, Stage
from spilrooster.variables import Variables


class SeatingRule(Rule):
    """A rule about who is where in shared blocks.

    Nothing of it is in the CP-SAT model: the seating stage gets to know it by `wish`, and
    `findings` judges what came out.
    """

    stage: ClassVar[Stage] = "seating"

    def post(self, variables: Variables) -> Cost:
        """Add nothing: the model does not know shared blocks."""
        return 0


class SoftSeatingRule(SeatingRule, SoftRule):
    """A wish about shared blocks. It is never on level 1, whose points make the value."""

    level: int = Field(default=3, ge=2, description="priority; lower levels are solved first")
