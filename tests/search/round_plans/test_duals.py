"""Dual search: lawful prices, honest promises, and a bound that comes down."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, room, session
from tests.search.round_plans.truth import best_plan, plans, priced
from tests.search.small import Shape, boards, examples, problems

from spilrooster.problem import Problem
from spilrooster.search.arrays import Arrays
from spilrooster.search.round_plans.data import Prices, RoundProblem
from spilrooster.search.round_plans.duals import LONGER, DualSearch
from spilrooster.search.sectioning import section


def bound_at(problem: RoundProblem, at: Prices) -> float:
    """The bound that these prices prove."""
    best = {t: best_plan(problem, at, t) for t in set(problem.twins)}
    return at.base(problem) + sum(best[t] for t in problem.twins)


@st.composite
def searches(draw: st.DrawFn, steps: int = 4) -> DualSearch:
    arrays = Arrays.of(draw(problems(Shape(sessions=4, people=6))))
    problem, occupant = RoundProblem.of(arrays), draw(boards(arrays, whole=True))
    once = np.zeros(len(problem.choosers.weight))
    duals = DualSearch(problem, [*occupant], draw(st.sampled_from((0.0, 90.0))), once, 1, moves=40)
    for _ in range(steps):
        duals.step()
    return duals


@examples(30)
@given(searches())
def test_prices_of_attendances_are_for_repeats_only_and_never_negative(duals: DualSearch) -> None:
    assert np.all(duals.best.mu >= 0)
    assert np.all(duals.best.mu[~duals.problem.repeats] == 0)
    assert np.all(np.isfinite(duals.best.pi))


@examples(30)
@given(searches())
def test_the_estimate_is_never_above_what_the_prices_prove(duals: DualSearch) -> None:
    assert duals.estimate <= bound_at(duals.problem, duals.best) + 1e-6


@examples(30)
@given(searches(steps=1))
def test_priced_plans_are_lawful_and_worth_at_most_the_best(duals: DualSearch) -> None:
    problem = duals.problem
    for t in set(problem.twins):
        plan = duals.price(duals.best, t, 60)
        assert any(np.array_equal(plan, lawful) for lawful in plans(problem, t))
        assert duals.worth(duals.best, t, plan) <= best_plan(problem, duals.best, t) + 1e-6


def clashing(repeats: int) -> tuple[RoundProblem, list[np.ndarray], float]:
    """Twelve people who all want the same few of six sessions, and a poor programme."""
    people = [f"p{i}" for i in range(12)]
    wishes = [
        choice(p, s, rank)
        for i, p in enumerate(people)
        for rank, s in enumerate(("ab", "ba", "ac")[i % 3] + "de"[i % 2], 1)
    ]
    sessions = [session(s, max_runs=repeats, min_runs=0) for s in "abcdef"]
    arrays = Arrays.of(
        Problem.of(event(sessions, [room("r1", 12), room("r2", 10)], ("t1", "t2"), people, wishes))
    )
    poor = np.array([[0, 1], [2, 3]])
    found = section(arrays, poor)
    assert found is not None
    return RoundProblem.of(arrays), [*poor], float(found.points)


def test_the_bound_comes_down_from_the_first_prices() -> None:
    for repeats in (1, 2):
        problem, poor, value = clashing(repeats)
        once = np.zeros(len(problem.choosers.weight))
        duals = DualSearch(problem, poor, value, once, seed=3)
        free = priced(problem, [0.0] * problem.sessions)
        first = bound_at(problem, duals.best)
        for _ in range(40):
            duals.step()
        last = bound_at(problem, duals.best)
        assert value <= last < first - 50
        assert last <= bound_at(problem, free) + 1e-6
        assert last - duals.estimate < 1


def test_old_cuts_are_dropped_but_the_estimate_keeps_its_worth() -> None:
    problem, poor, value = clashing(2)
    duals = DualSearch(problem, poor, value, np.zeros(len(problem.choosers.weight)), seed=3)
    estimates = []
    for _ in range(120):
        duals.step()
        estimates.append(duals.estimate)
    assert estimates[-1] <= min(estimates) * 1.01
    assert duals.estimate <= bound_at(problem, duals.best) + 1e-6


def test_prices_that_are_good_enough_are_looked_at_more_closely() -> None:
    problem, poor, value = clashing(2)
    duals = DualSearch(problem, poor, value, np.zeros(len(problem.choosers.weight)), seed=3)
    while not duals.converged:
        duals.step()
    before = duals.moves
    duals.look_closer()
    assert duals.moves == LONGER * before
    assert not duals.converged


def test_who_missed_much_is_told_to_look_closer() -> None:
    problem, poor, value = clashing(2)
    once = np.zeros(len(problem.choosers.weight))
    duals = DualSearch(problem, poor, value, once, seed=3, moves=1)
    everything = {0: [*plans(problem, 0)]}
    duals.learn({0: []}, duals.best, complete=False)
    assert not duals.blind
    duals.learn(everything, duals.best, complete=True)
    assert duals.blind
    assert not duals.final
    duals.look_closer()
    assert not duals.blind
    duals.learn(everything, duals.best, complete=True)
    assert not duals.blind
