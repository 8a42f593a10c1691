"""Balanced attendances: the best within what rules ask of people's days, by an oracle."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, room, session
from tests.search.oracles import granted, most_points_of_runs
from tests.search.small import Shape, boards, examples, problems

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.rules import Floor, NoFreeRound, TakesPart
from spilrooster.search.balancing import balance
from spilrooster.search.candidate import Workshop, welcome

DAYS = Shape(people=4, days=True, pairs=False, required=False, least_people=False)
OF_DAYS = ("floor", "no_free_round", "room_seats", "takes_part")


@examples(50)
@given(st.data())
def test_attendances_are_the_best_within_the_bounds(data: st.DataObject) -> None:
    problem = data.draw(problems(DAYS))
    workshop = Workshop(problem)
    occupant = data.draw(boards(workshop.arrays, whole=True))
    best = most_points_of_runs(problem, occupant)
    programme = workshop.programme(occupant)
    assert (programme is None) == (best is None)
    if programme is None:
        return
    assert not [f for f in check(problem, programme) if f.broken and f.rule in OF_DAYS]
    assert granted(problem, programme) == best


FOUR = event(
    [session(s, max_runs=2) for s in "abcd"],
    [room("r1", 2), room("r2", 2)],
    ("t1", "t2", "t3"),
    "pqrs",
    [choice("p", s, i) for i, s in enumerate("abcd", 1)],
)
RUNS = np.array([[0, 1], [2, 0], [3, 1]])


def rounds_of(problem: Problem) -> dict[str, int]:
    programme = Workshop(problem).programme(RUNS)
    assert programme is not None
    assert not [f for f in check(problem, programme) if f.broken]
    return {s.participant: sum(x is not None for x in s.sessions) for s in programme.schedules}


def test_nobody_takes_part_more_or_less_often_than_they_may() -> None:
    assert set(rounds_of(Problem.of(FOUR, [TakesPart(least=2, most=2)])).values()) == {2}


def test_everybody_has_something_in_every_round() -> None:
    assert set(rounds_of(Problem.of(FOUR, [NoFreeRound()])).values()) == {3}


def test_a_floor_takes_a_seat_from_who_has_more() -> None:
    """By points alone the only seat at a goes to p, who has plenty."""
    day = event(
        ["a", "b"], [room("r1", 1), room("r2", 9)], ("t1", "t2"), "pq",
        [choice("p", "a", 1), choice("p", "b", 2), choice("q", "a", 2), choice("q", "b", 3)],
    )  # fmt: skip
    runs = np.array([[0, -1], [-1, 1]])
    free = Workshop(Problem.of(day)).programme(runs)
    floored = Workshop(Problem.of(day, [Floor(least_choices=2, participants=("q",))]))
    bound = floored.programme(runs)
    assert free is not None
    assert bound is not None
    assert free.attended(day, "q") == ("b",)
    assert set(bound.attended(day, "q")) == {"a", "b"}


def test_presenting_counts_as_taking_part() -> None:
    day = event(
        [session("a", presenters=("p",)), "b"], ["r1"], ("t1", "t2"), "p", [choice("p", "b", 1)]
    )
    problem = Problem.of(day, [TakesPart(most=1)])
    programme = Workshop(problem).programme(np.array([[0], [1]]))
    assert programme is not None
    assert programme.schedule_of["p"].sessions == ("a", None)


def test_who_presents_more_often_than_they_may_take_part_has_no_lawful_day() -> None:
    day = event(
        [session("a", presenters=("p",)), "b"], ["r1"], ("t1", "t2"), "pq", [choice("q", "b", 1)]
    )
    problem = Problem.of(day, [TakesPart(most=0, participants=("p",))])
    assert Workshop(problem).programme(np.array([[0], [1]])) is None


def test_without_time_there_are_no_attendances() -> None:
    problem = Problem.of(FOUR, [NoFreeRound()])
    arrays = Workshop(problem).arrays
    assert balance(arrays, RUNS, welcome(problem), seconds=60) is not None
    assert balance(arrays, RUNS, welcome(problem), seconds=0) is None
