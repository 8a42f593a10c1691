"""Readiness: kernels are compiled once, before any clock runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from spilrooster.search import readiness
from spilrooster.search.readiness import MARKER, get_ready


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(readiness, "cache_folder", lambda: tmp_path)
    return tmp_path


def test_a_new_machine_is_told_and_the_next_solve_is_not(folder: Path) -> None:
    told: list[int] = []
    get_ready(lambda: told.append(1))
    assert (folder / MARKER).exists()
    get_ready(lambda: told.append(2))
    assert told == [1]


def test_a_folder_that_cannot_be_written_to_is_no_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "cache_folder", lambda: folder / "gone")
    told: list[int] = []
    get_ready(lambda: told.append(1))
    get_ready(lambda: told.append(2))
    assert told == [1, 2]
