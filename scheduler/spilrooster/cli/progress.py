"""Progress: one line on the terminal that says how far a solve is. Silent anywhere else."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

import spilrooster as sr
from spilrooster.cli.console import console
from spilrooster.cli.words import points, share

NAMES = {
    "compiling": "compiling the search, only this once; not counted in the limit",
    "start": "reading the event into the search",
    "end": "finishing",
}


class Display:
    """Something on stderr that changes while it is looked at; `live` is None off a terminal."""

    def __init__(self, first: RenderableType) -> None:
        self.to = console(stderr=True)
        self.begin = time.monotonic()
        live = Live(first, console=self.to, auto_refresh=False, transient=True)
        self.live = live if self.to.is_terminal else None

    def __enter__(self) -> Self:
        if self.live is not None:
            self.live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self.live is not None:
            self.live.stop()


class Progress(Display):
    """Shows the latest moment. `hear` may be called from any thread, `show` from one."""

    def __init__(self) -> None:
        self._latest: sr.Moment | None = None
        self._spinner = Spinner("dots")
        super().__init__(self._spinner)

    def hear(self, moment: sr.Moment) -> None:
        """Take in a moment."""
        self._latest = moment

    def show(self, *, stopping: bool) -> None:
        """Redraw the line."""
        if self.live is not None:
            line = line_of(self._latest, time.monotonic() - self.begin, stopping=stopping)
            self._spinner.update(text=Text(line, overflow="ellipsis", no_wrap=True))
            self.live.refresh()


def line_of(moment: sr.Moment | None, elapsed: float, *, stopping: bool) -> str:
    """Return one line: elapsed, value, bound, gap, what is being done."""
    parts = [f"{elapsed:.0f} s"]
    if moment is not None:
        parts.append(
            "no programme yet" if moment.value is None else f"value {points(moment.value)}"
        )
        if moment.bound is not None:
            parts.append(f"bound {points(moment.bound)}")
        if moment.value and moment.bound is not None:
            parts.append(f"gap {share(max(0, moment.bound - moment.value) / moment.value)}")
        parts.append(NAMES.get(moment.stage, moment.stage))
    if stopping:
        parts.append("stopping; once more to abort")
    return " · ".join(parts)
