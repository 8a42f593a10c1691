"""Rule: what many people want is not in the small room."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, GradedRule
from spilrooster.variables import Literal as Flag
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme
from spilrooster_models.event import SessionId
from spilrooster_models.layout import RoundId


class BigRoomForPopular(GradedRule):
    """In a round, no session has a smaller room than one that fewer people chose.

    A room with a seat for everyone who chose the session is never too small. Each pair of runs
    the wrong way round is a breach.
    """

    rule: Literal["big_room_for_popular"] = "big_room_for_popular"
    difference: int = Field(
        default=1, ge=1, description="how many people more have to have chosen it"
    )

    def post(self, variables: Variables) -> Cost:
        wrong: list[Cost] = []
        wanted = variables.event.choosers
        for a, b in itertools.permutations(variables.sessions, 2):
            if wanted[a] >= wanted[b] + self.difference:
                wrong += [self._wrong(variables, a, b, t) for t in variables.rounds]
        return self.priced(variables, wrong)

    def _wrong(self, variables: Variables, a: SessionId, b: SessionId, t: RoundId) -> Flag:
        most = variables.event.choosers[a]
        rooms = [(r.id, min(r.seats, most)) for r in variables.event.layout.rooms]
        seats_a = sum(n * variables.in_room(a, t, r) for r, n in rooms)
        seats_b = sum(n * variables.in_room(b, t, r) for r, n in rooms)
        wrong = variables.cp.new_bool_var(f"{a} smaller than {b} in {t}")
        variables.cp.add(seats_a >= seats_b).only_enforce_if(variables.held_in(a, t), ~wrong)
        return wrong

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        rooms = event.layout.rooms_by_id
        for a in programme.runs:
            for b in programme.runs:
                more = event.choosers[a.session] - event.choosers[b.session]
                seats, others = rooms[a.room].seats, rooms[b.room].seats
                too_small = seats < min(others, event.choosers[a.session])
                if a.round == b.round and more >= self.difference and too_small:
                    yield self.breach(
                        1,
                        (a.session, b.session, a.round, a.room, b.room),
                        "In {round}, {session} is in room {room}, and {other}, "
                        "which fewer people chose, is in the larger room {larger}.",
                        round=a.round, session=a.session, room=a.room,
                        other=b.session, larger=b.room,
                    )  # fmt: skip
