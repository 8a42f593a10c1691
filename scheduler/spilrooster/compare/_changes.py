"""Changes: what can be done to a layout. Pure functions from layout to layout."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Collection, Iterator

from spilrooster_models import Layout, Room, Round, SharedBlock
from spilrooster_models.layout import Block

PAUSE = dt.timedelta(minutes=10)
"""Between an added round and the one before, where no two rounds show what is usual."""

_LAST_NUMBER = re.compile(r"\d+(?=\D*$)")


def made(
    rooms: tuple[Room, ...], rounds: tuple[Round, ...], layout: Layout, *, keep_places: bool = True
) -> Layout:
    """Return the layout with these rooms and rounds; closings of rounds that are gone go too."""
    known = {r.id for r in rounds}
    return Layout(
        rooms=tuple(
            room.model_copy(update={"closed": tuple(t for t in room.closed if t in known)})
            for room in rooms
        ),
        rounds=rounds,
        shared_blocks=layout.shared_blocks,
        places=layout.places if keep_places else (),
    )


def without(layout: Layout, ids: Collection[str]) -> Layout:
    """Return the layout without these rooms, rounds and shared blocks."""
    blocks = tuple(b for b in layout.shared_blocks if b.id not in ids)
    left = {b.id for b in blocks}
    places = (
        p.model_copy(update={"blocks": tuple(b for b in p.blocks if b in left)})
        for p in layout.places
    )
    kept = Layout(
        rooms=layout.rooms,
        rounds=layout.rounds,
        shared_blocks=blocks,
        places=tuple(p for p in places if p.blocks),
    )
    rooms = tuple(r for r in layout.rooms if r.id not in ids)
    return made(rooms, tuple(r for r in layout.rounds if r.id not in ids), kept)


def with_seats(layout: Layout, seats: dict[str, int]) -> Layout:
    """Return the layout with other numbers of seats, by room."""
    rooms = (r.model_copy(update={"seats": seats.get(r.id, r.seats)}) for r in layout.rooms)
    return made(tuple(rooms), layout.rounds, layout)


def with_rounds(layout: Layout, number: int) -> Layout:
    """Return the layout with this many rounds: the last ones go, or more follow the last.

    Raises ValueError if no round would be left, or if the day is over before the last one ends.
    """
    if number < 1:
        raise ValueError("no round is left")
    while len(layout.rounds) < number:
        layout = _one_more(layout)
    return without(layout, layout.round_ids[number:])


def _one_more(layout: Layout) -> Layout:
    """Add a round like the last one, after it; what comes later that day moves up.

    Rooms that are closed in the last round are closed in the new one too.
    """
    last = layout.rounds[-1]
    pause = min(_pauses(layout), default=PAUSE)
    shift = pause + _at(last.end) - _at(last.start)
    taken = {b.id for b in (*layout.rounds, *layout.shared_blocks)}
    new = Round(
        id=next_name(last.id, taken),
        name=next_name(last.name, {r.name for r in layout.rounds}),
        start=_later(last.start, shift),
        end=_later(last.end, shift),
        date=last.date,
    )
    blocks = tuple(
        b.model_copy(update={"start": _later(b.start, shift), "end": _later(b.end, shift)})
        if _follows(b, last)
        else b
        for b in layout.shared_blocks
    )
    rooms = tuple(
        r.model_copy(update={"closed": (*r.closed, new.id)}) if last.id in r.closed else r
        for r in layout.rooms
    )
    grown = layout.model_copy(update={"shared_blocks": blocks})
    return made(rooms, (*layout.rounds, new), grown)


def _pauses(layout: Layout) -> Iterator[dt.timedelta]:
    """Yield the times between rounds that have nothing else between them."""
    for one, other in itertools.pairwise(layout.rounds):
        between = (b for b in layout.shared_blocks if _follows(b, one) and b.end <= other.start)
        if one.date == other.date and not any(between):
            yield _at(other.start) - _at(one.end)


def _follows(block: SharedBlock, last: Block) -> bool:
    return block.date == last.date and block.start >= last.end


def _at(time: dt.time) -> dt.datetime:
    return dt.datetime.combine(dt.date.min, time)


def _later(time: dt.time, by: dt.timedelta) -> dt.time:
    later = _at(time) + by
    if later.date() != dt.date.min:
        raise ValueError("the day is over")
    return later.time()


def next_name(name: str, taken: Collection[str]) -> str:
    """Return the name with its last number raised until nothing has it."""
    match = _LAST_NUMBER.search(name)
    number = int(match[0]) if match else 1
    while True:
        number += 1
        if match:
            made_up = name[: match.start()] + str(number) + name[match.end() :]
        else:
            made_up = f"{name} {number}"
        if made_up not in taken:
            return made_up
