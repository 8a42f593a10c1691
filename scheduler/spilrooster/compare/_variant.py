"""Variant: an event with another layout, under a name.

A layout that lacks a round, a shared block or a room changes what the rest of the event may name.
An absence from a round that is not there needs no keeping, and a note says so; a session that is
left without any round or room, and a rule that names what is gone, are errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pydantic import Field

from spilrooster.problem import Problem
from spilrooster.rules import STANDARD_RULES, Rule
from spilrooster.tables import _sense as sense
from spilrooster.tables._report import Report
from spilrooster.tables._text import Unfit
from spilrooster.tables._values import decimal
from spilrooster_models import Event, Layout, Participant, Room, Session, UnknownId, message
from spilrooster_models.layout import Fact

PRICE = "price"
"""The column of rooms.csv with what a room costs."""


class Variant(Fact):
    """A layout under its name: the whole problem as it is with that layout.

    `fixed_price` comes on top of the prices of rooms, for what a venue costs anyhow.
    """

    name: str
    problem: Problem
    fixed_price: Decimal | None = Field(default=None, description="price besides the rooms'")

    @property
    def price(self) -> Decimal | None:
        """Price of all rooms and what is fixed; None if nothing has a price."""
        return self.price_of(self.problem.event.layout.rooms)

    def price_of(self, rooms: tuple[Room, ...]) -> Decimal | None:
        """Price of these rooms and what is fixed; a room without a price costs nothing."""
        prices = [p for room in self.problem.event.layout.rooms if (p := price_of(room))]
        if self.fixed_price is None and not prices:
            return None
        return sum((price_of(room) or Decimal() for room in rooms), self.fixed_price or Decimal())


def price_of(room: Room) -> Decimal | None:
    """Return the price of a room; None if it has none. Raises Unfit if it is no number."""
    text = next((text for name, text in room.attributes if name.casefold() == PRICE), "")
    return decimal(text) if text else None


def check_prices(rooms: tuple[Room, ...], file: str, report: Report) -> None:
    """Report every price that is no number."""
    for room in rooms:
        try:
            price_of(room)
        except Unfit as unfit:
            value = dict(room.attributes).get(PRICE, room.id)
            report.error(file, unfit.what, unfit.advice, column=PRICE, value=value)


def fitted(
    problem: Problem,
    layout: Layout,
    sessions: tuple[Session, ...] | None,
    file: str,
    report: Report,
) -> Problem | None:
    """Return the problem with another layout, and perhaps changed sessions.

    What does not go together is reported under the name `file`; then there is no problem.
    """
    event = problem.event
    offered = tuple(_fitted_session(s, layout, file, report) for s in sessions or event.sessions)
    people = tuple(_fitted_person(p, layout) for p in event.participants)
    _note_absences(event, people, file, report)
    if not report.is_clean(file):
        return None
    facts = {name: getattr(event, name) for name in type(event).model_fields}
    try:
        changed = Event(**facts | {"layout": layout, "sessions": offered, "participants": people})
        _judge(event, changed, file, report)
        return Problem(event=changed, rules=tuple(_rules(problem, changed)))
    except UnknownId as unknown:
        for found in unknown.problems:
            rule = (found.column or "").partition(".")[0] or found.file
            what = message("The rule {rule} names what this layout does not have.", rule=rule)
            advice = message("Change the rule in event.toml, or keep this in the layout.")
            report.error(file, what, advice, column=found.column, value=found.value)
        return None


def _judge(before: Event, after: Event, file: str, report: Report) -> None:
    """Report what does not make sense in the new layout and did in the old one.

    Blocks that overlap are errors. What only makes a programme impossible is a note: then the
    comparison says that there is none.
    """
    for check, _tables in sense.CHECKS:
        known = set(check(before))
        for remark in check(after):
            if remark in known:
                continue
            overlaps = check is sense.of_blocks
            tell = report.error if overlaps else report.note
            value = remark.value or remark.about
            tell(file, remark.what, remark.advice, column=remark.column, value=value)


def _fitted_session(session: Session, layout: Layout, file: str, report: Report) -> Session:
    """Return the session with only the rounds and rooms that are there."""
    rounds = tuple(t for t in session.rounds if t in layout.round_ids)
    rooms = tuple(r for r in session.rooms if r in layout.rooms_by_id)
    for column, before, left in (
        ("rounds", session.rounds, rounds),
        ("rooms", session.rooms, rooms),
    ):
        if before and not left:
            what = message(
                "{session} is only allowed in {places}, and this layout has none of them.",
                session=session.id, places=", ".join(before),
            )  # fmt: skip
            advice = message("Change the session in sessions.csv, or keep one in the layout.")
            report.error(file, what, advice, column=column, value=session.id)
        elif before != left:
            gone = ", ".join(i for i in before if i not in left)
            what = message(
                "{session} may also be in {places}, which this layout does not have.",
                session=session.id, places=gone,
            )  # fmt: skip
            report.note(file, what, column=column, value=session.id)
    return session.model_copy(update={"rounds": rounds, "rooms": rooms})


def _fitted_person(person: Participant, layout: Layout) -> Participant:
    shared = {block.id for block in layout.shared_blocks}
    return person.model_copy(
        update={
            "absent": tuple(t for t in person.absent if t in layout.round_ids),
            "misses": tuple(b for b in person.misses if b in shared),
        }
    )


def _note_absences(
    event: Event, people: tuple[Participant, ...], file: str, report: Report
) -> None:
    lost = {
        block
        for before, after in zip(event.participants, people, strict=True)
        for block in {*before.absent, *before.misses}.difference(after.absent, after.misses)
    }
    if lost:
        what = message(
            "Absences from {blocks} do not count here: this layout has no such block.",
            blocks=", ".join(sorted(lost)),
        )
        report.note(file, what, column="absent")


def _rules(problem: Problem, event: Event) -> Iterator[Rule]:
    """Yield the rules; a standard one comes or goes with what it is about, such as lunches."""
    for rule in problem.rules:
        if not rule.standard or rule != type(rule).model_validate({}) or rule.applies(event):
            yield rule
    for kind in STANDARD_RULES:
        if kind.applies(event) and not kind.applies(problem.event):
            yield kind.model_validate({})
