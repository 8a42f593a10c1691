"""The profile says how fast the search is and what every stage took."""

from __future__ import annotations

from benchmarks.cases import PUBLIC
from benchmarks.profiling import profile

from spilrooster.solve import ENGINE


def test_a_profile_names_the_speed_and_every_stage_that_ran() -> None:
    lines = [*profile("tiny", 2.0, 1, PUBLIC)]
    assert "moves/s" in lines[0]
    assert lines[2].endswith("a programme")
    stages = [line.split()[0] for line in lines if line.startswith("  ")][1:]
    names = [type(stage).__name__ for stage, _ in ENGINE]
    assert stages == names[: len(stages)]
    assert stages
