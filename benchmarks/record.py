"""Result files: one JSON object per line, each written whole."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.cases import ROOT

Key = tuple[str, str, float, int]

FAILED = "failed"
"""Status of a process that broke down; unlike every other, it is tried again."""


@dataclass(frozen=True)
class Line:
    """One run: a case solved by a peer.

    Attributes
    ----------
    value, bound, gap
        In the case's own unit, found from the programme by its scorer and from the peer's bound.
        `value_text` and `bound_text` are the same for people.
    points, points_bound
        The same in points of level 1, as `check` counts them.
    contradiction
        Whether the value is better than the bound that the peer says is proven.
    status
        The peer's own word for how it ended; ``not supported``, ``over time`` or ``failed`` if
        there is none.
    wall_seconds, process_seconds, cpu_seconds, peak_mb
        The solve; the whole process with reading; processor time of all its cores; and the most
        memory of the process, or of the largest of its own processes.
    broken
        Rules that `check` finds broken, with how many findings.
    defects, notes
        What the case's own scorer finds.
    moments
        ``[at, value, bound]``, in the case's own unit.
    """

    case: str
    peer: str
    seconds: float
    seed: int
    status: str
    unit: str = ""
    higher_is_better: bool = True
    value: float | None = None
    bound: float | None = None
    bound_source: str = ""
    gap: float | None = None
    value_text: str = "–"
    bound_text: str = "–"
    points: int | None = None
    points_bound: int | None = None
    contradiction: bool = False
    broken: dict[str, int] = field(default_factory=dict)
    defects: dict[str, int] = field(default_factory=dict)
    notes: dict[str, float] = field(default_factory=dict)
    wall_seconds: float | None = None
    process_seconds: float | None = None
    cpu_seconds: float | None = None
    peak_mb: float | None = None
    moments: list[tuple[float, float | None, float | None]] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    machine: dict[str, str | int] = field(default_factory=dict)
    commit: str = ""
    command: str = ""
    date: str = ""
    message: str = ""

    @property
    def key(self) -> Key:
        """What makes a run the same run."""
        return self.case, self.peer, self.seconds, self.seed

    @property
    def sound(self) -> bool:
        """Whether there is a value and nothing is wrong with it."""
        return self.value is not None and not (self.broken or self.defects or self.contradiction)


def read(path: Path) -> Iterator[Line]:
    """Yield the lines of a result file; half a line, left by a crash, is passed over."""
    if not path.exists():
        return
    for text in path.read_text(encoding="utf-8").splitlines():
        try:
            content = json.loads(text)
        except json.JSONDecodeError:
            continue
        content["moments"] = [tuple(moment) for moment in content["moments"]]
        yield Line(**content)


def append(path: Path, line: Line) -> None:
    """Add a line and see it to the disk, on a row of its own whatever a crash left behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(line), ensure_ascii=False) + "\n"
    with path.open("ab+") as file:
        if file.tell() and not _ends_whole(file):
            text = "\n" + text
        file.write(text.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())


def _ends_whole(file: Any) -> bool:
    file.seek(-1, os.SEEK_END)
    return bool(file.read(1) == b"\n")


def latest(lines: Iterator[Line]) -> dict[Key, Line]:
    """Return the last line of each run."""
    return {line.key: line for line in lines}


def machine() -> dict[str, str | int]:
    """Describe the computer: enough to compare, nothing that names it."""
    try:
        cpuinfo = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        cpuinfo = ""
    models = [row.partition(":")[2].strip() for row in cpuinfo.splitlines() if "model name" in row]
    return {
        "cores": os.cpu_count() or 0,
        "cpu": models[0] if models else platform.processor(),
        "system": platform.system(),
    }


def commit() -> str:
    """Return the commit that the code stands at, with ``+changes`` if files differ from it."""
    found = _git("rev-parse", "HEAD")
    watched = ("models", "scheduler", "benchmarks", "instances", ":(exclude)benchmarks/results")
    changed = _git("status", "--porcelain", "--", *watched)
    return found + ("+changes" if found and changed else "")


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
