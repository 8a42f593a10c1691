"""``spilrooster solve --from``: what was changed by hand is kept, and the rest stays close."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Spilrooster


def cells(path: Path) -> list[list[str]]:
    return [line.split(",") for line in path.read_text("utf-8").splitlines()]


def save(path: Path, rows: list[list[str]]) -> None:
    path.write_text("".join(",".join(row) + "\n" for row in rows), "utf-8")


def test_a_moved_run_stays_where_it_was_put_and_little_else_moves(
    spilrooster: Spilrooster, tiny: Path, solved: Path
) -> None:
    rows = cells(solved / "programme.csv")
    first = rows[1]
    other = next(row for row in rows[2:] if row[2] == first[2])
    first[3], other[3] = other[3], first[3]
    save(solved / "programme.csv", rows)
    ran = spilrooster("solve", tiny, "--from", solved, "--out", solved, "--lang", "en")
    assert ran.returncode == 0, ran.stderr
    assert "2 runs and 0 places of people fixed, 0 runs taken out" in ran.stdout
    assert "changed  " in ran.stdout
    found = {tuple(row[1:4]) for row in cells(solved / "programme.csv")}
    assert {tuple(first[1:4]), tuple(other[1:4])} <= found
    assert len(found - {tuple(row[1:4]) for row in rows}) == 0
    assert (solved / "earlier.csv").read_text("utf-8").startswith("kind,who,block,what\nrun,")


def test_what_cannot_be_kept_is_listed_and_nothing_is_written(
    spilrooster: Spilrooster, tiny: Path, solved: Path, tmp_path: Path
) -> None:
    rows = cells(solved / "programme.csv")
    rows[1][3] = "nowhere"
    rows[2][2] = "never"
    save(solved / "programme.csv", rows)
    ran = spilrooster("solve", tiny, "--from", solved, "--out", tmp_path / "new", "--json")
    assert ran.returncode == 2
    said = [problem["what"] for problem in json.loads(ran.stdout)["problems"]]
    assert said == ["No room has this id.", "No round has this id."]
    assert not (tmp_path / "new").exists()
