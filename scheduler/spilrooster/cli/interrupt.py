"""Interrupt: the first Ctrl-C ends the search in good order, the second ends the program."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Generic, TypeVar

T = TypeVar("T")

TICK = 0.1  # seconds between two looks at the progress


class Interrupt:
    """Whether somebody asked to stop."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def asked(self) -> bool:
        """Whether to stop and keep what was found."""
        return self._asked.is_set()

    def hear(self, number: int, frame: FrameType | None) -> None:
        """Take a signal: the first is a wish, the second a KeyboardInterrupt."""
        if self.asked():
            raise KeyboardInterrupt
        self._asked.set()


@contextmanager
def interruptible() -> Iterator[Interrupt]:
    """Hear SIGINT and SIGTERM meanwhile; afterwards they mean what they meant before."""
    interrupt = Interrupt()
    before = {n: signal.signal(n, interrupt.hear) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield interrupt
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Background(Generic[T]):
    """Work in a thread of its own.

    Python hears signals in the main thread only, and not while that is inside OR-Tools.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._results: list[T] = []
        self._errors: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, daemon=True)

    def wait(self, tick: Callable[[], None]) -> T:
        """Start, call `tick` every now and then, and return or raise what the work did."""
        self._thread.start()
        while self._thread.is_alive():
            self._thread.join(TICK)
            tick()
        for error in self._errors:
            raise error
        return self._results[0]

    def _run(self) -> None:
        try:
            self._results.append(self._work())
        except BaseException as error:
            self._errors.append(error)
