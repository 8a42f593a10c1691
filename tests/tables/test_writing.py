"""Output files: what stands in them, byte for byte, and that they come whole or not at all."""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.tables.good_event import EventFolder, place

from spilrooster.problem import Problem
from spilrooster.tables import run_ids, write_event, write_output, write_programme_workbook
from spilrooster.tables._atomic import write_files
from spilrooster_models import (
    Choice,
    DataError,
    InputProblem,
    Moment,
    PersonalSchedule,
    Programme,
    RankCount,
    Result,
    RuleCost,
    Run,
    Satisfaction,
    Severity,
    Status,
    message,
)

PROGRAMME_CSV = """\
run,session,round,room,seats,attending
S2-2,S2,R2,A,6,1
S1-1,S1,R1,B,4,2
S2-1,S2,R1,A,6,1
S3-1,S3,R2,B,4,2
"""

SCHEDULES_CSV = """\
participant,round,session,room,rank
P1,OPEN,Opening,,
P1,R1,S1,B,
P1,R2,S2,A,1
P1,LUNCH,Lunch,,
P2,OPEN,Opening,,
P2,R1,S2,A,
P2,R2,S2,A,
P2,LUNCH,Lunch,,
"""


@pytest.fixture
def problem(event: EventFolder) -> Problem:
    return event.read()


@pytest.fixture
def programme() -> Programme:
    runs = (("S2", "R2", "A"), ("S1", "R1", "B"), ("S2", "R1", "A"), ("S3", "R2", "B"))
    places = {
        "P1": ("S1", "S2"), "P2": ("S2", "S2"), "P3": ("S2", "S2"), "P4": ("S2", "S3"),
        "P5": ("S1", None), "P6": ("S1", "S3"),
    }  # fmt: skip
    return Programme(
        rounds=("R1", "R2"),
        runs=tuple(Run(session=s, round=t, room=r) for s, t, r in runs),
        schedules=tuple(PersonalSchedule(participant=p, sessions=s) for p, s in places.items()),
    )


