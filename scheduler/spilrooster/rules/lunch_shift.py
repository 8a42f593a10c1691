"""Rule: everybody eats once, at a good moment."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._seating_rule import SoftSeatingRule
from spilrooster.wishes import Priority, Wishes
from spilrooster_models import Event, Finding, Programme
from spilrooster_models.event import ParticipantId
from spilrooster_models.layout import BlockId


class LunchShift(SoftSeatingRule):
    """Everybody who is there eats once a day, by preference next to a session of their own.

    Several lunch blocks on one day are shifts. A shift is next to a session if no other block
    lies between them; who is not next to one although another shift is, costs `weight` points.
    """

    rule: Literal["lunch_shift"] = "lunch_shift"
    standard: ClassVar[bool] = True
    weight: int = Field(default=1, ge=0, description="points for who eats at a worse moment")

    @classmethod
    def applies(cls, event: Event) -> bool:
        return bool(event.lunches)

    def wish(self, event: Event, wishes: Wishes) -> None:
        wishes.waiting = Priority(self.level, self.weight)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        neighbours = _neighbours(event)
        for lunch in event.lunches:
            missed = []
            for person in event.participants_by_id:
                there = [block for block in lunch if programme.is_there(event, person, block)]
                eats = [block for block in lunch if _eats(event, programme, person, block)]
                if there and not eats:
                    missed.append(person)
                elif len(eats) > 1:
                    yield self.broken(
                        (person, *eats),
                        "{participant} eats more than once: {blocks}.",
                        participant=person, blocks=", ".join(eats),
                    )  # fmt: skip
                elif eats and self.weight:
                    good = [b for b in there if _is_next_to(programme, person, neighbours[b])]
                    if good and eats[0] not in good:
                        yield self.costs(
                            self.weight,
                            (person, eats[0]),
                            "{participant} eats in {block}, with no session just before or after; "
                            "{better} would be better.",
                            participant=person, block=eats[0], better=good[0],
                        )  # fmt: skip
            if missed:
                yield self.broken(
                    (*lunch, *missed),
                    "In {block}, {count} people have no place to eat; the first is {participant}.",
                    block=", ".join(lunch), count=len(missed), participant=missed[0],
                )  # fmt: skip


def _eats(event: Event, programme: Programme, person: ParticipantId, block: BlockId) -> bool:
    table = programme.table_of.get((person, block))
    return table is not None and not event.layout.tables[block][table].is_stand


def _neighbours(event: Event) -> dict[BlockId, list[BlockId]]:
    """Return the block just before and just after each block, if on the same day."""
    found: dict[BlockId, list[BlockId]] = {block.id: [] for block in event.blocks}
    for one, other in itertools.pairwise(event.blocks):
        if event.day_of(one) == event.day_of(other):
            found[one.id].append(other.id)
            found[other.id].append(one.id)
    return found


def _is_next_to(programme: Programme, person: ParticipantId, neighbours: list[BlockId]) -> bool:
    sessions = programme.schedule_of[person].sessions
    held = dict(zip(programme.rounds, sessions, strict=True))
    return any(held.get(block) is not None for block in neighbours)
