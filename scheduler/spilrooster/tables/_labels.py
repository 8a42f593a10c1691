"""Labels: how a workbook for people shows ids and columns, and how they are recognised again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from spilrooster.language import sentence
from spilrooster.tables._text import in_one_line, tidy
from spilrooster_models import Event, Message, message
from spilrooster_models.event import Language

BETWEEN = " · "
LONGEST_NAME = 80  # characters; a formula of a spreadsheet compares texts of up to 255

COLUMNS: dict[str, Message] = {
    "attending": message("attending"),
    "fixed": message("fixed"),
    "free": message("free"),
    "got": message("got"),
    "key": message("key"),
    "name": message("name"),
    "organisation": message("organisation"),
    "participant": message("participant"),
    "presents": message("presents"),
    "rank": message("rank"),
    "room": message("room"),
    "round": message("round"),
    "run": message("run"),
    "seats": message("seats"),
    "session": message("session"),
    "theme": message("theme"),
    "time": message("time"),
}
"""What the columns of the workbook are called."""


def translations(word: Message) -> tuple[str, ...]:
    """Return a word in every language."""
    return tuple(dict.fromkeys(sentence(word, language) for language in get_args(Language)))


def aliases(*columns: str) -> tuple[tuple[str, str], ...]:
    """Return (what it is called in some language, column) for these columns."""
    return tuple((word, name) for name in columns for word in translations(COLUMNS[name]))


@dataclass(frozen=True)
class LabelsOfKind:
    """The labels of sessions, say: ``S07 · Title`` for each id."""

    label: dict[str, str]

    @classmethod
    def of(cls, named: Iterable[tuple[str, str]]) -> LabelsOfKind:
        """Label (id, name) pairs; by their ids alone if the labels could be mistaken."""
        pairs = tuple(named)
        label = {i: _label(i, name) for i, name in pairs}
        taken = {*label, *(name for _, name in pairs)}
        unclear = any(text != i and text in taken for i, text in label.items())
        if unclear or len(set(label.values())) < len(label):
            label = {i: i for i in label}
        return cls(label)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each (label, id)."""
        return tuple((text, i) for i, text in self.label.items())


def _label(i: str, name: str) -> str:
    line = in_one_line(tidy(name))
    if not line or line == i:
        return i
    short = line if len(line) <= LONGEST_NAME else f"{line[:LONGEST_NAME].rstrip()}…"
    return f"{i}{BETWEEN}{short}"


@dataclass(frozen=True)
class Labels:
    """The labels of everything that a programme names."""

    of_sessions: LabelsOfKind
    of_blocks: LabelsOfKind
    of_rooms: LabelsOfKind

    @classmethod
    def of(cls, event: Event) -> Labels:
        """Label everything in an event."""
        return cls(
            of_sessions=LabelsOfKind.of((s.id, s.title) for s in event.sessions),
            of_blocks=LabelsOfKind.of((b.id, b.name) for b in event.blocks),
            of_rooms=LabelsOfKind.of((r.id, r.name) for r in event.layout.rooms),
        )
