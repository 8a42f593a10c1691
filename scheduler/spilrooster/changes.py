"""Changes: who moves between an earlier programme and a new one, and which runs do."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from spilrooster_models import Event, Programme
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import BlockId, Fact, RoomId, RoundId


class Spot(Fact):
    """Where somebody is in a block: at a session in a room, or at a table (without a session)."""

    session: SessionId | None
    room: str = Field(description="room of the session, or the table or stand")


class Move(Fact):
    """Somebody is somewhere else in a block than they were told; None = nowhere."""

    participant: ParticipantId
    block: BlockId
    before: Spot | None
    after: Spot | None


class RunMove(Fact):
    """A run that is elsewhere, or new (no `before`), or gone (no `after`): round and room."""

    session: SessionId
    before: tuple[RoundId, RoomId] | None
    after: tuple[RoundId, RoomId] | None


class Changes(Fact):
    """Everything that is different.

    `newcomers` had no place at all in the earlier programme; their places are no moves, as nobody
    told them anything yet.
    """

    moves: tuple[Move, ...]
    runs: tuple[RunMove, ...]
    newcomers: tuple[ParticipantId, ...]

    @property
    def people(self) -> tuple[ParticipantId, ...]:
        """Who moves, in the event's order."""
        return tuple(dict.fromkeys(move.participant for move in self.moves))


def changes(event: Event, before: Programme, after: Programme) -> Changes:
    """Compare two programmes of an event.

    `before` may lack people and tables; see `Changes` for who was in nothing.
    """
    known = before.schedule_of.keys() & after.schedule_of.keys()
    everybody = [p for p in event.participants_by_id if p in after.schedule_of]
    new = {p for p in everybody if p not in known or _is_empty(before, p)}
    stay = [p for p in everybody if p not in new]
    return Changes(
        moves=tuple(move for p in stay for move in _moves(event, before, after, p)),
        runs=tuple(m for s in event.sessions_by_id for m in _run_moves(event, before, after, s)),
        newcomers=tuple(p for p in everybody if p in new and not _is_empty(after, p)),
    )


def _is_empty(programme: Programme, p: ParticipantId) -> bool:
    schedule = programme.schedule_of[p]
    return not any(schedule.sessions) and not any(schedule.places)


def _moves(event: Event, before: Programme, after: Programme, p: ParticipantId) -> Iterator[Move]:
    then, now = _spots(before, p), _spots(after, p)
    for block in event.blocks:
        both = block.id in then and block.id in now
        if both and then[block.id] != now[block.id]:
            yield Move(participant=p, block=block.id, before=then[block.id], after=now[block.id])


def _spots(programme: Programme, p: ParticipantId) -> dict[BlockId, Spot | None]:
    schedule = programme.schedule_of[p]
    found: dict[BlockId, Spot | None] = {}
    for t, s in zip(programme.rounds, schedule.sessions, strict=True):
        found[t] = None if s is None else Spot(session=s, room=programme.room_of.get((s, t), ""))
    for block, table in zip(programme.shared, schedule.places, strict=True):
        found[block] = None if table is None else Spot(session=None, room=table)
    return found


def _run_moves(
    event: Event, before: Programme, after: Programme, session: SessionId
) -> Iterator[RunMove]:
    """Yield the moves of a session's runs: first within their round, then to another round."""
    then = {t: before.room_of[session, t] for t in before.rounds_of.get(session, ())}
    now = {t: after.room_of[session, t] for t in after.rounds_of.get(session, ())}
    for t in event.layout.round_ids:
        if t in then and t in now and then[t] != now[t]:
            yield RunMove(session=session, before=(t, then[t]), after=(t, now[t]))
    gone = [(t, room) for t, room in then.items() if t not in now]
    come = [(t, room) for t, room in now.items() if t not in then]
    for number in range(max(len(gone), len(come))):
        yield RunMove(
            session=session,
            before=gone[number] if number < len(gone) else None,
            after=come[number] if number < len(come) else None,
        )
