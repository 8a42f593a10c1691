"""Rule: rounds are about equally full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, GradedRule, excess
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class BalanceRounds(GradedRule):
    """The round with most runs has at most `difference` runs more than the round with fewest.

    Each run beyond that is a breach.
    """

    rule: Literal["balance_rounds"] = "balance_rounds"
    difference: int = Field(default=1, ge=0, description="most runs that rounds may differ")

    def post(self, variables: Variables) -> Cost:
        largest = len(variables.sessions)
        most, least = (variables.cp.new_int_var(0, largest, n) for n in ("most", "least"))
        for t in variables.rounds:
            runs = sum(variables.held_in(s, t) for s in variables.sessions)
            variables.cp.add(runs <= most)
            variables.cp.add(runs >= least)
        return self.priced(variables, [excess(variables, most - least - self.difference, largest)])

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        runs = dict.fromkeys(programme.rounds, 0)
        for run in programme.runs:
            runs[run.round] += 1
        most = max(programme.rounds, key=lambda t: runs[t])
        least = min(programme.rounds, key=lambda t: runs[t])
        if runs[most] - runs[least] > self.difference:
            yield self.breach(
                runs[most] - runs[least] - self.difference,
                (most, least),
                "{full} has {most} runs and {empty} has {least}.",
                full=most, most=runs[most], empty=least, least=runs[least],
            )  # fmt: skip
