"""Each way of sectioning: exact ones reach the optimum, prices prove a bound that holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, room, session
from tests.search.oracles import most_points_of_runs
from tests.search.small import ANY, LOOSE, Shape, boards, examples, problems
from tests.search.test_sectioning import CROWDED, assert_lawful, worth

from spilrooster.problem import Problem
from spilrooster.rules import MustAttend
from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.sectioning import Attendances, Sectioning, method
from spilrooster.search.sectioning import section as sectioned
from spilrooster.search.sectioning.flow import section_by_flow
from spilrooster.search.sectioning.linear import section_by_linear_model
from spilrooster.search.sectioning.prices import (
    MOST_WALKED,
    PriceSearch,
    polished,
    section_by_prices,
)

ONCE = replace(ANY, repeats=False)
BIG = Shape(
    sessions=6, people=12, rounds=4, rooms=3, least_people=False, required=False, dense=True
)


def drawn(data: st.DataObject, shape: Shape) -> tuple[Problem, Arrays, Ints, Attendances]:
    problem = data.draw(problems(shape))
    arrays = Arrays.of(problem)
    occupant = data.draw(boards(arrays, whole=not shape.repeats))
    return problem, arrays, occupant, Attendances.of(arrays, occupant)


def assert_holds(arrays: Arrays, occupant: Ints, found: Sectioning) -> None:
    assert_lawful(arrays, occupant, found)
    assert found.points == worth(arrays, found.day)
    assert found.points <= found.bound
    assert np.all(found.seat_price >= 0)
    assert np.all(found.once_price >= 0)


@examples(80)
@given(st.data())
def test_flow_is_optimal_where_nothing_repeats(data: st.DataObject) -> None:
    """Least and required people included: it says none just when the model says so."""
    _, arrays, occupant, able = drawn(data, ONCE)
    found, model = section_by_flow(able), section_by_linear_model(able, 60.0)
    assert (found is None) == (model is None)
    if found is not None and model is not None:
        assert_holds(arrays, occupant, found)
        assert found.points == model.points
        assert found.proven


@examples(60)
@given(st.data())
def test_a_seat_price_of_the_flow_is_what_one_more_seat_brings(data: st.DataObject) -> None:
    _, arrays, occupant, able = drawn(data, replace(ONCE, least_people=False, required=False))
    assume(len(able.runs))
    found = section_by_flow(able)
    assert found is not None
    j = data.draw(st.integers(0, len(able.runs) - 1))
    s, t, r = able.runs.session[j], able.runs.round[j], able.runs.room[j]
    assume(arrays.seats[s, r] > 0)
    seats = arrays.seats.copy()
    seats[s, r] += 1
    more = section_by_flow(Attendances.of(replace(arrays, seats=seats), occupant))
    assert more is not None
    assert more.points - found.points == found.seat_price[t, r]


@examples(60)
@given(st.data(), st.sampled_from([LOOSE, CROWDED]))
def test_the_bound_of_prices_holds(data: st.DataObject, shape: Shape) -> None:
    problem, arrays, occupant, able = drawn(data, shape)
    found = section_by_prices(able)
    assert found is not None
    assert_holds(arrays, occupant, found)
    truth = most_points_of_runs(problem, occupant)
    assert truth is not None
    assert found.points <= truth <= found.bound


@examples(30)
@given(st.data())
def test_prices_come_close_on_full_days(data: st.DataObject) -> None:
    """Fractions of a few points are the rule on days as small as this, not more."""
    _, arrays, occupant, able = drawn(data, BIG)
    found, model = section_by_prices(able), section_by_linear_model(able, 60.0)
    assert found is not None
    assert model is not None
    assert model.proven
    assert_holds(arrays, occupant, found)
    assert found.points <= model.points <= found.bound
    assert found.bound <= 1.05 * model.points + 20


@examples(40)
@given(st.data())
def test_prices_keep_least_and_required_people_or_give_up(data: st.DataObject) -> None:
    _, arrays, occupant, able = drawn(data, ANY)
    found, model = section_by_prices(able), section_by_linear_model(able, 60.0)
    if found is not None:
        assert model is not None
        assert_holds(arrays, occupant, found)
        assert found.points <= model.points <= found.bound


@examples(30)
@given(st.data())
def test_any_prices_prove_a_bound(data: st.DataObject) -> None:
    problem, _, occupant, able = drawn(data, LOOSE)
    search = PriceSearch(able)
    search.price[:] = data.draw(st.integers(0, 20)) * 1024
    search.bound = 1 << 60
    assert search.walk()
    truth = most_points_of_runs(problem, occupant)
    assert truth is not None
    assert search.proven() >= truth


@examples(30)
@given(st.data())
def test_polishing_mends_whatever_it_is_given(data: st.DataObject) -> None:
    """Even if everybody attends all they can, at once and twice, it ends lawful."""
    _, arrays, occupant, able = drawn(data, LOOSE)
    taken = polished(able, np.ones(len(able), dtype=np.bool_))
    found = Sectioning.of(able, taken, None, np.zeros(len(arrays.must)), np.zeros(len(able.runs)))
    assert_holds(arrays, occupant, found)
    assert np.count_nonzero(taken) == np.count_nonzero(found.day >= 0)


@examples(30)
@given(st.data())
def test_a_large_day_is_left_to_prices(data: st.DataObject) -> None:
    _, arrays, occupant, able = drawn(data, LOOSE)
    before = method.MOST_FOR_MODEL
    method.MOST_FOR_MODEL = -1
    try:
        found = sectioned(arrays, occupant)
    finally:
        method.MOST_FOR_MODEL = before
    assert found is not None
    assert_holds(arrays, occupant, found)
    exact = section_by_linear_model(able, 60.0)
    assert exact is not None
    assert found.points <= exact.points <= found.bound


def test_somebody_gives_up_a_wish_where_a_run_lacks_people() -> None:
    lone = event(["a", session("b", min_people=1)], ["r1", "r2"], ("t1",), "p",
                 [choice("p", "a", 1)])  # fmt: skip
    found = section_by_flow(Attendances.of(Arrays.of(Problem.of(lone)), np.array([[0, 1]])))
    assert found is not None
    assert (found.points, found.day.tolist()) == (0, [[-1]])


def test_where_somebody_must_attend_what_is_full_prices_soon_give_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three must hear `a`, which has one seat: no price is high enough to change that."""
    wishes = [choice(p, s, rank) for p in "pqr" for s, rank in (("a", 1), ("b", 3))]
    day = event("ab", [room("r1", 1), room("r2", 9)], ("t1", "t2"), "pqr", wishes)
    problem = Problem.of(day, [MustAttend(participants=("p", "q", "r"), session="a")])
    asked = 0
    counted = PriceSearch._worth

    def count(search: PriceSearch, *given: Any) -> int:
        nonlocal asked
        asked += 1
        return counted(search, *given)

    search = PriceSearch(Attendances.of(Arrays.of(problem), np.array([[0, -1], [-1, 1]])))
    search.descend()
    monkeypatch.setattr(PriceSearch, "_worth", count)
    search.walk()
    assert asked <= MOST_WALKED + 3
