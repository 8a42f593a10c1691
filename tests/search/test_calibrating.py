"""What a place is worth: next to nothing where people sit somewhere anyway, else a first choice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.rules.tiny import event, room

from spilrooster.problem import Problem
from spilrooster.rules import MustAttend, NoFreeRound, Rule
from spilrooster.search.anneal import Annealing
from spilrooster.search.annealing_run import Speeds
from spilrooster.search.annealing_stage import AnnealingStage
from spilrooster.search.arrays import Arrays
from spilrooster.search.calibrating import calibrate, loss_of_crowding, mind_crowds
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.facts import FEW, FIRM, MANY, WRONG, facts_of
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings
from spilrooster_models import Choice, Event

PEOPLE, DIFFERENCE = 40, 3
TOP = 10_000


def crowd(count: int) -> list[str]:
    return [f"p{i}" for i in range(count)]


def popular(points: dict[str, int]) -> Event:
    """Everybody wants the same session most, which has seats for half of them, as has each."""
    people = crowd(PEOPLE)
    wishes = [Choice(participant=p, session=s, points=points[s]) for p in people for s in points]
    return event("abc", [room(f"r{i}", PEOPLE // 2) for i in range(3)], ("t1",), people, wishes)


def context_of(problem: Problem) -> Context:
    clock = Clock(Limits(work=50))
    return Context(problem, Workshop(problem), Standings(problem, clock), clock, 1)


def test_a_person_too_many_loses_what_the_next_best_place_is_worth_less() -> None:
    near = Arrays.of(Problem.of(popular({"a": TOP, "b": TOP - DIFFERENCE, "c": 1})))
    assert loss_of_crowding(near, 2000, 1) == DIFFERENCE
    far = Arrays.of(Problem.of(popular({"a": TOP, "b": TOP // 4})))
    assert loss_of_crowding(far, 2000, 1) == TOP - TOP // 4


def test_nothing_is_told_without_crowds_or_without_attendances() -> None:
    small = Problem.of(one_session(6))
    assert loss_of_crowding(Arrays.of(small), 200, 1) is None
    obliged = [MustAttend(participants=tuple(crowd(PEOPLE)), session="a")]
    assert loss_of_crowding(Arrays.of(Problem.of(one_session(PEOPLE), obliged)), 200, 1) is None


def one_session(people: int) -> Event:
    """Seats for three, however many want to come."""
    wishes = [Choice(participant=p, session="a", rank=1) for p in crowd(people)]
    return event("a", [room("r", 3)], ("t1",), crowd(people), wishes)


@pytest.mark.parametrize("rules", [[], [NoFreeRound()]], ids=["free", "no free round"])
def test_the_search_minds_crowds_as_much_as_they_lose(rules: list[Rule]) -> None:
    context = context_of(
        Problem.of(popular({"a": TOP, "b": TOP - DIFFERENCE, "c": TOP - DIFFERENCE}), rules)
    )
    before = facts_of(context.workshop.arrays)
    calibrate(context, Speeds(context), 1.0)
    assert context.workshop.arrays.worth == 10 * DIFFERENCE
    after = facts_of(context.workshop.arrays)
    assert after.penalties[MANY] < before.penalties[MANY]
    assert after.penalties[FEW] < before.penalties[FEW]
    assert after.penalties[WRONG] == before.penalties[WRONG] == FIRM * TOP  # rules stay rules
    assert Annealing(context.workshop.arrays, 10, 1).hot == 3 * 10 * DIFFERENCE
    part = context.workshop.arrays.sample(PEOPLE // 2, 1)
    assert part.worth == 10 * DIFFERENCE


def test_where_places_differ_as_choices_do_nothing_changes() -> None:
    context = context_of(Problem.of(popular({"a": 20, "b": 16, "c": 1})))
    before = context.workshop.arrays
    calibrate(context, Speeds(context), 1.0)
    assert context.workshop.arrays is before


def test_the_search_calibrates_and_its_programme_is_the_best() -> None:
    points = {"a": TOP, "b": TOP - DIFFERENCE, "c": TOP - 2 * DIFFERENCE}
    context = context_of(Problem.of(popular(points), [NoFreeRound()]))
    AnnealingStage().run(context, 10.0)
    assert context.workshop.arrays.worth is not None
    assert context.standings.value == PEOPLE * TOP - PEOPLE // 2 * DIFFERENCE
    assert np.array_equal(
        context.workshop.arrays.choice_points, Workshop(context.problem).arrays.choice_points
    )


def test_of_a_board_that_was_seated_the_search_learns_what_a_person_too_many_loses() -> None:
    workshop = Workshop(Problem.of(popular({"a": TOP, "b": TOP // 4})))
    mind_crowds(workshop)
    assert workshop.arrays.crowding == 0.0  # nothing was seated yet
    assert workshop.programme(np.array([[0, 1, 2]])) is not None
    mind_crowds(workshop)
    assert workshop.arrays.crowding == TOP - TOP // 4
    assert facts_of(workshop.arrays).penalties[MANY] == TOP - TOP // 4
    roomy = Workshop(Problem.of(popular({"a": TOP})))
    roomy.arrays = replace(roomy.arrays, seats=2 * roomy.arrays.seats)
    roomy.programme(np.array([[0, 1, 2]]))
    mind_crowds(roomy)
    assert facts_of(roomy.arrays).penalties[MANY] == round(0.15 * TOP)
