"""Shifts and stands: everybody eats, stands are staffed, and nobody waits who need not."""

from __future__ import annotations

import itertools
import random

import pytest
from tests.rules.tiny import person
from tests.seating.tables import DRINKS, day, plan, shared, stand, tables

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.rules import LunchShift, MarketStand
from spilrooster.search.clock import Clock, Limits
from spilrooster.seating.shifts import dealt, decide, is_possible
from spilrooster.seating.stage import seat
from spilrooster_models import Event, Programme, SharedPlace

SHIFTS = [shared("shift", 9), shared("shift2", 9)]
BOTH = ("shift", "shift2")


def seats_of(*numbers: int) -> list[SharedPlace]:
    return [tables("Hall", 0, n, b) for n, b in zip(numbers, BOTH, strict=True)]


def cost(problem: Problem, programme: Programme) -> int | None:
    """What the rules about shifts and stands cost; None if one is broken."""
    found = check(problem, programme)
    if any(f.broken for f in found if f.rule != "programme"):
        return None
    return sum(f.cost or 0 for f in found if f.rule in {"lunch_shift", "market_stand"})


def cheapest(problem: Problem, attends: dict[str, str]) -> int | None:
    """The least cost of every way to give everybody a place, or none, in both shifts."""
    event, costs = problem.event, []
    options = [[*event.layout.tables[block], None] for block in event.seated]
    people = [p.id for p in event.participants]
    for days in itertools.product(itertools.product(*options), repeat=len(people)):
        seats: dict[str, str] = {}
        for p, places in zip(people, days, strict=True):
            for block, table in zip(event.seated, places, strict=True):
                if table is not None:
                    key = f"{block} {table}"
                    seats[key] = f"{seats.get(key, '')} {p}"
        found = cost(problem, plan(event, attends, seats))
        costs += [] if found is None else [found]
    return min(costs, default=None)


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_cheaper_than_what_is_decided(seed: int) -> None:
    dice = random.Random(seed)
    people = [
        person(f"p{i}", misses=tuple(b for b in BOTH if dice.random() < 0.1)) for i in range(4)
    ]
    places = seats_of(dice.randrange(1, 4), dice.randrange(1, 4))
    if dice.random() < 0.5:
        places.append(stand("Stall", "p0 p1", *dice.choice([BOTH, BOTH[:1]])))
    event = day(people, SHIFTS, places)
    problem = Problem.of(event, [LunchShift(weight=2), MarketStand(level=2)])
    attends = {p.id: dice.choice(["a.", ".b", "ab", ".."]) for p in people}
    best = cheapest(problem, attends)
    assert is_possible(event) == (best is not None)
    if best is not None:
        sat = seat(problem, plan(event, attends), Clock(Limits(work=1)), 1)
        assert cost(problem, sat) == best


def test_turns_at_a_stand_are_shared() -> None:
    blocks = [shared(f"b{i}", 9 + i, DRINKS) for i in range(4)]
    event = day(["ada", "ben", "cas"], blocks, [stand("Stall", "ada ben", *(b.id for b in blocks))])
    turns = decide(Problem.of(event), plan(event, {}), 1)
    staff = [p for people in turns.staff.values() for p in people]
    assert sorted(staff) == ["ada", "ada", "ben", "ben"]


def test_shifts_are_filled_in_proportion_and_colleagues_spread() -> None:
    people = [person(f"p{i}", organisation="xy"[i // 6]) for i in range(12)]
    event = day(people, SHIFTS, seats_of(10, 20))
    turns = decide(Problem.of(event), plan(event, {}), 1)
    assert {block: len(eaters) for block, eaters in turns.eaters.items()} == {
        "shift": 4, "shift2": 8
    }  # fmt: skip
    for eaters in turns.eaters.values():
        from_x = sum(int(p[1:]) < 6 for p in eaters)
        assert 2 * from_x == len(eaters)


@pytest.mark.parametrize(
    ("places", "possible"),
    [
        (seats_of(1, 1), False),
        (seats_of(2, 1), True),
        ([*seats_of(3, 3), stand("Stall", "ada", "shift")], True),
        ([*seats_of(3, 3), stand("Stall", "ada", "shift", "shift2")], False),
        ([*seats_of(3, 3), stand("Stall", "ada ben", "shift", "shift2")], True),
        ([*seats_of(3, 3), stand("Stall", "ada ben", "shift", "shift2", seats=2)], False),
        ([*seats_of(0, 3), stand("Stall", "ada", "shift2")], False),
        ([*seats_of(3, 3), stand("One", "ada", "shift"), stand("Two", "ada", "shift")], False),
    ],
)
def test_what_is_impossible_is_known_before_the_search(
    places: list[SharedPlace], possible: bool
) -> None:
    event: Event = day(["ada", "ben", "cas"], SHIFTS, places)
    assert is_possible(event) is possible


def test_numbers_are_dealt_out_evenly() -> None:
    assert dealt({"a": 2, "b": 4}) == ["b", "a", "b", "b", "a", "b"]
    assert dealt({"a": 0, "b": 1}) == ["b"]
