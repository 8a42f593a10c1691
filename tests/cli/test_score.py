"""``spilrooster score`` judges the files, also after somebody changed them by hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.cli.conftest import Spilrooster

Rows = list[dict[str, str]]


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def test_untouched_files_score_what_the_solve_said(
    spilrooster: Spilrooster, tiny: Path, solved: Path
) -> None:
    ran = spilrooster("score", tiny, solved, "--json")
    said, result = json.loads(ran.stdout), json.loads((solved / "result.json").read_bytes())
    assert ran.returncode == 0
    assert said["broken"] == []
    for name in ("value", "ideal", "costs", "ranks", "satisfaction"):
        assert said[name] == result[name], name
    assert said["value"] == 91
    shown = spilrooster("score", tiny, solved).stdout
    assert "Every hard rule holds." in shown
    assert "Value 91, 91.0 % of the ideal 100." in shown


def test_two_runs_in_one_room_are_caught(
    spilrooster: Spilrooster, tiny: Path, solved: Path
) -> None:
    runs = rows_of(solved / "programme.csv")
    first = runs[0]
    second = next(r for r in runs[1:] if r["round"] == first["round"])
    second |= {"room": first["room"], "seats": ""}
    write(solved / "programme.csv", runs)
    places = rows_of(solved / "schedules.csv")
    write(solved / "schedules.csv", [place | {"room": ""} for place in places])
    ran = spilrooster("score", tiny, solved)
    assert ran.returncode == 1
    assert "one_run_per_room" in ran.stdout


def test_somebody_moved_to_a_full_run_is_caught(
    spilrooster: Spilrooster, tiny: Path, solved: Path
) -> None:
    runs = [run | {"attending": ""} for run in rows_of(solved / "programme.csv")]
    full = next(run for run in runs if run["session"] == "S2")
    places = rows_of(solved / "schedules.csv")
    for place in places:
        if place["round"] == full["round"] and place["participant"] in {"Spil 6", "Spil 8"}:
            place |= {"session": full["session"], "room": full["room"], "rank": ""}
    write(solved / "programme.csv", runs)
    write(solved / "schedules.csv", places)
    ran = spilrooster("score", tiny, solved, "--json")
    assert ran.returncode == 1
    assert "room_seats" in {finding["rule"] for finding in json.loads(ran.stdout)["broken"]}


def test_people_at_a_run_that_is_gone_are_caught(
    spilrooster: Spilrooster, tiny: Path, solved: Path
) -> None:
    runs = rows_of(solved / "programme.csv")
    write(solved / "programme.csv", [run for run in runs if run["session"] != "S2"])
    ran = spilrooster("score", tiny, solved, "--json")
    found = json.loads(ran.stdout)
    assert ran.returncode == 1
    assert {finding["rule"] for finding in found["broken"]} == {"programme"}
    assert (found["value"], found["costs"], found["satisfaction"]) == (None, [], None)
    assert "no value" in spilrooster("score", tiny, solved).stdout


def test_files_that_contradict_each_other_are_bad_input(
    spilrooster: Spilrooster, tiny: Path, solved: Path
) -> None:
    runs = rows_of(solved / "programme.csv")
    runs[0]["attending"] = "99"
    write(solved / "programme.csv", runs)
    ran = spilrooster("score", tiny, solved)
    assert ran.returncode == 2
    assert "99" in ran.stderr
    assert ran.stdout == ""


def test_unreadable_files_are_bad_input(
    spilrooster: Spilrooster, tiny: Path, solved: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    for path in ("nowhere", "empty"):
        assert spilrooster("score", tiny, path).returncode == 2
    (solved / "schedules.csv").write_bytes(b"\x00\x01\x02")
    ran = spilrooster("score", tiny, solved, "--json")
    assert ran.returncode == 2
    assert json.loads(ran.stdout)["usable"] is False
    (tiny / "event.toml").unlink()
    assert spilrooster("score", tiny, solved).returncode == 2
