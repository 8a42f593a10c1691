"""Prices from a sample: they scale, and whatever they are, the bound is valid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, room, session
from tests.search.oracles import most_points
from tests.search.small import Shape, boards, examples, problems

from spilrooster.problem import Problem
from spilrooster.search.arrays import Arrays
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.round_plans import sampled
from spilrooster.search.round_plans.bounding import bounds
from spilrooster.search.round_plans.data import RoundProblem
from spilrooster.search.round_plans.duals import DualSearch


def crowd(people: int) -> Arrays:
    """Everybody wants a and b, or b and c; both may repeat, and there is a seat for half."""
    names = [f"p{i}" for i in range(people)]
    wishes = [
        choice(p, s, rank)
        for i, p in enumerate(names)
        for rank, s in enumerate("ab" if i % 2 else "bc", 1)
    ]
    sessions = [session(s, max_runs=2, min_runs=0) for s in "abc"]
    rooms = [room("hall", people // 2), room("loft", people // 4)]
    return Arrays.of(Problem.of(event(sessions, rooms, ("t1", "t2"), names, wishes)))


def search(arrays: Arrays) -> DualSearch:
    found = sampled.sampled_search(arrays, np.array([[0, 1], [1, 2]]), 12, 1)
    assert found is not None
    return found


def test_few_people_are_priced_as_a_whole_and_many_in_larger_and_larger_samples() -> None:
    assert sampled.sample_sizes(0) == sampled.sample_sizes(1499) == []
    assert sampled.sample_sizes(1500) == sampled.sample_sizes(14_999) == [500]
    assert sampled.sample_sizes(50_000) == [500, 5000]


def test_a_run_costs_more_for_more_people_and_an_attendance_does_not() -> None:
    arrays = crowd(48)
    found = search(arrays)
    for _ in range(6):
        found.step()
    problem = RoundProblem.of(arrays)
    start = sampled.start_for_all(found, problem)
    assert start.prices.pi == pytest.approx(4 * found.best.pi)
    assert start.prices.mu.max() <= found.best.mu.max()
    assert start.prices.mu.min() >= 0
    weight = problem.choosers.weight
    second = weight == weight.min()
    of_sample = found.problem.choosers.weight == weight.min()
    b_in_all = slice(problem.choosers.start[1], problem.choosers.start[2])
    b = slice(found.problem.choosers.start[1], found.problem.choosers.start[2])
    prices = start.prices.mu[b_in_all][second[b_in_all]]
    assert prices == pytest.approx(found.best.mu[b][of_sample[b]].mean())


def test_a_search_takes_a_better_start_and_keeps_to_its_own_otherwise() -> None:
    arrays = crowd(24)
    problem = RoundProblem.of(arrays)
    plans, once = [np.array([0, 1]), np.array([1, 2])], np.zeros(len(problem.choosers.weight))
    good, other = (DualSearch(problem, plans, 90.0, once, seed) for seed in (1, 2))
    for _ in range(12):
        good.step()
    before = other.estimate
    assert good.estimate < before - 1
    other.start_at(good.best, good.known_plans)
    assert other.best.pi == pytest.approx(good.best.pi)
    assert other.estimate < before
    worse = other.best
    other.start_at(replace(worse, pi=worse.pi + 500.0), ())
    assert other.best.pi == pytest.approx(worse.pi)


@examples(25)
@given(st.data())
def test_no_programme_scores_more_than_a_bound_that_began_with_samples(
    data: st.DataObject,
) -> None:
    problem = data.draw(problems(Shape(sessions=4, people=6, days=True)))
    truth = most_points(problem)
    assume(truth is not None)
    assert truth is not None
    arrays = Arrays.of(problem)
    runs = data.draw(boards(arrays, whole=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sampled, "FEWEST_PEOPLE", 1)
        patch.setattr(sampled, "GROWTH", 2)
        assert all(bound >= truth for bound in bounds(arrays, runs, Clock(Limits(work=0.02)), 1))
