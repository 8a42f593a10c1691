"""Rule: a new programme resembles the one that people were told before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, SoftRule
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import RoomId, RoundId


class StayClose(SoftRule):
    """Each place of somebody and each run of an earlier programme that is lost costs points.

    A run that is still there, but in another room, is lost for this count.
    """

    rule: Literal["stay_close"] = "stay_close"
    places: tuple[tuple[ParticipantId, RoundId, SessionId], ...] = Field(
        description="participant, round and session: where people were"
    )
    runs: tuple[tuple[SessionId, RoundId, RoomId], ...] = Field(
        default=(), description="session, round and room: what ran"
    )
    weight: int = Field(default=1, ge=0, description="points for each place or run that is lost")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        people, rounds, sessions = ({p[i] for p in self.places} for i in range(3))
        held, then, rooms = ({run[i] for run in self.runs} for i in range(3))
        known = event.participants_by_id
        yield from self.unknown("places", sorted(people), known, "participant")
        yield from self.unknown("rounds", sorted(rounds | then), event.layout.round_ids, "round")
        named = sorted(sessions | held)
        yield from self.unknown("sessions", named, event.sessions_by_id, "session")
        yield from self.unknown("runs", sorted(rooms), event.layout.rooms_by_id, "room")

    def attendances(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        for p, _, s in self.places:
            yield p, s

    def post(self, variables: Variables) -> Cost:
        kept: list[Cost] = [variables.at(p, s, t) for p, t, s in self.places]
        kept += [variables.in_room(s, t, r) for s, t, r in self.runs]
        return self.weight * (len(kept) - sum(kept))

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        if self.weight == 0:
            return
        lost: defaultdict[ParticipantId, list[str]] = defaultdict(list)
        for p, t, s in self.places:
            if programme.schedule_of[p].sessions[programme.rounds.index(t)] != s:
                lost[p].append(t)
        for p, rounds in lost.items():
            yield self.costs(
                self.weight * len(rounds),
                (p, *dict.fromkeys(rounds)),
                "{participant} was told something else for {rounds}.",
                participant=p, rounds=", ".join(rounds),
            )  # fmt: skip
        for s, t, r in self.runs:
            if programme.room_of.get((s, t)) != r:
                yield self.costs(
                    self.weight,
                    (s, t, r),
                    "{session} was in room {room} in {round} before.",
                    session=s, round=t, room=r,
                )  # fmt: skip
