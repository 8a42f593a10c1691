"""Heuristic pricing: what it promises can be had, and it only makes lawful plans."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from tests.rules.tiny import choice, event, room, session
from tests.search.round_plans.truth import (
    is_possible,
    most_worth,
    plans,
    presenters,
    priced,
    prices,
)
from tests.search.small import ANY, Shape, examples, problems

from spilrooster.problem import Problem
from spilrooster.search.arrays import Arrays, Bools, Ints
from spilrooster.search.board import EMPTY
from spilrooster.search.round_plans.attending import NEVER, attend, seated
from spilrooster.search.round_plans.data import Prices, RoundProblem
from spilrooster.search.round_plans.pricing import improve_plan, rough_worth

TIGHT = Shape(sessions=4, people=7, rooms=2, rounds=2)


def attended(problem: RoundProblem, at: Prices, t: int, plan: Ints) -> tuple[float, Bools]:
    taken = np.ones(len(problem.choosers.weight), dtype=np.bool_)
    margin = problem.margin(at)
    worth = attend(problem.choosers, problem.rounds[t], margin, at.pi, plan, taken)
    return worth, taken


def rough(problem: RoundProblem, at: Prices, t: int, plan: Ints) -> float:
    margin = problem.margin(at)
    worth: float = rough_worth(problem.choosers, problem.rounds[t], margin, at.pi, plan)
    return worth


@st.composite
def cases(draw: st.DrawFn, shape: Shape = TIGHT) -> tuple[RoundProblem, Prices, int, Ints]:
    problem = RoundProblem.of(Arrays.of(draw(problems(shape))))
    t = draw(st.integers(0, len(problem.rounds) - 1))
    return problem, draw(prices(problem)), t, draw(st.sampled_from([*plans(problem, t)]))


@examples(150)
@given(cases())
def test_a_plan_is_attended_as_said_and_no_attendances_are_worth_more(
    case: tuple[RoundProblem, Prices, int, Ints],
) -> None:
    problem, at, t, plan = case
    worth, taken = attended(problem, at, t, plan)
    assert is_possible(problem, t, plan, taken)
    granted = (problem.choosers.weight - at.mu)[taken].sum()
    assert np.isclose(worth, granted - at.pi[plan[plan != EMPTY]].sum())
    assert np.isclose(worth, most_worth(problem, at, t, plan))


@examples(75)
@given(cases())
def test_the_rough_worth_can_be_had(case: tuple[RoundProblem, Prices, int, Ints]) -> None:
    problem, at, t, plan = case
    assert rough(problem, at, t, plan) <= most_worth(problem, at, t, plan) + 1e-9


@examples(50)
@given(cases(), st.integers(7, 20))
def test_where_seats_are_plenty_the_rough_worth_is_exact(
    case: tuple[RoundProblem, Prices, int, Ints], seats: int
) -> None:
    problem, at, t, plan = case
    here = problem.rounds[t]
    here.seats[here.seats >= 0] = seats
    assert np.isclose(rough(problem, at, t, plan), most_worth(problem, at, t, plan))


def test_people_move_on_along_a_path_until_somebody_finds_a_free_seat() -> None:
    """Ann, Bob and Cas want `a`, with one seat; Bob could go to `b`, if Dan there goes to `c`."""
    wishes = [
        choice(who, s, rank)
        for who, ranked in {"ann": "a", "bob": "ab", "cas": "a", "dan": "bc"}.items()
        for rank, s in enumerate(ranked, 1)
    ]
    rooms = [room(f"r{i}", 1) for i in range(3)]
    problem = RoundProblem.of(
        Arrays.of(Problem.of(event("abc", rooms, ("t1",), ["ann", "bob", "cas", "dan"], wishes)))
    )
    at = priced(problem, [0.0] * 3)
    first, second = problem.choosers.weight.max(), problem.choosers.weight.min()
    worth, taken = attended(problem, at, 0, np.array([0, 1, 2]))
    assert worth == first + second + second
    assert taken.sum() == 3


@pytest.mark.parametrize("seed", range(20))
def test_a_crowd_is_seated_as_well_as_an_assignment_of_people_to_chairs(seed: int) -> None:
    chance = np.random.default_rng(seed)
    people, rooms = 60, 5
    worths = np.zeros((people, rooms + 1))
    worths[:, :rooms] = chance.integers(1, 9, (people, rooms)) + chance.choice([0, 0.25])
    worths[:, :rooms][chance.random((people, rooms)) < 0.5] = -NEVER
    seats, plan = chance.integers(0, 15, (rooms, rooms)), chance.permutation(rooms)
    plan[chance.integers(rooms)] = EMPTY
    worths[:, :rooms][:, plan == EMPTY] = -NEVER
    where = seated(worths, seats, plan)
    chairs = [np.repeat(worths[:, [rooms]], people, axis=1)]
    for r in np.flatnonzero(plan != EMPTY):
        number = int(seats[plan[r], r])
        assert (where == r).sum() <= number
        chairs.append(np.repeat(worths[:, [r]], number, axis=1))
    table = np.hstack(chairs)
    best = table[linear_sum_assignment(table, maximize=True)].sum()
    assert worths[np.arange(people), where].sum() == pytest.approx(best)


@examples(30)
@given(cases(ANY), st.integers(0, 99), st.sampled_from((0.1, 20.0)))
def test_annealing_a_plan_keeps_it_lawful_and_no_worse(
    case: tuple[RoundProblem, Prices, int, Ints], seed: int, heat: float
) -> None:
    problem, at, t, start = case
    plan, here = start.copy(), problem.rounds[t]
    margin = problem.margin(at)
    random = np.array([2 * seed + 1], dtype=np.int64)
    improve_plan(problem.choosers, here, margin, at.pi, plan, 200, heat, random)
    assert rough(problem, at, t, plan) >= rough(problem, at, t, start) - 1e-9
    assert any(np.array_equal(plan, lawful) for lawful in plans(problem, t))


def test_annealing_finds_the_best_plan_of_a_small_round() -> None:
    people = [f"p{i}" for i in range(12)]
    wishes = [choice(p, "abcd"[i % 4], 1 + i // 4) for i, p in enumerate(people)]
    round_ = event("abcd", [room("r1", 3), room("r2", 3)], ("t1",), people, wishes)
    problem = RoundProblem.of(Arrays.of(Problem.of(round_)))
    at = priced(problem, [40.0, 0.0, 0.0, 35.0])
    plan = np.full(2, EMPTY)
    random = np.array([1], dtype=np.int64)
    improve_plan(problem.choosers, problem.rounds[0], problem.margin(at), at.pi, plan, 500,
                 5.0, random)  # fmt: skip
    assert sorted(plan.tolist()) == [1, 2]


def test_a_plan_with_a_presenter_in_two_places_is_not_worth_it() -> None:
    """Bug: such plans set targets that no programme reaches, and the bound stayed there."""
    sessions = [session("a", presenters=("p",)), session("b", presenters=("p",)), session("c")]
    people = ["p", *(f"q{i}" for i in range(6))]
    wishes = [choice(q, "ab"[i % 2], 1) for i, q in enumerate(people[1:])]
    problem = RoundProblem.of(Arrays.of(Problem.of(event(sessions, ["r1", "r2"], ("t1",), people,
                                                         wishes))))  # fmt: skip
    at = priced(problem, [0.0] * 3)
    both, one = np.array([0, 1]), np.array([0, EMPTY])
    assert presenters(problem, 0) == presenters(problem, 1) == [0]
    assert attended(problem, at, 0, one)[0] == rough(problem, at, 0, one) == 60
    assert attended(problem, at, 0, both)[0] < 0
    assert rough(problem, at, 0, both) < 0
