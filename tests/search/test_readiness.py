"""Readiness: kernels are compiled once, before any clock runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from spilrooster.search import readiness
from spilrooster.search.readiness import get_ready, marker_name


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(readiness, "cache_folder", lambda: tmp_path)
    return tmp_path


def test_a_new_machine_is_told_and_the_next_solve_is_not(folder: Path) -> None:
    told: list[int] = []
    get_ready(lambda: told.append(1))
    assert (folder / marker_name()).exists()
    get_ready(lambda: told.append(2))
    assert told == [1]


def test_another_installation_of_the_same_version_has_kernels_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = marker_name()
    monkeypatch.setattr(readiness, "__file__", "/elsewhere/readiness.py")
    assert marker_name() != here


def test_a_folder_that_cannot_be_written_to_is_no_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "cache_folder", lambda: folder / "gone")
    told: list[int] = []
    get_ready(lambda: told.append(1))
    get_ready(lambda: told.append(2))
    assert told == [1, 2]
