"""Where the time goes: moves of the fast search per second, and the time of each stage."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cases import BY_NAME
from spilrooster import Limits, Problem
from spilrooster.search.anneal import Annealing
from spilrooster.search.arrays import Arrays
from spilrooster.search.candidate import Workshop
from spilrooster.search.stage import Context, Stage
from spilrooster.solve import ENGINE, solve

MOVES = 50_000
LOOKS = 500
"""Moves after which the people they touched are counted, one by one."""


class Timed:
    """A stage that writes down how long it ran and the value after it."""

    def __init__(self, stage: Stage, lines: list[tuple[str, float, int | None]]) -> None:
        self.name = stage.name
        self._stage, self._lines = stage, lines

    def run(self, context: Context, allowance: float) -> None:
        """Run the stage."""
        start = time.monotonic()
        self._stage.run(context, allowance)
        kind = type(self._stage).__name__
        self._lines.append((kind, time.monotonic() - start, context.standings.value))


def profile(case: str, seconds: float, seed: int, public: Path) -> Iterator[str]:
    """Yield lines about the fast search, and about a solve of so many seconds."""
    problem = BY_NAME[case].load(public).problem
    yield from _of_search(problem, seed)
    lines: list[tuple[str, float, int | None]] = []
    engine = [(Timed(stage, lines), share) for stage, share in ENGINE]
    start = time.monotonic()
    solve(problem, Limits(seconds=seconds), seed=seed, engine=engine)
    whole = time.monotonic() - start
    yield f"solve: {whole:.1f} s"
    for kind, took, value in lines:
        yield f"  {kind:<22}{took:7.2f} s {took / whole:5.0%}  value after it: {value}"


def _of_search(problem: Problem, seed: int) -> Iterator[str]:
    workshop = Workshop(problem)
    arrays: Arrays = workshop.arrays
    Annealing(arrays, 2, seed).advance(1)  # compiles
    annealing = Annealing(arrays, MOVES, seed)
    start = time.process_time()
    annealing.advance(MOVES)
    spent = time.process_time() - start
    speed = MOVES / spent
    people = _people_per_move(arrays, seed)
    yield f"search: {speed:,.0f} moves/s, {people:.1f} people choose again per move tried"
    yield f"        {speed * people:,.0f} days/s, {1e6 / speed:.1f} µs a move"
    workshop.programme(annealing.best)  # compiles
    start = time.process_time()
    programme = workshop.programme(annealing.best)
    found = "a programme" if programme is not None else "no programme"
    yield f"attendances of the best board: {time.process_time() - start:.2f} s, {found}"


def _people_per_move(arrays: Arrays, seed: int) -> float:
    """Count people over the last moves of a run, when few moves help; 0 where none was tried."""
    annealing = Annealing(arrays, MOVES, seed)
    annealing.advance(MOVES - LOOKS)
    undo = annealing.board.undo
    touched = 0
    for _ in range(LOOKS):
        before = int(undo.clock[0])
        annealing.advance(1)
        touched += int(undo.touched[0]) if undo.clock[0] > before else 0
    return touched / LOOKS
