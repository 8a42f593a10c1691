"""The runner: every case by every peer with every seed, each in a fresh process.

It imports neither the planner nor a solver: what it starts would inherit its peak memory.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from benchmarks import record
from benchmarks.cases import ROOT, Case
from benchmarks.peers import OURS
from benchmarks.record import FAILED, Key, Line

PATIENCE = (3.0, 180.0)
"""A process may take so many times its limit, and so many seconds more, to read and to check."""

WARM_UP = ("spil125", OURS, 10.0, 1)
"""Compiles the kernels once; they are cached for every later process."""


@dataclass(frozen=True)
class Plan:
    """What to run.

    Attributes
    ----------
    public
        Folder of the public sets.
    out
        Result file to add to.
    patience
        See `PATIENCE`.
    """

    cases: Sequence[Case]
    peers: Sequence[str]
    seconds: float
    seeds: Sequence[int]
    public: Path
    out: Path
    patience: tuple[float, float] = PATIENCE

    def runs(self) -> Iterator[Key]:
        """Yield the runs; peers take turns, so that a stopped series still compares."""
        for case in self.cases:
            if case.is_there(self.public):
                for seed in self.seeds:
                    for peer in self.peers:
                        yield case.name, peer, self.seconds, seed


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code (None if it was stopped), output and use."""

    code: int | None
    output: str
    errors: str
    seconds: float
    cpu_seconds: float
    peak_mb: float


def run(plan: Plan, warm_up: bool = True) -> int:
    """Run what is not in the result file yet; return how many runs were added."""
    for case in plan.cases:
        if not case.is_there(plan.public):
            say(f"{case.name}: its files are not there (see --public); passed over")
    done = {k for k, line in record.latest(record.read(plan.out)).items() if line.status != FAILED}
    to_do = [key for key in plan.runs() if key not in done]
    say(f"{len(to_do)} runs to do, {len([*plan.runs()]) - len(to_do)} done before")
    if warm_up and any(peer == OURS for _, peer, _, _ in to_do):
        process(command_of(WARM_UP), plan.public, plan.patience)
    for number, key in enumerate(to_do, start=1):
        line = one(key, plan)
        record.append(plan.out, line)
        say(f"{number}/{len(to_do)} {summary(line)}")
    return len(to_do)


def one(key: Key, plan: Plan) -> Line:
    """Run one case in a fresh process and return its line."""
    command = command_of(key)
    ended = process(command, plan.public, plan.patience)
    line = _line_of(key, ended)
    return dataclasses.replace(
        line,
        process_seconds=round(ended.seconds, 3),
        cpu_seconds=round(ended.cpu_seconds, 3),
        peak_mb=round(ended.peak_mb, 1),
        machine=record.machine(),
        commit=record.commit(),
        command="python " + " ".join(command),
        date=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    )


def _line_of(key: Key, ended: Ended) -> Line:
    case, peer, seconds, seed = key
    if ended.code is None:
        return Line(case, peer, seconds, seed, "over time", message="stopped by the runner")
    try:
        content = json.loads(ended.output.splitlines()[-1]) if ended.code == 0 else None
    except (IndexError, json.JSONDecodeError):
        content = None
    if content is None:
        reason = f"exit code {ended.code}: {last_words(ended.errors)}"
        return Line(case, peer, seconds, seed, FAILED, message=reason)
    return Line(**content)


def last_words(errors: str) -> str:
    """Return the last line of an error message, without the folders of this machine."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    return re.sub(r"(/[\w.+-]+){2,}", "(path)", lines[-1] if lines else "")[:300]


def command_of(key: Key) -> list[str]:
    """Return the arguments for Python that repeat a run."""
    case, peer, seconds, seed = key
    chosen = ["--case", case, "--peer", peer, "--seconds", f"{seconds:g}", "--seed", str(seed)]
    return ["-m", "benchmarks", "one", *chosen]


def process(command: Sequence[str], public: Path, patience: tuple[float, float]) -> Ended:
    """Run Python with these arguments and measure it.

    `wait4` tells what this one process used; it and what it started make up a group of their own,
    so that stopping it touches nothing else.
    """
    limit = patience[0] * float(command[command.index("--seconds") + 1]) + patience[1]
    start = time.monotonic()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(
            [sys.executable, *command, "--public", str(public)],
            stdin=subprocess.DEVNULL, stdout=output, stderr=errors,
            cwd=ROOT, start_new_session=True,
        )  # fmt: skip
        try:
            code, used = _wait(child, start + limit)
        except BaseException:  # Ctrl-C too: nothing may be left running
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            raise
        return Ended(
            code=code,
            output=_text(output),
            errors=_text(errors),
            seconds=time.monotonic() - start,
            cpu_seconds=used[0],
            peak_mb=used[1],
        )


def _wait(child: subprocess.Popen[bytes], end: float) -> tuple[int | None, tuple[float, float]]:
    """Wait until a process ends, or end it; return its code, processor time and peak memory."""
    stopped = False
    while True:
        pid, status, used = os.wait4(child.pid, 0 if stopped else os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            code = None if stopped else child.returncode
            return code, (used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
        if time.monotonic() > end:
            os.killpg(child.pid, signal.SIGKILL)
            stopped = True
        else:
            time.sleep(0.05)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", errors="replace")


def summary(line: Line) -> str:
    """One row about a run for whoever waits."""
    wrong = {**line.broken, **line.defects, **({"contradiction": 1} if line.contradiction else {})}
    gap = "" if line.gap is None else f", gap {line.gap:.2%}"
    what = f"{line.case} {line.peer} seed {line.seed}: {line.status} {line.value_text} {line.unit}"
    ends = f", {line.wall_seconds} s, {line.peak_mb:.0f} MB" if line.peak_mb else ""
    return f"{what}, bound {line.bound_text}{gap}{ends} {wrong or ''} {line.message}".rstrip()


def say(text: str) -> None:
    """Tell whoever waits."""
    print(text, file=sys.stderr, flush=True)
