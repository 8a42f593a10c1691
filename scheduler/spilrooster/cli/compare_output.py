"""What the command compare shows: all cells while they are solved, and the ranking at the end."""

from __future__ import annotations

import time
from pathlib import Path

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

import spilrooster as sr
from spilrooster.cli.progress import NAMES, Display, line_of
from spilrooster.cli.words import points, share

MOST_SHOWN = 12  # running cells on the screen
SAID_EVERY = 10.0  # seconds between two lines where nobody looks at a screen


class Board(Display):
    """Shows on stderr how far each cell is; a line now and then if that is no terminal."""

    def __init__(self) -> None:
        self._latest: sr.CompareMoment | None = None
        self._since: dict[tuple[str, int], float] = {}
        self._said = (0.0, "")
        super().__init__(Text(""))

    def hear(self, moment: sr.CompareMoment) -> None:
        """Take in how far it is; may be called from any thread."""
        self._latest = moment

    def show(self, *, stopping: bool) -> None:
        """Show the latest."""
        if self._latest is None:
            return
        now = time.monotonic() - self.begin
        line = _overall(self._latest, now, stopping=stopping)
        if self.live is not None:
            self.live.update(Group(Text(line), *self._cells(self._latest, now)), refresh=True)
        elif line.partition(" · ")[2] != self._said[1] and now - self._said[0] >= SAID_EVERY:
            self._said = (now, line.partition(" · ")[2])
            self.to.print(line)

    def _cells(self, moment: sr.CompareMoment, now: float) -> list[Text]:
        running = {(name, seed): m for name, seed, m in moment.running}
        self._since = {cell: self._since.get(cell, now) for cell in running}
        lines = [
            f"  {name}, seed {seed}: {line_of(m, now - self._since[name, seed], stopping=False)}"
            for (name, seed), m in list(running.items())[:MOST_SHOWN]
        ]
        return [Text(line, overflow="ellipsis", no_wrap=True) for line in lines]


def _overall(moment: sr.CompareMoment, now: float, *, stopping: bool) -> str:
    if moment.compiling:
        return f"{now:.0f} s · {NAMES['compiling']}"
    parts = [f"{now:.0f} s", f"{moment.done} of {moment.cells} cells done"]
    if moment.kept:
        parts.append(f"{moment.kept} of them earlier")
    if moment.failed:
        parts.append(f"{moment.failed} failed")
    if stopping:
        parts.append("stopping; once more to abort")
    return " · ".join(parts)


def print_comparison(found: sr.Comparison, folder: Path, to: Console) -> None:
    """Print the ranking, what it means, and what went wrong."""
    to.print(_ranking(found))
    first = next((row for row in found.rows if row.value is not None), None)
    for pair in found.pairs:
        if first is not None and pair.better == first.name:
            to.print(f"- {pair.says}", soft_wrap=True)
    if found.worth:
        to.print(f"More for {found.worth_of}:")
    for worth in found.worth:
        to.print(f"- {_worth(worth)}", soft_wrap=True)
    for day in found.no_shows:
        to.print(f"- {_day(day)}", soft_wrap=True)
    for name, seed, reason in found.failures:
        to.print(f"failed   {name}, seed {seed}: {reason}", soft_wrap=True)
    names = sorted(path.name for path in folder.glob("comparison.*"))
    to.print(f"files    {folder}: {', '.join(names)}", soft_wrap=True)


def _worth(worth: sr.Worth) -> str:
    if worth.found is None:
        return f"{worth.what}: {worth.failed}"
    first = f"{worth.first_choices or 0:+g} first choices"
    return f"{worth.what}: {worth.found:+g} points, {first}. {worth.says}"


def _day(day: sr.NoShows) -> str:
    empty = f"{day.empty:g} of {points(day.places)} places stay empty"
    extra = sum(session.extra for session in day.overbooking)
    under = f"{day.runs_under:g} runs have too few people"
    return f"{day.layout}, if not everybody comes: {empty}, {under}; room for {extra} more people"


def _ranking(found: sr.Comparison) -> Table:
    limit = f"{found.seconds:g} s" if found.work is None else f"work {found.work:g}"
    title = f"{found.event}: {len(found.rows)} layouts, {len(found.seeds)} seeds, {limit} each"
    table = Table(title=title, title_justify="left")
    priced = any(row.price is not None for row in found.rows)
    for column in ("place", "layout", "value", "bound", "of ideal", "worst off", "nothing"):
        table.add_column(column, overflow="fold", justify="left" if column == "layout" else "right")
    if priced:
        table.add_column("price", justify="right")
    for row in found.rows:
        table.add_row(*_cells(row), *([f"{row.price or 0:,.2f}"] if priced else []))
    return table


def _cells(row: sr.LayoutRow) -> list[str]:
    if row.value is None or row.place is None:
        status = "failed" if row.status is None else row.status.value
        bound = "" if row.bound is None else points(row.bound)
        return ["", row.name, status, bound, "", "", ""]
    of = row.satisfaction
    place = f"{row.place}" if row.place == row.worst_place else f"{row.place}-{row.worst_place}"
    return [
        place,
        row.name,
        points(row.value),
        "" if row.bound is None else points(row.bound),
        "" if row.share_of_ideal is None else share(row.share_of_ideal),
        "" if of is None else share(of.worst),
        "" if of is None else points(of.with_nothing),
    ]
