"""``spilrooster form`` writes what is to be pasted, and never over a file."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Spilrooster


def test_a_form_before_anybody_signed_up(spilrooster: Spilrooster, tiny: Path) -> None:
    (tiny / "participants.csv").unlink()
    (tiny / "choices.csv").unlink()
    ran = spilrooster("form", tiny, "--choices", "3", "--kind", "grid")
    assert ran.returncode == 0
    assert "Voorkeur 3\n\nOpties:" in ran.stdout
    assert "Voorkeur 4" not in ran.stdout
    assert "Praten over eenzaamheid" in ran.stdout
    (tiny / "sessions.csv").unlink()
    ran = spilrooster("form", tiny)
    assert ran.returncode == 2
    assert "sessions.csv" in ran.stderr


def test_files_are_never_replaced(spilrooster: Spilrooster, tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "form.txt").write_text("mine")
    ran = spilrooster("form", tiny, "--out", "form.txt", "--orders", "orders.csv")
    assert ran.returncode == 2
    assert "there already" in ran.stderr
    assert (tmp_path / "form.txt").read_text() == "mine"
    assert len((tmp_path / "orders.csv").read_text(encoding="utf-8-sig").splitlines()) == 9
