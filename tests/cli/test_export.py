"""``spilrooster export`` and ``solve --to``, as their users have them."""

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
    ran = spilrooster("solve", "day/event", "--out", solved, "--work", "5", "--to", "public")
    assert ran.returncode == 0
    assert "index.html" in ran.stdout
    assert (solved / "publish" / "index.html").exists()
    assert json.loads((solved / "result.json").read_bytes())["event"] == "../event"
    (tmp_path / "day").rename(tmp_path / "moved")
    assert spilrooster("export", "moved/out", "--to", "lists").returncode == 0
    assert (tmp_path / "moved" / "out" / "attendance.csv").exists()
    (tmp_path / "moved" / "event").rename(tmp_path / "elsewhere")
    lost = spilrooster("export", "moved/out", "--to", "lists", "--json")
    assert lost.returncode == 2
    (problem,) = json.loads(lost.stdout)["problems"]
    assert "--event" in problem["advice"]
    assert problem["value"] == "../event"


def test_without_a_name_it_lists_what_it_can_make(spilrooster: Spilrooster) -> None:
    ran = spilrooster("export", "nowhere")
    assert ran.returncode == 0
    assert "print/badges.pdf" in ran.stdout


def test_a_wrong_name_is_refused_before_a_long_search(
    spilrooster: Spilrooster, tiny: Path, tmp_path: Path
) -> None:
    ran = spilrooster("solve", tiny, "--out", "out", "--to", "public,bages")
    assert ran.returncode == 2
    assert "Did you mean badges?" in ran.stderr
    assert not (tmp_path / "out").exists()


def test_a_programme_changed_by_hand_is_exported_with_a_warning(
    spilrooster: Spilrooster, tiny: Path, solved: Path, tmp_path: Path
) -> None:
    runs = rows_of(solved / "programme.csv")
    small = next(r for r in runs if r["room"] != "ZOLDER" and r["round"] == "R2")
    small |= {"room": "ZOLDER", "seats": ""}
    write(solved / "programme.csv", runs)
    places = [place | {"room": ""} for place in rows_of(solved / "schedules.csv")]
    write(solved / "schedules.csv", places)
    ran = spilrooster("export", solved, "--event", tiny, "--to", "lists,public", "--into", "new")
    assert ran.returncode == 0
    assert "Warning: the programme breaks rules" in ran.stderr
    assert "Zolder" in (tmp_path / "new" / "attendance.csv").read_text("utf-8-sig")
    assert not (solved / "attendance.csv").exists()
