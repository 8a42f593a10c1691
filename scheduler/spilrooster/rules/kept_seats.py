"""Rule: seats are kept for those who may sign up first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._audiences import AudienceRule
from spilrooster.rules._rule import Cost, excess
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme


class KeptSeats(AudienceRule):
    """In each run, `percent` % of the seats are for people of these tiers only.

    The others have the rest of the room's seats or of the session's max_people, rounded down.
    Each person of another tier beyond that is a breach. To let choices of a tier count for more,
    rather than to keep seats, there are the `tiers` of `choices`.
    """

    rule: Literal["kept_seats"] = "kept_seats"
    tiers: tuple[str, ...] = Field(min_length=1, description="tiers that the seats are kept for")
    percent: int = Field(ge=1, le=100, description="share of the seats that is kept")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        yield from super().refer(event)
        known = {p.tier for p in event.participants if p.tier}
        yield from self.unknown("tiers", self.tiers, known, "tier")

    def post(self, variables: Variables) -> Cost:
        event = variables.event
        over = []
        for s in self.sessions_in(event):
            session = event.sessions_by_id[s]
            others = [
                p
                for p in variables.people_of(s)
                if p not in session.presenters
                and event.participants_by_id[p].tier not in self.tiers
            ]
            rest = {}
            for room in event.layout.rooms:
                most = session.max_people
                places = room.seats if most is None else min(room.seats, most)
                rest[room.id] = places * (100 - self.percent) // 100
            for t in variables.rounds:
                left = sum(n * variables.in_room(s, t, r) for r, n in rest.items())
                here = sum(variables.at(p, s, t) for p in others)
                over.append(excess(variables, here - left, len(others)))
        return self.priced(variables, over)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        first = {p.id for p in event.participants if p.tier in self.tiers}
        for s in self.sessions_in(event):
            for t in programme.rounds_of.get(s, ()):
                room = event.layout.rooms_by_id[programme.room_of[s, t]]
                largest = event.sessions_by_id[s].max_people
                seats = room.seats if largest is None or largest > room.seats else largest
                rest = seats - -(-seats * self.percent // 100)
                others = [p for p in programme.audience(event, s, t) if p not in first]
                if len(others) > rest:
                    yield self.breach(
                        len(others) - rest,
                        (s, t, room.id),
                        "{session} in {round} has {people} people outside {tiers}, "
                        "and at most {rest} may be: the other seats are kept.",
                        session=s, round=t, people=len(others), rest=rest,
                        tiers=", ".join(self.tiers),
                    )  # fmt: skip
