"""The annealing stage: within its allowance, the same for the same work, and in order of seeds."""

from __future__ import annotations

import itertools

from tests.rules.tiny import choice, event, room, session

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.search.annealing_stage import PORTION, AnnealingStage
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings
from spilrooster_models import Event

PEOPLE = [f"p{i}" for i in range(12)]
DAY = event(
    [session(s, max_runs=2) for s in "abcdef"],
    [room("r1", 3), room("r2", 5)],
    ("t1", "t2", "t3"),
    PEOPLE,
    [choice(p, "abcdef"[(i + k * k) % 6], k) for i, p in enumerate(PEOPLE) for k in (1, 2, 3)],
)


def annealed(
    day: Event, limits: Limits, runs: int = 2, allowance: float = 0.4, seed: int = 1, stop: int = 0
) -> Standings:
    asked = itertools.count(1)
    problem = Problem.of(day)
    clock = Clock(limits, lambda: bool(stop) and next(asked) >= stop)
    standings = Standings(problem, clock)
    context = Context(problem, Workshop(problem), standings, clock, seed)
    AnnealingStage(runs).run(context, allowance)
    return standings


def test_it_finds_a_programme_that_keeps_every_rule() -> None:
    now = annealed(DAY, Limits(work=1))
    assert now.programme is not None
    assert not any(finding.broken for finding in check(now.problem, now.programme))
    assert now.value is not None
    assert now.value > 0.7 * now.bound


def test_it_spends_about_its_allowance() -> None:
    for allowance in (0.3, 0.8):
        work = annealed(DAY, Limits(work=5), allowance=allowance).clock.work
        assert allowance - PORTION < work < 1.3 * allowance + 2 * PORTION


def test_the_same_work_and_seed_give_the_same_programme() -> None:
    one, two = (annealed(DAY, Limits(work=1), seed=4) for _ in range(2))
    assert one.programme == two.programme
    assert [m.value for m in one.moments] == [m.value for m in two.moments]


def test_it_stops_when_it_is_cancelled() -> None:
    now = annealed(DAY, Limits(work=1000), allowance=900, stop=5)
    assert now.clock.work < 1


def test_an_event_without_sessions_rounds_or_rooms_gets_no_programme_here() -> None:
    for empty in (event("", people="p"), event("a", rooms=(), people="p"), event("a", times=())):
        now = annealed(empty, Limits(work=1))
        assert (now.programme, now.clock.work) == (None, 0)
