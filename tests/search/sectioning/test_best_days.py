"""Best days at seat prices are best, by brute force, and so is the worth of hearing twice."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.search.oracles import points_of, reachable
from tests.search.small import ANY, boards, examples, problems

from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.sectioning import Attendances
from spilrooster.search.sectioning.best_days import (
    NONE,
    UNIT,
    best_days,
    once_prices,
    scratch_of,
    settle,
    wishes_of,
)

Options = list[dict[int, int]]
"""For each round what each session that a person can attend there is worth to them, price paid."""


def options(able: Attendances, price: Ints, p: int) -> Options:
    found: Options = [{} for _ in range(able.arrays.rounds)]
    for n in np.flatnonzero(able.person == p):
        points = int(able.arrays.choice_points[able.choice[n]]) * UNIT
        session = int(able.arrays.choice_session[able.choice[n]])
        found[able.round[n]][session] = points - int(price[able.run[n]])
    return found


def best(rounds: Options, copies: dict[int, int] | None = None) -> int:
    """The best day there is: each session once, or as often as `copies` says."""
    if not rounds:
        return 0
    most = best(rounds[1:], copies)
    for s, worth in rounds[0].items():
        left = 1 if copies is None else copies.get(s, 1)
        if left:
            rest = [r if left > 1 else {k: w for k, w in r.items() if k != s} for r in rounds[1:]]
            fewer = None if copies is None else {**copies, s: left - 1}
            most = max(most, worth + best(rest, fewer))
    return most


def priced(data: st.DataObject) -> tuple[Attendances, Ints]:
    arrays = Arrays.of(data.draw(problems(ANY)))
    able = Attendances.of(arrays, data.draw(boards(arrays)))
    one = st.integers(0, 30).map(lambda points: points * UNIT // 3)
    prices = data.draw(st.lists(one, min_size=len(able.runs), max_size=len(able.runs)))
    return able, np.array(prices, dtype=np.int64)


def asked(able: Attendances, price: Ints) -> tuple[int, Ints, Ints]:
    """Total worth, loads and what everybody takes at the prices."""
    load = np.zeros(len(price), dtype=np.int64)
    taken = np.full((able.arrays.people, able.arrays.rounds), NONE, dtype=np.int64)
    total = best_days(wishes_of(able), 1, price, load, taken, scratch_of(able))
    return total, load, taken


def assert_a_day(able: Attendances, p: int, day: list[int]) -> None:
    """One thing in a round, in that round, theirs, and nothing twice."""
    chosen = [n for n in day if n != NONE]
    assert all(able.person[n] == p for n in chosen)
    assert all(n == NONE or able.round[n] == t for t, n in enumerate(day))
    assert len({able.choice[n] for n in chosen}) == len(chosen)


@examples(80)
@given(st.data())
def test_everybody_takes_a_best_day(data: st.DataObject) -> None:
    able, price = priced(data)
    total, load, taken = asked(able, price)
    truth = [best(options(able, price, p)) for p in range(able.arrays.people)]
    assert total == sum(truth)
    for p, day in enumerate(taken.tolist()):
        assert_a_day(able, p, day)
    rows = taken[taken != NONE]
    assert np.array_equal(load, np.bincount(able.run[rows], minlength=len(price)))
    paid = able.arrays.choice_points[able.choice[rows]] * UNIT - price[able.run[rows]]
    assert paid.sum() == total


@examples(60)
@given(st.data())
def test_who_settles_still_has_a_best_day_where_points_and_prices_are_whole(
    data: st.DataObject,
) -> None:
    able, price = priced(data)
    price = price // UNIT * UNIT
    total, load, taken = asked(able, price)
    most = UNIT // (2 * able.arrays.rounds + 1)
    for width in (0.3, 0.0):
        settle(wishes_of(able), price, most, width, able.seats, load, taken, scratch_of(able))
        rows = taken[taken != NONE]
        assert np.array_equal(load, np.bincount(able.run[rows], minlength=len(price)))
        paid = able.arrays.choice_points[able.choice[rows]] * UNIT - price[able.run[rows]]
        assert paid.sum() == total


@examples(60)
@given(st.data())
def test_the_price_of_once_is_what_a_second_time_would_bring(data: st.DataObject) -> None:
    able, price = priced(data)
    _, _, taken = asked(able, price)
    worth = np.zeros(len(able), dtype=np.int64)
    once_prices(wishes_of(able), price, taken, worth, scratch_of(able))
    for p, day in enumerate(taken.tolist()):
        rounds = options(able, price, p)
        for n in day:
            if n != NONE:
                session = int(able.arrays.choice_session[able.choice[n]])
                twice = best(rounds, {session: 2})
                assert worth[n] == twice - best(rounds)
    assert not np.delete(worth, taken[taken != NONE]).any()


@examples(30)
@given(st.data())
def test_attendances_are_those_that_people_chose_and_can_reach(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(problems(ANY)))
    occupant = data.draw(boards(arrays))
    able = Attendances.of(arrays, occupant)
    held = arrays.choice_session[able.choice]
    assert np.array_equal(able.runs.session[able.run], held)
    assert np.array_equal(able.runs.round[able.run], able.round)
    seats = {(t, int(s)): arrays.seats[s, r] for (t, r), s in np.ndenumerate(occupant) if s >= 0}
    found = list(zip(able.person.tolist(), able.round.tolist(), held.tolist(), strict=True))
    assert sorted(found) == sorted(
        (p, t, s)
        for p in range(arrays.people)
        for t, offered in enumerate(reachable(arrays, occupant, p))
        for s in offered
        if s in points_of(arrays, p) and seats[t, s] > 0
    )
