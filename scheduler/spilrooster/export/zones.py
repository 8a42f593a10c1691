"""Zones: a time zone as iCalendar wants it, with a yearly rule rather than a list of dates.

Calendar programs disagree about lists (RDATE); all of them know RRULE. The rule is the one that
the time zone database itself gives for the years to come: the POSIX string at the end of each
file, such as ``CET-1CEST,M3.5.0,M10.5.0/3`` (RFC 8536, section 3.3).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

YEAR = 1970  # rules are written as if they always held; no event is that old
TWO_O_CLOCK = 7200  # seconds: what the string means where it gives no time
DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")

_NAME = r"(?:<[^>]+>|[A-Za-z]+)"
_OFFSET = r"[+-]?\d+(?::\d+){0,2}"
_RULE = rf",M(\d+)\.(\d)\.(\d)(?:/({_OFFSET}))?"
_POSIX = re.compile(rf"({_NAME})({_OFFSET})(?:({_NAME})({_OFFSET})?{_RULE}{_RULE})?")


def timezone_of(name: str, days: Iterable[dt.date]) -> Timezone:
    """Return the VTIMEZONE of a zone that is right on these days.

    A zone whose rule cannot be written as RRULE gets the offset that holds on the first of them.
    """
    zone, known = ZoneInfo(name), sorted(days)
    found = _POSIX.fullmatch(_footer(name))
    made = _fixed(zone, known[0]) if found is None else _ruled(found)
    if found is not None and not all(_agrees(found, zone, day) for day in known):
        made = _fixed(zone, known[0])
    made.add("tzid", name)
    return made


def _footer(name: str) -> str:
    content = files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
    return content.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")


def _ruled(found: re.Match[str]) -> Timezone:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    made = Timezone()
    standard, offset, daylight, _dst = found.group(1, 2, 3, 4)
    winter, summer = _offset(offset), _summer(found)
    if daylight is None:
        made.add_component(_observance(TimezoneStandard(), standard, winter, winter))
        return made
    begin = _observance(TimezoneDaylight(), daylight, winter, summer)
    end = _observance(TimezoneStandard(), standard, summer, winter)
    for part, change in ((begin, _begin(found)), (end, _end(found))):
        part["DTSTART"] = _local(change.in_year(YEAR))
        part.add("rrule", change.rule())
        made.add_component(part)
    return made


@dataclass(frozen=True)
class _Change:
    """When clocks go forward or back: a weekday (Sunday = 0) of a month, the last if week is 5."""

    month: int
    week: int
    weekday: int
    seconds: int

    def in_year(self, year: int) -> dt.datetime:
        """Return the moment in this year, by the clock as it is just before."""
        first = dt.date(year, self.month, 1)
        days = (self.weekday - first.isoweekday()) % 7 + 7 * (self.week - 1)
        day = first + dt.timedelta(days=days)
        day = day if day.month == self.month else day - dt.timedelta(days=7)
        return dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=self.seconds)

    def rule(self) -> vRecur:
        """Return the same for every year."""
        from icalendar import vRecur

        which = -1 if self.week == 5 else self.week
        return vRecur(freq="YEARLY", bymonth=self.month, byday=f"{which}{DAYS[self.weekday]}")


def _begin(found: re.Match[str]) -> _Change:
    return _change(found[5], found[6], found[7], found[8])


def _end(found: re.Match[str]) -> _Change:
    return _change(found[9], found[10], found[11], found[12])


def _change(month: str, week: str, weekday: str, at: str | None) -> _Change:
    seconds = TWO_O_CLOCK if at is None else _seconds(at)
    return _Change(int(month), int(week), int(weekday), seconds)


def _observance(
    part: TimezoneStandard | TimezoneDaylight, name: str, before: dt.timedelta, after: dt.timedelta
) -> TimezoneStandard | TimezoneDaylight:
    part["DTSTART"] = _local(dt.datetime(YEAR, 1, 1))
    part.add("tzname", name.strip("<>"))
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    return part


def _fixed(zone: ZoneInfo, day: dt.date) -> Timezone:
    from icalendar import Timezone, TimezoneStandard

    noon = dt.datetime.combine(day, dt.time(12), zone)
    offset = noon.utcoffset() or dt.timedelta()
    made = Timezone()
    made.add_component(_observance(TimezoneStandard(), noon.tzname() or "", offset, offset))
    return made


def _agrees(found: re.Match[str], zone: ZoneInfo, day: dt.date) -> bool:
    """Whether the rule gives the zone's own offset at the beginning, middle and end of a day."""
    times = (dt.time(), dt.time(12), dt.time(23, 59))
    moments = (dt.datetime.combine(day, time) for time in times)
    return all(_by_rule(found, m) == m.replace(tzinfo=zone).utcoffset() for m in moments)


def _by_rule(found: re.Match[str], moment: dt.datetime) -> dt.timedelta:
    winter, summer = _offset(found[2]), _summer(found)
    if found[3] is None:
        return winter
    begin, end = _begin(found).in_year(moment.year), _end(found).in_year(moment.year)
    inside = begin <= moment < end if begin < end else not end <= moment < begin
    return summer if inside else winter


def _summer(found: re.Match[str]) -> dt.timedelta:
    return _offset(found[4]) if found[4] else _offset(found[2]) + dt.timedelta(hours=1)


def _offset(text: str) -> dt.timedelta:
    """Return an offset from UTC; POSIX counts westwards."""
    return dt.timedelta(seconds=-_seconds(text))


def _seconds(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    parts = [int(part) for part in text.lstrip("+-").split(":")]
    return sign * sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))


def _local(moment: dt.datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S")
