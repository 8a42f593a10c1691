"""What `post` and `findings` both read from a rule's fields: agreement cannot notice it."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError
from tests.rules.examples_of_runs import on_two_days, with_lunch
from tests.rules.tiny import choice, event, person, session

from spilrooster.rules import Floor, GroupApart, KeepApart, Language, Mix, Order, Spread, TravelTime
from spilrooster.steering import Steering

FOUR = ("t1", "t2", "t3", "t4")  # at nine, ten, eleven and twelve o'clock


def test_people_with_the_same_in_a_column_are_a_set_and_so_is_a_group() -> None:
    day = event(
        "a",
        people=[
            person("p", organisation="x", groups=("g",)),
            person("q", organisation="x"),
            person("r", organisation="y", groups=("g", "h")),
            person("s"),
            person("t"),
        ],
    )
    assert GroupApart(column="organisation").sets_of(day) == (("p", "q"),)
    assert GroupApart(groups=("g", "h")).sets_of(day) == (("p", "r"),)
    assert GroupApart(groups=("g",), column="organisation").sets_of(day) == (("p", "r"), ("p", "q"))


def test_sets_need_a_group_or_a_column() -> None:
    with pytest.raises(ValidationError, match="it needs groups, a column, or both"):
        GroupApart()


@pytest.mark.parametrize(
    ("lunch", "parts"),
    [
        (None, (FOUR,)),
        (dt.time(10, 30), (("t1", "t2"), ("t3", "t4"))),
        (dt.time(12), (("t1", "t2", "t3"), ("t4",))),
        (dt.time(8), (FOUR,)),
    ],
)
def test_a_day_is_divided_by_its_lunch(
    lunch: dt.time | None, parts: tuple[tuple[str, ...], ...]
) -> None:
    day = event("a", times=FOUR)
    assert Spread().parts_of(day if lunch is None else with_lunch(day, lunch)) == parts


def test_without_lunch_a_day_is_divided_at_half_past_twelve() -> None:
    day = event("a", times=(*FOUR, "t5"))
    assert Spread().parts_of(day) == (FOUR, ("t5",))


def test_each_day_has_a_morning_of_its_own() -> None:
    assert Spread().parts_of(on_two_days(event("a", times=FOUR), "t3")) == (
        ("t1", "t2"),
        ("t3", "t4"),
    )


def test_the_way_is_the_same_there_and_back_and_nothing_within_a_building() -> None:
    rule = TravelTime(minutes=9, between=(("x", "y", 4),))
    ways = [rule.way(a, b) for a, b in ("xy", "yx", "xz", "xx")]
    assert ways == [4, 4, 9, 0]
    assert rule.way("x", "") == rule.way("", "x") == 0


@pytest.mark.parametrize(
    ("languages", "spoken", "understands"),
    [
        ("nl | EN", "en", True),
        ("nl|de", "en", False),
        ("", "en", True),
        ("nl", "", True),
        ("nl", "NL", True),
    ],
)
def test_who_understands_what(languages: str, spoken: str, understands: bool) -> None:
    someone = person("p", attributes=(("languages", languages),) if languages else ())
    assert Language().understands(someone, session("a", language=spoken)) is understands


def test_a_floor_asks_for_no_more_choices_than_there_are_rounds_to_listen_in() -> None:
    """One is away for a round, one presents in another, one has only two rounds of choices."""
    people = [person("p", absent=("t1",)), person("q"), person("r", absent=("t1", "t2"))]
    wishes = [choice(p, s, i) for p in "pqr" for i, s in enumerate("abc", 1)]
    sessions = [session("d", presenters=("q", "r")), *map(session, "abc")]
    day = event(sessions, ["r1"], ("t1", "t2", "t3"), people, wishes)
    steering = Steering.free(day)
    Floor(least_choices=3).steer(steering)
    assert steering.least_choices.tolist() == [2, 2, 0]


def test_rules_that_are_lists_of_demands_can_be_split() -> None:
    pairs = (("a", "b"), ("c", "d"))
    assert KeepApart(pairs=pairs).split() == (
        KeepApart(pairs=pairs[:1]),
        KeepApart(pairs=pairs[1:]),
    )
    (one,) = Order(pairs=pairs[:1], directly=True).split()
    assert one == Order(pairs=pairs[:1], directly=True)
    assert Mix(column="role", least=2).split() == (Mix(column="role", least=2),)
    assert KeepApart(pairs=()).split() == (KeepApart(pairs=()),)
