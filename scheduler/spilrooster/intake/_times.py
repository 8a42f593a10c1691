"""Times at which answers came in, as Google, Microsoft and spreadsheets write them."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Sequence

_STAMP = re.compile(
    r"(?P<a>\d{1,4})[-/.](?P<b>\d{1,2})[-/.](?P<c>\d{2,4})"
    r"(?:[T ,]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?(?P<zone>\s*(?:Z|[A-Z]{2,5}|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?))?",
    re.IGNORECASE,
)  # fmt: skip
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
_DAY_ZERO = dt.datetime(1899, 12, 30)

Order = Callable[[int, int, int], tuple[int, int, int]]


def moments(texts: Sequence[str]) -> list[dt.datetime | None] | None:
    """Read a column of times; None where cells are empty. None as a whole if some are no times.

    Whether 4-5-2026 is in May or April is settled by the whole column: by a day above 12, else by
    answers coming in order of time, else the day stands first.
    """
    for order in (_day_first, _month_first):
        found = [_moment(text, order) for text in texts]
        unread = any(f is None and text.strip() for f, text in zip(found, texts, strict=True))
        if unread:
            continue
        other = [_moment(text, _month_first) for text in texts]
        is_open = order is _day_first and all(
            o is not None or not text.strip() for o, text in zip(other, texts, strict=True)
        )
        return other if is_open and _in_order(other) and not _in_order(found) else found
    return None


def _in_order(found: Sequence[dt.datetime | None]) -> bool:
    known = [moment for moment in found if moment is not None]
    return all(a <= b for a, b in itertools.pairwise(known))


def _day_first(a: int, b: int, c: int) -> tuple[int, int, int]:
    return (a, b, c) if a > 31 else (c, b, a)


def _month_first(a: int, b: int, c: int) -> tuple[int, int, int]:
    return (a, b, c) if a > 31 else (c, a, b)


def _moment(text: str, order: Order) -> dt.datetime | None:
    stripped = text.strip()
    if serial := _SERIAL.fullmatch(stripped):
        days = float(f"{serial[1]}.{serial[2] or 0}")
        return _DAY_ZERO + dt.timedelta(seconds=round(days * 86_400))
    match = _STAMP.fullmatch(stripped)
    if match is None:
        return None
    part = match.groupdict()
    year, month, day = order(int(part["a"]), int(part["b"]), int(part["c"]))
    hour = int(part["hour"] or 0)
    if part["half"]:
        hour = hour % 12 + (12 if part["half"][0] in "pP" else 0)
    try:
        return dt.datetime(
            year + 2000 if year < 100 else year, month, day,
            hour, int(part["minute"] or 0), int(part["second"] or 0),
        )  # fmt: skip
    except ValueError:
        return None
