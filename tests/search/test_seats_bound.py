"""The seats bound is never below what a programme can score."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from tests.rules.tiny import choice, event, person, room, session
from tests.search.oracles import most_points
from tests.search.small import ANY, Shape, examples, problems

from spilrooster.problem import Problem
from spilrooster.rules import Choices, FillFreeSeats, MustAttend
from spilrooster.search.arrays import Arrays
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.seats_bound import SeatsBoundStage, seats_bound
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings


def proven(problem: Problem) -> tuple[int, str]:
    """Bound and source after the stage."""
    clock = Clock(Limits(work=1))
    standings = Standings(problem, clock)
    SeatsBoundStage().run(Context(problem, Workshop(problem), standings, clock, seed=1), 1.0)
    return standings.bound, standings.bound_source


@examples(60)
@given(problems(replace(ANY, required=False)))
def test_no_programme_scores_more(problem: Problem) -> None:
    truth = most_points(problem)
    bound = seats_bound(Arrays.of(problem))
    assert bound <= problem.ideal
    assert truth is None or truth <= bound


@examples(30)
@given(problems(Shape(sessions=4, rounds=1, repeats=False, presenters=False, pairs=False,
                      required=False, needs=False, least_people=False, rooms=1)))  # fmt: skip
def test_in_one_round_and_room_it_counts_seats_and_people(problem: Problem) -> None:
    """Each session alone offers the seats of the only room, cut at its most people."""
    arrays = Arrays.of(problem)
    bound = seats_bound(arrays)
    points = np.where(arrays.away[arrays.choice_person] == 0, arrays.choice_points, 0)
    alone = [
        sum(sorted(points[arrays.choice_session == s].tolist())[::-1][:seats])
        for s, seats in enumerate(np.where(arrays.may_run.any(1), arrays.seats, 0)[:, 0].tolist())
    ]
    assert max(alone) <= bound <= sum(alone)


def test_a_popular_session_has_no_more_places_than_seats_times_runs() -> None:
    people = [f"p{i}" for i in range(9)]
    popular = event(
        [session("a", max_runs=2), session("b")], [room("r1", 3), room("r2", 2)], ("t1", "t2"),
        people, [choice(p, "a", 1) for p in people],
    )  # fmt: skip
    assert seats_bound(Arrays.of(Problem.of(popular))) == 2 * 3 * 20
    assert proven(Problem.of(popular)) == (120, "seats bound")


def test_presenters_and_absent_people_listen_in_fewer_rounds() -> None:
    wishes = [choice(p, s, i) for p in "pq" for i, s in enumerate("abc", 1)]
    busy = event(["a", "b", "c", session("d", presenters=("p",))], ["r1", "r2"],
                 ("t1", "t2", "t3"), ["p", person("q", absent=("t1", "t2"))], wishes)  # fmt: skip
    assert seats_bound(Arrays.of(Problem.of(busy))) == (20 + 16) + 20


ONE_SEAT = event("ab", [room("r1", 1)], ("t1", "t2"), "pq", [choice(p, "a", 1) for p in "pq"])


def test_the_bonus_of_a_required_attendance_is_no_bound() -> None:
    required = Problem.of(ONE_SEAT, [MustAttend(participants=("p",), session="b")])
    assert proven(required) == (required.ideal, "ideal")


def test_choices_on_a_lower_level_bound_nothing() -> None:
    """Bug: with choices on level 2 the value was above the bound and called optimal."""
    assert proven(Problem.of(ONE_SEAT)) == (20, "seats bound")
    below = Problem.of(ONE_SEAT, [Choices(level=2), FillFreeSeats(level=1)])
    assert proven(below) == (below.ideal, "ideal")
