"""CP-SAT beside the search: its bounds and its programmes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, room
from tests.search.oracles import a_programme, most_points
from tests.search.small import ANY, examples, problems

from spilrooster.problem import Problem
from spilrooster.rules import Pinned
from spilrooster.search import proving
from spilrooster.search.annealing_stage import AnnealingStage
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.proving import SOURCE, Proving, ProvingStage
from spilrooster.search.sources import Sources
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings


def context_of(problem: Problem, limits: Limits) -> Context:
    clock = Clock(limits)
    return Context(problem, Workshop(problem), Standings(problem, clock), clock, seed=1)


def finished(context: Context) -> Standings:
    """Start CP-SAT and wait until it has done what the limit allows."""
    ProvingStage().run(context, context.clock.left())
    assert context.standings.source is not None
    context.standings.source.finish()
    assert not context.standings.source.running
    return context.standings


@examples(20)
@given(problems(ANY), st.booleans())
def test_it_proves_the_optimum_of_small_events_and_finds_it(problem: Problem, hint: bool) -> None:
    truth = most_points(problem)
    context = context_of(problem, Limits(work=20))
    start = a_programme(problem, 1) if hint else None
    if start is not None:
        context.standings.offer(start, "start")
        if context.standings.settled:
            return
    now = finished(context)
    assert now.infeasible == (truth is None)
    if truth is not None:
        assert (now.value, now.bound) == (truth, truth)


DAY = event("abcd", ["r1", "r2"], ("t1", "t2"), "pqrs",
            [choice(p, s, 1 + i) for p in "pqrs" for i, s in enumerate("abcd")])  # fmt: skip


def test_with_a_work_limit_nothing_is_told_before_the_end() -> None:
    context = context_of(Problem.of(DAY), Limits(work=20))
    ProvingStage().run(context, 20)
    source = context.standings.source
    assert isinstance(source, Proving)
    while source.running:
        source.poll()
    source.poll()
    assert context.standings.programme is None
    source.finish()
    assert context.standings.settled


def test_with_a_time_limit_it_is_told_at_once() -> None:
    context = context_of(Problem.of(DAY), Limits(seconds=60))
    ProvingStage().run(context, 60)
    while not context.standings.settled:
        context.standings.tell("waiting")
    assert context.standings.bound_source in {SOURCE, "ideal"}
    assert context.standings.source is not None
    context.standings.source.finish()


def test_that_there_is_no_programme_is_told() -> None:
    twice = [Pinned(session="a", round="t1"), Pinned(session="a", round="t2")]
    now = finished(context_of(Problem.of(DAY, twice), Limits(seconds=60)))
    assert now.infeasible


def test_an_event_that_is_too_large_for_its_limit_is_left_alone() -> None:
    context = context_of(Problem.of(DAY), Limits(seconds=1e-3))
    ProvingStage().run(context, 1e-3)
    assert context.standings.source is None


class Told:
    """A bound source that notes what is asked of it."""

    def __init__(self, running: bool, wants_core: bool = False) -> None:
        self.running = running
        self.wants_core = wants_core
        self.heard: list[str] = []

    def spread(self) -> None:
        self.heard.append("spread")

    def poll(self) -> None:
        self.heard.append("poll")

    def finish(self) -> None:
        self.heard.append("finish")


def test_several_sources_are_one_that_runs_as_long_as_any() -> None:
    first, second = Told(running=False), Told(running=True)
    both = Sources.of(first, second)
    assert Sources.of(None, second) is second
    assert both.running
    both.poll()
    both.finish()
    assert first.heard == second.heard == ["poll", "finish"]
    second.running = False
    assert not both.running


def test_the_core_of_the_search_goes_to_the_only_source_left_that_wants_it() -> None:
    modest, greedy = Told(running=True), Told(running=True, wants_core=True)
    both = Sources.of(modest, greedy)
    assert not both.wants_core
    modest.running = False
    assert both.wants_core
    both.spread()
    assert (modest.heard, greedy.heard) == ([], ["spread"])
    greedy.wants_core = False
    assert not both.wants_core


def test_it_leaves_the_core_to_a_source_that_proves_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "TRIAL", 0.0)
    context = context_of(Problem.of(DAY), Limits(seconds=60))
    ProvingStage().run(context, 60)
    source = context.standings.source
    assert isinstance(source, Proving)
    context.standings.offer_bound(context.problem.ideal, "round plans")
    assert not source.beaten
    context.standings.offer_bound(-1, "round plans")
    assert source.beaten
    source.finish()


class Proven:
    """A bound source that knows at once that nothing better exists."""

    def __init__(self, standings: Standings) -> None:
        self._standings = standings
        self.running = True
        self.wants_core = False

    def spread(self) -> None:
        raise AssertionError("it wants no core")

    def poll(self) -> None:
        if self._standings.value is not None:
            self._standings.offer_bound(self._standings.value, SOURCE)

    def finish(self) -> None:
        self.running = False


def test_annealing_ends_when_its_programme_is_proven_meanwhile() -> None:
    """Bug: after 29 seconds of 40 the optimum was proven, and annealing went on to the end."""
    crowd = [choice(p, "a", 1) for p in "pqrs"]
    context = context_of(Problem.of(event("ab", [room("r", 1)], ("t1", "t2"), "pqrs", crowd)),
                         Limits(work=50))  # fmt: skip
    AnnealingStage().run(context, 0.1)
    assert context.standings.value is not None
    work = context.clock.work
    context.standings.source = Proven(context.standings)
    AnnealingStage().run(context, 20)
    assert context.clock.work - work < 1
