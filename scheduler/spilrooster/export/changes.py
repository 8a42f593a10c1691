"""The list of changes: what is different from what people were told, and what to write to them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from spilrooster.changes import Move, RunMove, Spot, changes
from spilrooster.export._exporter import Made
from spilrooster.export.agenda import name_of
from spilrooster.export.edition import Edition
from spilrooster.export.templates import templates
from spilrooster.tables._csv import Cell, written
from spilrooster_models import Block, Participant, Programme, message
from spilrooster_models.layout import RoomId, RoundId


@dataclass(frozen=True)
class Moved:
    """One thing that is different, in words."""

    block: str
    times: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """Somebody who moves, and the message for them."""

    person: Participant
    name: str
    about: str
    moves: tuple[Moved, ...]
    text: str


def list_changes(edition: Edition) -> Made:
    """Return changes.html, changes.csv (a row per move) and changes-mailing.csv (one per person).

    Nothing but a note if it is not known what people were told before.
    """
    if edition.told is None:
        text = "There is no list of changes: give the earlier programme with --against."
        return Made({}, notes=(message(text),))
    bill = _Bill(edition, edition.told)
    return Made(
        {
            "changes.html": bill.html().encode(),
            "changes.csv": bill.table(),
            "changes-mailing.csv": bill.mailing(),
        }
    )


class _Bill:
    """Everything that is different, in words."""

    def __init__(self, edition: Edition, told: Programme) -> None:
        self.edition, self.event, self._ = edition, edition.event, edition.words
        self.found = changes(edition.event, told, edition.programme)
        self.blocks: dict[str, Block] = {block.id: block for block in self.event.blocks}
        moves: defaultdict[str, list[Move]] = defaultdict(list)
        for move in self.found.moves:
            moves[move.participant].append(move)
        known = self.event.participants_by_id
        self.people = [self._person(known[p], tuple(moves[p])) for p in self.found.people]

    def html(self) -> str:
        """Return the page; the same changes give the same bytes."""
        view = {
            "_": self._,
            "language": self.edition.language,
            "event": self.event,
            "places": len(self.found.moves),
            "everybody": len(self.event.participants),
            "runs": [self._run(move) for move in self.found.runs],
            "people": self.people,
            "newcomers": [name_of(self.event.participants_by_id[p]) for p in self.found.newcomers],
        }
        return templates().get_template("changes.html.j2").render(view)

    def table(self) -> bytes:
        """Return a row per run and person that moves."""
        _ = self._
        header = (
            _("what"), _("id"), _("name"), _("e-mail"), _("block"), _("time"), _("first"), _("now"),
        )  # fmt: skip
        rows: list[tuple[Cell, ...]] = [
            (_("run"), move.session, title, "", "", "", before, after)
            for move, (title, before, after) in zip(
                self.found.runs, map(self._run, self.found.runs), strict=True
            )
        ]
        rows += [
            (_("person"), t.person.id, t.name, t.person.email, m.block, m.times, m.before, m.after)
            for t in self.people
            for m in t.moves
        ]
        return written(header, rows, self.edition.language)

    def mailing(self) -> bytes:
        """Return a row per person that moves, with their message."""
        _ = self._
        header = (_("id"), _("name"), _("e-mail"), _("number"), _("message"))
        rows = [(t.person.id, t.name, t.person.email, len(t.moves), t.text) for t in self.people]
        return written(header, rows, self.edition.language)

    def _person(self, person: Participant, moves: tuple[Move, ...]) -> Told:
        _ = self._
        moved = tuple(self._moved(move) for move in moves)
        lines = [
            _("Hello {name},", name=name_of(person)),
            _("Your day at {event} has changed:", event=self.event.name),
            *(
                _("- {block} ({times}): now {after}, first {before}",
                  block=m.block, times=m.times, after=m.after, before=m.before)
                for m in moved
            ),
        ]  # fmt: skip
        parts = (person.id if person.name else "", person.organisation)
        about = " · ".join(part for part in parts if part)
        return Told(person, name_of(person), about, moved, "\n".join(lines))

    def _moved(self, move: Move) -> Moved:
        block = self.blocks[move.block]
        times = self._.times(block)
        if len({self.event.day_of(b) for b in self.event.blocks}) > 1:
            times = f"{self._.date(block.date or self.event.date)}, {times}"
        return Moved(block.name, times, self._spot(move.before), self._spot(move.after))

    def _spot(self, spot: Spot | None) -> str:
        _ = self._
        if spot is None:
            return _("nothing")
        if spot.session is None:
            return spot.room
        return f"{self.event.sessions_by_id[spot.session].title} ({self._room(spot.room)})"

    def _room(self, room: RoomId) -> str:
        known = self.event.layout.rooms_by_id
        return known[room].name if room in known else room

    def _run(self, move: RunMove) -> tuple[str, str, str]:
        title = self.event.sessions_by_id[move.session].title
        return title, self._place(move.before), self._place(move.after)

    def _place(self, place: tuple[RoundId, RoomId] | None) -> str:
        _ = self._
        if place is None:
            return _("nothing")
        return f"{self.blocks[place[0]].name}, {self._room(place[1])}"
