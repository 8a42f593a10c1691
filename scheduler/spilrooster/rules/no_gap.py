"""Rule: who gives several runs need not wait between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._groups import Group, GroupRule
from spilrooster.rules._rule import Cost
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class NoGap(GroupRule):
    """The runs of a group are in consecutive rounds: between its first and last it is never idle.

    With `most` above 0 it may be idle in so many rounds between its first and its last.
    """

    rule: Literal["no_gap"] = "no_gap"
    most: int = Field(default=0, ge=0, description="most rounds that a group waits between runs")

    def post(self, variables: Variables) -> Cost:
        for group in self.all_groups(variables.event):
            self._post_group(variables, group)
        return 0

    def _post_group(self, variables: Variables, group: Group) -> None:
        """Round t is waited out unless the group runs then, or never before, or never after."""
        cp, rounds = variables.cp, variables.rounds
        waited = []
        for i, t in enumerate(rounds):
            begun, goes_on, waits = (cp.new_bool_var(f"{group} {t} {n}") for n in range(3))
            for s in group:
                for early in rounds[:i]:
                    cp.add_implication(variables.held_in(s, early), begun)
                for late in rounds[i + 1 :]:
                    cp.add_implication(variables.held_in(s, late), goes_on)
            here = [variables.held_in(s, t) for s in group]
            cp.add_bool_or(~begun, ~goes_on, waits, *here)
            waited.append(waits)
        cp.add(sum(waited) <= self.most)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        number = {t: i for i, t in enumerate(programme.rounds)}
        for group in self.all_groups(event):
            runs = [run for run in programme.runs if run.session in group]
            used = {number[run.round] for run in runs}
            if not used:
                continue
            empty = [t for t, i in number.items() if min(used) < i < max(used) and i not in used]
            if len(empty) > self.most:
                sessions = [s for s in dict.fromkeys(group) if any(r.session == s for r in runs)]
                yield self.broken(
                    (*sessions, *empty),
                    "Between the runs of {sessions} is a gap in {rounds}; allowed: {most}.",
                    sessions=", ".join(sessions), rounds=", ".join(empty), most=self.most,
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        for group in self.numbered(steering):
            steering.most_gaps[group] = min(self.most, steering.most_gaps.get(group, self.most))
