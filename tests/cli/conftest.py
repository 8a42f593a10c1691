"""The command line as its users have it: a process of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

INSTANCES = Path(__file__).parents[2] / "instances"
COMMAND = (sys.executable, "-m", "spilrooster")

Ran = subprocess.CompletedProcess[str]
Spilrooster = Callable[..., Ran]


@pytest.fixture
def command() -> tuple[str, ...]:
    """The words that start spilrooster."""
    return COMMAND


@pytest.fixture
def spilrooster(tmp_path: Path) -> Spilrooster:
    """Run spilrooster in an empty folder and return what it said; it never shows a traceback."""

    def run(*arguments: str | Path) -> Ran:
        ran = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )
        assert "Traceback" not in ran.stdout + ran.stderr, ran.stderr
        return ran

    return run


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A copy of the event tiny, to be spoilt."""
    return Path(shutil.copytree(INSTANCES / "tiny", tmp_path / "tiny"))


@pytest.fixture
def spil500() -> Path:
    return INSTANCES / "spil500"


@pytest.fixture(scope="session")
def solved_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of tiny in English, made by the command line."""
    folder = tmp_path_factory.mktemp("solved") / "out"
    arguments = ["solve", str(INSTANCES / "tiny"), "--out", str(folder), "--lang", "en"]
    subprocess.run([*COMMAND, *arguments], check=True, capture_output=True, timeout=120)
    return folder


@pytest.fixture
def solved(solved_once: Path, tmp_path: Path) -> Path:
    """A copy of tiny's output folder, to be edited by hand."""
    return Path(shutil.copytree(solved_once, tmp_path / "solved"))
