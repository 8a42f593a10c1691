"""Layouts to compare, and a cluster of Dask on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.compare.machines import TINY, Cluster

import spilrooster as sr
from spilrooster_models import Layout


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


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        made.start()
        yield made
    finally:
        made.stop()
