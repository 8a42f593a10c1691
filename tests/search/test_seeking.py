"""CP-SAT on the hard rules, beside the stages that look for a first programme."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from ortools.sat.python import cp_model
from tests.rules.tiny import choice, event, person
from tests.search.oracles import a_programme
from tests.search.small import ANY, examples, problems

import spilrooster as sr
from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.rules import Floor, KeepApart, KeepTogether, MustAttend
from spilrooster.search import seeking
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.seeking import SeekingStage
from spilrooster.search.solver import Solving
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings
from spilrooster_models import Event


def day(people: str = "pq") -> Event:
    wishes = [choice(p, s, i) for p in people for i, s in enumerate("abc", 1)]
    return event("abc", ["r1", "r2"], ("t1", "t2"), [person(p) for p in people], wishes)


CLASH = Problem.of(day(), [Floor(least_choices=2), KeepTogether(pairs=(("a", "b"),)),
                           MustAttend(participants=("p",), session="a"),
                           MustAttend(participants=("p",), session="b")])  # fmt: skip
FINE = Problem.of(day(), [KeepApart(pairs=(("a", "b"),))])


def context_of(problem: Problem, limits: Limits | None = None) -> Context:
    clock = Clock(limits or Limits(seconds=30))
    return Context(problem, Workshop(problem), Standings(problem, clock), clock, 1)


def waited(context: Context) -> Context:
    source = context.standings.source
    assert source is not None
    until(lambda: not source.running)
    return context


def until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not done():
        assert time.monotonic() < end
        time.sleep(0.01)


@examples(20)
@given(problems(ANY))
def test_it_finds_a_programme_or_that_there_is_none(problem: Problem) -> None:
    context = context_of(problem)
    SeekingStage().run(context, 20)
    waited(context).standings.hear()
    impossible = a_programme(problem, 1) is None
    assert context.standings.infeasible == impossible
    assert (context.standings.programme is None) == impossible


def test_a_programme_is_offered_checked_and_once() -> None:
    context = context_of(FINE)
    SeekingStage().run(context, 20)
    waited(context).standings.hear()
    found = context.standings.programme
    assert found is not None
    assert not any(finding.broken for finding in check(FINE, found))
    moments = len(context.standings.moments)
    context.standings.hear()
    assert len(context.standings.moments) == moments


def test_nothing_is_sought_where_that_is_of_no_use() -> None:
    known = context_of(FINE)
    some = a_programme(FINE, 1)
    assert some is not None
    known.standings.offer(some, "before")
    for context in (known, context_of(FINE, Limits(work=30))):
        SeekingStage().run(context, 20)
        assert context.standings.source is None


class Endless(Solving):
    """A solver that works until it is halted."""

    def __init__(self, *_: object, **__: object) -> None:
        self._halted = threading.Event()

    def follow(self, *_: object) -> cp_model.CpSolverStatus:
        assert self._halted.wait(20)
        return cp_model.UNKNOWN

    @property
    def found(self) -> bool:
        return False

    def halt(self) -> None:
        self._halted.set()


@pytest.mark.parametrize("others_were_faster", [False, True])
def test_it_ends_when_it_is_of_no_more_use(
    monkeypatch: pytest.MonkeyPatch, others_were_faster: bool
) -> None:
    monkeypatch.setattr(seeking, "Solving", Endless)
    context = context_of(FINE)
    SeekingStage().run(context, 20)
    source = context.standings.source
    assert source is not None
    context.standings.hear()
    assert source.running
    assert not source.wants_core
    some = a_programme(FINE, 1)
    if others_were_faster and some is not None:
        context.standings.offer(some, "another")
        context.standings.hear()
    else:
        context.standings.finish()
    until(lambda: not source.running)
    assert not context.standings.infeasible


def test_a_stage_hears_before_it_begins() -> None:
    class Waiting:
        name = "waiting"

        def run(self, context: Context, allowance: float) -> None:
            waited(context)

    class Never:
        name = "never"

        def run(self, context: Context, allowance: float) -> None:
            raise AssertionError

    engine = ((SeekingStage(), 1.0), (Waiting(), 1.0), (Never(), 1.0))
    result = sr.solve(CLASH, Limits(seconds=30), engine=engine)
    assert result.status == "infeasible"
    assert result.conflict is not None
    assert "keep_together" in {rule.rule for rule in result.conflict.rules}
