"""A batch keeps what is done, names what failed, and loses no cell with a process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

import pytest

import spilrooster as sr
from spilrooster.compare import _batch
from spilrooster.compare._batch import Batch, BatchMoment, run
from spilrooster.compare._cell import Cell, Figures, Task, task_of
from spilrooster.compare._store import FolderStore, MemoryStore, Store

TINY = sr.read(Path(__file__).parents[2] / "instances" / "tiny")


class Lost(Exception):
    """All processes ended."""


class Pretender:
    """A pool that answers at once: with a cell, an error, or the loss of all that is running."""

    def __init__(self, answer: Callable[[Task], Exception | None], window: int = 2) -> None:
        self._answer = answer
        self._window = window
        self._open: list[tuple[Future[bytes], Task]] = []
        self.asked: list[int] = []
        self.renewed = 0

    def window(self) -> int:
        return self._window

    def submit(self, task: Task) -> Future[bytes]:
        future: Future[bytes] = Future()
        self.asked.append(task.seed)
        self._open.append((future, task))
        return future

    def news(self) -> dict[str, sr.Moment]:
        """Called after each look; so here the work of the next one is done."""
        open_tasks, self._open = self._open, []
        errors = [self._answer(task) for _, task in open_tasks]
        lost = next((e for e in errors if isinstance(e, Lost)), None)
        for (future, task), error in zip(open_tasks, errors, strict=True):
            if lost is not None or error is not None:
                future.set_exception(lost or error)
            else:
                future.set_result(cell(task).model_dump_json().encode())
        return {}

    def lost(self, error: BaseException) -> bool:
        return isinstance(error, Lost)

    def renew(self) -> None:
        self.renewed += 1

    def close(self) -> None:
        raise AssertionError("who made the pool closes it")


def cell(task: Task) -> Cell:
    result = sr.Result(status=sr.Status.UNKNOWN, ideal=task.seed, seed=task.seed)
    return Cell(key=task.key, figures=Figures.of(task.problem, result), result=result)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_batch, "TICK", 0.001)


def tasks(number: int) -> list[Task]:
    return [task_of(TINY, sr.Limits(work=1), seed) for seed in range(number)]


def done(
    given: Sequence[Task],
    pool: Pretender,
    store: Store | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    heard: list[BatchMoment] | None = None,
) -> Batch:
    tell = (lambda m: None) if heard is None else heard.append
    return run(given, store or MemoryStore(), lambda: pool, tell, cancelled)


def test_every_cell_is_solved_once() -> None:
    pool, heard = Pretender(lambda task: None), list[BatchMoment]()
    given = tasks(5)
    batch = done([*given, *given], pool, heard=heard)
    assert sorted(pool.asked) == [0, 1, 2, 3, 4]
    assert [batch.figures[t.key].ideal for t in given] == [0, 1, 2, 3, 4]
    assert (heard[-1].cells, heard[-1].done, len(heard[-1].running)) == (5, 5, 0)
    assert max(len(moment.running) for moment in heard) <= 2


def test_a_cell_that_fails_is_named_and_the_others_are_kept() -> None:
    pool = Pretender(lambda task: ValueError("odd") if task.seed == 2 else None)
    given = tasks(4)
    batch = done(given, pool)
    assert batch.failures == {given[2].key: "ValueError: odd"}
    assert len(batch.figures) == 3


def test_who_ends_its_process_is_found_and_nobody_else_is_blamed() -> None:
    pool = Pretender(lambda task: Lost() if task.seed == 2 else None, window=3)
    given = tasks(8)
    batch = done(given, pool)
    assert list(batch.failures) == [given[2].key]
    assert "too little memory" in batch.failures[given[2].key]
    assert len(batch.figures) == 7
    assert pool.renewed == 2


def test_a_process_that_was_killed_once_loses_nothing() -> None:
    killed: list[int] = []

    def once(task: Task) -> Exception | None:
        if task.seed != 3 or killed:
            return None
        killed.append(3)
        return Lost()

    batch = done(tasks(6), Pretender(once))
    assert not batch.failures
    assert len(batch.figures) == 6


def test_an_interrupted_batch_goes_on_where_it_was(tmp_path: Path) -> None:
    pool, given = Pretender(lambda task: None), tasks(6)
    store = FolderStore(tmp_path)
    batch = done(given, pool, store, cancelled=lambda: len(pool.asked) >= 4)
    assert batch.stopped
    kept = len(batch.figures)
    assert 0 < kept < 6
    again, heard = Pretender(lambda task: None), list[BatchMoment]()
    batch = done(given, again, store, heard=heard)
    assert len(again.asked) == 6 - kept
    assert len(batch.figures) == 6
    assert (heard[0].done, heard[0].kept) == (kept, kept)
    assert not done(given, Pretender(lambda task: ValueError()), store).failures


def test_a_damaged_file_is_solved_again(tmp_path: Path) -> None:
    given, store = tasks(2), FolderStore(tmp_path)
    done(given, Pretender(lambda task: None), store)
    one, other = sorted((tmp_path / "cells").iterdir())
    one.write_bytes(one.read_bytes()[:40])
    other.write_bytes(b"{}")
    again = Pretender(lambda task: None)
    done(given, again, store)
    assert sorted(again.asked) == [0, 1]


def test_a_key_says_event_rules_limits_and_seed() -> None:
    same = task_of(sr.read(Path(__file__).parents[2] / "instances" / "tiny"), sr.Limits(work=1), 1)
    assert task_of(TINY, sr.Limits(seconds=5, work=1), 1).key == same.key
    others = {
        task_of(TINY, sr.Limits(work=2), 1).key,
        task_of(TINY, sr.Limits(work=1, gap=0.1), 1).key,
        task_of(TINY, sr.Limits(seconds=1), 1).key,
        task_of(TINY, sr.Limits(work=1), 2).key,
        task_of(TINY.with_rules([sr.rules.Pinned(session="S1", round="R1")]), sr.Limits(work=1), 1)
        .key,
    }  # fmt: skip
    assert len(others | {same.key}) == 6
