"""Rule: stands on the market are staffed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._seating_rule import SoftSeatingRule
from spilrooster.wishes import Priority, Wishes
from spilrooster_models import Event, Finding, Programme
from spilrooster_models.layout import SharedPlace


class MarketStand(SoftSeatingRule):
    """Each stand has as many of its owners as it has seats, in turns.

    Only owners staff it. An owner with at least two turns more than another owner of the stand
    costs `weight` points for each turn beyond one. That owners eat too is for `lunch_shift`.
    """

    rule: Literal["market_stand"] = "market_stand"
    standard: ClassVar[bool] = True
    weight: int = Field(default=1, ge=0, description="points for each turn that is unfair")

    @classmethod
    def applies(cls, event: Event) -> bool:
        return any(place.is_stand for place in event.layout.places)

    def wish(self, event: Event, wishes: Wishes) -> None:
        wishes.turns = Priority(self.level, self.weight)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for stand in event.layout.places:
            if stand.is_stand:
                yield from self._staff(event, programme, stand)
                yield from self._turns(event, programme, stand)

    def _staff(self, event: Event, programme: Programme, stand: SharedPlace) -> Iterator[Finding]:
        owners = event.owners(stand)
        for block in stand.blocks:
            people = programme.people_at.get((block, stand.name), ())
            for person in people:
                if person not in owners:
                    yield self.broken(
                        (person, block, stand.name),
                        "{participant} is at stand {stand} in {block}, and does not own it.",
                        participant=person, stand=stand.name, block=block,
                    )  # fmt: skip
            if len(people) < stand.seats:
                yield self.broken(
                    (block, stand.name),
                    "In {block}, stand {stand} is staffed by {people}, and it needs {least}.",
                    block=block, stand=stand.name, people=len(people), least=stand.seats,
                )  # fmt: skip

    def _turns(self, event: Event, programme: Programme, stand: SharedPlace) -> Iterator[Finding]:
        staffed = [programme.people_at.get((block, stand.name), ()) for block in stand.blocks]
        turns = {owner: sum(owner in people for people in staffed) for owner in event.owners(stand)}
        busiest, idlest = max(turns, key=turns.__getitem__), min(turns, key=turns.__getitem__)
        unfair = turns[busiest] - turns[idlest] - 1
        if unfair > 0 and self.weight:
            yield self.costs(
                unfair * self.weight,
                (stand.name, busiest, idlest),
                "At stand {stand}, {busiest} has {most} turns and {idlest} has {least}.",
                stand=stand.name, busiest=busiest, most=turns[busiest],
                idlest=idlest, least=turns[idlest],
            )  # fmt: skip