@pytest.fixture
def result(programme: Programme) -> Result:
    return Result(
        status=Status.FEASIBLE,
        programme=programme,
        value=90,
        bound=99,
        bound_source="round plans",
        ideal=120,
        costs=(RuleCost(rule="choices", level=1, cost=30),),
        ranks=(RankCount(rank=1, asked=5, granted=4),),
        satisfaction=Satisfaction(
            worst=0.0, tenth_percentile=0.25, median=1.0, mean=0.75, people=5, with_nothing=1
        ),
        seed=7,
        work=1000.0,
        moments=(Moment(at=1.0, value=80, bound=None, stage="search"),),
        versions=(("spilrooster", "0.1.0"), ("ortools", "9.15")),
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_programme_numbers_the_runs_in_order_of_time(
    problem: Problem, result: Result, programme: Programme, tmp_path: Path
) -> None:
    write_output(problem, result, tmp_path, "en")
    assert (tmp_path / "programme.csv").read_bytes() == PROGRAMME_CSV.encode()
    assert run_ids(problem.event, programme)["S2", "R2"] == "S2-2"


def test_schedules_have_a_row_per_person_and_block_in_order_of_time(
    problem: Problem, result: Result, tmp_path: Path
) -> None:
    write_output(problem, result, tmp_path, "en")
    text = (tmp_path / "schedules.csv").read_text(encoding="utf-8")
    assert text.startswith(SCHEDULES_CSV)
    assert "P5,R2,,,\n" in text
    assert len(text.splitlines()) == 1 + 6 * 4


def test_presenters_take_no_seat_and_have_no_rank(
    problem: Problem, result: Result, tmp_path: Path
) -> None:
    """P2 presents S2: neither in its audience nor with a rank, even if they had chosen it."""
    own = Choice(participant="P2", session="S2", rank=2)
    event = problem.event.model_copy(update={"choices": (*problem.event.choices, own)})
    write_output(Problem.of(event), result, tmp_path, "en")
    assert (tmp_path / "programme.csv").read_bytes() == PROGRAMME_CSV.encode()
    assert "P2,R1,S2,A,\n" in (tmp_path / "schedules.csv").read_text(encoding="utf-8")


def test_dutch_files_open_in_dutch_excel(problem: Problem, result: Result, tmp_path: Path) -> None:
    write_output(problem, result, tmp_path, "nl")
    wanted = PROGRAMME_CSV.replace(",", ";").encode("utf-8-sig")
    assert (tmp_path / "programme.csv").read_bytes() == wanted


def test_the_summary_has_every_figure(problem: Problem, result: Result, tmp_path: Path) -> None:
    repair = InputProblem(
        severity=Severity.REPAIRED, file="rooms.csv", row=2, what=message("{n} cells", n=3)
    )
    write_output(problem, result, tmp_path, "nl", repairs=[repair])
    summary = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert list(summary) == [
            "status", "value", "bound", "bound_source", "gap", "ideal", "costs", "ranks",
            "satisfaction", "conflict", "nearest", "meetings", "fairness", "seed", "work",
            "seconds", "moments", "versions", "repairs",
        ]  # fmt: skip
    assert summary["gap"] == pytest.approx(0.1)
    assert summary["seconds"] is None
    assert summary["costs"] == [{"rule": "choices", "level": 1, "cost": 30}]
    assert summary["versions"] == {"spilrooster": "0.1.0", "ortools": "9.15"}
    assert summary["repairs"] == [
        {"severity": "repaired", "file": "rooms.csv", "row": 2, "column": None, "value": None,
         "what": "3 cells", "advice": None}
    ]  # fmt: skip


def test_without_a_programme_nothing_of_an_earlier_one_stays(
    problem: Problem, result: Result, tmp_path: Path
) -> None:
    write_output(problem, result, tmp_path, "en")
    write_output(problem, Result(status=Status.INFEASIBLE, ideal=1, seed=1), tmp_path, "en")
    assert (tmp_path / "schedules.csv").read_text(encoding="utf-8").count("\n") == 1
    assert (tmp_path / "programme.csv").read_text(encoding="utf-8").count("\n") == 1


def test_further_files_come_along(problem: Problem, result: Result, tmp_path: Path) -> None:
    extra: dict[str, str | bytes] = {"report.html": "<p>één</p>", "dag.bin": b"\x00\x01"}
    write_output(problem, result, tmp_path, "nl", extra=extra)
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == "<p>één</p>"
    assert (tmp_path / "dag.bin").read_bytes() == b"\x00\x01"


@pytest.mark.parametrize("name", ["result.json", "../x", "a/b", "", "."])
def test_further_files_have_names_of_their_own(
    problem: Problem, result: Result, tmp_path: Path, name: str
) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        write_output(problem, result, tmp_path / "uit", "nl", extra={name: "x"})
    assert not (tmp_path / "uit").exists()


def test_the_same_result_gives_the_same_bytes(
    problem: Problem, result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for folder in (tmp_path / "een", tmp_path / "twee"):
        folder.mkdir()
        write_output(problem, result, folder, "nl")
        write_programme_workbook(problem, result, folder / "programma.xlsx")
        write_event(problem, folder / "event.xlsx")
        found.append(contents(folder))
        now = time.time() + 90_000
        monkeypatch.setattr(time, "time", lambda now=now: now)
    assert found[0] == found[1]


# ---- whole or not at all


def write_everything(folder: Path) -> None:
    write_files(folder, {"a.csv": b"new a", "b.csv": b"new b", "c.csv": b"new c"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "uit"
    folder.mkdir()
    for name in ("a.csv", "b.csv", "other.txt"):
        (folder / name).write_bytes(b"old " + name.encode())
    return folder


def test_folders_come_and_go_with_their_files(folder: Path) -> None:
    files = {"a.csv": b"new", "new/deep/b.txt": b"b", "new/c.txt": b"c"}
    whole = os.replace
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", fail_at(3, KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            write_files(folder, files)
    assert os.replace is whole
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {
        "a.csv": b"old a.csv", "b.csv": b"old b.csv", "other.txt": b"old other.txt",
    }  # fmt: skip
    write_files(folder, files, private=("new/c.txt",))
    assert (folder / "new" / "deep" / "b.txt").read_bytes() == b"b"
    assert stat.S_IMODE((folder / "new" / "c.txt").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "a.csv").stat().st_mode) != 0o600
    write_files(folder, {"new/deep/b.txt": b"again"})
    assert (folder / "new" / "deep" / "b.txt").read_bytes() == b"again"


def fail_at(number: int, error: BaseException) -> Callable[..., None]:
    """Return an os.replace that works until its n-th call and fails there, once."""
    whole = os.replace
    calls = []

    def replace(source: Any, target: Any) -> None:
        calls.append(target)
        if len(calls) == number:
            if isinstance(error, OSError):
                error.filename2 = str(target)
            raise error
        whole(source, target)

    return replace


def test_files_are_replaced_and_others_left_alone(folder: Path) -> None:
    write_everything(folder)
    assert contents(folder) == {
        "a.csv": b"new a", "b.csv": b"new b", "c.csv": b"new c", "other.txt": b"old other.txt"
    }  # fmt: skip


def test_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    write_everything(tmp_path / "x" / "y")
    assert sorted(contents(tmp_path / "x" / "y")) == ["a.csv", "b.csv", "c.csv"]
    assert sorted(p.name for p in (tmp_path / "x").iterdir()) == ["y"]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_file_that_is_open_in_excel_leaves_everything_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    before = contents(folder)
    monkeypatch.setattr(os, "replace", fail_at(number, PermissionError(13, "Access is denied")))
    with pytest.raises(DataError) as caught:
        write_everything(folder)
    (problem,) = caught.value.problems
    assert problem.file == ["a.csv", "b.csv", "c.csv"][number - 1]
    assert f"Close {problem.file} in Excel" in str(problem.advice)
    assert contents(folder) == before


@pytest.mark.parametrize("number", [1, 2, 3])
def test_ctrl_c_in_between_leaves_everything_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    before = contents(folder)
    monkeypatch.setattr(os, "replace", fail_at(number, KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        write_everything(folder)
    assert contents(folder) == before
    assert sorted(p.name for p in folder.iterdir()) == ["a.csv", "b.csv", "other.txt"]


def test_a_full_disk_leaves_everything_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(28, "No space left on device")

    before = contents(folder)
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DataError, match="No space left on device"):
        write_everything(folder)
    assert contents(folder) == before


def test_a_new_folder_that_fails_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", fail_at(1, OSError(5, "Input/output error")))
    with pytest.raises(DataError):
        write_everything(tmp_path / "uit")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "uit").write_bytes(b"x")
    with pytest.raises(DataError) as caught:
        write_everything(tmp_path / "uit")
    assert caught.value.problems[0].file == "uit"
    assert (tmp_path / "uit").read_bytes() == b"x"


def test_a_folder_in_the_place_of_a_file_is_refused(folder: Path) -> None:
    (folder / "c.csv").mkdir()
    before = contents(folder)
    with pytest.raises(DataError) as caught:
        write_everything(folder)
    assert caught.value.problems[0].file == "c.csv"
    assert contents(folder) == before


def test_an_event_is_not_written_beside_choices_of_the_other_shape(event: EventFolder) -> None:
    problem = event.read()
    event.write("preferences.csv", "participant;choice1\n")
    with pytest.raises(DataError) as caught:
        write_event(problem, event.path)
    assert place(caught.value.problems[0])[0] == "preferences.csv"
