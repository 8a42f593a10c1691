"""The workshop: whole programmes from runs, and back."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, person, room, session
from tests.search.oracles import a_programme, granted
from tests.search.small import ANY, boards, examples, problems

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.rules import FillFreeSeats, Floor, TakesPart
from spilrooster.search import candidate
from spilrooster.search.board import EMPTY
from spilrooster.search.candidate import Workshop
from spilrooster_models import Programme


def broken(problem: Problem, programme: Programme) -> set[str]:
    return {finding.rule for finding in check(problem, programme) if finding.broken}


def made_again(problem: Problem, lawful: Programme) -> Programme:
    workshop = Workshop(problem)
    made = workshop.programme(workshop.arrays_of(lawful)[0])
    assert made is not None
    return made


@examples(60)
@given(problems(replace(ANY, least_people=False)), st.integers(0, 9))
def test_runs_of_a_lawful_programme_give_a_lawful_programme_with_no_fewer_points(
    problem: Problem, seed: int
) -> None:
    lawful = a_programme(problem, seed)
    if lawful is None:
        return
    made = made_again(problem, lawful)
    assert not broken(problem, made)
    assert set(made.runs) == set(lawful.runs)
    assert granted(problem, made) >= granted(problem, lawful)


@examples(50)
@given(problems(), st.integers(0, 9))
def test_with_least_people_nothing_but_too_few_people_can_be_wrong(
    problem: Problem, seed: int
) -> None:
    """Filling goes round by round, so now and then the last round lacks somebody."""
    lawful = a_programme(problem, seed)
    if lawful is None:
        return
    made = made_again(problem, lawful)
    assert broken(problem, made) <= {"least_people"}


@examples(40)
@given(st.data())
def test_whatever_the_runs_people_are_where_they_can_be(data: st.DataObject) -> None:
    problem = data.draw(problems(ANY))
    workshop = Workshop(problem)
    made = workshop.programme(data.draw(boards(workshop.arrays)))
    if made is not None:
        of_runs = {"runs_between", "keep_apart", "keep_together", "order", "pinned"}
        demanded_and_forbidden = {"must_not", "only_for"} if problem.steering.required else set()
        assert broken(problem, made) <= of_runs | {"least_people"} | demanded_and_forbidden


@examples(40)
@given(problems(), st.integers(0, 9))
def test_refilling_keeps_every_place_that_was_chosen_or_required(
    problem: Problem, seed: int
) -> None:
    lawful = a_programme(problem, seed)
    if lawful is None:
        return
    workshop = Workshop(problem)
    again = workshop.refill(lawful)
    assert set(again.runs) == set(lawful.runs)
    assert granted(problem, again) >= granted(problem, lawful)
    index, arrays = problem.steering.index, workshop.arrays
    wanted = {*zip(arrays.choice_person.tolist(), arrays.choice_session.tolist(), strict=True)}
    for schedule in lawful.schedules:
        new = again.schedule_of[schedule.participant].sessions
        p = index.participant[schedule.participant]
        for before, after in zip(schedule.sessions, new, strict=True):
            if before is not None and (p, index.session[before]) in wanted:
                assert after == before


@examples(40)
@given(st.data())
def test_arrays_of_a_made_programme_are_what_it_was_made_from(data: st.DataObject) -> None:
    workshop = Workshop(data.draw(problems()))
    occupant = data.draw(boards(workshop.arrays))
    made = workshop.programme(occupant)
    if made is not None:
        runs, day = workshop.arrays_of(made)
        assert np.array_equal(runs, occupant)
        assert workshop.complete(runs, day) == made


LECTURE = event(
    [session("a", presenters=("p",), max_runs=2), session("b", only_for=("q",))],
    [room("r1", 1), room("r2", 3)], ("t1", "t2"), ["p", "q", person("r", absent=("t1",))],
    [choice("q", "a", 1)],
)  # fmt: skip


def places(programme: Programme | None) -> Iterable[tuple[str | None, ...]]:
    assert programme is not None
    return [schedule.sessions for schedule in programme.schedules]


def test_presenters_are_at_all_their_runs_and_guests_only_where_invited() -> None:
    workshop = Workshop(Problem.of(LECTURE))
    both = workshop.programme(np.array([[0, 1], [0, -1]]))
    assert places(both) in (
        [("a", "a"), ("a", None), (None, "a")],
        [("a", "a"), ("b", "a"), (None, None)],
    )


def test_free_places_are_filled_only_where_that_is_wished() -> None:
    occupant = np.array([[-1, 0], [-1, 0]])
    wished = Workshop(Problem.of(LECTURE)).programme(occupant)
    unwished = Workshop(Problem.of(LECTURE, [FillFreeSeats(weight=0)])).programme(occupant)
    assert sum(s is None for day in places(wished) for s in day) == 2
    assert sum(s is None for day in places(unwished) for s in day) == 3


def test_no_programme_is_written_for_runs_with_fewer_points_than_wanted() -> None:
    workshop = Workshop(Problem.of(LECTURE))
    runs = np.array([[-1, 0], [-1, -1]])
    points = workshop.problem.ideal
    assert workshop.programme(runs, least=points) is not None
    assert workshop.programme(runs, least=points + 1) is None


def test_what_one_way_of_finding_attendances_takes_is_not_there_for_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[float] = []

    def find_nothing(*given: object) -> None:
        asked.append(float(str(given[-1])))
        time.sleep(0.05)

    for way in ("section", "balance"):
        monkeypatch.setattr(candidate, way, find_nothing)
    workshop = Workshop(Problem.of(LECTURE, [TakesPart(least=1, participants=("p",))]))
    assert workshop.programme(np.array([[-1, 0], [-1, -1]]), seconds=9) is None
    first, second = asked
    assert first <= 9
    assert second <= first - 0.05


def test_near_runs_that_leave_somebody_below_a_floor_the_others_keep_their_seats() -> None:
    day = event("ab", ["r1"], ("t1", "t2"), "pq", [choice(p, s, 1) for p in "pq" for s in "ab"])
    problem = Problem.of(day, [Floor(least_choices=2)])
    workshop = Workshop(problem)
    runs = np.array([[0], [EMPTY]])
    assert workshop.programme(runs) is None
    near = workshop.near(runs)
    assert [near.attended(day, p) for p in "pq"] == [("a",), ("a",)]
