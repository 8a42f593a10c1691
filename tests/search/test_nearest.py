"""Nearest: runs that break a rule that the search does not know move as little as can be."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.rules.tiny import choice, event, person, room, session
from tests.search.oracles import a_programme, most_points
from tests.search.test_unknown_rules import NotAtTheEnd

from spilrooster.problem import Problem
from spilrooster.rules import (
    BalanceRounds,
    KeepTogether,
    MixPerRound,
    PresenterPause,
    Rule,
    SameRoom,
    Spread,
)
from spilrooster.search.annealing_stage import AnnealingStage
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.nearest import lawful_runs
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings
from spilrooster_models import Programme

NAMES = [f"p{i}" for i in range(9)]
DAY = event(
    [
        session("a", theme="care", presenters=("p0",), max_runs=2),
        session("b", theme="care", presenters=("p0",)),
        session("c", theme="work", min_runs=2, max_runs=2),
        session("d", theme="work", max_runs=2),
        session("e", theme="care"),
    ],
    [room("r1", 4), room("r2", 6)],
    ("t1", "t2", "t3"),
    [
        person(
            name,
            organisation="xyz"[i // 3],
            groups=(f"g{i % 3}",),
        )
        for i, name in enumerate(NAMES)
    ],
    [choice(p, "abcde"[(i // 3 + k) % 5], k + 1) for i, p in enumerate(NAMES) for k in range(3)],
)
ABOUT_RUNS: tuple[Rule, ...] = (
    PresenterPause(),
    Spread(parts=(("t1",), ("t2", "t3"))),
    MixPerRound(column="theme"),
    SameRoom(),
    NotAtTheEnd(theme="work"),
)


def breaking(rules: Sequence[Rule]) -> Programme:
    """A programme that keeps every other rule and breaks these."""
    workshop = Workshop(Problem.of(DAY))
    for seed in range(50):
        some = a_programme(Problem.of(DAY), seed)
        assert some is not None
        found = workshop.programme(workshop.arrays_of(some)[0])
        if found is not None and all(
            any(f.broken for f in rule.findings(DAY, found)) for rule in rules
        ):
            return found
    raise AssertionError("these rules do not bind")


def context_of(rules: Sequence[Rule], work: float = 10) -> Context:
    problem = Problem.of(DAY, rules)
    clock = Clock(Limits(work=work))
    return Context(problem, Workshop(problem), Standings(problem, clock), clock, 1)


def moved(context: Context, start: Programme) -> Programme:
    """The programme that is made of the runs nearest to those of `start`."""
    occupant, _ = context.workshop.arrays_of(start)
    return context.workshop.unattended(lawful_runs(context, occupant))


@pytest.mark.parametrize("rule", ABOUT_RUNS, ids=lambda rule: rule.rule)
def test_runs_that_break_a_rule_are_mended(rule: Rule) -> None:
    assert not [*rule.findings(DAY, moved(context_of([rule]), breaking([rule])))]


def test_several_rules_at_once() -> None:
    rules = ABOUT_RUNS[:3]
    found = moved(context_of(rules), breaking(rules[:2]))
    assert not [finding for rule in rules for finding in rule.findings(DAY, found)]


def test_runs_that_keep_the_rules_stay_and_cost_nothing() -> None:
    start = breaking([PresenterPause()])
    context = context_of([BalanceRounds(difference=9), PresenterPause(weight=5)])
    assert {*moved(context, start).runs} == {*start.runs}
    assert context.clock.work == 0


def test_only_the_runs_in_the_way_move() -> None:
    rule = NotAtTheEnd(theme="work")
    start = breaking([rule])
    found = moved(context_of([rule]), start)
    assert len({*found.runs} & {*start.runs}) >= len(start.runs) - 2 * len(
        [*rule.findings(DAY, start)]
    )


def test_where_no_runs_keep_the_rules_they_stay_as_they_are() -> None:
    rules = [PresenterPause(), KeepTogether(pairs=(("a", "b"),))]
    start = breaking(rules[:1])
    assert {*moved(context_of(rules), start).runs} == {*start.runs}


def test_without_time_they_stay_as_they_are() -> None:
    start = breaking([PresenterPause()])
    context = context_of([PresenterPause()])
    context.clock.charge(10)
    assert {*moved(context, start).runs} == {*start.runs}


def test_the_search_alone_then_finds_a_good_programme() -> None:
    problem = Problem.of(DAY, ABOUT_RUNS[:2])
    context = context_of(ABOUT_RUNS[:2])
    AnnealingStage().run(context, 0.3)
    best = most_points(problem)
    assert context.standings.value is not None
    assert best is not None
    assert 0.8 * best <= context.standings.value <= best
