"""Names: finds the id that a cell means, or says what it may have meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from rapidfuzz import fuzz, process, utils

from spilrooster.tables._text import key, loose_key
from spilrooster_models import Message, message

CLOSE = 75  # of 100; from here on rapidfuzz's likeness is worth a question
LONG_TEXT = 8  # characters; from here on a part of a title is compared too
MOST_ALIKE = 3  # more candidates that are equally close make a question useless
MOST_COMPARED = 200_000  # texts compared per kind; a file full of strangers would take minutes

_OTHER_SEPARATOR = re.compile(r"[,;/&+]|\ben\b|\band\b")


class Names:
    """The ids of one kind, and the titles that people use for them.

    Parameters
    ----------
    ids
        Every id that exists.
    titles
        (title, id) pairs. They stand for their id if `by_title`; otherwise they only help to
        suggest it.
    """

    def __init__(
        self, ids: Iterable[str], titles: Iterable[tuple[str, str]] = (), *, by_title: bool = False
    ) -> None:
        self.ids = dict.fromkeys(ids)
        self._titles = tuple((title, i) for title, i in titles if title)
        self._by_title = self._titles if by_title else ()
        self._suggested: dict[str, Message | None] = {}
        self._compared = 0

    @cached_property
    def _exact_titles(self) -> dict[str, str | None]:
        return _only_meaning(self._by_title)

    @cached_property
    def _id_keys(self) -> dict[str, str | None]:
        return _only_meaning((key(i), i) for i in self.ids)

    @cached_property
    def _title_keys(self) -> dict[str, str | None]:
        return _only_meaning((key(title), i) for title, i in self._by_title)

    def is_exact(self, text: str) -> bool:
        """Whether the text is an id or a title as it stands."""
        return text in self.ids or text in self._exact_titles

    def find(self, text: str) -> str | None:
        """Return the one id meant: by id, by title, or by either with other capitals or spaces."""
        if text in self.ids:
            return text
        if text in self._exact_titles:
            return self._exact_titles[text]
        plain = key(text)
        return self._id_keys.get(plain) or self._title_keys.get(plain)

    def is_ambiguous(self, text: str) -> bool:
        """Whether the text fits several ids, so that nobody can tell which is meant."""
        if text in self._exact_titles:
            return self._exact_titles[text] is None
        plain = key(text)
        known = plain in self._id_keys or plain in self._title_keys
        return known and self.find(text) is None

    def has_lookalike(self, i: str) -> bool:
        """Whether another id differs from this one only in capitals or spaces."""
        return self._id_keys[key(i)] is None

    def suggestion(self, text: str) -> Message | None:
        """Return the question "Did you mean ...?", or None where nothing is near."""
        if text not in self._suggested:
            self._suggested[text] = self._suggest(text)
        return self._suggested[text]

    def advice(self, text: str) -> Message:
        """Return what to do about a text that names nothing: the suggestion, if there is one."""
        lost = message("Correct it, or add it to the table where it belongs.")
        return self.suggestion(text) or lost

    def _suggest(self, text: str) -> Message | None:
        parts = [part for part in _OTHER_SEPARATOR.split(text) if part.strip()]
        if len(parts) > 1 and all(self.find(part.strip()) for part in parts):
            return message("Put | between the items of a list.")
        return _question(self._near(text))

    def _near(self, text: str) -> list[str]:
        same = self._loose_keys.get(loose_key(text))
        if same:
            return same
        if self._compared >= MOST_COMPARED:
            return []
        self._compared += len(self._labels)
        return near(text, self._labels)

    @cached_property
    def _loose_keys(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for i in self.ids:
            if loose := loose_key(i):
                found[loose].append(i)
        return found

    @cached_property
    def _labels(self) -> dict[str, str]:
        """What is compared -> what is shown: ids as they are, titles with their id."""
        shown = {title: f"{i} ({title})" for title, i in self._titles}
        return shown | {i: i for i in self.ids}


def near(text: str, labels: dict[str, str]) -> list[str]:
    """Return the labels of the texts that are closest; empty where none or too many are."""
    scorer = fuzz.WRatio if len(text) >= LONG_TEXT else fuzz.ratio
    found = process.extract(
        text, list(labels), scorer=scorer, processor=utils.default_process, score_cutoff=CLOSE,
        limit=MOST_ALIKE + 1,
    )  # fmt: skip
    best = [candidate for candidate, score, _ in found if score == found[0][1]]
    return list(dict.fromkeys(labels[candidate] for candidate in best))


def did_you_mean(text: str, words: Iterable[str]) -> Message | None:
    """Ask whether one of `words` was meant, if one is near."""
    return _question(near(text, {word: word for word in words}))


def _question(names: list[str]) -> Message | None:
    if not names or len(names) > MOST_ALIKE:
        return None
    if len(names) == 1:
        return message("Did you mean {first}?", first=names[0])
    if len(names) == 2:
        return message("Did you mean {first} or {second}?", first=names[0], second=names[1])
    return message(
        "Did you mean {first}, {second} or {third}?",
        first=names[0], second=names[1], third=names[2],
    )  # fmt: skip


def _only_meaning(pairs: Iterable[tuple[str, str]]) -> dict[str, str | None]:
    """Map each text to its id; to None if several ids share the text."""
    meaning: dict[str, str | None] = {}
    for text, i in pairs:
        meaning[text] = i if meaning.get(text, i) == i else None
    return meaning
