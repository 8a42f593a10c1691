"""The numbers people read, against figures worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from spilrooster.numbers import SeatsUsed, rank_counts, satisfaction, seats_used, share_used
from spilrooster.problem import Problem
from spilrooster.rules import Choices
from spilrooster_models import (
    Choice,
    Event,
    Layout,
    Participant,
    PersonalSchedule,
    Programme,
    RankCount,
    Room,
    Round,
    Run,
    Session,
)

ROUNDS = tuple(
    Round(id=i, name=i, start=dt.time(hour), end=dt.time(hour + 1))
    for i, hour in (("r1", 9), ("r2", 11))
)
WORTH = Choices(points_per_rank=(10, 6, 3))
RUNS = (("a", "r1", "hall"), ("b", "r1", "attic"), ("c", "r2", "hall"))


def problem_of(choices: tuple[Choice, ...], people: tuple[Participant, ...]) -> Problem:
    event = Event(
        name="Small",
        date=dt.date(2026, 11, 19),
        layout=Layout(
            rooms=(
                Room(id="hall", name="Hall", seats=4),
                Room(id="attic", name="Attic", seats=2, closed=("r2",)),
            ),
            rounds=ROUNDS,
        ),
        sessions=(
            Session(id="a", title="A", presenters=("eve",), max_people=3),
            Session(id="b", title="B"),
            Session(id="c", title="C"),
        ),
        participants=people,
        choices=choices,
    )
    return Problem.of(event, [WORTH])


def programme_of(**days: tuple[str | None, str | None]) -> Programme:
    return Programme(
        rounds=("r1", "r2"),
        runs=tuple(Run(session=s, round=t, room=r) for s, t, r in RUNS),
        schedules=tuple(PersonalSchedule(participant=p, sessions=d) for p, d in days.items()),
    )


def ranked(participant: str, *sessions: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(participant=participant, session=s, rank=i + 1) for i, s in enumerate(sessions)
    )


def people(*ids: str) -> tuple[Participant, ...]:
    return tuple(Participant(id=i) for i in ids)


EVERYONE = people("ann", "bob", "cem", "dia", "eve")
CHOICES = ranked("ann", "a", "b", "c") + ranked("bob", "b", "c") + ranked("cem", "c", "a")
PROGRAMME = programme_of(
    ann=("a", "c"), bob=("a", None), cem=("b", "c"), dia=("b", None), eve=("a", "c")
)


def test_ranks_are_counted_over_the_people_who_gave_that_rank() -> None:
    counts = rank_counts(problem_of(CHOICES, EVERYONE), PROGRAMME)
    assert counts == (
        RankCount(rank=1, asked=3, granted=2),  # ann and cem
        RankCount(rank=2, asked=3, granted=0),
        RankCount(rank=3, asked=1, granted=1),  # ann
    )


def test_somebody_with_two_first_choices_counts_once() -> None:
    tie = tuple(Choice(participant="ann", session=s, rank=1) for s in ("a", "b"))
    counts = rank_counts(problem_of(tie, EVERYONE), PROGRAMME)
    assert counts == (RankCount(rank=1, asked=1, granted=1),)


def test_a_session_that_somebody_presents_is_not_granted_to_them() -> None:
    counts = rank_counts(problem_of(ranked("eve", "a"), EVERYONE), PROGRAMME)
    assert counts == (RankCount(rank=1, asked=1, granted=0),)


def test_choices_given_as_points_have_no_rank() -> None:
    choices = (Choice(participant="ann", session="a", points=5),)
    assert rank_counts(problem_of(choices, EVERYONE), PROGRAMME) == ()


def test_satisfaction_is_a_share_of_each_persons_own_ideal() -> None:
    # ideals: ann 10 + 6, bob 10 + 6, cem 10 + 6; got: ann 10 + 3, bob 0, cem 10
    found = satisfaction(problem_of(CHOICES, EVERYONE), PROGRAMME)
    assert found is not None
    assert (found.people, found.with_nothing) == (3, 1)
    assert found.worst == 0
    assert found.tenth_percentile == 0
    assert found.median == pytest.approx(10 / 16)
    assert found.mean == pytest.approx((13 / 16 + 10 / 16) / 3)


def test_a_choice_that_somebody_attends_twice_is_worth_its_points_once() -> None:
    twice = Programme(
        rounds=("r1", "r2"),
        runs=(Run(session="b", round="r1", room="hall"), Run(session="b", round="r2", room="hall")),
        schedules=(PersonalSchedule(participant="bob", sessions=("b", "b")),),
    )
    found = satisfaction(problem_of(ranked("bob", "b", "c"), people("bob", "eve")), twice)
    assert found is not None
    assert found.mean == pytest.approx(10 / 16)


def test_at_least_nine_in_ten_people_have_the_tenth_percentile() -> None:
    names = [f"p{i:02}" for i in range(20)]
    lucky = dict.fromkeys(names[1:], ("b", None))
    programme = programme_of(**{names[0]: (None, None)}, **lucky)
    choices = tuple(choice for name in names for choice in ranked(name, "b"))
    found = satisfaction(problem_of(choices, people("eve", *names)), programme)
    assert found is not None
    assert (found.worst, found.tenth_percentile) == (0, 1)


def test_nobody_counts_whose_ideal_is_nothing() -> None:
    # eve can only present what she chose; dia chose nothing; bob is away all day
    away = Participant(id="bob", absent=("r1", "r2"))
    choices = ranked("eve", "a") + ranked("bob", "b")
    programme = programme_of(eve=("a", None), dia=("b", None), bob=(None, None))
    problem = problem_of(choices, (*people("eve", "dia"), away))
    assert satisfaction(problem, programme) is None


def test_seats_are_counted_per_open_room_and_round_without_presenters() -> None:
    used = seats_used(problem_of(CHOICES, EVERYONE), PROGRAMME)
    assert used == (
        SeatsUsed(round="r1", room="hall", session="a", attending=2, places=3, seats=4),
        SeatsUsed(round="r1", room="attic", session="b", attending=2, places=2, seats=2),
        SeatsUsed(round="r2", room="hall", session="c", attending=3, places=4, seats=4),
    )
    assert [u.full for u in used] == [False, True, False]


def test_a_room_that_is_open_and_unused_is_listed_without_a_session() -> None:
    empty = Programme(
        rounds=("r1", "r2"),
        runs=(),
        schedules=tuple(
            PersonalSchedule(participant=p.id, sessions=(None, None)) for p in EVERYONE
        ),
    )
    used = seats_used(problem_of((), EVERYONE), empty)
    assert [(u.round, u.room, u.session) for u in used] == [
        ("r1", "hall", None),
        ("r1", "attic", None),
        ("r2", "hall", None),
    ]
    assert share_used(used) == 0


def test_share_of_seats_adds_people_and_seats_before_dividing() -> None:
    used = seats_used(problem_of(CHOICES, EVERYONE), PROGRAMME)
    assert share_used(u for u in used if u.round == "r1") == pytest.approx(4 / 6)
    assert share_used(()) is None
