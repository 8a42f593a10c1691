"""Pseudonymise, let somebody else solve it, and put the names back, by command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Spilrooster
from tests.privacy.giveaways import identifiers, revealed, revealing

from spilrooster.tables import read, write_event


def test_there_and_back_again(spilrooster: Spilrooster, tmp_path: Path) -> None:
    problem = revealing()
    write_event(problem, tmp_path / "day")
    ran = spilrooster("pseudonymise", "day", "--key", "key.json", "--out", "shared")
    assert ran.returncode == 0, ran.stderr
    ran = spilrooster("solve", "shared", "--out", "out", "--work", "1")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert spilrooster("check", "shared", "--html", "out/check.html").returncode == 0
    written = [*(tmp_path / "shared").iterdir(), *(tmp_path / "out").iterdir()]
    assert {"report.html", "schedules.csv", "check.html"} <= {path.name for path in written}
    assert revealed(written, identifiers(problem.event)) == set()
    for folder, named in (("shared", "again"), ("out", "named")):
        ran = spilrooster("reidentify", folder, "--key", "key.json", "--out", named)
        assert ran.returncode == 0, ran.stderr
    assert read(tmp_path / "again") == problem
    for name in ("rounds", "rooms", "sessions", "participants", "choices"):
        file = f"{name}.csv"
        assert (tmp_path / "again" / file).read_bytes() == (tmp_path / "day" / file).read_bytes()
    scored = spilrooster("score", "day", "named")
    assert scored.returncode == 0, scored.stdout
    assert "Zoë Peeters" in (tmp_path / "named" / "report.html").read_text(encoding="utf-8")


def test_what_cannot_be_done_is_said(spilrooster: Spilrooster, tmp_path: Path, tiny: Path) -> None:
    (tmp_path / "key.json").write_text("mine")
    ran = spilrooster("pseudonymise", tiny, "--key", "key.json")
    assert (ran.returncode, (tmp_path / "key.json").read_text()) == (2, "mine")
    assert not (tmp_path / "tiny-pseudonym").exists()
    ran = spilrooster("reidentify", tiny, "--key", "key.json", "--out", "x")
    assert ran.returncode == 2
    assert "no key" in ran.stderr
