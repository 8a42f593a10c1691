"""How seconds and memory grow with the number of people: the whole road, from files to files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks import record
from benchmarks.cases import ROOT

SIZES = (125, 500, 1_200, 5_000, 12_500, 50_000)
START, END = "<!-- growth: start -->", "<!-- growth: end -->"
BETWEEN_LOOKS = 0.25
"""Seconds between two looks at the memory of the process tree."""

STEPS = ("read", "solve", "report", "outcome", "write", "read back")
"""What is timed, in order; `benchmarks.growth_one` does it."""


@dataclass(frozen=True)
class Growth:
    """One size, measured.

    Attributes
    ----------
    seconds
        Wall time of each step.
    first
        Seconds of the solve until the first programme; None if there was none.
    value, bound
        In points, for all programmes.
    section_seconds, section_points, section_bound
        Sectioning the runs of the programme found once more: how long, the points, and the most
        that any attendances of those runs can score.
    peak_mb
        Most memory of the process and all it started together, seen every quarter second.
    """

    people: int
    limit: float
    seed: int
    seconds: dict[str, float] = field(default_factory=dict)
    first: float | None = None
    value: int | None = None
    bound: int | None = None
    section_seconds: float | None = None
    section_points: int | None = None
    section_bound: int | None = None
    report_mb: float = 0.0
    peak_mb: float = 0.0
    message: str = ""
    machine: dict[str, str | int] = field(default_factory=dict)
    commit: str = ""


def run(
    sizes: Iterable[int], limit: float, seed: int, out: Path, say: Callable[[str], None]
) -> int:
    """Measure each size in a fresh process and add it to `out`; return 1 if one broke down."""
    one(SIZES[0], 10.0, seed)  # compiles the kernels
    out.parent.mkdir(parents=True, exist_ok=True)
    failed = 0
    for people in sizes:
        found = one(people, limit, seed)
        failed |= bool(found.message)
        with out.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(found)) + "\n")
        say(" ".join(row(found)) + f" {found.message}")
    return failed


def one(people: int, limit: float, seed: int) -> Growth:
    """Generate an event, and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        generator = [sys.executable, str(ROOT / "instances" / "generate.py")]
        options = ["--people", str(people), "--seed", "1", folder]
        subprocess.run([*generator, *options], check=True, stdout=subprocess.DEVNULL)
        command = [sys.executable, "-m", "benchmarks.growth_one", folder, str(limit), str(seed)]
        with tempfile.TemporaryFile() as errors:
            child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, cwd=ROOT)
            peak = _watched(child)
            assert child.stdout is not None
            output = child.stdout.read().decode("utf-8")
            child.stdout.close()
            errors.seek(0)
            words = errors.read().decode("utf-8", errors="replace").strip().splitlines()
    facts = json.loads(output) if child.returncode == 0 else {"message": (words or ["failed"])[-1]}
    return Growth(
        people, limit, seed, **facts, peak_mb=round(peak),
        machine=record.machine(), commit=record.commit(),
    )  # fmt: skip


def _watched(child: subprocess.Popen[bytes]) -> float:
    """Wait for a process; return the most megabytes that it and its descendants had together."""
    peak = 0.0
    while child.poll() is None:
        peak = max(peak, sum(megabytes(pid) for pid in tree(child.pid)))
        time.sleep(BETWEEN_LOOKS)
    return peak


def tree(root: int) -> Iterator[int]:
    """Yield a process and all its descendants (Linux)."""
    children = defaultdict(list)
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = Path("/proc", entry, "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue  # it ended just now
            children[int(stat.rpartition(")")[2].split()[1])].append(int(entry))
    found = [root]
    for pid in found:
        yield pid
        found += children[pid]


def megabytes(pid: int) -> float:
    """Memory of one process; what it shares with others is divided among them."""
    try:
        rows = Path("/proc", str(pid), "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(r.split()[1]) / 1024 for r in rows if r.startswith("Pss:")), 0.0)


HEADER = (
    "people", *STEPS, "first programme", "sectioning", "value", "proven bound", "gap",
    "sectioning gap", "report MB", "peak MB",
)  # fmt: skip


def row(found: Growth) -> Iterator[str]:
    """Yield the cells of one size."""
    yield f"{found.people:,}"
    yield from (_seconds(found.seconds.get(step)) for step in STEPS)
    yield _seconds(found.first)
    yield _seconds(found.section_seconds)
    yield "–" if found.value is None else f"{found.value:,}"
    yield "–" if found.bound is None else f"{found.bound:,}"
    yield _gap(found.value, found.bound)
    yield _gap(found.section_points, found.section_bound, 4)
    yield f"{found.report_mb:.1f}"
    yield f"{found.peak_mb:,.0f}"


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.1f}"


def _gap(value: int | None, bound: int | None, digits: int = 2) -> str:
    return "–" if not value or bound is None else f"{(bound - value) / value:.{digits}%}"


def read(path: Path) -> dict[tuple[int, float, int], Growth]:
    """Return the last line of each size, limit and seed."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    found = (Growth(**json.loads(line)) for line in lines)
    return {(g.people, g.limit, g.seed): g for g in found if not g.message}


def rendered(found: Iterable[Growth]) -> Iterator[str]:
    """Yield the table."""
    sizes = sorted(found, key=lambda g: (g.limit, g.people, g.seed))
    yield f"| {' | '.join(HEADER)} |"
    yield f"|{'---|' * len(HEADER)}"
    yield from (f"| {' | '.join(row(size))} |" for size in sizes)
    limits = ", ".join(dict.fromkeys(f"{g.limit:g} s" for g in sizes))
    where = ", ".join(
        dict.fromkeys(f"{g.machine['cores']} cores of {g.machine['cpu']}" for g in sizes)
    )
    commits = ", ".join(dict.fromkeys(g.commit[:9] for g in sizes))
    yield f"\nLimit of the solve {limits}; commit {commits}; {where}."


def write(readme: Path, path: Path) -> int:
    """Put the table between its markers in the README."""
    before, _, rest = readme.read_text(encoding="utf-8").partition(START)
    _, end, after = rest.partition(END)
    if not end:
        raise SystemExit(f"{readme.name} has no markers {START} and {END}")
    content = "\n".join(rendered(read(path).values()))
    readme.write_text(f"{before}{START}\n{content}\n{END}{after}", encoding="utf-8")
    return 0
