"""Attendance lists: who is expected at each run."""

from __future__ import annotations

from collections.abc import Iterator

from spilrooster.export._exporter import Made
from spilrooster.export.edition import Edition
from spilrooster.tables._csv import Cell, written
from spilrooster_models import Run


def attendance(edition: Edition) -> Made:
    """Return the lists as one table, with a row per run and person."""
    _ = edition.words
    header = (_("round"), _("time"), _("room"), _("session"), _("name"), _("organisation"))
    rows = [row for run in runs_in_order(edition) for row in _rows(edition, run)]
    return Made({"attendance.csv": written(header, rows, edition.language)})


def runs_in_order(edition: Edition) -> list[Run]:
    """Return the runs in order of time, and of the rooms as the event lists them."""
    rounds = {r: i for i, r in enumerate(edition.event.layout.round_ids)}
    rooms = {r: i for i, r in enumerate(edition.event.layout.rooms_by_id)}
    return sorted(edition.programme.runs, key=lambda r: (rounds[r.round], rooms[r.room]))


def _rows(edition: Edition, run: Run) -> Iterator[tuple[Cell, ...]]:
    event = edition.event
    block = event.layout.rounds[event.layout.round_ids.index(run.round)]
    room, session = event.layout.rooms_by_id[run.room], event.sessions_by_id[run.session]
    known = event.participants_by_id
    expected = [known[p] for p in edition.programme.audience(event, run.session, run.round)]
    for p in sorted(expected, key=lambda p: (p.name or p.id).casefold()):
        times = edition.words.times(block)
        yield block.name, times, room.name, session.title, p.name or p.id, p.organisation
