"""Facts: rows of rounds, rooms, participants and sessions become the models' facts.

A row with faults still yields a fact, with defaults for what could not be read, so that whatever
refers to it is checked in the same pass. The report then refuses the event as a whole.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from spilrooster.tables._names import Names, did_you_mean
from spilrooster.tables._table import Row, Table
from spilrooster.tables._text import Unfit, in_one_line
from spilrooster.tables._values import clock_time, day, whole
from spilrooster_models import (
    BlockKind,
    Message,
    Participant,
    Room,
    Round,
    Session,
    SharedBlock,
    SharedPlace,
    message,
)

MOST_TABLES = 10_000
"""More tables at one place are a slip of the keyboard, and each would get a name."""


@dataclass
class Known:
    """The ids that each table defines, filled in table by table.

    None stands for a table that could not be read: then no reference to it is judged.
    """

    rounds: Names | None = None
    shared: Names | None = None
    rooms: Names | None = None
    people: Names | None = None
    invited: Names | None = None
    sessions: Names | None = None
    longest: int = 0
    """Most rounds that follow each other directly; 0 if that could not be read."""


def longest_stretch(blocks: Iterable[Round | SharedBlock], event_day: dt.date) -> int:
    """Return how many rounds of one day follow each other at most, without a shared block."""
    stretches = itertools.groupby(blocks, key=lambda b: (b.date or event_day, isinstance(b, Round)))
    return max((len(list(run)) for (_, is_round), run in stretches if is_round), default=0)


def blocks_of(table: Table, event_day: dt.date) -> tuple[Round | SharedBlock, ...]:
    """Read the blocks of the day, in order of time."""
    blocks = [_block(i, row) for i, row in table.define("round").items()]
    return tuple(sorted(blocks, key=lambda b: (b.date or event_day, b.start, b.end)))


def _block(i: str, row: Row) -> Round | SharedBlock:
    start, end = row.needed("start", clock_time), row.needed("end", clock_time)
    if start is not None and end is not None and end <= start:
        row.error(
            "end",
            message("This end is not after the start, {start}.", start=start.isoformat("minutes")),
            message("A block starts and ends on the same day."),
        )
        end = None
    if start is None or end is None:
        start, end = dt.time.min, dt.time.max
    kind = row.read("kind", _kind) or BlockKind.SESSIONS
    fields = {
        "id": i,
        "name": row.required("name") or i,
        "start": start,
        "end": end,
        "date": row.read("date", day),
    }
    if kind is BlockKind.SESSIONS:
        return Round(**fields)
    return SharedBlock(**fields, kind=kind)


def _kind(text: str) -> BlockKind:
    kinds = {kind.value: kind for kind in BlockKind}
    if text.casefold() not in kinds:
        advice = did_you_mean(text, kinds) or message(
            "Write one of {kinds}.", kinds=", ".join(kinds)
        )
        raise Unfit(message("There is no such kind of block."), advice)
    return kinds[text.casefold()]


def rooms_of(table: Table, known: Known) -> tuple[Room, ...]:
    """Read the rooms."""
    return tuple(
        Room(
            id=i,
            name=row.required("name") or i,
            seats=row.needed("seats", whole) or 0,
            features=row.items("features"),
            building=row.cell("building"),
            closed=_rounds(row, "closed", known),
            attributes=row.attributes(),
        )
        for i, row in table.define("room").items()
    )


def participants_of(table: Table, known: Known) -> tuple[Participant, ...]:
    """Read the participants."""
    texts = ("name", "email", "organisation", "municipality", "sector", "role", "tier")
    return tuple(
        Participant(
            id=i,
            **{column: row.cell(column) for column in texts},
            groups=row.items("groups"),
            **_absences(row, known),
            needs=row.items("needs"),
            attributes=row.attributes(),
        )
        for i, row in table.define("participant").items()
    )


def _absences(row: Row, known: Known) -> dict[str, tuple[str, ...]]:
    """Read the column absent: rounds that somebody misses, and shared blocks."""
    rounds = None if known.rounds is None else known.rounds.ids
    shared = {} if known.shared is None else known.shared.ids
    blocks = None if rounds is None else Names([*rounds, *shared])
    found = row.ids("absent", blocks, message("No round has this id."))
    return {
        "absent": tuple(i for i in found if i not in shared),
        "misses": tuple(i for i in found if i in shared),
    }


def places_of(table: Table, known: Known) -> tuple[SharedPlace, ...]:
    """Read the places in shared blocks; a name that stands twice in one block is reported."""
    found: list[SharedPlace] = []
    first: dict[tuple[str, str], int] = {}
    for row in table:
        place = _shared_place(row, known)
        if place is None:
            continue
        again = [(b, i) for b in place.blocks for i in place.ids if (b, i) in first]
        for block, i in again[:1]:
            what = message(
                "{table} in {block} stands in row {row} already.",
                table=i, block=block, row=first[block, i],
            )  # fmt: skip
            row.error("place", what, message("Give each place a name of its own."))
        if not again:
            first.update({(b, i): row.number for b in place.blocks for i in place.ids})
            table.row_of.setdefault(place.name, row.number)
            found.append(place)
    return tuple(found)


def _shared_place(row: Row, known: Known) -> SharedPlace | None:
    name = row.required("place")
    blocks: tuple[str, ...] = ()
    if row.required("block") is not None:
        what = message("No shared block has this id: one of kind lunch, drinks or plenary.")
        blocks = row.ids("block", known.shared, what)
    owners = row.ids("owners", known.invited, message("No participant or group has this id."))
    tables = row.read("tables", whole)
    seats = row.read("seats", whole)
    if seats is None and not row.cell("owners") and "seats" in row.table.columns:
        row.required("seats")
    elif not row.cell("seats") and not row.cell("owners"):
        row.error("place", message("Nobody can tell how many seats this place has."),
                  message("Add the column seats."))  # fmt: skip
    if tables is not None and row.cell("owners"):
        row.error("tables", message("A market stand has owners, and no tables."))
    if tables == 0:
        row.error("tables", message("There are no tables here."),
                  message("Leave this empty if people sit where they like."))  # fmt: skip
    if (tables or 0) > MOST_TABLES:
        row.error("tables", message("This number is too large."))
        tables = None
    if name is None or not blocks:
        return None
    default = 1 if owners else 0
    return SharedPlace(
        name=in_one_line(name),
        blocks=blocks,
        tables=0 if owners else tables or 0,
        seats=default if seats is None else seats,
        owners=owners,
    )


def sessions_of(table: Table, known: Known) -> tuple[Session, ...]:
    """Read the sessions."""
    rows = table.define("session")
    found: list[Session] = []
    for i, row in rows.items():
        length = _length(row, known)
        parts = _session(i, row, known).in_parts(length)
        taken = next((part.id for part in parts[1:] if part.id in rows), None)
        if taken is not None:
            what = message("{id} is the id of a later part of this session.", id=taken)
            row.error("session", what, message("Give the other session another id."))
            parts = parts[:1]
        found += parts
    return tuple(found)


def _session(i: str, row: Row, known: Known) -> Session:
    return Session(
        id=i,
        title=row.required("title") or i,
        theme=row.cell("theme"),
        presenters=row.ids("presenters", known.people, message("No participant has this id.")),
        **_range(row, "people", {}),
        **_range(row, "runs", {"min_runs": 1, "max_runs": 1}),
        rounds=_rounds(row, "rounds", known),
        rooms=row.ids("rooms", known.rooms, message("No room has this id.")),
        needs=row.items("needs"),
        only_for=row.ids(
            "only_for", known.invited, message("No participant or group has this id.")
        ),
        language=row.cell("language"),
        attributes=row.attributes(),
    )


def _range(row: Row, of: str, defaults: dict[str, int]) -> dict[str, Any]:
    """Read min_... and max_...; both fall away, so that the defaults hold, if they contradict."""
    low, high = f"min_{of}", f"max_{of}"
    given = {column: row.read(column, whole) for column in (low, high)}
    limits = defaults | {column: n for column, n in given.items() if n is not None}
    if low in limits and high in limits and limits[low] > limits[high]:
        column = low if given[low] is not None else high
        row.error(column, *_contradiction(low, limits[low], high, limits[high]))
        return {}
    return limits


def _contradiction(low: str, least: int, high: str, most: int) -> tuple[Message, Message]:
    return (
        message(
            "{low} is {least}, and that is more than {high}, which is {most}.",
            low=low, least=least, high=high, most=most,
        ),
        message("Fill in both columns; empty means 1 run."),
    )  # fmt: skip


def _length(row: Row, known: Known) -> int:
    """Read in how many rounds the session takes place; 1 if that makes no sense."""
    length = row.read("length", whole)
    if length is None:
        return 1
    if length < 1:
        row.error("length", message("A session takes at least one round."))
    elif 0 < known.longest < length:
        row.error(
            "length",
            message("At most {number} rounds follow each other directly.", number=known.longest),
            message("A lunch or another shared block comes in between, or the night."),
        )
    else:
        return length
    return 1


def _rounds(row: Row, column: str, known: Known) -> tuple[str, ...]:
    """Read ids of rounds; a shared block gets an explanation of its own."""
    shared = {} if known.shared is None else known.shared.ids
    named = next((item for item in row.items(column) if item in shared), None)
    if named is None:
        return row.ids(column, known.rounds, message("No round has this id."))
    what = message("{block} is a shared block; only session rounds can stand here.", block=named)
    row.error(column, what, message("Take it out of the list."))
    return ()
