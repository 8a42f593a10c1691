"""The bound in its own process: it may die, and it never stays behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from tests.rules.tiny import choice, event, room, session

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.rules import Choices
from spilrooster.search.anneal import Annealing
from spilrooster.search.annealing_stage import AnnealingStage
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.round_plans import worker
from spilrooster.search.round_plans.stage import (
    SOURCE,
    Bounding,
    PatienceStage,
    ReadyStage,
    RoundPlansStage,
)
from spilrooster.search.round_plans.worker import Spare, Task, Worker
from spilrooster.search.stage import Context, Stage, is_stale
from spilrooster.search.standings import Standings
from spilrooster.solve import solve

has_proc = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc")

PEOPLE = [f"p{i}" for i in range(40)]
DAY = event(
    [session(s, max_runs=1 + (s in "abc")) for s in "abcdefghij"],
    [room("r1", 12), room("r2", 9), room("r3", 7)],
    ("t1", "t2", "t3", "t4"),
    PEOPLE,
    [
        choice(p, "abcdefghij"[(i * i + step * (1 + i % 3)) % 10], rank)
        for i, p in enumerate(PEOPLE)
        for rank, step in enumerate((0, 1, 2, 3), 1)
    ],
)
PROBLEM = Problem.of(DAY)


def children() -> set[int]:
    """Processes that this one started and that are not yet gone, the dead ones included."""
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that has just ended
            found.update(int(pid) for pid in (task / "children").read_text().split())
    return found


class Do:
    """A stage that does what it is given."""

    name = "test"

    def __init__(self, what: Callable[[Context], None]) -> None:
        self.what = what

    def run(self, context: Context, allowance: float) -> None:
        self.what(context)


def engine(*last: Callable[[Context], None]) -> tuple[tuple[Stage, float], ...]:
    """Search a little, start the bound, then do what is given; at the end wait for the bound."""
    stages: list[tuple[Stage, float]] = [
        (ReadyStage(), 0.0), (AnnealingStage(), 0.02), (RoundPlansStage(), 1.0),
        *((Do(what), 0.0) for what in last), (PatienceStage(), 1.0),
    ]  # fmt: skip
    return tuple(stages)


def wait_for_a_bound(context: Context) -> None:
    until = time.monotonic() + 60
    while context.standings.bound_source != SOURCE and time.monotonic() < until:
        time.sleep(0.05)
        context.standings.tell("test")
    assert context.standings.bound_source == SOURCE


@has_proc
def test_a_worker_that_is_killed_costs_no_more_than_its_next_bounds() -> None:
    before, bounds, killed = children(), [], 0.0

    def kill(context: Context) -> None:
        nonlocal killed
        wait_for_a_bound(context)
        killed = time.monotonic()
        for pid in children() - before:
            os.kill(pid, 9)
        assert context.standings.source is not None
        time.sleep(0.5)
        assert not context.standings.source.running
        context.standings.tell("test")  # what had come in by then
        bounds.append(context.standings.bound)

    result = solve(PROBLEM, Limits(seconds=500), engine=engine(kill))
    assert time.monotonic() - killed < 150  # nobody waits for the dead
    assert result.bound == bounds[0] < result.ideal
    assert result.bound_source == SOURCE
    assert not any(finding.broken for finding in check(PROBLEM, result.require()))
    assert children() == before


@has_proc
@pytest.mark.parametrize("end", ["limit", "cancelled", "error"])
def test_no_process_stays_behind(end: str) -> None:
    before, stop, seen = children(), False, set()

    def look(context: Context) -> None:
        nonlocal stop
        seen.update(children() - before)
        stop = end == "cancelled"
        if end == "error":
            raise ZeroDivisionError

    def run() -> None:
        solve(PROBLEM, Limits(seconds=5), engine=engine(look), cancelled=lambda: stop)

    if end == "error":
        with pytest.raises(ZeroDivisionError):
            run()
    else:
        run()
    assert len(seen) == 1
    assert children() == before


def test_a_worker_whose_parent_is_gone_ends_by_itself() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", worker.__name__],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    out, errors = process.communicate(timeout=120)
    assert (process.returncode, out, errors) == (0, b"", b"")


def test_a_worker_can_be_sent_a_task_after_it_died() -> None:
    dead = Worker()
    dead._process.kill()
    dead._process.wait()
    arrays = Workshop(PROBLEM).arrays
    dead.send(Task(arrays, np.full((4, 3), -1), Limits(seconds=1), 1))
    assert dead.take() == []
    dead.stop()
    assert not dead.running


def test_a_task_is_written_down_before_the_search_goes_on() -> None:
    """Bug: a thread wrote it while the search added to the arrays, and no bound ever came."""
    threads: list[int] = []

    class Seen(Task):
        def __reduce__(self) -> tuple[type[int], tuple[int]]:
            threads.append(threading.get_ident())
            return int, (1,)

    dead = Worker()
    dead._process.kill()
    dead._process.wait()
    dead.send(Seen(Workshop(PROBLEM).arrays, np.full((4, 3), -1), Limits(seconds=1), 1))
    dead.stop()
    assert threads == [threading.get_ident()]


def outcome(spread: bool) -> list[int]:
    """All bounds of a worker with a work limit; with `spread` it may use two cores."""
    busy, arrays = Worker(), Workshop(PROBLEM).arrays
    busy.spread()  # nobody listens before there is a task
    busy.send(Task(arrays, Annealing(arrays, 2000, 1).best, Limits(work=1.5), 1))
    while busy.running:
        if spread:
            busy.spread()
        time.sleep(0.01)
    if spread:
        busy.spread()  # nobody listens any more
    busy.stop()
    return busy.take()


def test_a_second_core_changes_no_bound() -> None:
    bounds = outcome(spread=False)
    assert len(bounds) > 1
    assert outcome(spread=True) == bounds


def test_there_is_one_more_thread_from_the_moment_that_a_core_is_free() -> None:
    spare = Spare()
    assert spare() is None
    spare.begin()
    pool = spare()
    assert pool is not None
    spare.begin()
    assert spare() is pool
    pool.shutdown()


class Silent(Worker):
    """No process at all: bounds are what the test puts in."""

    def __init__(self, *news: int) -> None:
        self.news, self.tasks, self.stopped = [*news], list[Task](), False
        self.alive, self.spreads = False, 0

    def send(self, task: Task) -> None:
        self.tasks.append(task)

    def take(self) -> list[int]:
        news, self.news = self.news, []
        return news

    @property
    def running(self) -> bool:
        return self.alive

    def spread(self) -> None:
        self.spreads += 1
        self.alive = self.spreads < 3

    def stop(self) -> None:
        self.stopped = True


def bounding(limits: Limits, *news: int) -> tuple[Bounding, Standings, Silent]:
    clock = Clock(limits)
    standings, silent = Standings(PROBLEM, clock), Silent(*news)
    source = standings.source = Bounding(silent, standings, clock)
    return source, standings, silent


def test_with_a_time_limit_bounds_are_taken_at_once() -> None:
    source, standings, silent = bounding(Limits(seconds=9), 700, 650, 680)
    source.poll()
    assert (standings.bound, standings.bound_source) == (650, SOURCE)
    source.finish()
    assert silent.stopped


def test_with_a_work_limit_bounds_wait_for_the_end() -> None:
    """So that the search does not depend on which process was faster."""
    source, standings, _ = bounding(Limits(work=9), 650)
    source.poll()
    assert standings.bound == PROBLEM.ideal
    source.finish()
    assert standings.bound == 650


def at_work(limits: Limits) -> tuple[Context, Silent]:
    source, standings, silent = bounding(limits)
    context = Context(PROBLEM, Workshop(PROBLEM), standings, standings.clock, seed=1)
    AnnealingStage().run(context, 0.1)
    silent.alive = True
    source.begin(Task(context.workshop.arrays, np.full((4, 3), -1), limits, 1))
    return context, silent


def test_when_nothing_is_left_to_search_the_bound_gets_the_core() -> None:
    context, silent = at_work(Limits(seconds=60))
    PatienceStage().run(context, 60)
    assert silent.spreads == 3


def test_a_search_that_finds_no_more_is_stale_if_the_bound_can_use_its_core() -> None:
    context, silent = at_work(Limits(seconds=60))
    begin = context.clock.spent()
    standings = context.standings
    standings.improved = begin - 1.0
    time.sleep(0.1)
    assert is_stale(context, begin, 0.05)
    assert not is_stale(context, begin, 9.0)  # it may go on for so long
    standings.improved = context.clock.spent() - 0.02
    assert not is_stale(context, begin, 0.05)  # it found something just now
    standings.improved = begin
    silent.alive = False
    assert not is_stale(context, begin, 0.05)  # nobody wants the core
    counting, _ = at_work(Limits(work=60))
    counting.standings.improved = 0.0
    counting.clock.charge(9.0)
    assert not is_stale(counting, 0.0, 0.05)


def handed_over(problem: Problem, limits: Limits) -> tuple[list[Task], Workshop]:
    """The tasks of the stage when a programme is known."""
    clock = Clock(limits)
    standings, silent, workshop = Standings(problem, clock), Silent(), Workshop(problem)
    standings.source = Bounding(silent, standings, clock)
    context = Context(problem, workshop, standings, clock, seed=5)
    RoundPlansStage().run(context, 1.0)
    assert silent.tasks == []  # nothing to start from
    AnnealingStage().run(context, 0.3)
    assert standings.programme is not None
    RoundPlansStage().run(context, 2.5)
    return silent.tasks, workshop


def test_the_task_is_the_best_programme_with_the_allowance_as_limit() -> None:
    for limits, given in (
        (Limits(seconds=60), Limits(seconds=2.5)),
        (Limits(work=60), Limits(work=2.5)),
    ):
        (task,), workshop = handed_over(PROBLEM, limits)
        assert (task.limits, task.seed) == (given, 5)
        assert task.arrays is workshop.arrays
        assert workshop.programme(task.occupant) is not None


def test_choices_on_a_lower_level_are_not_bounded() -> None:
    """Bug: the bound was about points, the value about something else."""
    tasks, _ = handed_over(Problem.of(DAY, [Choices(level=2)]), Limits(work=60))
    assert tasks == []


def test_after_the_search_the_bound_goes_on_for_as_long_as_asked() -> None:
    short = solve(PROBLEM, Limits(work=0.2), engine=engine())
    longer = solve(PROBLEM, Limits(work=0.2, prove=2), engine=engine())
    assert short.bound is not None
    assert longer.bound is not None
    assert longer.value == short.value
    assert longer.bound < short.bound
    timed = solve(PROBLEM, Limits(seconds=6, prove=5), engine=engine())
    assert timed.bound_source == SOURCE
    assert timed.value is not None
    assert timed.bound is not None
    assert timed.value <= timed.bound


def test_proving_for_less_than_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="prove"):
        Limits(prove=-1)
