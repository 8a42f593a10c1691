"""Layouts to compare, and a cluster of Dask on this machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.compare.machines import TINY, Cluster

import spilrooster as sr
from spilrooster.compare import _compare
from spilrooster.compare._pool import LocalPool
from spilrooster_models import Layout

WORK = sr.Limits(work=1)


@pytest.fixture(scope="session")
def tiny() -> sr.Problem:
    return sr.read(TINY)


@pytest.fixture(scope="session")
def layouts(tiny: sr.Problem) -> dict[str, Layout]:
    """The event's layout, the same in disguise, a better one, and one that cannot be."""
    own = tiny.event.layout
    renamed = tuple(
        room.model_copy(update={"id": f"X{i}", "name": f"Room {i}"})
        for i, room in enumerate(reversed(own.rooms))
    )
    large = tuple(room.model_copy(update={"seats": 20, "closed": ()}) for room in own.rooms)
    return {
        "own": own,
        "disguise": own.model_copy(update={"rooms": renamed}),
        "large": own.model_copy(update={"rooms": large}),
        "small": own.model_copy(update={"rooms": own.rooms[:1]}),
    }


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compared")


@pytest.fixture(scope="session")
def found(tiny: sr.Problem, layouts: dict[str, Layout], folder: Path) -> sr.Comparison:
    """All of them, three seeds, two at a time; a process is killed in the middle."""
    killed: list[int] = []
    pools: list[LocalPool] = []

    class Watched(LocalPool):
        def __init__(self, jobs: int, compiling: Callable[[], None]) -> None:
            super().__init__(jobs, compiling)
            pools.append(self)

    def kill_one(moment: sr.CompareMoment) -> None:
        if moment.done and moment.done < moment.cells and not killed:
            processes: dict[int, object] = getattr(pools[0]._executor, "_processes")  # noqa: B009
            killed.append(next(iter(processes)))
            os.kill(killed[0], signal.SIGKILL)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_compare, "LocalPool", Watched)
        made = sr.compare(
            tiny, layouts, WORK, seeds=3, jobs=2, out=folder, worth=4, show_rate="0.9",
            progress=kill_one,
        )  # fmt: skip
    assert killed
    return made


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        made.start()
        yield made
    finally:
        made.stop()
