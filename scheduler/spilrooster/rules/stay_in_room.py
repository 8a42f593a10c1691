"""Rule: who gives several runs need not move house between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spilrooster.rules._groups import GroupRule
from spilrooster.rules._rule import Cost
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class StayInRoom(GroupRule):
    """All runs of a group's sessions are in one room, such as the room of an organisation.

    The room is not kept for them: others may use it in rounds in which the group does not. As a
    room holds one run at a time, two sessions of a group never share a round.
    """

    rule: Literal["stay_in_room"] = "stay_in_room"

    def post(self, variables: Variables) -> Cost:
        cp = variables.cp
        for group in self.all_groups(variables.event):
            home = {r: cp.new_bool_var(f"{group} in {r}") for r in variables.rooms}
            cp.add_at_most_one(home.values())
            for s in group:
                for t in variables.rounds:
                    for r, chosen in home.items():
                        cp.add_implication(variables.in_room(s, t, r), chosen)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for group in self.all_groups(event):
            runs = [run for run in programme.runs if run.session in group]
            rooms = sorted({run.room for run in runs})
            if len(rooms) > 1:
                sessions = [s for s in dict.fromkeys(group) if any(r.session == s for r in runs)]
                yield self.broken(
                    (*sessions, *rooms),
                    "All runs of {sessions} have to be in one room, and they are in {rooms}.",
                    sessions=", ".join(sessions), rooms=", ".join(rooms),
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        steering.one_room.update(self.numbered(steering))
