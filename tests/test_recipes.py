"""What several rules make together: the recipes in README.md, solved."""

from __future__ import annotations

import pytest
from tests.rules.tiny import choice, event, person, room, session

from spilrooster.problem import Problem
from spilrooster.rules import AllOf, Choices, KeepTogether, OneOf, Order, Rule, StayInRoom
from spilrooster.search.clock import Limits
from spilrooster.solve import solve
from spilrooster_models import Event, Programme, Status

AT_HOME = {"p5", "p6"}


def solved(day: Event, rules: list[Rule]) -> Programme:
    result = solve(Problem.of(day, rules), Limits(work=10))
    assert result.status is Status.OPTIMAL
    return result.require()


def test_a_session_in_a_studio_and_online_at_once() -> None:
    people = [person(f"p{i}", needs=("online",) if f"p{i}" in AT_HOME else ()) for i in range(7)]
    everybody = [p.id for p in people]
    day = event(
        [
            session("talk", rooms=("studio",)),
            session("talk-online", needs=("online",)),
            session("walk", rooms=("park",)),
        ],
        [room("studio", 2), room("web", 999, features=("online",)), room("park", 9)],
        ("t1", "t2"),
        people,
        [choice(p, "talk", 1) for p in everybody if p not in AT_HOME]
        + [choice(p, "talk-online", 2) for p in everybody]
        + [choice(p, "walk", 3) for p in everybody if p not in AT_HOME],
    )
    found = solved(
        day,
        [
            KeepTogether(pairs=(("talk", "talk-online"),)),
            OneOf(sessions=("talk", "talk-online")),
        ],
    )
    heard = {p: {*found.attended(day, p)} for p in everybody}
    assert all(heard[p] == {"talk-online"} for p in AT_HOME)
    assert sum("talk" in sessions for sessions in heard.values()) == 2
    assert sum("talk-online" in sessions for sessions in heard.values()) == 5
    assert found.rounds_of["talk"] == found.rounds_of["talk-online"]


def test_a_long_session_in_two_parts() -> None:
    day = event(
        ["part1", "part2", "a", "b"],
        [room("r1", 2), room("r2", 9)],
        ("t1", "t2", "t3"),
        "pqrs",
        [choice(p, s, rank) for p in "pqr" for rank, s in ((1, "part1"), (1, "part2"), (2, "a"))]
        + [choice("s", "part2", 1), choice("s", "b", 2)],
    )
    found = solved(
        day,
        [
            Order(pairs=(("part1", "part2"),), directly=True),
            StayInRoom(groups=(("part1", "part2"),)),
            AllOf(sessions=("part1", "part2")),
        ],
    )
    (first,), (second,) = found.rounds_of["part1"], found.rounds_of["part2"]
    assert found.rounds.index(second) == found.rounds.index(first) + 1
    assert found.room_of["part1", first] == found.room_of["part2", second]
    assert found.audience(day, "part1", first) == found.audience(day, "part2", second)
    assert found.audience(day, "part1", first)


@pytest.mark.parametrize("first", ["p", "q"])
def test_people_of_a_tier_that_counts_more_get_the_seat(first: str) -> None:
    people = [person(p, tier="partner" if p == first else "") for p in "pq"]
    day = event("a", [room("r1", 1)], ("t1",), people, [choice(p, "a", 1) for p in "pq"])
    found = solved(day, [Choices(tiers=(("partner", 2),))])
    assert found.audience(day, "a", "t1") == (first,)
