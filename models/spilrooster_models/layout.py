"""Layout: what a venue and a time grid give — rooms, rounds and shared blocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

RoomId = str
RoundId = str
Attributes = tuple[tuple[str, str], ...]


class Fact(BaseModel):
    """Base of everything in an event: frozen, and strict about fields that do not exist."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy with changes, unchecked; what was worked out from the old facts stays behind."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


def duplicates(ids: Iterable[str]) -> list[str]:
    """Return the ids that occur more than once, in order of their second occurrence."""
    seen: set[str] = set()
    twice = []
    for i in ids:
        if i in seen:
            twice.append(i)
        seen.add(i)
    return twice


class BlockKind(StrEnum):
    """What happens in a block of time."""

    SESSIONS = "sessions"
    LUNCH = "lunch"
    DRINKS = "drinks"
    PLENARY = "plenary"


class Block(Fact):
    """A stretch of the day. `start` and `end` are local times in the event's time zone."""

    id: str
    name: str
    start: dt.time
    end: dt.time
    date: dt.date | None = Field(default=None, description="day; the event's date if None")

    @model_validator(mode="after")
    def _ends_after_start(self) -> Block:
        if self.end <= self.start:
            raise ValueError(f"{self.id}: ends at {self.end}, not after its start {self.start}")
        return self


class Round(Block):
    """A block in which sessions run in parallel, unlike a `SharedBlock`."""


class SharedBlock(Block):
    """A block for everyone: plenary, lunch or drinks. Nobody chooses anything in it."""

    kind: BlockKind


class Room(Fact):
    """A place where a session can run. `seats` are for the audience; presenters take none."""

    id: RoomId
    name: str
    seats: int = Field(ge=0, description="largest audience")
    features: tuple[str, ...] = Field(default=(), description="what the room has, e.g. step-free")
    building: str = ""
    closed: tuple[RoundId, ...] = Field(default=(), description="rounds in which it is shut")
    attributes: Attributes = ()


class Layout(Fact):
    """Rooms, rounds (in order of time) and shared blocks."""

    rooms: tuple[Room, ...]
    rounds: tuple[Round, ...]
    shared_blocks: tuple[SharedBlock, ...] = ()

    @model_validator(mode="after")
    def _ids_are_unique_and_known(self) -> Layout:
        twice = duplicates(r.id for r in self.rooms) + duplicates(
            b.id for b in (*self.rounds, *self.shared_blocks)
        )
        if twice:
            raise ValueError(f"ids used twice: {', '.join(twice)}")
        known = {r.id for r in self.rounds}
        for room in self.rooms:
            unknown = set(room.closed) - known
            if unknown:
                raise ValueError(f"room {room.id}: unknown rounds {sorted(unknown)}")
        return self

    @cached_property
    def rooms_by_id(self) -> dict[RoomId, Room]:
        """Each room under its id."""
        return {room.id: room for room in self.rooms}

    @cached_property
    def round_ids(self) -> tuple[RoundId, ...]:
        """The ids of the rounds, in order of time."""
        return tuple(r.id for r in self.rounds)
