"""Any programme at all: found where there is one, and only where none is known."""

from __future__ import annotations

from tests.rules.tiny import event, person, session

from spilrooster.problem import Problem
from spilrooster.rules import GroupTogether, MustAttend, PresenterPause
from spilrooster.search.any_stage import AnyStage
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings

DAY = event(
    [session("a", presenters=("p",)), session("b", presenters=("p",)), session("c", min_people=2)],
    ["r1", "r2"],
    ("t1", "t2", "t3"),
    [person("p"), *(person(q, groups=("g",)) for q in "qrs")],
)
RULES = [
    PresenterPause(),
    GroupTogether(groups=("g",)),
    MustAttend(participants=("q",), session="c"),
]


def context_of(problem: Problem) -> Context:
    clock = Clock(Limits(work=9))
    return Context(problem, Workshop(problem), Standings(problem, clock), clock, 1)


def test_a_programme_is_found_that_keeps_every_rule() -> None:
    context = context_of(Problem.of(DAY, RULES))
    AnyStage().run(context, 5)
    programme = context.standings.programme
    assert programme is not None  # standings take nothing that breaks a rule
    assert all("c" in programme.attended(DAY, q) for q in "qrs")


def test_nothing_happens_where_there_is_one_or_no_time() -> None:
    context = context_of(Problem.of(DAY, RULES))
    AnyStage().run(context, 0)
    assert context.standings.programme is None
    AnyStage().run(context, 5)
    work = context.clock.work
    AnyStage().run(context, 5)
    assert context.clock.work == work


def test_nothing_is_found_where_there_is_none() -> None:
    pins = [*RULES, MustAttend(participants=("p",), session="c"), GroupTogether(groups=("g",))]
    short = DAY.layout.model_copy(update={"rounds": DAY.layout.rounds[:2]})
    day = DAY.model_copy(update={"layout": short})
    context = context_of(Problem.of(day, pins))
    AnyStage().run(context, 5)
    assert context.standings.programme is None
