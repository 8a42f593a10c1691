"""One size of `benchmarks.growth`, in a process of its own: folder, limit and seed as arguments."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import spilrooster as sr
from spilrooster.search.candidate import Workshop
from spilrooster.search.sectioning import section

Value = TypeVar("Value")


def main(folder: Path, limit: float, seed: int) -> dict[str, Any]:
    """Go the whole road and return what it took."""
    seconds: dict[str, float] = {}

    def timed(step: str, action: Callable[[], Value]) -> Value:
        start = time.monotonic()
        value = action()
        seconds[step] = round(time.monotonic() - start, 2)
        return value

    problem = timed("read", lambda: sr.read(folder))
    result = timed("solve", lambda: sr.solve(problem, sr.Limits(seconds=limit), seed=seed))
    page = timed("report", lambda: sr.report_html(problem, result, "nl"))
    facts = {
        "seconds": seconds,
        "first": next((m.at for m in result.moments if m.value is not None), None),
        "value": result.value,
        "bound": result.bound,
        "report_mb": len(page.encode()) / 1e6,
    }
    programme = result.programme
    if programme is None:
        return facts
    outcome = timed("outcome", lambda: sr.outcomes_csv(problem, programme, "nl"))
    extra: dict[str, str | bytes] = {"report.html": page, "outcome.csv": outcome}
    out = folder / "out"
    timed("write", lambda: sr.write_output(problem, result, out, "nl", extra=extra))
    found = timed("read back", lambda: sr.check(problem, sr.read_programme(problem, out)))
    assert sr.value_of(problem, found) == result.value
    assert not any(finding.broken for finding in found)
    return facts | sectioned(problem, programme)


def sectioned(problem: sr.Problem, programme: sr.Programme) -> dict[str, Any]:
    """Section the programme's runs once more: what is the most that they can score?"""
    workshop = Workshop(problem)
    occupant, _ = workshop.arrays_of(programme)
    start = time.monotonic()
    found = section(workshop.arrays, occupant)
    taken = round(time.monotonic() - start, 2)
    if found is None:
        return {"section_seconds": taken}
    return {
        "section_seconds": taken,
        "section_points": found.points,
        "section_bound": found.bound,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))))
