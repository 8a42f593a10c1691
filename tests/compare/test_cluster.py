"""On a cluster of Dask the answers are those of one machine, and a lost worker loses nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.compare.machines import Cluster

import spilrooster as sr
from spilrooster.compare import _cell, _cluster
from spilrooster_models import Layout

pytest.importorskip("distributed")

WORK = sr.Limits(work=1)
SEEDS = 3


def test_a_worker_is_killed_and_the_answers_are_those_of_one_machine(
    tiny: sr.Problem,
    layouts: dict[str, Layout],
    cluster: Cluster,
    tmp_path: Path,
    found: sr.Comparison,
    folder: Path,
) -> None:
    """It begins, is interrupted, goes on, loses a worker, and ends as if nothing happened."""
    heard: list[sr.CompareMoment] = []
    begun = sr.compare(
        tiny, layouts, WORK, seeds=SEEDS, out=tmp_path / "far", cluster=cluster.address,
        progress=heard.append, cancelled=lambda: heard[-1].done >= 3,
    )  # fmt: skip
    assert not begun.complete
    kept = len(list((tmp_path / "far" / "cells").iterdir()))
    assert 3 <= kept < len(layouts) * SEEDS

    def kill_one(moment: sr.CompareMoment) -> None:
        heard.append(moment)
        if kept < moment.done < moment.cells and moment.running:
            cluster.workers[0].kill()

    heard.clear()
    far = sr.compare(
        tiny, layouts, WORK, seeds=SEEDS, out=tmp_path / "far", cluster=cluster.address,
        progress=kill_one,
    )  # fmt: skip
    assert cluster.workers[0].wait() != 0
    assert heard[0].kept == kept
    assert (far.rows, far.pairs) == (found.rows, found.pairs)
    assert not far.failures
    contents = [
        {path.name: path.read_bytes() for path in (place / "cells").iterdir()}
        for place in (tmp_path / "far", folder)
    ]
    assert contents[0].items() <= contents[1].items()


def test_a_worker_of_another_version_is_no_worker(
    tiny: sr.Problem, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_cell, "engine_version", lambda: "another")
    found = sr.compare(tiny, {"own": tiny.event.layout}, WORK, cluster=cluster.address)
    assert [row.status for row in found.rows] == [None]
    ((_, _, reason),) = found.failures
    assert "another version of spilrooster" in reason


def test_a_scheduler_that_ends_is_told_and_what_is_done_is_kept(
    tiny: sr.Problem, layouts: dict[str, Layout], cluster: Cluster, tmp_path: Path
) -> None:
    def end(moment: sr.CompareMoment) -> None:
        if moment.done and cluster.scheduler is not None:
            cluster.scheduler.kill()

    with pytest.raises(sr.DataError, match="The connection to the cluster was lost"):
        sr.compare(
            tiny, layouts, WORK, seeds=40, out=tmp_path, cluster=cluster.address, progress=end
        )
    assert list((tmp_path / "cells").iterdir())


def test_where_there_is_no_scheduler_that_is_said(
    tiny: sr.Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_cluster, "PATIENCE", 0.2)
    with pytest.raises(sr.DataError, match="no scheduler of Dask here"):
        sr.compare(tiny, {"own": tiny.event.layout}, WORK, cluster="tcp://127.0.0.1:9")


def test_without_the_extra_it_says_what_to_install(
    tiny: sr.Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(sr.DataError, match=r"spilrooster\[cluster\]"):
        sr.compare(tiny, {"own": tiny.event.layout}, WORK, cluster="tcp://127.0.0.1:9")
