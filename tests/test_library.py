"""spilrooster inside another program: threads, errors, cancelling, logging, JSON, odd Pythons."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from jsonschema import Draft202012Validator
from tests.rules.tiny import choice, event, room, session

import spilrooster as sr
from spilrooster.search.round_plans import worker

SESSIONS = "abcdefghij"
PEOPLE = [f"p{i}" for i in range(60)]
DAY = event(
    [session(s, max_runs=1 + (s in "abc")) for s in SESSIONS],
    [room("r1", 16), room("r2", 12), room("r3", 9)],
    ("t1", "t2", "t3", "t4"),
    PEOPLE,
    [
        choice(p, SESSIONS[(i * i + step * (1 + i % 3)) % 10], rank)
        for i, p in enumerate(PEOPLE)
        for rank, step in enumerate((0, 1, 2, 3), 1)
    ],
)
PROBLEM = sr.Problem.of(DAY)
"""Large enough for every part of the engine: annealing, bounds in a process and in a thread."""

LIMITS = sr.Limits(work=1)


def solved(seed: int) -> sr.Result:
    return sr.solve(PROBLEM, LIMITS, seed=seed)


@cache
def alone() -> tuple[sr.Result, sr.Result]:
    return solved(1), solved(2)


def children() -> set[str]:
    tasks = Path("/proc/self/task").glob("*/children")
    return {pid for task in tasks for pid in task.read_text().split()}


def test_two_solves_at_once_give_what_they_give_alone() -> None:
    with ThreadPoolExecutor(2) as pool:
        together = tuple(pool.map(solved, (1, 2)))
    assert together == alone()
    assert {m.stage for m in together[0].moments} >= {"search", "start", "end"}


def test_a_solve_changes_nothing_that_others_share() -> None:
    np.random.seed(7)
    expected = np.random.RandomState(7).random()
    filters, threads = warnings.filters[:], threading.active_count()
    before = children()
    solved(3)
    assert np.random.random() == expected
    assert warnings.filters == filters
    assert threading.active_count() == threads
    assert children() == before


def test_progress_comes_in_the_thread_that_solves() -> None:
    told: list[tuple[threading.Thread, sr.Moment]] = []

    def hear(moment: sr.Moment) -> None:
        told.append((threading.current_thread(), moment))

    assert sr.solve(PROBLEM, LIMITS, progress=hear) == alone()[0]
    assert {thread for thread, _ in told} == {threading.current_thread()}
    assert told[-1][1].value == alone()[0].value


def test_a_token_ends_the_search_and_keeps_the_best_programme() -> None:
    stop = threading.Event()

    def hear(moment: sr.Moment) -> None:
        if moment.value is not None:
            stop.set()

    result = sr.solve(PROBLEM, sr.Limits(work=20), progress=hear, cancelled=stop.is_set)
    assert result.status is sr.Status.FEASIBLE
    assert not [f for f in sr.check(PROBLEM, result.require()) if f.broken]


@pytest.mark.parametrize("stage", ["start", "search", "end"])
def test_an_error_in_progress_ends_the_solve_at_once_and_leaves_nothing(stage: str) -> None:
    before, threads = children(), threading.active_count()

    def hear(moment: sr.Moment) -> None:
        if moment.stage == stage:
            raise KeyError(stage)

    limits = LIMITS if stage == "end" else sr.Limits(work=100)
    with pytest.raises(KeyError, match=stage):
        sr.solve(PROBLEM, limits, progress=hear)
    assert children() == before
    assert threading.active_count() == threads


def test_what_happens_is_logged_and_nothing_printed(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.INFO, "spilrooster"):
        result = sr.solve(sr.Problem.of(event("ab", people="pq")), sr.Limits(work=1))
    assert [record.name for record in caplog.records] == ["spilrooster.solve"] * 2
    assert caplog.messages[0].startswith("solve: 2 people, 2 sessions, 2 rounds")
    assert caplog.messages[1] == f"solved: optimal, value {result.value}, bound {result.bound}"
    assert capfd.readouterr() == ("", "")


@pytest.fixture(params=["frozen", "embedded"])
def odd_python(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "frozen":
        monkeypatch.setattr(sys, "frozen", True, raising=False)
    else:
        monkeypatch.setattr(sys, "executable", None)
    return str(request.param)


def test_without_a_python_to_start_the_solve_does_without_its_second_process(
    odd_python: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(OSError, match="no Python to start"):
        worker.start(subprocess.DEVNULL, subprocess.DEVNULL)
    result = solved(1)
    assert result.programme is not None
    assert result.bound is not None
    assert [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING] == [
        "no bound by round plans: there is no Python to start a second process with"
    ]


def test_modules_in_the_working_folder_are_not_taken_for_others(tmp_path: Path) -> None:
    for name in ("random", "scheduler", "models", "numbers", "solve"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('taken from the working folder')\n")
    ran = subprocess.run(
        [sys.executable, "-P", "-c", "from spilrooster.search.round_plans import worker as w\n"
         "import subprocess as s; p = w.start(s.DEVNULL, s.DEVNULL); raise SystemExit(p.wait())"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")


def test_results_and_problems_go_to_json_and_back() -> None:
    result = alone()[0]
    assert sr.Result.model_validate_json(result.model_dump_json()) == result
    rules = [sr.rules.KeepApart(pairs=(("a", "b"),)), sr.rules.Floor(least_choices=1)]
    problem = PROBLEM.with_rules(rules)
    assert sr.Problem.model_validate_json(problem.model_dump_json()) == problem
    assert sr.Event.model_validate_json(DAY.model_dump_json()) == DAY
    content = json.loads(problem.model_dump_json())
    content["rules"][-1] = {"rule": "no_such_rule"}
    with pytest.raises(ValueError, match="no_such_rule"):
        sr.Problem.model_validate(content)


def test_json_is_what_its_schema_says() -> None:
    schemas = sr.json_schemas()
    given = {
        "event": DAY.model_dump(mode="json"),
        "rules": [rule.model_dump(mode="json") for rule in PROBLEM.rules],
        "result": json.loads(alone()[0].model_dump_json()),
    }
    for kind, schema in schemas.items():
        validator = Draft202012Validator(schema)
        validator.check_schema(schema)
        assert not list(validator.iter_errors(given[kind])), kind
    del given["event"]["sessions"][0]["title"]
    given["rules"] += [{"rule": "floor", "least": 1}]
    given["result"]["status"] = "perfect"
    for kind, schema in schemas.items():
        assert len(list(Draft202012Validator(schema).iter_errors(given[kind]))) == 1, kind


def test_ids_are_checked_without_assertions_too() -> None:
    code = (
        "import spilrooster as sr, datetime as d\n"
        "wish = sr.Choice(participant='x', session='y', rank=1)\n"
        "try: sr.Event(name='', date=d.date(2026, 1, 1), layout=sr.Layout(rooms=(), rounds=()),\n"
        "  sessions=(), participants=(), choices=(wish,))\n"
        "except sr.UnknownId as error: print(len(error.problems))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-O", "-c", code], capture_output=True, text=True, check=False
    )
    assert ran.stdout == "2\n"
