"""Comparisons of a tiny event: in processes of their own, by the library and the command line."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.compare.machines import TINY

import spilrooster as sr
from spilrooster.compare._pool import LocalPool
from spilrooster_models import Layout

WORK = sr.Limits(work=1)


def test_every_layout_is_what_a_solve_of_its_own_finds(
    tiny: sr.Problem, layouts: dict[str, Layout], found: sr.Comparison
) -> None:
    rows = {row.name: row for row in found.rows}
    assert rows.keys() == layouts.keys()
    assert rows["own"].value == sr.solve(tiny, WORK).value == 91
    large = sr.Problem.of(tiny.event.model_copy(update={"layout": layouts["large"]}), tiny.rules)
    assert rows["large"].value == sr.solve(large, WORK).value
    assert [c.seed for c in rows["own"].cells] == [1, 2, 3]
    assert found.complete
    assert not found.failures


def test_best_comes_first_and_what_cannot_be_comes_last(found: sr.Comparison) -> None:
    values = [row.value for row in found.rows]
    assert values[-1] is None
    assert values[:-1] == sorted(values[:-1], key=lambda v: -(v or 0))
    last = found.rows[-1]
    assert (last.name, last.status, last.place) == ("small", sr.Status.INFEASIBLE, None)
    assert last.conflict


def test_layouts_that_are_the_same_in_disguise_are_not_distinguishable(
    found: sr.Comparison,
) -> None:
    pair = next(p for p in found.pairs if {p.better, p.other} == {"own", "disguise"})
    assert not pair.distinguishable
    assert not pair.proven
    assert "are not distinguishable: the difference of" in str(pair.says)
    rows = {row.name: row for row in found.rows}
    assert rows["own"].place == rows["disguise"].place
    assert rows["own"].worst_place == rows["disguise"].worst_place


def test_only_proof_and_steadiness_together_make_one_better(found: sr.Comparison) -> None:
    rows = {row.name: row for row in found.rows}
    assert len(found.pairs) == 3
    for pair in found.pairs:
        value, bound = rows[pair.better].value, rows[pair.other].bound
        assert value is not None
        assert bound is not None
        assert pair.proven == (value > bound)
        assert pair.steady == (pair.low > 0)
        assert pair.distinguishable == (" is better than " in str(pair.says))


def test_the_same_again_is_taken_from_the_folder(
    tiny: sr.Problem, layouts: dict[str, Layout], found: sr.Comparison, folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.delattr(LocalPool, "submit")
    again = sr.compare(tiny, layouts, WORK, seeds=3, jobs=1, out=folder, worth=4, show_rate="0.9")
    assert again == found


def test_what_one_more_is_worth_is_what_a_solve_finds(
    tiny: sr.Problem, layouts: dict[str, Layout], found: sr.Comparison
) -> None:
    assert found.worth_of == "large"
    whats = [str(worth.what) for worth in found.worth]
    assert len(whats) == 4
    run = next(w for w in found.worth if "one more run of" in str(w.what))
    id_ = str(run.what)[-3:-1]
    sessions = tuple(
        s.model_copy(update={"max_runs": s.max_runs + (s.id == id_)}) for s in tiny.event.sessions
    )
    more = tiny.event.model_copy(update={"layout": layouts["large"], "sessions": sessions})
    assert run.value == sr.solve(sr.Problem.of(more, tiny.rules), WORK).value
    longer = next(w for w in found.worth if str(w.what) == "one more round")
    assert longer.proven
    assert longer.found is not None
    assert longer.found > 0
    for worth in found.worth:
        assert worth.most is not None
        assert worth.found is not None
        assert worth.found <= worth.most
        assert (str(worth.says) == "Proven: it brings no more points.") == (worth.most == 0)


def test_every_layout_with_a_programme_is_tried_without_everybody(found: sr.Comparison) -> None:
    assert [day.layout for day in found.no_shows] == [row.name for row in found.rows[:-1]]
    assert all(day.people < found.people for day in found.no_shows)


def test_it_is_written_for_people_and_for_programs(found: sr.Comparison, tmp_path: Path) -> None:
    sr.write_comparison(found, tmp_path, "nl")
    text = (tmp_path / "comparison.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    assert [row["layout"] for row in rows] == [row.name for row in found.rows]
    own = next(row for row in rows if row["layout"] == "own")
    assert (own["value"], own["share_of_ideal"], own["rank_1"]) == ("91", "0,9100", "7")
    assert rows[-1]["status"] == "infeasible"
    content = json.loads((tmp_path / "comparison.json").read_text(encoding="utf-8"))
    assert [row["value"] for row in content["rows"]] == [row.value for row in found.rows]
    assert isinstance(content["pairs"][0]["says"], str)


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "spilrooster", "compare", str(TINY), *map(str, arguments)]


def test_ctrl_c_stops_and_the_same_command_goes_on(tmp_path: Path) -> None:
    """All cells but the first few are interrupted; nothing half is left, and the rest is done."""
    given = command("event", "--vary", "rounds=2,3", "runs=1,2", "--work", "1", "--seeds", "6",
                    "--jobs", "1", "--out", tmp_path / "out", "--json")  # fmt: skip
    cells = tmp_path / "out" / "cells"
    process = subprocess.Popen(given, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not (cells.is_dir() and len(list(cells.glob("*.json"))) >= 3):
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert b"goes on where this was" in told
    assert not (tmp_path / "out" / "comparison.csv").exists()
    before = {path: path.stat().st_mtime_ns for path in cells.glob("*.json")}
    assert len(before) < 30
    ran = subprocess.run(given, capture_output=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert len(json.loads(ran.stdout)["rows"]) == 5
    assert len(list(cells.glob("*.json"))) == 30


def test_bad_layouts_are_refused_with_a_list(tmp_path: Path) -> None:
    given = command("nowhere", "--vary", "chairs=1", "--out", tmp_path / "out")
    ran = subprocess.run(given, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "There is no such layout." in ran.stderr
    assert "This cannot be varied." in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / "out").exists()
