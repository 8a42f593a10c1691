"""``spilrooster check`` names every problem, its place and what to do."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Spilrooster


def test_a_usable_event_is_summed_up(spilrooster: Spilrooster, tiny: Path) -> None:
    ran = spilrooster("check", tiny)
    assert ran.returncode == 0
    assert "This event can be used." in ran.stdout
    summary = [line.split() for line in ran.stdout.splitlines()]
    for name, count in (("people", 8), ("sessions", 4), ("rounds", 2), ("rooms", 3)):
        assert [name, str(count)] in summary
    assert "room_seats" in ran.stdout


def test_every_problem_is_listed_with_its_place(spilrooster: Spilrooster, tiny: Path) -> None:
    with (tiny / "choices.csv").open("a", encoding="utf-8") as file:
        file.write("Spil 1;S99;1\nSpil 2;S4;soon\n")
    (tiny / "rooms.csv").unlink()
    ran = spilrooster("check", tiny)
    assert ran.returncode == 2
    assert "This event cannot be used yet." in ran.stdout
    assert "rooms.csv" in ran.stdout
    for words in ("choices.csv, row 21, column session", "S99", "choices.csv, row 22", "soon"):
        assert words in ran.stdout


def test_brackets_in_a_value_are_shown_as_they_are(spilrooster: Spilrooster, tiny: Path) -> None:
    with (tiny / "choices.csv").open("a", encoding="utf-8") as file:
        file.write("Spil 1;[bold]S99[/bold] :smile:;1\n")
    assert "[bold]S99[/bold] :smile:" in spilrooster("check", tiny).stdout


def test_repairs_and_notes_do_not_refuse_an_event(spilrooster: Spilrooster, tiny: Path) -> None:
    path = tiny / "choices.csv"
    path.write_text(path.read_text("utf-8-sig").replace("Spil 1;S2", "Spil 1 ; S2"), "utf-8")
    ran = spilrooster("check", tiny)
    assert ran.returncode == 0
    assert "Repaired while reading (1)" in ran.stdout
    assert "Worth knowing (1)" in ran.stdout
    assert "To mend: 0, repaired: 1, notes: 1." in ran.stdout


def test_json_says_the_same(spilrooster: Spilrooster, tiny: Path) -> None:
    ran = spilrooster("check", tiny, "--json")
    found = json.loads(ran.stdout)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert found["usable"] is True
    assert found["counts"] == {"error": 0, "repaired": 0, "note": 1}
    assert found["event"]["people"] == 8
    (tiny / "event.toml").write_text("name = ", encoding="utf-8")
    ran = spilrooster("check", tiny, "--json")
    found = json.loads(ran.stdout)
    assert (ran.returncode, found["usable"]) == (2, False)
    assert found["problems"][0]["file"] == "event.toml"
    assert found["problems"][0]["severity"] == "error"


def test_what_is_no_event_is_bad_input(spilrooster: Spilrooster, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    for event in ("nowhere", "empty", "notes.txt", "broken.xlsx"):
        ran = spilrooster("check", event)
        assert ran.returncode == 2, event
        assert "cannot be used" in ran.stdout


def test_without_an_event_the_usage_is_shown(spilrooster: Spilrooster) -> None:
    ran = spilrooster("check")
    assert ran.returncode == 2
    assert "Usage" in ran.stderr


def test_the_preferences_are_looked_at(spilrooster: Spilrooster, tiny: Path) -> None:
    assert "These people have not answered: 1." in spilrooster("check", tiny, "--lang", "en").stdout
    found = json.loads(spilrooster("check", tiny, "--json", "--lang", "nl").stdout)["audit"]
    assert (found["people"], found["with_choices"]) == (8, 7)
    assert [d["short"] for d in found["demand"]] == [0, 1, 3, 0]
    assert "Deze mensen hebben niet geantwoord: 1." in [r["what"] for r in found["remarks"]]


def test_a_page_is_written_for_either_kind_of_event(
    spilrooster: Spilrooster, tiny: Path, tmp_path: Path
) -> None:
    assert spilrooster("check", tiny, "--html", "good.html").returncode == 0
    (tiny / "rooms.csv").unlink()
    assert spilrooster("check", tiny, "--html", "bad.html").returncode == 2
    assert "Eerst 1 ding verbeteren" in (tmp_path / "bad.html").read_text(encoding="utf-8")
    assert "Deze mensen hebben niet geantwoord" in (tmp_path / "good.html").read_text("utf-8")
    ran = spilrooster("check", tiny, "--html", "bad.html/x")
    assert (ran.returncode, "bad.html" in ran.stderr) == (2, True)
