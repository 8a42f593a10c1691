"""The programme as a page for everyone: sessions, rooms and times, nothing about participants.

Presenters are named only if the event says ``show_presenters = true``: a presenter is a
participant too, and not everybody wants their name on a website.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from spilrooster.export._exporter import Made
from spilrooster.export.agenda import presenters, runs_in_order
from spilrooster.export.edition import Edition
from spilrooster.export.templates import templates
from spilrooster_models import Round, Run, Session, SharedBlock

COLOURS = 8
"""Themes beyond this number are not coloured: more colours cannot be told apart."""
TEXTS = ("abstract", "description", "summary", "omschrijving", "beschrijving", "samenvatting")
"""Columns of sessions.csv whose text everybody may read; other columns are the organisers'."""


@dataclass(frozen=True)
class Shown:
    """A run on the page."""

    session_number: int
    title: str
    theme: str
    theme_number: int
    colour: int
    room: str
    room_number: int
    presenters: str
    text: str
    again: str


@dataclass(frozen=True)
class Block:
    """A round with its runs, or a shared block."""

    number: int
    times: str
    name: str
    shared: bool
    runs: tuple[Shown, ...]


def public(edition: Edition) -> Made:
    """Return the page."""
    page = _Page(edition)
    return Made({"publish/index.html": page.html().encode()})


def text_of(session: Session) -> str:
    """Return what the session is about, if the event has a column for that."""
    facts = {name.casefold(): value for name, value in session.attributes}
    return next((facts[name] for name in TEXTS if facts.get(name)), "")


class _Page:
    def __init__(self, edition: Edition) -> None:
        self.edition, self.event, self._ = edition, edition.event, edition.words
        self.runs: defaultdict[str, list[Run]] = defaultdict(list)
        for run in runs_in_order(edition):
            self.runs[run.round].append(run)
        held = {run.session for run in edition.programme.runs}
        self.sessions = [s for s in self.event.sessions if s.id in held]
        named = dict.fromkeys(s.theme for s in self.sessions if s.theme)
        self.themes = {theme: number for number, theme in enumerate(named)}
        used = {run.room for run in edition.programme.runs}
        rooms = [r.id for r in self.event.layout.rooms if r.id in used]
        self.rooms = {room: number for number, room in enumerate(rooms)}

    def html(self) -> str:
        """Return the page; the same edition gives the same bytes."""
        blocks = [(b, self._block(number, b)) for number, b in enumerate(self.event.blocks)]
        days = dict.fromkeys(self.event.day_of(b) for b in self.event.blocks)
        view = {
            "_": self._,
            "language": self.edition.language,
            "event": self.event,
            "dates": " · ".join(map(self._.date, days)),
            "sessions": len(self.sessions),
            "days": [
                (self._.date(day), [shown for b, shown in blocks if self.event.day_of(b) == day])
                for day in days
            ],
            "rounds": [(s.number, f"{s.name} ({s.times})") for _b, s in blocks if not s.shared],
            "rooms": [(number, self._room(room)) for room, number in self.rooms.items()],
            "themes": [(number, theme) for theme, number in self.themes.items()],
        }
        return templates().get_template("public.html.j2").render(view)

    def _block(self, number: int, block: Round | SharedBlock) -> Block:
        runs = tuple(map(self._shown, self.runs[block.id]))
        shared = not isinstance(block, Round)
        return Block(number, self._.times(block), block.name, shared, runs)

    def _shown(self, run: Run) -> Shown:
        session = self.event.sessions_by_id[run.session]
        number = self.themes.get(session.theme, -1)
        names = self._.listed(presenters(self.edition, session))
        return Shown(
            session_number=self.sessions.index(session),
            title=session.title,
            theme=session.theme,
            theme_number=number,
            colour=number if 0 <= number < COLOURS else COLOURS,
            room=self._room(run.room),
            room_number=self.rooms[run.room],
            presenters=names,
            text=text_of(session),
            again=self._again(run),
        )

    def _again(self, run: Run) -> str:
        """Return when else the session runs."""
        _ = self._
        others = [r for r in self.edition.programme.rounds_of[run.session] if r != run.round]
        names = {r.id: r.name for r in self.event.layout.rounds}
        if not others:
            return ""
        return _("also in {rounds}", rounds=_.listed([names[r] for r in others]))

    def _room(self, room_id: str) -> str:
        room = self.event.layout.rooms_by_id[room_id]
        return f"{room.name} ({room.building})" if room.building else room.name
