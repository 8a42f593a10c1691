"""Everybody's own page and calendar, behind a file name that nobody can guess.

Both stand in ``publish/people``. An index.html there keeps a web server from listing the names.
Somebody who left the event keeps their page, which says that the programme was withdrawn, and
their calendar, in which everything is cancelled.
"""

from __future__ import annotations

from dataclasses import dataclass

from spilrooster.export._exporter import Made
from spilrooster.export.agenda import Entry, agenda, by_day, name_of, presenters
from spilrooster.export.calendars import Calendars
from spilrooster.export.edition import Edition
from spilrooster.export.links import LINKS_FILE
from spilrooster.export.templates import templates
from spilrooster_models import Block

FOLDER = "publish/people"


@dataclass(frozen=True)
class _Shown:
    block: Block
    kind: str
    title: str
    place: str
    building: str
    note: str
    names: str


def personal(edition: Edition) -> Made:
    """Return a page and a calendar for everybody who ever had a link."""
    links, event = edition.links, edition.event
    calendars = Calendars.read(edition)
    files = {f"{FOLDER}/index.html": _nothing_here(edition)}
    for person, code in links.codes.items():
        known = event.participants_by_id.get(person)
        entries = () if known is None else agenda(edition, known)
        name = person if known is None else name_of(known)
        files[f"{FOLDER}/{code}.html"] = _page(
            edition, code, name, entries, withdrawn=known is None
        )
        files[f"{FOLDER}/{code}.ics"] = calendars.written(code, entries)
    kept = {LINKS_FILE: links.written()} | calendars.kept()
    return Made(files, kept)


def _page(
    edition: Edition, code: str, name: str, entries: tuple[Entry, ...], *, withdrawn: bool
) -> bytes:
    _ = edition.words
    days = [(_.date(day), [_shown(edition, e) for e in mine]) for day, mine in by_day(entries)]
    view = {
        "_": _,
        "language": edition.language,
        "event": edition.event,
        "name": name,
        "code": code,
        "dates": " · ".join(date for date, _mine in days) or _.date(edition.event.date),
        "days": days,
        "withdrawn": withdrawn,
    }
    return templates().get_template("personal.html.j2").render(view).encode()


def _shown(edition: Edition, entry: Entry) -> _Shown:
    others = [] if entry.session is None else presenters(edition, entry.session)
    names = "" if entry.kind == "presents" else edition.words.listed(others)
    return _Shown(
        entry.block, entry.kind, entry.title, entry.place, entry.building, entry.note, names
    )


def _nothing_here(edition: Edition) -> bytes:
    _ = edition.words
    view = {"_": _, "language": edition.language, "event": edition.event}
    return templates().get_template("people.html.j2").render(view).encode()
