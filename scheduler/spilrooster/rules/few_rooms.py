"""Rule: the fewer rooms are used, the fewer have to be hired and kept open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, GradedRule, excess
from spilrooster.steering import Counted, Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class FewRooms(GradedRule):
    """At most `most` rooms are used. Each one more is a breach.

    With `most = 0` and a weight, every room that is used costs something.
    """

    rule: Literal["few_rooms"] = "few_rooms"
    counted_in_search: ClassVar[bool] = True
    most: int = Field(ge=0, description="largest number of rooms in use")

    def post(self, variables: Variables) -> Cost:
        used = {r: variables.cp.new_bool_var(f"{r} is used") for r in variables.rooms}
        for s in variables.sessions:
            for t in variables.rounds:
                for r, literal in used.items():
                    variables.cp.add_implication(variables.in_room(s, t, r), literal)
        more = excess(variables, sum(used.values()) - self.most, len(used))
        return self.priced(variables, [more])

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        used = {run.room for run in programme.runs}
        if len(used) > self.most:
            yield self.breach(
                len(used) - self.most,
                tuple(r for r in event.layout.rooms_by_id if r in used),
                "{count} rooms are used, and it should be at most {most}.",
                count=len(used), most=self.most,
            )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        at = steering.index
        self.count(steering, Counted.ROOMS, at.session, (at.round,), self.most)
