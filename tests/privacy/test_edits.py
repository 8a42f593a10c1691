"""An earlier programme of a pseudonymised event gets its names back, and is then unchanged."""

from __future__ import annotations

from pathlib import Path

from tests.export.sample import event, folder, programme
from tests.export.test_reidentify import coded_programme

from spilrooster.export import export, read_edition
from spilrooster.privacy import pseudonymise, reidentify_files
from spilrooster.problem import Problem
from spilrooster.tables import read_earlier, read_programme


def test_nothing_counts_as_changed_after_the_names_are_back(tmp_path: Path) -> None:
    problem = Problem.of(event())
    coded, key = pseudonymise(problem)
    shared = folder(tmp_path / "shared", coded.event, coded_programme(key))
    export(read_edition(shared), ["workbook"])
    named = tmp_path / "named"
    assert reidentify_files(shared, named, key) == ()
    plan = programme(event())
    for path in (named, named / "programme.xlsx"):
        assert read_earlier(problem, path).rules == ()
        found = read_programme(problem, path)
        assert {*found.runs} == {*plan.runs}
        assert found.schedule_of == plan.schedule_of
