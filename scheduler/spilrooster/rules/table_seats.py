"""Rule: in shared blocks with tables, everybody has a place and no table is too small."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from spilrooster.rules._seating_rule import SeatingRule
from spilrooster_models import Event, Finding, Programme


class TableSeats(SeatingRule):
    """No table has more people than seats, and who is there in a block with tables has a place."""

    rule: Literal["table_seats"] = "table_seats"
    standard: ClassVar[bool] = True

    @classmethod
    def applies(cls, event: Event) -> bool:
        return bool(event.layout.places)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for (block, table), people in programme.people_at.items():
            seats = event.layout.tables[block][table].seats
            if len(people) > seats:
                yield self.broken(
                    (block, table),
                    "There are {people} people at {table} in {block}; it has {seats} seats.",
                    people=len(people), table=table, block=block, seats=seats,
                )  # fmt: skip
            stand = event.layout.tables[block][table].is_stand
            for person in people:
                present = person in event.present_in[block]
                if not (present if stand else programme.is_there(event, person, block)):
                    yield self.broken(
                        (person, block),
                        "{participant} is at {table} in {block}, but is not there then.",
                        participant=person, table=table, block=block,
                    )  # fmt: skip
        shifts = {block for lunch in event.lunches for block in lunch}
        for block, tables in event.layout.tables.items():
            if block in shifts or all(place.is_stand for place in tables.values()):
                continue
            there = (p for p in event.participants_by_id if programme.is_there(event, p, block))
            missed = [p for p in there if (p, block) not in programme.table_of]
            if missed:
                yield self.broken(
                    (block, *missed),
                    "In {block}, {count} people have no place; the first is {participant}.",
                    block=block, count=len(missed), participant=missed[0],
                )  # fmt: skip
