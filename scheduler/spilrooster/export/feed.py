"""The programme as a calendar that everybody may subscribe to: nothing about participants."""

from __future__ import annotations

from collections.abc import Iterator

from spilrooster.export._exporter import Made
from spilrooster.export.agenda import Entry, runs_in_order
from spilrooster.export.calendars import Calendars
from spilrooster.export.edition import Edition
from spilrooster.export.links import LINKS_FILE
from spilrooster_models import Round

MEMORY = "feed.json"
CODE = "programme"


def feed(edition: Edition) -> Made:
    """Return publish/programme.ics: every run and every shared block."""
    calendars = Calendars.read(edition, file=MEMORY)
    content = calendars.written(CODE, tuple(entries(edition)))
    kept = {LINKS_FILE: edition.links.written()} | calendars.kept()
    return Made({"publish/programme.ics": content}, kept)


def entries(edition: Edition) -> Iterator[Entry]:
    """Yield every run and every shared block, in order of time."""
    event = edition.event
    for block in event.blocks:
        day = event.day_of(block)
        if not isinstance(block, Round):
            yield Entry(block, day, "shared", block.name)
            continue
        for run in runs_in_order(edition):
            if run.round == block.id:
                session = event.sessions_by_id[run.session]
                room = event.layout.rooms_by_id[run.room]
                where = room.name, room.building
                yield Entry(block, day, "session", session.title, *where, session)
