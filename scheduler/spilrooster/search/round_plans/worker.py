"""The bound in a process of its own, so that it runs while the search goes on.

Run as ``python -m spilrooster.search.round_plans.worker``: it compiles its kernels, reads one
pickled task from standard input and writes pickled bounds to standard output. When its input
closes, the parent is gone and it ends.
"""

from __future__ import annotations

import math
import os
import pickle
import subprocess
import sys
import threading
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import IO

from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.round_plans.bounding import bounds, warm_up


@dataclass(frozen=True)
class Task:
    """What the worker needs to know.

    A limit in seconds counts from when the task was made, also if the worker is not ready yet.
    """

    arrays: Arrays
    occupant: Ints
    limits: Limits
    seed: int
    known: float = math.inf  # a bound that is proven already
    made: float = field(default_factory=time.monotonic)

    def clock(self) -> Clock:
        """Start to count what is left of the limits."""
        if self.limits.work is not None:
            return Clock(self.limits)
        left = self.limits.seconds - (time.monotonic() - self.made)
        return Clock(replace(self.limits, seconds=max(left, 1e-3)))


def start(stdin: int, stdout: int) -> subprocess.Popen[bytes]:
    """Start a process that runs this module.

    It does not look for modules in the working folder, where there may be a ``random.py``.

    Raises
    ------
    OSError
        If there is no Python to start, as in a program with Python inside, or no process to be had.
    """
    if not sys.executable or getattr(sys, "frozen", False):
        raise FileNotFoundError("there is no Python to start a second process with")
    return subprocess.Popen(
        [sys.executable, "-P", "-m", __spec__.name],
        stdin=stdin,
        stdout=stdout,
        start_new_session=True,  # Ctrl-C is for the parent, which then ends the worker
    )


class Worker:
    """A running bound process. It may be started before there is a task, to get ready."""

    def __init__(self) -> None:
        self._process = start(subprocess.PIPE, subprocess.PIPE)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._news: list[int] = []
        self._reader = threading.Thread(
            target=self._read, args=(self._process.stdout,), daemon=True
        )
        self._reader.start()
        self._writer: threading.Thread | None = None

    def send(self, task: Task) -> None:
        """Give the worker its task. It may not be ready to read yet: nobody waits for that.

        The task is written down at once, as the search may add to what it keeps of the arrays.
        """
        written = pickle.dumps(task)
        self._writer = threading.Thread(target=self._write, args=(written,), daemon=True)
        self._writer.start()

    def take(self) -> list[int]:
        """Return the bounds that came in since the last call."""
        news = []
        while self._news:
            news.append(self._news.pop(0))
        return news

    def spread(self) -> None:
        """Let it use two cores. To be said again and again: who reads its task does not hear."""
        assert self._process.stdin is not None
        if self._writer is None or self._writer.is_alive():
            return
        try:
            self._process.stdin.write(b"+")
            self._process.stdin.flush()
        except BrokenPipeError:  # it has ended
            return

    @property
    def running(self) -> bool:
        """Whether more may come."""
        return self._reader.is_alive()

    def stop(self) -> None:
        """End the worker now."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        if self._writer is not None:
            self._writer.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                _close(stream)

    def _write(self, task: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(task)
            self._process.stdin.flush()
        except BrokenPipeError:  # it died: then there is no bound from it
            return

    def _read(self, stream: IO[bytes]) -> None:
        while True:
            try:
                self._news.append(pickle.load(stream))
            except (EOFError, pickle.UnpicklingError, ValueError):
                return


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except BrokenPipeError:  # closing flushes, and nobody reads any more
        return


class Spare:
    """Another thread for the bound, from the moment that a core is free for it."""

    def __init__(self) -> None:
        self._pool: Executor | None = None

    def __call__(self) -> Executor | None:
        """Return the thread, or None as long as the search needs the core."""
        return self._pool

    def begin(self) -> None:
        """A core is free."""
        self._pool = self._pool or ThreadPoolExecutor(1)


def _listen(spare: Spare) -> None:
    """Hear of a free core, and end with the parent."""
    while os.read(sys.stdin.fileno(), 1):  # not the buffer: its lock would outlive the main thread
        spare.begin()
    os._exit(0)


def main() -> None:
    """Get ready, then do one task."""
    warm_up()
    try:
        task: Task = pickle.load(sys.stdin.buffer)
    except (EOFError, pickle.UnpicklingError):  # the parent ended before it had a task
        return
    spare = Spare()
    threading.Thread(target=_listen, args=(spare,), daemon=True).start()
    data = task.arrays, task.occupant, task.clock(), task.seed
    for bound in bounds(*data, spare, task.known):
        pickle.dump(bound, sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
