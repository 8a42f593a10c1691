"""The problem as rounds says the same as the arrays."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, person, room, session
from tests.search.round_plans.truth import presenters, priced, prices
from tests.search.small import boards, examples, problems
from tests.search.small import presenters as presenting

from spilrooster.problem import Problem
from spilrooster.rules import MustAttend
from spilrooster.search.arrays import Arrays
from spilrooster.search.round_plans.data import RoundProblem


@examples(40)
@given(problems())
def test_wishes_are_listed_by_session_best_first_without_the_bonus(problem: Problem) -> None:
    arrays = Arrays.of(problem)
    rounds = RoundProblem.of(arrays)
    start, person, weight = rounds.choosers.start, rounds.choosers.person, rounds.choosers.weight
    session = np.repeat(np.arange(rounds.sessions), np.diff(start))
    assert np.array_equal(session, arrays.choice_session[rounds.order])
    assert np.array_equal(person, arrays.choice_person[rounds.order])
    assert np.array_equal(weight, arrays.wish[rounds.order])
    for s in range(rounds.sessions):
        mine = weight[start[s] : start[s + 1]]
        assert np.all(mine[:-1] >= mine[1:])
        assert np.all(rounds.repeats[start[s] : start[s + 1]] == (arrays.most_runs[s] > 1))
        assert set(presenters(rounds, s)) == presenting(arrays, s)


@examples(40)
@given(problems())
def test_rounds_say_who_is_there_and_what_fits_where(problem: Problem) -> None:
    arrays = Arrays.of(problem)
    rounds = RoundProblem.of(arrays)
    for t, here in enumerate(rounds.rounds):
        assert here.present.tolist() == [not (int(away) >> t) & 1 for away in arrays.away]
        for s, r in np.ndindex(*here.seats.shape):
            allowed = arrays.may_run[s, t, r]
            assert here.seats[s, r] == (arrays.seats[s, r] if allowed else -1)


@examples(40)
@given(st.data())
def test_a_wish_is_worth_something_only_in_rooms_where_the_person_can_be(
    data: st.DataObject,
) -> None:
    arrays = Arrays.of(data.draw(problems()))
    rounds = RoundProblem.of(arrays)
    at = data.draw(prices(rounds))
    margin, worth = rounds.margin(at), rounds.choosers.weight - at.mu
    for here in rounds.rounds:
        for r, g in enumerate(here.room_class):
            for e, p in enumerate(rounds.choosers.person):
                sits = arrays.kind_sits[arrays.kind[p], r]
                assert margin[g, e] == worth[e] if sits else margin[g, e] < 0


def test_rounds_are_twins_only_if_nothing_differs_between_them() -> None:
    sessions = [session("a"), session("b", rounds=("t1", "t2", "t3", "t4", "t6"))]
    people = [person("p"), person("q", absent=("t3",))]
    rooms = [room("r1"), room("r2", closed=("t2",))]
    differing = event(sessions, rooms, [f"t{i}" for i in range(1, 7)], people)
    rounds = RoundProblem.of(Arrays.of(Problem.of(differing)))
    assert rounds.twins == (0, 1, 2, 0, 4, 0)


@examples(40)
@given(st.data())
def test_the_base_is_the_most_that_runs_can_bring_at_their_prices(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(problems()))
    rounds = RoundProblem.of(arrays)
    assume(np.all(rounds.least_runs <= rounds.most_runs))
    at = data.draw(prices(rounds))
    most = np.array([max(at.pi[s] * n for n in (lo, hi)) for s, lo, hi in _runs(rounds)])
    others = at.mu.sum() + at.day @ rounds.most_rounds
    assert np.isclose(at.base(rounds), most.sum() + others)
    occupant = data.draw(boards(arrays, whole=True))
    runs = np.array([(occupant == s).sum() for s in range(arrays.sessions)])
    if np.all(runs >= arrays.least_runs):
        assert at.pi @ runs <= at.base(rounds) - others + 1e-9


def _runs(rounds: RoundProblem) -> list[tuple[int, int, int]]:
    least, most = rounds.least_runs.tolist(), rounds.most_runs.tolist()
    return list(zip(range(rounds.sessions), least, most, strict=True))


def test_a_required_wish_weighs_its_points_only() -> None:
    wished = event("ab", people="pq", choices=[choice("p", "a", 1)])
    rules = [MustAttend(participants=("p",), session=s) for s in "ab"]
    rounds = RoundProblem.of(Arrays.of(Problem.of(wished, rules)))
    assert rounds.choosers.weight.tolist() == [20, 0]
    zero = priced(rounds, [0.0, 0.0])
    assert zero.base(rounds) == 0
