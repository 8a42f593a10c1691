"""Layout: what a venue and a time grid give — rooms, rounds and shared blocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from spilrooster_models.errors import DataError, InputProblem, UnknownId
from spilrooster_models.message import message

RoomId = str
RoundId = str
BlockId = str
TableId = str
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


def missing(
    file: str, column: str, values: tuple[str, ...], known: Container[str]
) -> Iterator[InputProblem]:
    """Yield a problem for each of `values` that is not `known`."""
    for value in values:
        if value not in known:
            what = message("Nothing has this id.")
            yield InputProblem(file=file, column=column, value=value, what=what)


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


class SharedPlace(Fact):
    """A place in shared blocks: tables, seats without tables or, if it has owners, a stand.

    A place with tables has one id per table, so that a plan can say who sits together. Without
    tables people sit where they like, and only the seats count. At a market stand, `seats` says
    how many of its owners are there at a time.
    """

    name: str
    blocks: tuple[BlockId, ...] = Field(min_length=1, description="shared blocks it is there in")
    tables: int = Field(default=0, ge=0, description="tables; 0 = seats without tables")
    seats: int = Field(ge=0, description="seats at each table, or in all if there are no tables")
    owners: tuple[str, ...] = Field(
        default=(), description="ids of participants or groups who staff it in turns"
    )

    @property
    def is_stand(self) -> bool:
        """Whether it is a market stand: nobody eats there."""
        return bool(self.owners)

    @property
    def ids(self) -> tuple[TableId, ...]:
        """One id per table, numbered if there are several; the name if there are none."""
        if self.tables <= 1:
            return (self.name,)
        return tuple(f"{self.name} {number}" for number in range(1, self.tables + 1))


class Layout(Fact):
    """Rooms, rounds (in order of time), shared blocks, and the places in those."""

    rooms: tuple[Room, ...]
    rounds: tuple[Round, ...]
    shared_blocks: tuple[SharedBlock, ...] = ()
    places: tuple[SharedPlace, ...] = ()

    @model_validator(mode="after")
    def _ids_are_unique_and_known(self) -> Layout:
        twice = tuple(self._used_twice())
        if twice:
            raise DataError(twice)
        unknown = tuple(self._unknown())
        if unknown:
            raise UnknownId(unknown)
        return self

    def _used_twice(self) -> Iterator[InputProblem]:
        for file, ids in (
            ("rooms", [r.id for r in self.rooms]),
            ("rounds", [b.id for b in (*self.rounds, *self.shared_blocks)]),
            *(
                ("tables", [i for p in self.places if block.id in p.blocks for i in p.ids])
                for block in self.shared_blocks
            ),
        ):
            for value in duplicates(ids):
                yield InputProblem(file=file, value=value, what=message("This id is used twice."))

    def _unknown(self) -> Iterator[InputProblem]:
        rounds, shared = {r.id for r in self.rounds}, {b.id for b in self.shared_blocks}
        for room in self.rooms:
            yield from missing("rooms", "closed", room.closed, rounds)
        for place in self.places:
            yield from missing("tables", "block", place.blocks, shared)

    @cached_property
    def rooms_by_id(self) -> dict[RoomId, Room]:
        """Each room under its id."""
        return {room.id: room for room in self.rooms}

    @cached_property
    def round_ids(self) -> tuple[RoundId, ...]:
        """The ids of the rounds, in order of time."""
        return tuple(r.id for r in self.rounds)

    @cached_property
    def tables(self) -> dict[BlockId, dict[TableId, SharedPlace]]:
        """The tables and stands of each shared block that has any, with the place of each."""
        found: dict[BlockId, dict[TableId, SharedPlace]] = {}
        for block in self.shared_blocks:
            here = {i: p for p in self.places if block.id in p.blocks for i in p.ids}
            if here:
                found[block.id] = here
        return found
