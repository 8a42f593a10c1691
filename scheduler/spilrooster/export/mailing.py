"""The mail merge: a row per person, with their links, their day in words and a whole message."""

from __future__ import annotations

from collections.abc import Sequence

from spilrooster.export._exporter import Made
from spilrooster.export.agenda import Entry, agenda, by_day, name_of
from spilrooster.export.edition import Edition
from spilrooster.export.links import LINKS_FILE
from spilrooster.tables._csv import Cell, written
from spilrooster_models import Message, Participant, message

PEOPLE = "people"


def mailing(edition: Edition) -> Made:
    """Return mailing.csv: names, addresses, links, the whole day, and a column per block."""
    _, blocks = edition.words, edition.event.blocks
    header = [
        _("id"), _("name"), _("e-mail"), _("page"), _("calendar"), _("programme"),
        _("subject"), _("message"),
        *_distinct([block.name for block in blocks]),
    ]  # fmt: skip
    rows = [_row(edition, person) for person in edition.event.participants]
    files = {"mailing.csv": written(header, rows, edition.language)}
    return Made(files, {LINKS_FILE: edition.links.written()}, tuple(_notes(edition)))


def _row(edition: Edition, person: Participant) -> list[Cell]:
    code, day = edition.links.codes[person.id], agenda(edition, person)
    place = f"{edition.event.website}{PEOPLE}/{code}"
    told = {entry.block.id: _told(entry) for entry in day}
    own: list[Cell] = [person.id, name_of(person), person.email, f"{place}.html", f"{place}.ics"]
    columns = [told.get(block.id, "") for block in edition.event.blocks]
    words = day_in_words(edition, day)
    return [*own, words, *_letter(edition, person, place, words), *columns]


def _letter(edition: Edition, person: Participant, place: str, words: str) -> tuple[str, str]:
    """Return the subject and the text of a message that can be sent as it is."""
    _, event = edition.words, edition.event
    parts = [
        _("Dear {name},", name=name_of(person)),
        _("This is your programme for {event}.", event=event.name),
        words,
    ]
    if event.website:
        parts.append(_("Your own page: {link}", link=f"{place}.html"))
        parts.append(_("For your calendar: {link}", link=f"{place}.ics"))
        parts.append(_("Whoever has these links can read your programme."))
    return _("Your programme: {event}", event=event.name), "\n\n".join(parts)


def day_in_words(edition: Edition, day: Sequence[Entry]) -> str:
    """Return somebody's day as a text of a line per block, under the date of each day."""
    lines = []
    for date, entries in by_day(day):
        lines.append(edition.words.date(date))
        lines += [f"{edition.words.times(entry.block)}  {_told(entry)}" for entry in entries]
    return "\n".join(lines)


def _told(entry: Entry) -> str:
    where = f"{entry.place}, {entry.building}" if entry.building else entry.place
    what = f"{entry.title} – {where}" if where else entry.title
    return f"{what} ({entry.note})" if entry.note else what


def _distinct(names: Sequence[str]) -> list[str]:
    """Return names of columns: one that comes back gets a number."""
    seen: dict[str, int] = {}
    made = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        made.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return made


def _notes(edition: Edition) -> list[Message]:
    notes = []
    if not edition.event.website:
        text = "The links in mailing.csv need the address of your website: website in event.toml."
        notes.append(message(text))
    without = sum(not person.email for person in edition.event.participants)
    if without:
        text = "In mailing.csv some people have no e-mail address: {count}."
        notes.append(message(text, count=without))
    return notes
