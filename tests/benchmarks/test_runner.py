"""The runner: resumes, writes whole lines, survives what its processes do."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from benchmarks import plot, record, runner, table
from benchmarks.cases import BY_NAME, PUBLIC, Case
from benchmarks.record import Line
from benchmarks.runner import Ended, Plan


def plan(out: Path, **changes: object) -> Plan:
    whole = Plan([BY_NAME["tiny"]], ["cp-sat"], 3.0, [1], PUBLIC, out)
    return dataclasses.replace(whole, **changes)  # type: ignore[arg-type]


def line(seed: int = 1, peer: str = "spilrooster", **facts: object) -> Line:
    base = Line("tiny", peer, 3.0, seed, "feasible", unit="points")
    return dataclasses.replace(base, **facts)  # type: ignore[arg-type]


def line_of(key: record.Key) -> Line:
    case, peer, seconds, seed = key
    return Line(case, peer, seconds, seed, "feasible")


def solved(value: float, seed: int = 1, peer: str = "spilrooster", **facts: object) -> Line:
    texts = {"value_text": f"{value:g}", "bound": 100.0, "bound_text": "100"}
    return line(seed, peer, **{"value": value, **texts, **facts})


def test_a_run_writes_everything_about_itself(tmp_path: Path) -> None:
    out = tmp_path / "results" / "day.jsonl"
    assert runner.run(plan(out), warm_up=False) == 1
    (found,) = record.read(out)
    assert (found.status, found.value, found.bound) == ("optimal", 91, 91)
    assert found.key == ("tiny", "cp-sat", 3.0, 1)
    assert found.wall_seconds is not None
    assert found.process_seconds is not None
    assert 0 < found.wall_seconds < found.process_seconds
    assert found.peak_mb is not None
    assert 20 < found.peak_mb < 2000
    assert found.cpu_seconds
    assert {"cores", "cpu", "system"} == found.machine.keys()
    assert found.versions["ortools"]
    assert found.date
    assert (
        found.command == "python -m benchmarks one --case tiny --peer cp-sat --seconds 3 --seed 1"
    )
    assert str(Path.home()) not in out.read_text(encoding="utf-8")


def test_what_is_finished_is_kept_and_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "day.jsonl"
    record.append(out, line(1, "cp-sat"))
    asked: list[record.Key] = []

    def one(key: record.Key, plan: Plan) -> Line:
        asked.append(key)
        return line_of(key)

    monkeypatch.setattr(runner, "one", one)
    longer = plan(out, seeds=[1, 2, 3])
    assert runner.run(longer, warm_up=False) == 2
    assert [key[3] for key in asked] == [2, 3]
    assert runner.run(longer, warm_up=False) == 0
    assert runner.run(plan(out, seconds=9.0), warm_up=False) == 1
    assert [found.seed for found in record.read(out)] == [1, 2, 3, 1]


def test_a_run_that_failed_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "day.jsonl"
    record.append(out, line(1, "cp-sat", status=record.FAILED))
    monkeypatch.setattr(runner, "one", lambda key, plan: line_of(key))
    assert runner.run(plan(out), warm_up=False) == 1
    (found,) = record.latest(record.read(out)).values()
    assert found.status == "feasible"


def test_half_a_line_is_passed_over_and_the_next_one_starts_anew(tmp_path: Path) -> None:
    out = tmp_path / "day.jsonl"
    record.append(out, line(1))
    whole = out.read_bytes()
    out.write_bytes(whole + whole[: len(whole) // 2])
    record.append(out, line(2))
    assert [found.seed for found in record.read(out)] == [1, 2]


def test_cases_without_files_are_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away = Case("away", "sets.wassign", folder="away")
    assert runner.run(plan(tmp_path / "day.jsonl", cases=[away]), warm_up=False) == 0
    assert "not there" in capsys.readouterr().err


def test_a_process_that_goes_on_too_long_is_stopped() -> None:
    sleeper = ["-c", "import time; time.sleep(60)", "--seconds", "1"]
    ended = runner.process(sleeper, PUBLIC, patience=(1.0, 0.0))
    assert ended.code is None
    assert ended.seconds < 10


def test_a_process_that_breaks_down_leaves_a_line_without_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors = "Traceback\nFileNotFoundError: no /home/somebody/secret/choices.csv\n"
    ended = Ended(1, "", errors, seconds=1.0, cpu_seconds=0.5, peak_mb=50.0)
    monkeypatch.setattr(runner, "process", lambda *given: ended)
    found = runner.one(("tiny", "cp-sat", 3.0, 1), plan(tmp_path / "day.jsonl"))
    assert found.status == record.FAILED
    assert found.message == "exit code 1: FileNotFoundError: no (path)"


def test_the_runner_does_not_import_what_it_measures() -> None:
    code = (
        "import sys, benchmarks.runner, benchmarks.__main__;"
        "print(sorted({m.partition('.')[0] for m in sys.modules} & "
        "{'spilrooster', 'pydantic', 'numpy', 'ortools', 'numba', 'pandas'}))"
    )
    ended = runner.process(["-c", code, "--seconds", "1"], PUBLIC, runner.PATIENCE)
    assert ended.output.strip() == "[]"


def test_the_table_gives_median_spread_and_ratio(tmp_path: Path) -> None:
    lines = [
        *(solved(value, seed, wall_seconds=3.0) for seed, value in enumerate((80, 90, 85), 1)),
        *(solved(value, seed, "scip", gap=0.5) for seed, value in enumerate((40, 45, 51), 1)),
        line(1, "highs", status="not supported"),
    ]
    out, readme = tmp_path / "day.jsonl", tmp_path / "README.md"
    for each in lines:
        record.append(out, each)
    readme.write_text(f"before\n{table.START}\nold\n{table.END}\nafter\n", encoding="utf-8")
    assert table.write(readme, [out]) == 0
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text
    assert "| tiny | spilrooster | 3 s | 3 of 3 | 85; 80 … 90 | – | 100 | – | 3.0 | – | – |" in text
    assert "| tiny | scip | 3 s | 3 of 3 | 45; 40 … 51 | 0.500 | 100 | 50.00% |" in text
    assert "| tiny | highs | 3 s | 0 of 1 | – | – | – | – | – | – | not supported |" in text


def test_values_with_something_wrong_do_not_count() -> None:
    lines = [
        solved(99, 1, broken={"room_seats": 2}),
        solved(80, 2),
        solved(98, 3, defects={"x": 1}),
    ]
    (group,) = table.groups(lines)
    assert [each.value for each in group.sound] == [80]
    text = [*table.row(group, {each.key: each for each in lines})]
    assert text[3] == "1 of 3"
    assert text[-1] == "rule room_seats, x"


def test_results_that_contradict_each_other_are_reported() -> None:
    low = solved(80, 1, "scip", bound=84.0, bound_text="84")
    assert [*table.contradictions([low, solved(84, 1)])] == []
    (found,) = table.contradictions([low, solved(85, 1)])
    assert "spilrooster (seed 1) reached 85, beyond the bound 84 of scip" in found


def test_a_picture_has_a_line_per_value_and_bound(tmp_path: Path) -> None:
    out = tmp_path / "day.jsonl"
    moments = [(0.1, None, 100.0), (1.0, 70.0, 100.0), (2.5, 80.0, 95.0)]
    record.append(out, solved(80, moments=moments))
    record.append(out, line(1, "scip", moments=[(3.0, None, 99.0)]))
    (path,) = plot.write(tmp_path, [out])
    assert path.name == "tiny-3s.svg"
    picture = path.read_text(encoding="utf-8")
    assert picture.count("<polyline") == 3
    assert "spilrooster" in picture
