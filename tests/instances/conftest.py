"""Each kind is solved once, and its files are what the tests look at."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.instances.written import Solved, Written

import spilrooster as sr

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # the generators are run from the project's root, never installed
    sys.path.insert(0, str(ROOT))


@pytest.fixture(scope="session")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Solved:
    """Solve an event, one of the project by its name, and return the files that were written."""

    def solve(folder: str | Path, work: float) -> Written:
        event = ROOT / "instances" / folder
        out = tmp_path_factory.mktemp(event.name) / "out"
        problem = sr.read(event)
        result = sr.solve(problem, sr.Limits(work=work))
        sr.write_output(problem, result, out, "nl")
        return Written(event, out)

    return solve
