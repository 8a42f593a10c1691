"""Charts as plain numbers: the template draws them, and every bar and line has its text.

They are HTML and SVG of our own. Charts of Altair need Vega's JavaScript inlined in every report,
or a renderer; these print, scale, are read aloud, and keep the report small.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spilrooster.numbers import SeatsUsed, share_used
from spilrooster.report.words import Words
from spilrooster_models import Event, RankCount, Result, message

WIDTH, HEIGHT = 600, 200
BANDS = 10
"""In how many parts satisfaction is counted; who has everything is counted apart."""

STAGES = {
    "start": message("start"),
    "seats bound": message("limit by counting seats"),
    "earlier": message("earlier programme"),
    "search": message("fast search"),
    "exact": message("exact search"),
    "repair": message("mending broken rules"),
    "neighbourhoods": message("improving parts"),
    "round plans": message("limit by rounds"),
    "CP-SAT": message("limit by CP-SAT"),
    "end": message("end"),
}
"""What the stages of a solve are called."""


@dataclass(frozen=True)
class Bar:
    """One bar: `filled` is its length in per cent, `text` says the same in words."""

    name: str
    filled: float
    text: str


def rank_bars(ranks: Iterable[RankCount], _: Words) -> tuple[Bar, ...]:
    """Return a bar per rank: how many of those who asked got it."""
    return tuple(
        Bar(
            name=_("Choice {rank}", rank=r.rank),
            filled=_filled(r.granted / r.asked),
            text=_(
                "{granted} of {asked} people ({percent})",
                granted=r.granted, asked=r.asked, percent=_.percent(r.granted / r.asked),
            ),
        )
        for r in ranks
    )  # fmt: skip


def satisfaction_bars(shares: Sequence[float], _: Words) -> tuple[Bar, ...]:
    """Return a bar per tenth of satisfaction, the best first: how many people have so much."""
    if not shares:
        return ()
    counts = [0] * (BANDS + 1)
    for share in shares:
        counts[min(BANDS, math.floor(round(share * BANDS, 9)))] += 1
    names = [
        _("{low} to {high}", low=_.percent(i / BANDS), high=_.percent((i + 1) / BANDS))
        for i in range(BANDS)
    ]
    return tuple(
        Bar(
            name=name,
            filled=_filled(count / max(counts)),
            text=_(
                "{people} people ({percent})",
                people=count, percent=_.percent(count / len(shares)),
            ),
        )
        for name, count in reversed([*zip(names, counts, strict=False), (_.percent(1), counts[-1])])
    )  # fmt: skip


def round_bars(event: Event, used: Sequence[SeatsUsed], _: Words) -> tuple[Bar, ...]:
    """Return a bar per round: seats used in all rooms that are open then."""
    return tuple(
        bar
        for block in event.layout.rounds
        for bar in _seat_bar(block.name, [u for u in used if u.round == block.id], _)
    )


def room_bars(event: Event, used: Sequence[SeatsUsed], _: Words) -> tuple[Bar, ...]:
    """Return a bar per room: seats used in all rounds in which it is open."""
    return tuple(
        bar
        for room in event.layout.rooms
        for bar in _seat_bar(room.name, [u for u in used if u.room == room.id], _)
    )


def _seat_bar(name: str, used: Sequence[SeatsUsed], _: Words) -> list[Bar]:
    share = share_used(used)
    if share is None:
        return []
    text = _(
        "{people} of {seats} seats ({percent})",
        people=sum(u.attending for u in used),
        seats=sum(u.seats for u in used),
        percent=_.percent(share),
    )
    return [Bar(name, _filled(share), text)]


def _filled(share: float) -> float:
    return round(100 * min(share, 1.0), 1)


@dataclass(frozen=True)
class Lines:
    """Value and bound over time, as points in a box of `WIDTH` by `HEIGHT`."""

    value: str
    bound: str
    highest: str
    lowest: str
    last: str
    summary: str
    rows: tuple[tuple[str, str, str, str], ...]


def lines(result: Result, _: Words) -> Lines | None:
    """Return how value and bound moved; None with fewer than two moments or nothing known."""
    values = [(m.at, m.value) for m in result.moments if m.value is not None]
    bounds = [(m.at, m.bound) for m in result.moments if m.bound is not None]
    if len(result.moments) < 2 or not values + bounds:
        return None
    heights = [y for _at, y in values + bounds]
    low, high, end = min(heights), max(heights), result.moments[-1].at

    def drawn(points: list[tuple[float, int]]) -> str:
        return _steps(points, end, low, high)

    return Lines(
        value=drawn(values),
        bound=drawn(bounds),
        highest=_.number(high),
        lowest=_.number(low),
        last=_moment(result, end, _),
        summary=_summary(values, bounds, _),
        rows=tuple(
            (
                _moment(result, m.at, _),
                _known(m.value, _),
                _known(m.bound, _),
                _.term(m.stage, STAGES),
            )
            for m in result.moments
        ),
    )


def _steps(points: list[tuple[float, int]], end: float, low: int, high: int) -> str:
    """Return the points of a line that keeps its height until something better is known."""
    corners: list[tuple[float, int]] = []
    for at, height in points:
        if corners:
            corners.append((at, corners[-1][1]))
        corners.append((at, height))
    if corners:
        corners.append((end, corners[-1][1]))
    width, height = end or 1, high - low or 1
    return " ".join(
        f"{x / width * WIDTH:.1f},{HEIGHT - (y - low) / height * HEIGHT:.1f}" for x, y in corners
    )


def _summary(values: list[tuple[float, int]], bounds: list[tuple[float, int]], _: Words) -> str:
    parts = []
    if values:
        first, last = values[0][1], values[-1][1]
        template = (
            "The value stayed at {last}."
            if first == last
            else "The value rose from {first} to {last}."
        )
        parts.append(_(template, first=first, last=last))
    if bounds:
        first, last = bounds[0][1], bounds[-1][1]
        template = (
            "The limit stayed at {last}."
            if first == last
            else "The limit fell from {first} to {last}."
        )
        parts.append(_(template, first=first, last=last))
    return " ".join(parts)


def _moment(result: Result, at: float, _: Words) -> str:
    if result.work is not None:
        return _("{work} work done", work=at)
    return _("{seconds} s", seconds=at)


def _known(value: int | None, _: Words) -> str:
    return "–" if value is None else _.number(value)
