"""Value and bound over time as small SVG pictures, one per case and limit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from benchmarks import record
from benchmarks.cases import BY_NAME
from benchmarks.peers import PEERS
from benchmarks.record import Line

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 80, 20, 40, 50  # margins
COLOURS = ("#0b6e4f", "#c1440e", "#3d5a98", "#8a6d1d", "#7a3b8f")  # one per peer, readable on white
FLOOR = 0.05
"""Seconds at which the logarithmic axis of time begins."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Scale:
    """From seconds and values to places on the picture."""

    end: float
    low: float
    high: float

    def x(self, at: float) -> float:
        """Where a moment is, on a logarithmic axis: most happens early."""
        share = math.log(max(at, FLOOR) / FLOOR) / math.log(max(self.end, 2 * FLOOR) / FLOOR)
        return LEFT + min(share, 1.0) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Where a value is; what lies outside is drawn at the edge."""
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return HEIGHT - BOTTOM - min(max(share, 0.0), 1.0) * (HEIGHT - TOP - BOTTOM)


def write(into: Path, files: Iterable[Path]) -> list[Path]:
    """Draw every case for which there are results; return the pictures."""
    lines = record.latest(line for file in files for line in record.read(file))
    by_picture: dict[tuple[str, float], list[Line]] = {}
    for line in lines.values():
        if line.moments and line.case in BY_NAME:
            by_picture.setdefault((line.case, line.seconds), []).append(line)
    paths = []
    for (case, seconds), here in sorted(by_picture.items()):
        first = min(line.seed for line in here)
        picture = drawn(case, seconds, [line for line in here if line.seed == first])
        if picture:
            paths.append(into / f"{case}-{seconds:g}s.svg")
            paths[-1].write_text(picture, encoding="utf-8")
    return paths


def drawn(case: str, seconds: float, lines: Sequence[Line]) -> str:
    """Return the picture of one case; "" if nobody found a value."""
    scale = scale_of(seconds, lines)
    if scale is None:
        return ""
    parts = [*_frame(case, lines[0], scale)]
    for line in lines:
        colour = COLOURS[[*PEERS].index(line.peer) % len(COLOURS)]
        parts += _curves(line, colour, scale)
    parts += _legend(lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12" fill="#222">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def scale_of(seconds: float, lines: Sequence[Line]) -> Scale | None:
    """Fit the axis to final values and bounds, so that a bad start does not flatten the rest.

    Values less than half as good as the best would do so too; they are drawn at the edge.
    """
    values = [line.value for line in lines if line.value is not None]
    if not values:
        return None
    if lines[0].higher_is_better:
        finals = [value for value in values if value >= 0.5 * max(values)]
    else:
        finals = [value for value in values if value <= 2.0 * min(values)]
    finals += [line.bound for line in lines if line.bound is not None]
    room = 0.1 * (max(finals) - min(finals)) or max(abs(finals[0]) * 0.01, 1.0)
    ends = [seconds, *(line.moments[-1][0] for line in lines)]
    return Scale(max(ends), min(finals) - room, max(finals) + room)


def steps(line: Line, column: int) -> list[Point]:
    """Return the corners of a staircase of values (column 1) or bounds (column 2)."""
    corners: list[Point] = []
    for moment in line.moments:
        at, number = moment[0], moment[column]
        if number is None:
            continue
        if corners:
            corners.append((at, corners[-1][1]))
        corners.append((at, number))
    if corners:
        corners.append((max(line.moments[-1][0], corners[-1][0]), corners[-1][1]))
    return corners


def _curves(line: Line, colour: str, scale: Scale) -> Iterator[str]:
    for column, dashes in ((1, ""), (2, ' stroke-dasharray="5 3"')):
        corners = steps(line, column)
        if corners:
            points = " ".join(f"{scale.x(at):.1f},{scale.y(n):.1f}" for at, n in corners)
            style = f'fill="none" stroke="{colour}" stroke-width="1.8"{dashes}'
            yield f'<polyline {style} points="{points}"/>'
            x, y = points.split()[-1].split(",")
            yield f'<circle cx="{x}" cy="{y}" r="2.5" fill="{colour}"/>'


def _frame(case: str, line: Line, scale: Scale) -> Iterator[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    title = f"{case}: value (line) and proven bound (dashes), {line.unit}, seed {line.seed}"
    yield f'<text x="{LEFT}" y="22" font-size="14">{escape(title)}</text>'
    yield f'<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="#888"/>'
    for tick in times(scale.end):
        x = scale.x(tick)
        yield f'<path d="M{x:.1f} {bottom}v4" stroke="#888"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 17}" text-anchor="middle">{tick:g} s</text>'
    for i in range(5):
        value = scale.low + i * (scale.high - scale.low) / 4
        y = scale.y(value)
        yield f'<path d="M{LEFT} {y:.1f}H{right}" stroke="#eee"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{short(value)}</text>'


def _legend(lines: Sequence[Line]) -> Iterator[str]:
    for i, line in enumerate(lines):
        x = LEFT + i * 125
        colour = COLOURS[[*PEERS].index(line.peer) % len(COLOURS)]
        yield f'<rect x="{x}" y="{HEIGHT - 18}" width="12" height="4" fill="{colour}"/>'
        yield f'<text x="{x + 17}" y="{HEIGHT - 12}">{escape(line.peer)}</text>'


def times(end: float) -> list[float]:
    """Return the marks of the axis of time: 0.1, 1, 10, ... and the end."""
    marks = [10.0**k for k in range(-1, 6) if 10.0**k < 0.6 * end]
    return [*marks, round(end, 1)]


def short(value: float) -> str:
    """Write a number in few signs."""
    if abs(value) >= 1e7:
        return f"{value:.2e}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"
