"""Pool: who solves. Here processes on this machine; `_cluster` has the workers of Dask."""

from __future__ import annotations

import json
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import spilrooster.compare._cell as cell
from spilrooster.search.readiness import get_ready
from spilrooster_models import Moment

TELL_EVERY = 0.5  # seconds between two moments that a worker tells
LOOK_EVERY = 1.0  # seconds between two looks of a worker at whether its parent is there

THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""A solve has threads of its own; libraries below it shall not start one per core as well."""


class Pool(Protocol):
    """Solves tasks, each in a process of its own."""

    def window(self) -> int:
        """How many tasks to hand out at a time."""

    def submit(self, task: cell.Task) -> Future[bytes]:
        """Start to solve a task, or put it in line."""

    def news(self) -> dict[str, Moment]:
        """Return the latest moment of each task that told one, by key."""

    def lost(self, error: BaseException) -> bool:
        """Whether an error says that processes ended, and all their tasks with them."""

    def renew(self) -> None:
        """Start anew after processes were lost."""

    def close(self) -> None:
        """End all processes now."""


def cores() -> int:
    """Return how many cores this process may use, also in a container."""
    import joblib

    return int(joblib.cpu_count())


def usual_jobs() -> int:
    """Return how many solves go well together here: each uses up to two cores."""
    return max(1, cores() // 2)


class LocalPool:
    """Processes of joblib's own executor, loky: spawned, not forked, and reused for many tasks.

    The executor is used as it is, rather than through `joblib.Parallel`, because that can neither
    be stopped from another thread nor say which task was lost with a process.
    """

    def __init__(self, jobs: int, compiling: Callable[[], None]) -> None:
        get_ready(compiling)  # once here, and not once in each process
        self._jobs = jobs
        self._spare = tempfile.TemporaryDirectory(prefix="spilrooster-")
        self._folder = Path(self._spare.name)
        self._executor = self._new()

    def _new(self) -> Executor:
        from joblib.externals.loky import ProcessPoolExecutor

        executor: Executor = ProcessPoolExecutor(
            max_workers=self._jobs, initializer=_begin, initargs=(os.getpid(),), env=THREADS
        )
        return executor

    def window(self) -> int:
        """As many as there are processes: what is handed out is being solved."""
        return self._jobs

    def submit(self, task: cell.Task) -> Future[bytes]:
        """Start to solve a task; if a process was lost just before, the task is lost with it."""
        from joblib.externals.loky import BrokenProcessPool

        try:
            return self._executor.submit(_solve, task, self._folder / task.key)
        except BrokenProcessPool as error:
            lost = Future[bytes]()
            lost.set_exception(error)
            return lost

    def news(self) -> dict[str, Moment]:
        """Return the latest moment of each task that told one."""
        found = {}
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):  # done since
                if not path.suffix:
                    found[path.name] = Moment.model_validate_json(path.read_bytes())
        return found

    def lost(self, error: BaseException) -> bool:
        """Whether a process ended in the middle of a task."""
        from joblib.externals.loky import BrokenProcessPool

        return isinstance(error, BrokenProcessPool)

    def renew(self) -> None:
        """Start other processes."""
        self._shut()
        self._executor = self._new()

    def close(self) -> None:
        """End all processes now."""
        self._shut()
        self._spare.cleanup()

    def _shut(self) -> None:
        executor: object = self._executor
        executor.shutdown(wait=True, kill_workers=True)  # type: ignore[attr-defined]


def _begin(parent: int) -> None:
    """Prepare a process: Ctrl-C is for the parent, and nobody stays when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os._exit(1)


def _solve(task: cell.Task, place: Path) -> bytes:
    """Solve a task in a process of the pool, and write its moments where the parent looks."""
    last = 0.0

    def tell(moment: Moment) -> None:
        nonlocal last
        if time.monotonic() - last < TELL_EVERY:
            return
        last = time.monotonic()
        spare = place.with_suffix(".new")
        spare.write_text(json.dumps(moment.model_dump()))
        os.replace(spare, place)

    try:
        return cell.solve_task(task, tell)
    finally:
        place.unlink(missing_ok=True)
