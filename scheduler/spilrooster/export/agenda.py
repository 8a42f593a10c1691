"""Agenda: where somebody is in each block of the day, as every output for people tells it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from spilrooster.export.edition import Edition
from spilrooster_models import Participant, Round, Run, Session, SharedBlock

Kind = Literal["session", "presents", "shared", "free", "away"]


@dataclass(frozen=True)
class Entry:
    """One block of somebody's day. `place` is a room or table, "" if there is none."""

    block: Round | SharedBlock
    day: dt.date
    kind: Kind
    title: str
    place: str = ""
    building: str = ""
    session: Session | None = None
    note: str = ""

    @property
    def busy(self) -> bool:
        """Whether somebody has to be somewhere."""
        return self.kind in {"session", "presents", "shared"}


def agenda(edition: Edition, person: Participant) -> tuple[Entry, ...]:
    """Return somebody's day in order of time.

    A lunch shift in which somebody does not eat is left out.
    """
    found = (_entry(edition, person, block) for block in edition.event.blocks)
    return tuple(entry for entry in found if entry is not None)


def by_day(entries: Sequence[Entry]) -> list[tuple[dt.date, list[Entry]]]:
    """Return the entries of each day."""
    return [(day, list(group)) for day, group in groupby(entries, key=lambda e: e.day)]


def name_of(person: Participant) -> str:
    """Return how somebody is called; the id of who has no name."""
    return person.name or person.id


def told_apart(people: Sequence[Participant]) -> dict[str, str]:
    """Return the name of each of these people, with more about them where names are the same."""
    often = Counter(name_of(p) for p in people)
    return {
        p.id: name_of(p) if often[name_of(p)] == 1 else f"{name_of(p)} ({p.organisation or p.id})"
        for p in people
    }


def presenters(edition: Edition, session: Session) -> list[str]:
    """Return the names of the presenters, if the event says that everybody may read them."""
    if not edition.event.show_presenters:
        return []
    known = edition.event.participants_by_id
    return [known[p].name for p in session.presenters if known[p].name]


def runs_in_order(edition: Edition) -> list[Run]:
    """Return the runs in order of time, and of the rooms as the event lists them."""
    rounds = {r: i for i, r in enumerate(edition.event.layout.round_ids)}
    rooms = {r: i for i, r in enumerate(edition.event.layout.rooms_by_id)}
    return sorted(edition.programme.runs, key=lambda r: (rounds[r.round], rooms[r.room]))


def expected_at(edition: Edition, run: Run) -> list[Participant]:
    """Return the audience of a run by name."""
    people = edition.programme.audience(edition.event, run.session, run.round)
    return in_order(edition, people)


def in_order(edition: Edition, people: Sequence[str]) -> list[Participant]:
    """Return these people by name."""
    known = edition.event.participants_by_id
    return sorted((known[p] for p in people), key=lambda p: (name_of(p).casefold(), p.id))


def table_blocks(edition: Edition) -> Iterator[SharedBlock]:
    """Yield the shared blocks in which people have a table or stand."""
    for block in edition.event.blocks:
        if isinstance(block, SharedBlock) and block.id in edition.programme.shared:
            yield block


def _entry(edition: Edition, person: Participant, block: Round | SharedBlock) -> Entry | None:
    day = edition.event.day_of(block)
    if isinstance(block, SharedBlock):
        return _shared(edition, person, block, day)
    programme, _ = edition.programme, edition.words
    place = programme.rounds.index(block.id)
    held = programme.schedule_of[person.id].sessions[place]
    if held is None:
        away = block.id in person.absent
        return Entry(block, day, "away" if away else "free", _("Away") if away else _("Free"))
    session = edition.event.sessions_by_id[held]
    room = edition.event.layout.rooms_by_id[programme.room_of[held, block.id]]
    own = person.id in session.presenters
    kind: Kind = "presents" if own else "session"
    note = _("You present") if own else ""
    return Entry(block, day, kind, session.title, room.name, room.building, session, note)


def _shared(
    edition: Edition, person: Participant, block: SharedBlock, day: dt.date
) -> Entry | None:
    _, programme = edition.words, edition.programme
    if not programme.is_there(edition.event, person.id, block.id):
        return Entry(block, day, "away", _("Away"))
    table = programme.table_of.get((person.id, block.id))
    if table is None and block.id in programme.shared:
        shifts = next((s for s in edition.event.lunches if block.id in s), ())
        return None if len(shifts) > 1 else Entry(block, day, "free", _("Free"))
    return Entry(block, day, "shared", block.name, table or "")
