"""Text in cells: tidied when read, compared loosely, and kept from running as a formula."""

from __future__ import annotations

import re
import unicodedata

from spilrooster_models import Message

LIST_SEPARATOR = "|"

# Control characters, invisible characters that come along with copying, and two code points
# that a workbook cannot hold.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff]")
_MAYBE_UNTIDY = re.compile(r"[^\x20-\x7e]|  |^ | $")
_LINE_END = re.compile(r"\r\n?")
_SPACES = re.compile(r"[^\S\n]+")
_WHITE = re.compile(r"\s+")
_WHOLE_AS_DECIMAL = re.compile(r"(\d+)[.,]0+")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_RUNS_AS_FORMULA = re.compile(r"'*[=+\-@\t\r]")


class Unfit(ValueError):
    """A cell's text is not what its column asks for; says what is wrong and what to do."""

    def __init__(self, what: Message, advice: Message | None = None) -> None:
        super().__init__(str(what))
        self.what = what
        self.advice = advice


def tidy(text: str) -> str:
    """Return the text without stray spaces and invisible characters, composed (NFC).

    Lines stay lines: only spaces are joined, so a title of two lines survives.
    """
    if not _MAYBE_UNTIDY.search(text):
        return text
    text = _INVISIBLE.sub("", _LINE_END.sub("\n", text))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def in_one_line(text: str) -> str:
    """Return a tidied text with its line ends turned into spaces: what an id looks like."""
    return _WHITE.sub(" ", text)


def key(text: str) -> str:
    """Return what stays when capitals, spaces and a spreadsheet's ``.0`` are disregarded."""
    folded = _WHITE.sub("", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))).casefold()
    return without_decimal_zero(folded)


def header_key(text: str) -> str:
    """Return what stays of a column's name: ``Min people`` is ``min_people``."""
    return key(text).replace("_", "").replace("-", "")


def loose_key(text: str) -> str:
    """Return what stays when accents, punctuation and leading zeros are disregarded too."""
    parts = unicodedata.normalize("NFKD", key(text))
    return _LEADING_ZEROS.sub("", "".join(c for c in parts if c.isalnum()))


def without_decimal_zero(text: str) -> str:
    """Turn ``7.0``, which a spreadsheet makes of the id 7, back into ``7``."""
    match = _WHOLE_AS_DECIMAL.fullmatch(text)
    return text if match is None else match[1]


def defused(text: str) -> str:
    """Put ``'`` before a text that a spreadsheet would run as a formula. Undone by `restored`."""
    return f"'{text}" if _RUNS_AS_FORMULA.match(text) else text


def restored(text: str) -> str:
    """Take away the ``'`` that `defused` wrote; ``'s-Hertogenbosch`` keeps its own."""
    return text[1:] if text.startswith("'") and _RUNS_AS_FORMULA.match(text) else text


def split_list(text: str) -> tuple[str, ...]:
    """Split a cell that holds a list; empty items fall away."""
    items = (in_one_line(part.strip()) for part in text.split(LIST_SEPARATOR))
    return tuple(item for item in items if item)
