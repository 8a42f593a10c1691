"""Reading the sets' files and the parts that all adapters build."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.measure import Attendance
from spilrooster import Round


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file with a header; a byte order mark is no part of it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def raw_table(path: Path) -> list[list[str]]:
    """Return the cells of a CSV file, header included if there is one."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def rounds(ids: Sequence[str]) -> tuple[Round, ...]:
    """Make rounds of half an hour from eight o'clock: the sets say no times, only an order."""
    day = dt.datetime(2000, 1, 1, 8)
    half_hours = [day + i * dt.timedelta(minutes=30) for i in range(len(ids) + 1)]
    times = zip(ids, half_hours[:-1], half_hours[1:], strict=True)
    return tuple(Round(id=i, name=i, start=a.time(), end=b.time()) for i, a, b in times)


def double_bookings(taken: Iterable[Attendance]) -> int:
    """Count places that somebody has beyond the first in one round."""
    return sum(n - 1 for n in Counter((p, t) for p, _, t in taken).values())


def repeats(taken: Iterable[Attendance]) -> int:
    """Count attendances of a session by somebody who attended it before."""
    return sum(n - 1 for n in Counter((p, s) for p, s, _ in taken).values())
