"""The repair stage: a first programme where the search's own breaks a rule."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, room, session
from tests.search.oracles import most_points
from tests.search.small import ANY, boards, examples, problems
from tests.search.test_neighbourhoods import NeverTogether

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.model import worthwhile
from spilrooster.search.repair import RepairStage
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings


def context_of(problem: Problem) -> Context:
    clock = Clock(Limits(work=20))
    return Context(problem, Workshop(problem), Standings(problem, clock), clock, seed=1)


@examples(30)
@given(st.data())
def test_from_any_runs_it_ends_with_a_lawful_programme_if_there_is_one(
    data: st.DataObject,
) -> None:
    problem = data.draw(problems(ANY))
    context = context_of(problem)
    context.workshop.tried = data.draw(boards(context.workshop.arrays))
    RepairStage().run(context, 20)
    truth = most_points(problem)
    assert (context.standings.value is None) == (truth is None)
    if truth is not None:
        assert context.standings.value is not None
        assert context.standings.value <= truth


PEOPLE = [f"p{i}" for i in range(6)]
DAY = event(
    [session("a"), session("b")],
    [room("r1", 6), room("r2", 6)],
    ("t1", "t2"),
    PEOPLE,
    [choice(p, s, 1 + i) for p in PEOPLE for i, s in enumerate("ab")],
)


def test_it_keeps_the_runs_that_were_tried_and_seats_people_by_every_rule() -> None:
    """Everybody would take both sessions, but two may not meet: the search does not know."""
    problem = Problem.of(DAY, [NeverTogether(people=("p0", "p1"))])
    context = context_of(problem)
    occupant = np.array([[0, -1], [1, -1]])  # a in t1, b in t2, both in r1
    near = context.workshop.programme(occupant)
    assert near is not None
    assert any(finding.broken for finding in check(problem, near))
    RepairStage().run(context, 20)
    found = context.standings.programme
    assert found is not None
    assert found.runs == near.runs
    assert context.standings.value == problem.ideal - 20 - 16


def test_nothing_happens_without_runs_or_with_a_programme() -> None:
    context = context_of(Problem.of(DAY))
    RepairStage().run(context, 20)
    assert not context.standings.moments
    first = context.workshop.programme(np.array([[0, -1], [1, -1]]))
    assert first is not None
    context.standings.offer(first, "search")
    work = context.clock.work
    RepairStage().run(context, 20)
    assert context.standings.programme is first
    assert context.clock.work == work


def test_attendances_are_left_out_only_where_they_are_many_and_worth_nothing() -> None:
    problem = Problem.of(
        event(
            [session(s, min_people=1) for s in "abcdef"],
            ["r1"],
            ("t1", "t2"),
            PEOPLE,
            [choice(p, "a", 1) for p in PEOPLE[:3]],
        )
    )
    every = worthwhile(problem, 36, random.Random(1))
    assert len(every) == 36
    some = worthwhile(problem, 12, random.Random(1))
    assert {(p, "a") for p in PEOPLE[:3]} <= some.keys() < every.keys()
    assert [sum(q == p for q, _ in some) for p in PEOPLE] == [2] * 6
