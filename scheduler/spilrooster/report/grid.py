"""The programme as a grid: rooms down, blocks of the day across."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from spilrooster.numbers import SeatsUsed
from spilrooster.report.words import Words
from spilrooster_models import Block, Event, Room, Round
from spilrooster_models.event import Session

COLOURS = 8
"""Themes beyond this number are not coloured: more colours cannot be told apart."""


@dataclass(frozen=True)
class Column:
    """A block of the day; a shared block is one tall cell."""

    id: str
    name: str
    times: str
    date: str
    shared: bool


@dataclass(frozen=True)
class Held:
    """A run in the grid."""

    title: str
    theme: str
    colour: int
    text: str
    filled: float
    crowded: bool


@dataclass(frozen=True)
class Cell:
    """A room in a round."""

    held: tuple[Held, ...]
    closed: bool


@dataclass(frozen=True)
class Row:
    """A room, with one cell per round."""

    name: str
    seats: str
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Grid:
    """The whole grid and the colour of each theme."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    themes: tuple[tuple[str, int], ...]

    @property
    def least_width(self) -> int:
        """Pixels below which titles would break up; the grid scrolls instead."""
        return sum(60 if column.shared else 150 for column in self.columns) + 140


def grid(event: Event, used: Sequence[SeatsUsed], _: Words) -> Grid:
    """Lay the runs out by room and block."""
    themes = tuple(dict.fromkeys(s.theme for s in event.sessions if s.theme))
    colours = {theme: i for i, theme in enumerate(themes[:COLOURS])}
    held: defaultdict[tuple[str, str], list[Held]] = defaultdict(list)
    for u in used:
        if u.session is not None:
            session = event.sessions_by_id[u.session]
            held[u.room, u.round].append(_held(u, session, colours, _))
    return Grid(
        columns=tuple(_column(event, block, _) for block in event.blocks),
        rows=tuple(
            Row(
                name=room.name,
                seats=_.count("{count} seat", "{count} seats", room.seats),
                cells={t: _cell(room, t, held[room.id, t]) for t in event.layout.round_ids},
            )
            for room in event.layout.rooms
        ),
        themes=tuple(colours.items()),
    )


def _cell(room: Room, round_id: str, held: list[Held]) -> Cell:
    return Cell(held=tuple(held), closed=round_id in room.closed)


def _column(event: Event, block: Block, _: Words) -> Column:
    another_day = block.date is not None and block.date != event.date
    return Column(
        id=block.id,
        name=block.name,
        times=_.times(block),
        date=_.date(block.date) if another_day and block.date else "",
        shared=not isinstance(block, Round),
    )


def _held(used: SeatsUsed, session: Session, colours: dict[str, int], _: Words) -> Held:
    share = used.attending / used.places if used.places else float(used.attending > 0)
    return Held(
        title=session.title,
        theme=session.theme,
        colour=colours.get(session.theme, COLOURS),
        text=_("{people} of {places}", people=used.attending, places=used.places),
        filled=round(100 * min(share, 1.0), 1),
        crowded=used.attending > used.places,
    )
