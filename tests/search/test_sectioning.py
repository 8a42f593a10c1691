"""Sectioning gives the best attendances there are for fixed runs, compared with CP-SAT."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, person, room, session
from tests.search.oracles import most_points_of_runs, points_of, reachable
from tests.search.small import ANY, LOOSE, Shape, boards, examples, problems

from spilrooster.problem import Problem
from spilrooster.rules import MustAttend
from spilrooster.search.arrays import REQUIRED_BONUS, Arrays, Ints
from spilrooster.search.board import EMPTY
from spilrooster.search.candidate import Workshop
from spilrooster.search.sectioning import Runs, Sectioning, busy_rounds, section

CROWDED = Shape(sessions=4, people=6, rounds=3, rooms=2, required=False, least_people=False)


def assert_lawful(arrays: Arrays, occupant: Ints, found: Sectioning) -> None:
    """Everyone is at chosen sessions they can reach, once each, and nobody stands."""
    for p in range(arrays.people):
        offered, wanted = reachable(arrays, occupant, p), points_of(arrays, p)
        taken = [(t, int(s)) for t, s in enumerate(found.day[p]) if s != EMPTY]
        assert all(s in offered[t] and s in wanted for t, s in taken)
        assert len({s for _, s in taken}) == len(taken)
    for (t, r), s in np.ndenumerate(occupant):
        if s != EMPTY:
            assert (found.day[:, t] == s).sum() <= arrays.seats[s, r]


def worth(arrays: Arrays, day: Ints) -> int:
    """Points of all attendances, without the bonus of those that must be."""
    required = arrays.required
    return sum(
        points_of(arrays, p)[s] - REQUIRED_BONUS * ((p, s) in required)
        for p in range(arrays.people)
        for s in day[p].tolist()
        if s != EMPTY
    )


@pytest.mark.parametrize("shape", [LOOSE, CROWDED], ids=["loose", "crowded"])
def test_sectioning_is_optimal_for_the_runs(shape: Shape) -> None:
    @examples(40)
    @given(st.data())
    def equals_cp_sat(data: st.DataObject) -> None:
        problem = data.draw(problems(shape))
        arrays = Arrays.of(problem)
        occupant = data.draw(boards(arrays))
        found = section(arrays, occupant)
        assert found is not None
        assert found.proven
        assert_lawful(arrays, occupant, found)
        assert found.points == worth(arrays, found.day)
        assert found.points == most_points_of_runs(problem, occupant)

    equals_cp_sat()


@examples(75)
@given(st.data())
def test_with_required_people_and_least_people_it_is_never_below_the_optimum(
    data: st.DataObject,
) -> None:
    """Who fills a run up is not looked at closely, so there it may promise too much."""
    problem = data.draw(problems(ANY))
    workshop = Workshop(problem)
    occupant = data.draw(boards(workshop.arrays))
    truth = most_points_of_runs(problem, occupant)
    found = section(workshop.arrays, occupant)
    if found is None:
        assert truth is None
        return
    assert_lawful(workshop.arrays, occupant, found)
    assert truth is None or found.points >= truth


@examples(50)
@given(st.data())
def test_without_least_people_none_means_impossible_and_the_other_way_round(
    data: st.DataObject,
) -> None:
    problem = data.draw(problems(replace(ANY, least_people=False)))
    arrays = Arrays.of(problem)
    occupant = data.draw(boards(arrays))
    required = {(p, s) for p, s in arrays.required if not problem.steering.may_attend(p, s)}
    found = section(arrays, occupant)
    truth = None if required else most_points_of_runs(problem, occupant)
    if not required:
        assert (found is None) == (truth is None)
    if found is not None and truth is not None:
        assert found.points == truth


@examples(50)
@given(st.data())
def test_enough_people_stay_free_to_fill_every_run_up(data: st.DataObject) -> None:
    workshop = Workshop(data.draw(problems()))
    occupant = data.draw(boards(workshop.arrays))
    found = section(workshop.arrays, occupant)
    if found is not None:
        assert_least_met(workshop.arrays, occupant, found)


def assert_least_met(arrays: Arrays, occupant: Ints, found: Sectioning) -> None:
    """In each round at least as many people are free as its runs lack."""
    busy = busy_rounds(arrays, Runs.of(occupant))
    for t in range(arrays.rounds):
        lacking = 0
        for r, s in enumerate(occupant[t]):
            if s != EMPTY:
                least = min(arrays.least_people[s], arrays.seats[s, r])
                lacking += max(0, least - (found.day[:, t] == s).sum())
        assert lacking <= (~busy[:, t] & (found.day[:, t] == EMPTY)).sum()


TWICE = event([session("a", max_runs=2), "b"], [room("r1", 1), room("r2", 1)], ("t1", "t2"), "pq",
              [choice("p", "a", 1), choice("q", "a", 1), choice("q", "b", 2)])  # fmt: skip
BOTH_ROUNDS = np.array([[0, EMPTY], [0, 1]])


def test_a_repeat_lets_two_people_have_one_seat_each() -> None:
    found = section(Arrays.of(Problem.of(TWICE)), BOTH_ROUNDS)
    assert found is not None
    assert (found.points, found.day.tolist()) == (20 + 20 + 16, [[EMPTY, 0], [0, 1]])


def test_the_price_of_hearing_once_is_what_a_second_hearing_would_bring() -> None:
    alone = event([session("a", max_runs=2)], times=("t1", "t2"), people="p",
                  choices=[choice("p", "a", 1)])  # fmt: skip
    arrays = Arrays.of(Problem.of(alone))
    twice, once = section(arrays, np.array([[0], [0]])), section(arrays, np.array([[0], [EMPTY]]))
    assert twice is not None
    assert once is not None
    assert twice.once_price.tolist() == [20]
    assert once.points == twice.points == 20
    assert np.all(once.once_price <= 20)


def test_required_attendance_of_a_session_that_does_not_run_is_impossible() -> None:
    arrays = Arrays.of(Problem.of(TWICE, [MustAttend(participants=("p",), session="b")]))
    assert section(arrays, np.array([[0, EMPTY], [0, EMPTY]])) is None
    found = section(arrays, BOTH_ROUNDS)
    assert found is not None
    assert found.day[0].tolist() == [0, 1]


def test_a_run_that_nobody_can_fill_is_impossible() -> None:
    alone = event([session("a", min_people=2), "b"], people=["p", person("q", absent=("t1",))])
    arrays = Arrays.of(Problem.of(alone))
    assert section(arrays, np.array([[0], [1]])) is None
    assert section(arrays, np.array([[1], [0]])) is not None


def test_a_cycle_of_wishes_with_a_half_solution_is_made_whole() -> None:
    """Each person wants two of three repeated sessions; the relaxation splits everybody."""
    sessions = [session(s, max_runs=2) for s in "abc"]
    wants = {"p": "ab", "q": "bc", "r": "ca"}
    chosen = [choice(p, s, 1) for p, pair in wants.items() for s in pair]
    problem = Problem.of(event(sessions, [room(f"r{i}", 1) for i in range(3)], ("t1", "t2"), "pqr",
                               chosen))  # fmt: skip
    for occupant in (
        [[0, 1, 2], [0, 1, 2]],
        [[0, 1, EMPTY], [0, 1, 2]],
        [[2, 1, EMPTY], [2, 0, 1]],
    ):
        runs = np.array(occupant)
        found = section(Arrays.of(problem), runs)
        assert found is not None
        assert_lawful(Arrays.of(problem), runs, found)
        assert found.points == most_points_of_runs(problem, runs)
