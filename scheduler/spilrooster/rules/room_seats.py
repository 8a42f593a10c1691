"""Rule: nobody stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from spilrooster.rules._rule import Cost, Lasting, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme


class RoomSeats(Rule):
    """A run's audience fits its room's seats and its session's max_people."""

    rule: Literal["room_seats"] = "room_seats"
    lasting: ClassVar[Lasting | None] = "rooms"
    standard: ClassVar[bool] = True

    def post(self, variables: Variables) -> Cost:
        rooms = variables.event.layout.rooms
        for session in variables.event.sessions:
            most = session.max_people
            places = [room.seats if most is None else min(room.seats, most) for room in rooms]
            for t in variables.rounds:
                seats = sum(
                    n * variables.in_room(session.id, t, room.id)
                    for n, room in zip(places, rooms, strict=True)
                )
                variables.cp.add(sum(variables.audience(session.id, t)) <= seats)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for run in programme.runs:
            people = len(programme.audience(event, run.session, run.round))
            seats = event.layout.rooms_by_id[run.room].seats
            about = (run.session, run.round, run.room)
            if people > seats:
                yield self.broken(
                    about,
                    "{session} in {round}: {people} people in room {room} with {seats} seats.",
                    session=run.session, round=run.round, people=people, room=run.room, seats=seats,
                )  # fmt: skip
            most = event.sessions_by_id[run.session].max_people
            if most is not None and people > most:
                yield self.broken(
                    about,
                    "{session} in {round}: {people} people, and at most {most} may take part.",
                    session=run.session, round=run.round, people=people, most=most,
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        for session in steering.event.sessions:
            if session.max_people is not None:
                i = steering.index.session[session.id]
                steering.most_people[i] = min(steering.most_people[i], session.max_people)
