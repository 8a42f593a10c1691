"""``spilrooster export`` finds the event, warns, refuses in one list, writes all or nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.cli.conftest import Spilrooster
from tests.cli.test_score import rows_of, write


def test_the_event_is_found_also_after_both_moved(
    spilrooster: Spilrooster, tiny: Path, tmp_path: Path
) -> None:
    solved = tmp_path / "day" / "out"
    (tmp_path / "day").mkdir()
    shutil.move(tiny, tmp_path / "day" / "event")
    assert spilrooster("solve", "day/event", "--out", solved, "--work", "5").returncode == 0
    assert json.loads((solved / "result.json").read_bytes())["event"] == "../event"
    (tmp_path / "day").rename(tmp_path / "moved")
    ran = spilrooster("export", "moved/out", "--to", "lists")
    assert ran.returncode == 0
    assert (tmp_path / "moved" / "out" / "attendance.csv").exists()
    (tmp_path / "moved" / "event").rename(tmp_path / "elsewhere")
    lost = spilrooster("export", "moved/out", "--to", "lists")
    assert lost.returncode == 2
    assert "--event" in lost.stderr
    assert "../event" in lost.stderr


def test_results_that_do_not_name_their_event_ask_for_it(
    spilrooster: Spilrooster, tiny: Path, solved: Path
) -> None:
    for content in (b"{}", b"[]", b"{"):
        (solved / "result.json").write_bytes(content)
        ran = spilrooster("export", solved, "--to", "lists", "--json")
        assert ran.returncode == 2
        (problem,) = json.loads(ran.stdout)["problems"]
        assert "--event" in problem["advice"]


def test_without_a_name_it_lists_what_it_can_make(spilrooster: Spilrooster) -> None:
    ran = spilrooster("export", "nowhere")
    assert ran.returncode == 0
    assert "lists" in ran.stdout


def test_an_unknown_name_is_refused_with_a_suggestion(
    spilrooster: Spilrooster, tiny: Path, solved: Path
) -> None:
    before = {p: p.read_bytes() for p in solved.iterdir()}
    ran = spilrooster("export", solved, "--event", tiny, "--to", "list,nonsense")
    assert ran.returncode == 2
    assert "lists" in ran.stderr
    assert "nonsense" in ran.stderr
    assert {p: p.read_bytes() for p in solved.iterdir()} == before


def test_a_programme_changed_by_hand_is_exported_with_a_warning(
    spilrooster: Spilrooster, tiny: Path, solved: Path, tmp_path: Path
) -> None:
    runs = rows_of(solved / "programme.csv")
    small = next(r for r in runs if r["room"] != "ZOLDER" and r["round"] == "R2")
    small |= {"room": "ZOLDER", "seats": ""}
    write(solved / "programme.csv", runs)
    places = [place | {"room": ""} for place in rows_of(solved / "schedules.csv")]
    write(solved / "schedules.csv", places)
    ran = spilrooster("export", solved, "--event", tiny, "--to", "lists", "--into", "new")
    assert ran.returncode == 0
    assert "Warning: the programme breaks rules" in ran.stderr
    assert "Zolder" in (tmp_path / "new" / "attendance.csv").read_text("utf-8-sig")
    assert not (solved / "attendance.csv").exists()


def test_people_at_a_run_that_is_gone_are_refused(
    spilrooster: Spilrooster, tiny: Path, solved: Path
) -> None:
    runs = rows_of(solved / "programme.csv")
    write(solved / "programme.csv", [run for run in runs if run["session"] != "S2"])
    ran = spilrooster("export", solved, "--event", tiny, "--to", "lists")
    assert ran.returncode == 2
    assert "does not run then" in ran.stderr
