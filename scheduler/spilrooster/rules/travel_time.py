"""Rule: people can get from one building to the next."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, GradedRule
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme, Round
from spilrooster_models.event import ParticipantId
from spilrooster_models.layout import RoundId

Building = str


class TravelTime(GradedRule):
    """Nobody is in two buildings in rounds with less time between them than the way takes.

    It holds for listening and for presenting, and for rounds on the same date. Each person and
    pair of rounds that is too close is a breach. Rooms without a building are near everything.
    """

    rule: Literal["travel_time"] = "travel_time"
    minutes: int = Field(default=0, ge=0, description="minutes between any two buildings")
    between: tuple[tuple[Building, Building, int], ...] = Field(
        default=(), description="two buildings and the minutes between them, where that differs"
    )

    def refer(self, event: Event) -> Iterator[InputProblem]:
        known = {room.building for room in event.layout.rooms if room.building}
        named = (building for *pair, _ in self.between for building in pair)
        yield from self.unknown("between", map(str, named), known, "building")

    def way(self, a: Building, b: Building) -> int:
        """Return the minutes from a to b: the same in both directions, 0 within a building."""
        if a == b or not a or not b:
            return 0
        given = {frozenset(pair): minutes for *pair, minutes in self.between}
        return given.get(frozenset((a, b)), self.minutes)

    def post(self, variables: Variables) -> Cost:
        late: list[Cost] = []
        rooms = variables.event.layout.rooms
        buildings = dict.fromkeys(room.building for room in rooms if room.building)
        pairs = [
            (early.id, later.id, time)
            for early, later in itertools.combinations(variables.event.layout.rounds, 2)
            if (time := minutes_between(variables.event, early, later)) is not None
        ]
        clashes = [
            (t, u, a, b)
            for t, u, time in pairs
            for a, b in itertools.permutations(buildings, 2)
            if self.way(a, b) > time
        ]
        if clashes:
            for p in variables.event.participants:
                late += self._late(variables, p.id, clashes)
        return self.priced(variables, late)

    def _late(
        self,
        variables: Variables,
        p: ParticipantId,
        clashes: list[tuple[RoundId, RoundId, Building, Building]],
    ) -> Iterator[Cost]:
        """Yield for each pair of rounds whether p would be late."""
        cp, sessions = variables.cp, variables.sessions_of(p)
        places = {place for t, u, a, b in clashes for place in ((t, a), (u, b))}
        there = {place: cp.new_bool_var(f"{p} in {place}") for place in sorted(places)}
        for (t, building), literal in there.items():
            rooms = [r.id for r in variables.event.layout.rooms if r.building == building]
            for s in sessions:
                in_building = sum(variables.in_room(s, t, r) for r in rooms)
                cp.add(literal >= variables.at(p, s, t) + in_building - 1)
        for (t, u), some in itertools.groupby(clashes, key=lambda clash: clash[:2]):
            late = cp.new_bool_var(f"{p} is late")
            for _, _, a, b in some:
                cp.add(late >= there[t, a] + there[u, b] - 1)
            yield late

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        pairs = [
            (early.id, later.id, time)
            for early, later in itertools.combinations(event.layout.rounds, 2)
            if (time := minutes_between(event, early, later)) is not None
        ]
        for schedule in programme.schedules:
            day = dict(zip(programme.rounds, schedule.sessions, strict=True))
            place = {
                t: event.layout.rooms_by_id[programme.room_of[s, t]].building
                for t, s in day.items()
                if s is not None
            }
            for t, u, time in pairs:
                way = self.way(place.get(t, ""), place.get(u, ""))
                if way > time:
                    yield self.breach(
                        1,
                        (schedule.participant, t, u),
                        "{participant} has {time} minutes between {early} and {later} to get from "
                        "{here} to {there}, and needs {way}.",
                        participant=schedule.participant, time=time, early=t, later=u,
                        here=place[t], there=place[u], way=way,
                    )  # fmt: skip


def minutes_between(event: Event, early: Round, later: Round) -> int | None:
    """Return the minutes from the end of one round to the start of the next; None on two dates."""
    if (early.date or event.date) != (later.date or event.date):
        return None
    day = event.date
    gap = dt.datetime.combine(day, later.start) - dt.datetime.combine(day, early.end)
    return int(gap.total_seconds() // 60)
