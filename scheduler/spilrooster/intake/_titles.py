"""Titles: which session a cell of a form means. Exactly, or with a question; never by guessing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from spilrooster.tables._names import Names
from spilrooster.tables._text import key, tidy
from spilrooster_models import Message

LEFT_OUT = ""
"""What a title stands for if somebody said that it is to be left out."""

_TYPED = str.maketrans(
    {"‘": "'", "’": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-",
     "–": "-", "—": "-", "−": "-", "…": "..."}
)  # fmt: skip
_BREAKS = re.compile(r"\s*\n\s*")


def label_key(text: str) -> str:
    """Return what stays when capitals, spaces and typographic quotes and dashes are disregarded."""
    return key(tidy(text).translate(_TYPED))


class SessionNames:
    """Every way in which a form may name a session that can mean no other.

    Parameters
    ----------
    sessions
        (id, title) of each session.
    given
        What somebody said of titles that no session has: title -> id, or `LEFT_OUT`.
    """

    def __init__(
        self, sessions: Sequence[tuple[str, str]], given: Mapping[str, str] | None = None
    ) -> None:
        self.sessions = tuple(sessions)
        self._given = {label_key(text): i for text, i in (given or {}).items()}
        self._exact = Names((i for i, _ in sessions), [(t, i) for i, t in sessions], by_title=True)
        self._found: dict[str, str | None] = {}

    def find(self, text: str) -> str | None:
        """Return the id that is meant, `LEFT_OUT` for a title left out, None if none fits."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> str | None:
        plain = label_key(text)
        if plain in self._given:
            return self._given[plain]
        return self._exact.find(tidy(text)) or self._labels.get(plain)

    def suggestion(self, text: str) -> Message | None:
        """Ask whether another title was meant, if one is near."""
        return self._exact.suggestion(text)

    def is_ambiguous(self, text: str) -> bool:
        """Whether several sessions have this title."""
        return self.find(text) is None and self._exact.is_ambiguous(tidy(text))

    def near(self, text: str) -> tuple[str, ...]:
        """Return the ids of the sessions whose titles are nearest; empty if none is near."""
        question = self.suggestion(text)
        if question is None:
            return ()
        shown = {f"{i} ({title})": i for i, title in self.sessions}
        return tuple(shown.get(str(value), str(value)) for _, value in question.values)

    @cached_property
    def _labels(self) -> dict[str, str | None]:
        """Each label with id and title together, as a form shows where titles are the same."""
        found: dict[str, str | None] = {}
        for i, title in self.sessions:
            for text in (title, f"{title} ({i})", f"{title} [{i}]", f"{i} {title}",
                         f"{i}: {title}", f"{i}. {title}", f"{i} - {title}"):  # fmt: skip
                plain = label_key(text)
                found[plain] = i if found.get(plain, i) == i else None
        return found

    def split(self, text: str, separator: str) -> list[str]:
        """Split a cell with several titles; a title may hold the separator itself."""
        if not text.strip():
            return []
        if self.find(text) is not None:
            return [text]
        pieces = [piece for piece in _pieces(text, separator) if piece.strip()]
        found, at = [], 0
        while at < len(pieces):
            ends = range(len(pieces), at, -1)
            joined = ((separator.join(pieces[at:end]).strip(), end) for end in ends)
            title, at = next(
                ((t, end) for t, end in joined if self.find(t) is not None),
                (pieces[at].strip(), at + 1),
            )
            found.append(title)
        return found


def _pieces(text: str, separator: str) -> list[str]:
    return _BREAKS.split(text) if separator == "\n" else text.split(separator)


def label(session: str, title: str, sessions: Sequence[tuple[str, str]]) -> str:
    """Return how a form names a session: its title, with the id where titles are alike."""
    same = [i for i, other in sessions if label_key(other) == label_key(title)]
    return title if len(same) == 1 else f"{title} ({session})"
