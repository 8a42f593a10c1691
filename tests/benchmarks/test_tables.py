"""The benchmark of tables: all sit, nobody meets less than is proven, the table is written."""

from __future__ import annotations

from pathlib import Path

from benchmarks import tables

README = f"before\n{tables.START}\nold\n{tables.END}\nafter\n"


def test_a_size_is_measured_and_written_down(tmp_path: Path) -> None:
    out, readme, said = tmp_path / "sizes.jsonl", tmp_path / "README.md", list[str]()
    tables.run([(100, 0.5)], 1, out, said.append)
    readme.write_text(README, encoding="utf-8")
    tables.write(readme, out)
    before, header, _, row, after = (
        readme.read_text("utf-8").splitlines()[0:1]
        + [line for line in readme.read_text("utf-8").splitlines() if line.startswith("|")]
        + readme.read_text("utf-8").splitlines()[-1:]
    )
    assert (before, after) == ("before", "after")
    assert header.startswith("| people | tables | limit | seconds | pairs at tables | organisation")
    assert [row] == said
    assert row.startswith("| 100 | 10 | 0.5 |")


def test_nobody_meets_less_than_is_proven() -> None:
    seated = tables.measured(100, 0.5, 2)
    assert seated.pairs == 10 * 45
    assert all(seated.least[reason] <= met for reason, met in seated.met.items())
    assert seated.met["any"] >= max(seated.least.values())
