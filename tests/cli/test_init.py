"""``spilrooster init`` writes an event that works, and whose every suggestion works."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from tests.cli.conftest import Spilrooster

import spilrooster as sr

both_languages = pytest.mark.parametrize("lang", ["nl", "en"])


@both_languages
def test_init_check_solve_score(spilrooster: Spilrooster, tmp_path: Path, lang: str) -> None:
    assert spilrooster("init", "day", "--lang", lang).returncode == 0
    checked = spilrooster("check", "day")
    assert checked.returncode == 0
    assert "To mend: 0, repaired: 0, notes: 0." in checked.stdout
    solved = spilrooster("solve", "day")
    assert solved.returncode == 0
    assert "optimal" in solved.stdout
    page = (tmp_path / "out" / "day" / "report.html").read_text(encoding="utf-8")
    assert f'<html lang="{lang}"' in page
    assert spilrooster("score", "day", "out/day").returncode == 0


@both_languages
def test_the_two_examples_are_complete(spilrooster: Spilrooster, tmp_path: Path, lang: str) -> None:
    spilrooster("init", tmp_path / "day", "--lang", lang)
    names = {path.name for path in (tmp_path / "day").iterdir()}
    tables = {f"{name}.csv" for name in ["rounds", "rooms", "sessions", "participants", "choices"]}
    tables.add("tables.csv")
    assert names == {"event.toml", "README.txt", *tables}


@both_languages
def test_every_rule_in_the_comments_works(tmp_path: Path, lang: str) -> None:
    for source in (files("spilrooster") / "example" / lang).iterdir():
        (tmp_path / source.name).write_bytes(source.read_bytes())
    settings = tmp_path / "event.toml"
    text = settings.read_text(encoding="utf-8")
    text = re.sub(r"^# (\[\[rules\]\]|\w+ = .*)$", r"\1", text, flags=re.MULTILINE)
    settings.write_text(text, encoding="utf-8")
    problem = sr.read(tmp_path)
    suggested = re.findall(r'^rule = "(\w+)"$', text, flags=re.MULTILINE)
    assert len(suggested) >= 7
    assert set(suggested) <= {rule.rule for rule in problem.rules}
    assert sr.solve(problem, sr.Limits(seconds=30)).status is sr.Status.OPTIMAL


def test_nothing_is_overwritten(spilrooster: Spilrooster, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "rooms.csv").write_text("mine")
    ran = spilrooster("init", full)
    assert ran.returncode == 2
    assert [(p.name, p.read_text()) for p in full.iterdir()] == [("rooms.csv", "mine")]
    assert spilrooster("init", full / "rooms.csv").returncode == 2
    (tmp_path / "empty").mkdir()
    assert spilrooster("init", tmp_path / "empty").returncode == 0
