"""``spilrooster form`` writes what is to be pasted, and never over a file."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Spilrooster


def test_a_form_before_anybody_signed_up(spilrooster: Spilrooster, tmp_path: Path) -> None:
    spilrooster("init", "dag")
    (tmp_path / "dag" / "participants.csv").unlink()
    (tmp_path / "dag" / "choices.csv").unlink()
    ran = spilrooster("form", "dag", "--choices", "3")
    assert ran.returncode == 0
    assert "Voorkeur 3" in ran.stdout
    assert "Voorkeur 4" not in ran.stdout
    assert "Een buurttuin beginnen" in ran.stdout
    assert spilrooster("form", "dag", "--orders", "o.csv").returncode == 2


def test_files_are_never_replaced(spilrooster: Spilrooster, tmp_path: Path) -> None:
    spilrooster("init", "dag", "--lang", "en")
    for _ in range(2):
        ran = spilrooster("form", "dag", "--out", "form.txt", "--orders", "orders.csv")
    assert ran.returncode == 2
    assert "there already" in ran.stderr
    assert "Form for" in (tmp_path / "form.txt").read_text(encoding="utf-8-sig")
    assert len((tmp_path / "orders.csv").read_text(encoding="utf-8").splitlines()) == 13


def test_without_sessions_there_is_no_form(spilrooster: Spilrooster, tmp_path: Path) -> None:
    spilrooster("init", "dag")
    (tmp_path / "dag" / "sessions.csv").unlink()
    ran = spilrooster("form", "dag")
    assert ran.returncode == 2
    assert "sessions.csv" in ran.stderr
