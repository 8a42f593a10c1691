"""Ranks as people and forms write them: ``1``, ``1e keuze``, ``Tweede keuze``, ``3rd choice``."""

from __future__ import annotations

import re
import unicodedata

_ORDINALS = (
    ("eerste", "first"), ("tweede", "second"), ("derde", "third"), ("vierde", "fourth"),
    ("vijfde", "fifth"), ("zesde", "sixth"), ("zevende", "seventh"), ("achtste", "eighth"),
    ("negende", "ninth"), ("tiende", "tenth"), ("elfde", "eleventh"), ("twaalfde", "twelfth"),
)  # fmt: skip
_WORDS = {word: rank for rank, words in enumerate(_ORDINALS, start=1) for word in words}
_NOUN = (
    r"(?:keuze|keus|keuzes|voorkeur|voorkeuren|prioriteit|rang|plaats|plek|choice|preference|"
    r"priority|rank|place|optie|option)"
)
_NUMBERED = r"(?P<number>\d{1,3})(?:\s?(?:e|ste|de|st|nd|rd|th))?"
_WORD = rf"(?P<word>{'|'.join(_WORDS)})"
_BEHIND = rf"{_NOUN}\s*(?:nr\.?|nummer|number|no\.?|#)?\s*(?P<number>\d{{1,3}})"
_TAIL = r"(?:\s*[(=:–-].*)?"
_WHOLE = (
    re.compile(rf"(?:mijn |my )?(?:{_NUMBERED}|{_WORD})[.)]?(?:\s*{_NOUN})?{_TAIL}"),
    re.compile(rf"(?:mijn |my )?{_BEHIND}{_TAIL}"),
    re.compile(r"#\s*(?P<number>\d{1,3})"),
)  # fmt: skip
_INSIDE = (
    re.compile(rf"\b(?:{_NUMBERED}|{_WORD})\s*{_NOUN}"),
    re.compile(rf"\b{_BEHIND}\b"),
)
_PLAIN_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d+)?")
_SUFFIX = re.compile(r"(?P<base>.*\D)(?P<number>\d{1,3})", re.DOTALL)
_ORDERED = re.compile(r"rangschik|volgorde|sleep|rank|order|belangrijkste|top \d", re.I)


def rank_of(text: str) -> int | None:
    """Return the rank that a whole cell or row label says; None if it says none."""
    plain = _plain(text)
    return _found(next((m for p in _WHOLE if (m := p.fullmatch(plain))), None))


def rank_in_question(text: str) -> int | None:
    """Return the rank that a question asks for, as in ``Wat is je tweede keuze?``."""
    plain = _plain(text)
    whole = rank_of(plain)
    if whole is not None and not plain.isdigit():
        return whole
    return _found(next((m for p in _INSIDE if (m := p.search(plain))), None))


def is_plain_number(text: str) -> bool:
    """Whether a cell holds nothing but a number, so that it may be a rank or points."""
    return _PLAIN_NUMBER.fullmatch(text) is not None


def asks_for_order(question: str) -> bool:
    """Whether a question asks to put things in order."""
    return _ORDERED.search(question) is not None


def without_suffix(header: str) -> tuple[str, int] | None:
    """Split ``Keuze2``, as Microsoft Forms calls a repeated question, into Keuze and 2."""
    match = _SUFFIX.fullmatch(header)
    return None if match is None else (match["base"].strip(), int(match["number"]))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _found(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    parts = match.groupdict()
    rank = int(parts["number"]) if parts.get("number") else _WORDS.get(parts.get("word") or "", 0)
    return rank or None
