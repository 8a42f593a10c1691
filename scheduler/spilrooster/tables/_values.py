"""Numbers, times and dates as people and spreadsheets write them. Each reader raises Unfit."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from spilrooster.tables._text import Unfit
from spilrooster_models import message

LARGEST = 999_999_999  # more is a slip of the keyboard, and would not fit the solver's numbers

_NUMBER = re.compile(r"([+-]?)0*(\d+)(?:[.,](\d+))?", re.ASCII)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?P<mark>[:.uh])(?P<minute>\d{2})"
    r"([:.](?P<second>\d{2})(\.(?P<fraction>\d{1,6}))?)?( ?(uur|u|h))?",
    re.ASCII,
)
_FULL_HOUR = re.compile(r"(?P<hour>\d{1,2}) ?(uur|u|h)", re.ASCII)
_PART_OF_A_DAY = re.compile(r"0?[.,](\d+)", re.ASCII)
_AFTER_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}[T ](?=\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: 0?0:00(?::00)?)?", re.ASCII)
_SECONDS_IN_A_DAY = 86_400


def decimal(text: str) -> Decimal:
    """Read a number of zero or more, with a decimal point or comma."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise Unfit(message("This is not a number."), message("Write it in digits."))
    sign, whole_part, fraction = match.groups()
    if len(whole_part) > len(str(LARGEST)):
        raise Unfit(message("This number is too large."))
    number = Decimal(f"{whole_part}.{fraction or 0}")
    if sign == "-" and number:
        raise Unfit(message("This number is below zero."))
    return number


def whole(text: str) -> int:
    """Read a whole number of zero or more; ``30.0`` and ``30,0`` count as 30."""
    number = decimal(text)
    if number != int(number):
        raise Unfit(message("This is not a whole number."))
    return int(number)


def rank(text: str) -> int:
    """Read a rank: 1, 2, 3, ..."""
    number = whole(text)
    if number == 0:
        raise Unfit(message("A rank of 0 does not exist."), message("The best choice has rank 1."))
    return number


def clock_time(text: str) -> dt.time:
    """Read a time: ``9:30``, ``09:30:00``, ``9.30``, ``9u30``, ``9 uur`` or a part of a day."""
    plain = _AFTER_A_DATE.sub("", text, count=1).casefold()
    match = _CLOCK.fullmatch(plain) or _FULL_HOUR.fullmatch(plain)
    if match is None:
        return _part_of_a_day(plain)
    part = match.groupdict()
    if part.get("mark") == "." and int(part["hour"]) == 0 and not part["second"]:
        raise _no_time()  # 0.50 is ten to one at night to a person, noon to a spreadsheet
    try:
        return dt.time(
            int(part["hour"]),
            int(part.get("minute") or 0),
            int(part.get("second") or 0),
            int((part.get("fraction") or "").ljust(6, "0")),
        )
    except ValueError:
        raise _no_time() from None


def _part_of_a_day(text: str) -> dt.time:
    match = _PART_OF_A_DAY.fullmatch(text)
    if match is None:
        raise _no_time()
    seconds = round(Decimal(f"0.{match[1]}") * _SECONDS_IN_A_DAY)
    if seconds >= _SECONDS_IN_A_DAY:
        raise _no_time()
    return (dt.datetime.min + dt.timedelta(seconds=seconds)).time()


def _no_time() -> Unfit:
    return Unfit(message("This is not a time."), message("Write it as 09:30."))


def day(text: str) -> dt.date:
    """Read a date: ``19-11-2026`` (the day first) or ``2026-11-19``."""
    found = None
    if match := _YEAR_FIRST.fullmatch(text):
        found = (match[1], match[2], match[3])
    elif match := _DAY_FIRST.fullmatch(text):
        found = (match[3], match[2], match[1])
    try:
        if found is not None:
            return dt.date(*map(int, found))
    except ValueError:
        pass
    raise Unfit(message("This is not a date."), message("Write it as 2026-11-19."))


def time_text(time: dt.time) -> str:
    """Write a time as people do, with seconds only where it has any."""
    short = time.second == time.microsecond == 0
    return time.isoformat("minutes") if short else time.isoformat()
