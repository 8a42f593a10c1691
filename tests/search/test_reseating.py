"""Rules about who sits beside whom: attendances at the same runs are worked out anew."""

from __future__ import annotations

import numpy as np
import pytest
from tests.rules.tiny import choice, event, person, room, session

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.rules import GroupTogether, LeastOf, Mix, Pinned, PresenterPause, Rule
from spilrooster.search.anneal import Annealing, opening
from spilrooster.search.arrays import Arrays
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.reseating import offer_reseated
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings
from spilrooster_models import Event, Participant

A, B, NONE = 0, 1, -1


def two_sessions() -> Event:
    """Four people, two and two who come together; one of each two wants a, the other b."""
    people = [
        person(p, groups=(g,), municipality=m, role=r)
        for p, g, m, r in (
            ("p", "g", "x", "new"), ("q", "g", "y", ""), ("r", "h", "x", "new"), ("s", "h", "y", "")
        )
    ]  # fmt: skip
    wishes = [choice(p, s, 1) for p, s in (("p", "a"), ("q", "b"), ("r", "a"), ("s", "b"))]
    wishes += [choice(p, s, 2) for p, s in (("p", "b"), ("q", "a"), ("r", "b"), ("s", "a"))]
    return event("ab", [room("r1", 2), room("r2", 2)], ("t1",), people, wishes)


def context_of(problem: Problem) -> Context:
    clock = Clock(Limits(work=50))
    return Context(problem, Workshop(problem), Standings(problem, clock), clock, 1)


@pytest.mark.parametrize(
    "rule",
    [
        Mix(column="municipality", least=2),
        LeastOf(column="role", value="new", least=1),
        GroupTogether(groups=("g", "h"), weight=9),
    ],
    ids=lambda rule: rule.rule,
)
def test_the_best_attendances_with_every_rule_are_found_at_the_same_runs(rule: Rule) -> None:
    problem = Problem.of(two_sessions(), [rule])
    context = context_of(problem)
    programme = context.workshop.programme(np.array([[A, B]]))
    assert programme is not None
    assert list(rule.findings(problem.event, programme))  # the search knows nothing of it
    offer_reseated(context, programme, "search")
    best = context.standings.programme
    assert best is not None
    assert {run.session for run in best.runs} == {run.session for run in programme.runs}
    assert not any(f.broken for f in check(problem, best))
    assert context.standings.value == 4 * 20 - 2 * 4


def test_nothing_is_done_where_the_search_knows_every_rule() -> None:
    problem = Problem.of(
        two_sessions(), [PresenterPause(), Mix(column="role", least=2, level=2, weight=1)]
    )
    context = context_of(problem)
    programme = context.workshop.programme(np.array([[A, B]]))
    assert programme is not None
    offer_reseated(context, programme, "search")
    assert context.standings.programme is None
    assert context.clock.spent() == 0


def crowd(count: int) -> list[Participant | str]:
    return [f"p{i}" for i in range(count)]


def test_a_session_with_one_place_stands_there_from_the_start() -> None:
    day = event("abc", [f"r{i}" for i in range(9)], ("t1", "t2"), crowd(3), [choice("p1", "b", 1)])
    arrays = Arrays.of(Problem.of(day, [Pinned(session="b", round="t2", room="r7")]))
    board = opening(arrays)
    assert board[1, 7] == B
    assert (board != NONE).sum() == 1
    assert Annealing(arrays, 10, 1).best[1, 7] == B


def test_of_two_sessions_with_one_place_only_one_stands_there() -> None:
    narrow = [session(s, rounds=("t2",), rooms=("r7",)) for s in "ab"]
    arrays = Arrays.of(Problem.of(event(narrow, [f"r{i}" for i in range(9)], ("t1", "t2"))))
    assert (opening(arrays) != NONE).sum() == 1
    assert opening(arrays)[1, 7] == A


def work_of_seating(context: Context, rooms: list[int]) -> float:
    """Work of seating people again in the programme with these sessions in its only round."""
    programme, before = context.workshop.programme(np.array([rooms])), context.clock.spent()
    assert programme is not None
    offer_reseated(context, programme, "search")
    return context.clock.spent() - before


def test_where_a_rule_only_costs_points_a_programme_that_is_no_better_is_left_as_it_is() -> None:
    context = context_of(Problem.of(two_sessions(), [GroupTogether(groups=("g", "h"), weight=9)]))
    assert work_of_seating(context, [A, B]) > 0
    assert work_of_seating(context, [A, B]) == 0


def test_at_the_same_runs_people_are_seated_again_once() -> None:
    """A warm run often ends where the one before it did; a hard rule is still broken there."""
    context = context_of(Problem.of(two_sessions(), [Mix(column="municipality", least=2)]))
    assert work_of_seating(context, [A, B]) > 0
    assert work_of_seating(context, [A, B]) == 0
    assert work_of_seating(context, [B, A]) > 0
