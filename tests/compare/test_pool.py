"""Processes of a comparison: whoever is lost is heard of, at any moment."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

import spilrooster as sr
from spilrooster.compare._cell import task_of
from spilrooster.compare._pool import LocalPool


def test_a_task_for_a_pool_that_just_lost_a_process_is_lost_and_not_an_error(
    tiny: sr.Problem,
) -> None:
    """Bug: between two looks a process was killed, and handing out the next task raised."""
    task = task_of(tiny, sr.Limits(work=1), 1)
    pool = LocalPool(1, lambda: None)
    try:
        first = pool.submit(task)
        executor: Any = pool._executor
        for pid in executor._processes:
            os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + 60
        while executor._flags.broken is None and time.monotonic() < until:
            time.sleep(0.01)
        second = pool.submit(task)
        for future in (first, second):
            error = future.exception(timeout=60)
            assert error is not None
            assert pool.lost(error)
        pool.renew()
        assert pool.submit(task).exception(timeout=120) is None
    finally:
        pool.close()
