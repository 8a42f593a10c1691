"""A worker that solves one cell after another does not grow."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

import spilrooster as sr
from spilrooster.compare._cell import solve_task, task_of

STATM = Path("/proc/self/statm")
CELLS = 60
MOST = 8_000_000  # bytes more after the first 20; a thousand cells would be 200 MB


def resident() -> int:
    gc.collect()
    return int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not STATM.exists(), reason="the system does not say how much memory is used")
def test_sixty_cells_need_no_more_memory_than_twenty(tiny: sr.Problem) -> None:
    before = 0
    for seed in range(CELLS):
        if seed == CELLS // 3:
            before = resident()
        solve_task(task_of(tiny, sr.Limits(work=0.2), seed), lambda moment: None)
    assert resident() - before < MOST
