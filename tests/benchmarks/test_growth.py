"""Growth: the whole road is gone, memory is that of all processes, the table is true."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks import growth
from benchmarks.growth import Growth
from benchmarks.growth_one import main
from benchmarks.own import INSTANCES

MEASURED = Growth(
    5_000, 60.0, 1, {"read": 3.14, "solve": 60.0}, 2.5, 1_000, 1_030, 0.9, 999, 1_001, 8.5, 512.3,
    machine={"cores": 2, "cpu": "Processor"}, commit="0123456789abcdef",
)  # fmt: skip


def test_the_whole_road_is_gone(tmp_path: Path) -> None:
    shutil.copytree(INSTANCES / "tiny", tmp_path / "tiny")
    facts = main(tmp_path / "tiny", 30.0, 1)
    assert [*facts["seconds"]] == [*growth.STEPS]
    assert facts["value"] == facts["bound"] == 91
    assert facts["section_points"] == facts["section_bound"]
    assert (tmp_path / "tiny" / "out" / "report.html").exists()
    assert Growth(8, 30.0, 1, **facts).report_mb > 0


def test_memory_is_that_of_a_process_and_all_it_started() -> None:
    nested = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])"
    child = subprocess.Popen([sys.executable, "-c", nested], stdin=subprocess.PIPE)
    try:
        while len(tree := [*growth.tree(os.getpid())]) < 3 or child.pid not in tree:
            assert child.poll() is None
        assert tree[0] == os.getpid()
        assert growth.megabytes(os.getpid()) > 1
    finally:
        child.communicate(b"\n")
    assert growth.megabytes(child.pid) == 0


def test_a_size_is_one_row(tmp_path: Path) -> None:
    (readme := tmp_path / "README.md").write_text(f"a\n{growth.START}old{growth.END}\nb\n")
    file = tmp_path / "sizes.jsonl"
    old = json.dumps(asdict(MEASURED) | {"value": 1})
    file.write_text(f"{old}\n{json.dumps(asdict(MEASURED))}\n")
    growth.write(readme, file)
    text = readme.read_text()
    assert text.startswith(f"a\n{growth.START}\n| people |")
    assert text.endswith(f"{growth.END}\nb\n")
    assert (
        "| 5,000 | 3.1 | 60.0 | – | – | – | – | 2.5 | 0.9 | 1,000 | 1,030 | 3.00% | 0.2002% "
        "| 8.5 | 512 |"
    ) in text
    assert text.count("5,000") == 1
