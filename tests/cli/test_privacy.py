"""Pseudonymise, let somebody else solve it, and put the names back, by command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Spilrooster
from tests.privacy.giveaways import identifiers, revealed, revealing

import spilrooster as sr


def test_there_and_back_again(spilrooster: Spilrooster, tmp_path: Path) -> None:
    problem = revealing()
    sr.write_event(problem, tmp_path / "day")
    ran = spilrooster("pseudonymise", "day", "--key", "key.json", "--out", "shared")
    assert ran.returncode == 0, ran.stderr
    solve_elsewhere(tmp_path / "shared", tmp_path / "out")
    written = [*(tmp_path / "shared").iterdir(), *(tmp_path / "out").iterdir()]
    assert {"report.html", "schedules.csv", "check.html"} <= {path.name for path in written}
    assert revealed(written, identifiers(problem.event)) == set()
    for folder, named in (("shared", "again"), ("out", "named")):
        ran = spilrooster("reidentify", folder, "--key", "key.json", "--out", named)
        assert ran.returncode == 0, ran.stderr
    assert sr.read(tmp_path / "again") == problem
    for name in ("rounds", "rooms", "sessions", "participants", "choices"):
        file = f"{name}.csv"
        assert (tmp_path / "again" / file).read_bytes() == (tmp_path / "day" / file).read_bytes()
    programme = sr.read_programme(problem, tmp_path / "named")
    assert not [finding for finding in sr.check(problem, programme) if finding.broken]
    assert "Zoë Peeters" in (tmp_path / "named" / "report.html").read_text(encoding="utf-8")


def solve_elsewhere(event: Path, out: Path) -> None:
    """Solve an event of which nothing is known but its files."""
    problem = sr.read(event)
    result = sr.solve(problem, sr.Limits(work=1), seed=1)
    pages = {
        "report.html": sr.report_html(problem, result, "nl"),
        "outcome.csv": sr.outcomes_csv(problem, result.require(), "nl"),
        "check.html": sr.audit_html(problem, sr.audit(problem), (), "nl"),
    }
    sr.write_output(problem, result, out, "nl", extra=pages)


def test_a_key_is_never_replaced(spilrooster: Spilrooster, tmp_path: Path, tiny: Path) -> None:
    (tmp_path / "key.json").write_text("mine")
    ran = spilrooster("pseudonymise", tiny, "--key", "key.json")
    assert (ran.returncode, (tmp_path / "key.json").read_text()) == (2, "mine")
    assert not (tmp_path / "tiny-pseudonym").exists()
