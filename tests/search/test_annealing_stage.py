"""The stages that anneal: within their allowance, and the same for the same seed and work."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from tests.rules.tiny import choice, event, room, session

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.search import annealing_run
from spilrooster.search.anneal import Annealing
from spilrooster.search.annealing_run import PORTION, Speeds
from spilrooster.search.annealing_stage import AnnealingStage
from spilrooster.search.arrays import Arrays
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.reheating_stage import ReheatingStage
from spilrooster.search.stage import Context, Stage
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


STAGES: dict[str, Stage] = {"annealing": AnnealingStage(), "reheating": ReheatingStage()}
both = pytest.mark.parametrize("stage", STAGES.values(), ids=[*STAGES])


def annealed(
    stage: Stage,
    day: Event,
    limits: Limits,
    allowance: float = 0.4,
    seed: int = 1,
    stop: int = 0,
) -> Standings:
    asked = itertools.count(1)
    problem = Problem.of(day)
    clock = Clock(limits, lambda: bool(stop) and next(asked) >= stop)
    standings = Standings(problem, clock)
    stage.run(Context(problem, Workshop(problem), standings, clock, seed), allowance)
    return standings


@both
def test_it_finds_a_programme_that_keeps_every_rule(stage: Stage) -> None:
    now = annealed(stage, DAY, Limits(work=1))
    assert now.programme is not None
    assert not any(finding.broken for finding in check(now.problem, now.programme))
    assert now.value is not None
    assert now.value > 0.7 * now.bound


@both
def test_it_spends_about_its_allowance(stage: Stage) -> None:
    for allowance in (0.3, 0.8):
        work = annealed(stage, DAY, Limits(work=5), allowance=allowance).clock.work
        assert allowance - PORTION < work < 1.3 * allowance + 3 * PORTION


@both
def test_the_same_work_and_seed_give_the_same_programme(stage: Stage) -> None:
    one, two = (annealed(stage, DAY, Limits(work=1), seed=4) for _ in range(2))
    assert one.programme == two.programme
    assert [m.value for m in one.moments] == [m.value for m in two.moments]


@both
def test_it_stops_when_it_is_cancelled(stage: Stage) -> None:
    now = annealed(stage, DAY, Limits(work=1000), allowance=900, stop=5)
    assert now.clock.work < 1


@both
def test_an_event_without_sessions_rounds_or_rooms_gets_no_programme_here(stage: Stage) -> None:
    for empty in (event("", people="p"), event("a", rooms=(), people="p"), event("a", times=())):
        now = annealed(stage, empty, Limits(work=1))
        assert (now.programme, now.clock.work) == (None, 0)


def crowd() -> Event:
    """Ninety people who want other sessions than their neighbours: many boards look alike."""
    people = [f"p{i}" for i in range(90)]
    names = [f"s{i}" for i in range(24)]
    wishes = [
        choice(p, names[(5 * i + k * (2 * (i % 4) + 1)) % 24], k)
        for i, p in enumerate(people)
        for k in (1, 2, 3, 4, 5)
    ]
    rooms = [room(f"r{i}", 8 + 2 * i) for i in range(6)]
    return event([session(s) for s in names], rooms, ("t1", "t2", "t3", "t4"), people, wishes)


def test_chains_begin_with_the_best_programme_known_and_never_lose_it() -> None:
    problem = Problem.of(crowd())
    clock = Clock(Limits(work=20))
    standings = Standings(problem, clock)
    context = Context(problem, Workshop(problem), standings, clock, 3)
    AnnealingStage().run(context, 0.1)
    before = standings.value
    ReheatingStage().run(context, 4)
    assert before is not None
    assert standings.value is not None
    assert standings.value > before


@pytest.fixture
def small_samples(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A crowd is a large event: runs look at samples of it. Returns of how many people."""
    monkeypatch.setattr(annealing_run, "SAMPLE_ABOVE", 50)
    monkeypatch.setattr(annealing_run, "FEWEST_PEOPLE", 30)
    seen: list[int] = []

    class Noted(Annealing):
        def __init__(self, arrays: Arrays, moves: int, *data: Any, **more: Any) -> None:
            seen.append(arrays.people)
            super().__init__(arrays, moves, *data, **more)

    monkeypatch.setattr(annealing_run, "Annealing", Noted)
    return seen


def test_in_a_large_event_runs_look_at_as_many_people_as_there_is_time_for(
    small_samples: list[int],
) -> None:
    found = {}
    for limit in (0.6, 2.0, 5.0):
        small_samples.clear()
        problem = Problem.of(crowd())
        clock = Clock(Limits(work=2 * limit))
        standings = Standings(problem, clock)
        context = Context(problem, Workshop(problem), standings, clock, 3)
        AnnealingStage().run(context, 0.05 * limit)
        first = standings.value
        ReheatingStage().run(context, limit)
        assert standings.value is not None
        assert first is not None
        assert standings.value >= first
        found[limit] = min(small_samples), max(small_samples)
    assert found[0.6][0] == 30
    assert found[5.0][1] == 90
    assert found[0.6][1] <= found[2.0][1] <= found[5.0][1]


@pytest.mark.usefixtures("small_samples")
def test_runs_that_are_faster_than_a_sample_said_let_the_next_look_at_more_people() -> None:
    problem = Problem.of(crowd())
    speeds, counting = (
        Speeds(Context(problem, Workshop(problem), Standings(problem, clock), clock, 1))
        for clock in (Clock(Limits(seconds=60)), Clock(Limits(work=60)))
    )
    speeds.learn(30, moves=900, seconds=1.0)
    assert speeds.of(30) == 900
    assert speeds.of(60) == 450
    assert speeds.people_for(900, 2.0) == 60
    speeds.learn(60, moves=900, seconds=1.0)  # more people cost nothing
    assert speeds.people_for(900, 2.0) == 90  # everybody
    assert speeds.people_for(900, 1.2) == 72
    before = counting.of(30)
    counting.learn(30, moves=1, seconds=9.0)  # a clock that counts work goes by no clock
    assert counting.of(30) == before


def test_of_a_board_from_a_sample_only_what_it_is_worth_to_everybody_counts(
    small_samples: list[int],
) -> None:
    """The best programme stays, and what is handed over is the best board that was found."""
    one, two = (annealed(ReheatingStage(), crowd(), Limits(work=6), 4, 5) for _ in range(2))
    assert min(small_samples) < 90
    assert one.programme == two.programme
    values = [m.value for m in one.moments if m.value is not None]
    assert values == sorted(values)
    assert one.value == values[-1]


def test_a_first_look_that_finds_the_best_is_the_last() -> None:
    """Everybody has a seat for all their wishes: there is no need to go on."""
    roomy = event("ab", [room("r1", 12), room("r2", 12)], ("t1", "t2"), PEOPLE,
                  [choice(p, s, 1) for p in PEOPLE for s in "ab"])  # fmt: skip
    now = annealed(AnnealingStage(), roomy, Limits(work=99), allowance=50)
    assert now.value == now.problem.ideal
    assert now.clock.work < 5
