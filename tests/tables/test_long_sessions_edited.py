"""A session over several rounds has one id in the files, and is fixed part by part."""

from __future__ import annotations

from pathlib import Path

from tests.rules.tiny import event, person, session

from spilrooster.problem import Problem
from spilrooster.rules import FixedPlace, Pinned
from spilrooster.tables import (
    read_earlier,
    read_programme,
    write_output,
    write_programme_workbook,
)
from spilrooster_models import PersonalSchedule, Programme, Result, Run, Status

DAY = event(
    [*session("tour").in_parts(2), session("talk", max_runs=2)],
    ["r1", "r2"],
    ("t1", "t2", "t3"),
    [person("p"), person("q")],
)
CASE = Problem.of(DAY)
FIRST, SECOND = DAY.parts["tour"]


def plan() -> Programme:
    runs = ((FIRST, "t1", "r1"), (SECOND, "t2", "r1"), ("talk", "t1", "r2"), ("talk", "t3", "r1"))
    days = {"p": (FIRST, SECOND, "talk"), "q": ("talk", None, None)}
    return Programme(
        rounds=("t1", "t2", "t3"),
        runs=tuple(Run(session=s, round=t, room=room) for s, t, room in runs),
        schedules=tuple(PersonalSchedule(participant=p, sessions=day) for p, day in days.items()),
    )


def test_it_reads_back_and_is_fixed_in_parts(tmp_path: Path) -> None:
    result = Result(status=Status.FEASIBLE, programme=plan(), ideal=1, seed=1)
    write_output(CASE, result, tmp_path, "en")
    write_programme_workbook(CASE, result, tmp_path / "a.xlsx", "en")
    for path in (tmp_path, tmp_path / "a.xlsx"):
        assert {*read_programme(CASE, path).runs} == {*plan().runs}
        earlier = read_earlier(CASE, path)
        assert earlier.rules == ()
        assert {*earlier.programme.runs} == {*plan().runs}
        assert earlier.programme.schedules == plan().schedules
    table = tmp_path / "schedules.csv"
    table.write_text(table.read_text("utf-8").replace("q,t2,,,", "q,t2,tour,,"), "utf-8")
    runs = tmp_path / "programme.csv"
    runs.write_text(runs.read_text("utf-8").replace("tour,t2,r1", "tour,t2,r2"), "utf-8")
    assert set(read_earlier(CASE, tmp_path).rules) == {
        Pinned(session=SECOND, round="t2", room="r2"),
        FixedPlace(participants=("q",), round="t2", session=SECOND),
    }
