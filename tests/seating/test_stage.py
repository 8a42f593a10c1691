"""The stage: plans of tables that are as good as enumeration's, and whole days that hold."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import numpy as np
import pytest
from tests.rules.tiny import person
from tests.seating.tables import DRINKS, day, every_seating, plan, shared, stand, tables
from tests.seating.test_meetings import random_day

import spilrooster as sr
from spilrooster.check import check, rule_costs
from spilrooster.problem import Problem
from spilrooster.rules import TableMix
from spilrooster.search.clock import Clock, Limits
from spilrooster.seating import plan as plan_module
from spilrooster.seating.floor import Room, deal, sizes
from spilrooster.seating.meetings import meetings
from spilrooster.seating.stage import seat
from spilrooster_models import Programme


def costs(problem: Problem, programme: Programme) -> tuple[int, ...]:
    """The costs by level: what comes first in the order is better."""
    found = check(problem, programme)
    assert not [f for f in found if f.broken and f.rule in {"table_seats", "lunch_shift"}]
    mine = [c for c in rule_costs(problem, found) if c.rule == "table_mix"]
    return tuple(c.cost for c in sorted(mine, key=lambda c: c.level))


@pytest.mark.parametrize("seed", range(12))
def test_no_plan_of_a_tiny_lunch_is_better(seed: int) -> None:
    avoid = ("organisation", "session", "municipality", "theme")
    weights = () if seed % 2 else (3, 1, 2, 1)
    rule = TableMix(avoid=avoid, weights=weights, smallest=2, counted=(("x", seed % 2),))
    rule = rule.model_copy(update={"counted": ()}) if seed % 3 else rule
    problem, programme = random_day(300 + seed, (rule,), one_block=True)
    ours = seat(problem, programme, Clock(Limits(work=1)), seed)
    size = Counter(ours.table_of.values())
    alike = [
        sat for sat in every_seating(problem, programme) if Counter(sat.table_of.values()) == size
    ]
    assert costs(problem, ours) == min(costs(problem, sat) for sat in alike)


def crowd(count: int, seed: int = 1, shares: int = 30) -> list[sr.Participant]:
    dice = random.Random(seed)
    return [
        person(
            f"p{i}",
            organisation=f"o{dice.randrange(shares)}",
            municipality=f"m{dice.randrange(shares // 2)}",
            role="bewoner" if i % 4 == 0 else "",
        )
        for i in range(count)
    ]


def test_tables_of_ten_reach_the_bound_where_only_colleagues_count() -> None:
    event = day(crowd(120), [shared("lunch", 9)], [tables("Hall", 12, 10, "lunch")])
    problem = Problem.of(event, [TableMix(avoid=("organisation", "municipality"))])
    sat = seat(problem, plan(event, {}), Clock(Limits(work=4)), 1)
    found = {m.reason: m for m in meetings(problem, sat)}
    assert found["organisation"].count == found["organisation"].bound == 0
    assert found["municipality"].count <= found["municipality"].bound + 1


def test_counted_roles_are_at_every_table() -> None:
    event = day(crowd(60), [shared("lunch", 9)], [tables("Hall", 6, 10, "lunch")])
    rule = TableMix(avoid=("organisation",), counted=(("bewoner", 2),))
    problem = Problem.of(event, [rule])
    sat = seat(problem, plan(event, {}), Clock(Limits(work=1)), 1)
    assert costs(problem, sat)[0] == 0
    have = [sum(int(p[1:]) % 4 == 0 for p in people) for people in sat.people_at.values()]
    assert min(have) >= 2


def test_over_a_season_no_pair_sits_together_twice() -> None:
    blocks = [shared(f"d{i}", 12, date=dt.date(2026, 1 + i, 8)) for i in range(4)]
    ids = [b.id for b in blocks]
    event = day(crowd(32), blocks, [tables("Online", 8, 4, *ids)])
    problem = Problem.of(event, [TableMix(avoid=("again",))])
    sat = seat(problem, plan(event, {}), Clock(Limits(work=8)), 1)
    (again, _) = meetings(problem, sat)
    assert again.pairs == 4 * 8 * 6
    assert again.count == again.bound == 0
    assert [len(b) for b in event.lunches] == [1] * 4


def test_a_whole_day_with_shifts_market_and_drinks_is_solved_and_checked() -> None:
    blocks = [shared("shift", 9), shared("shift2", 9), shared("drinks", 10, DRINKS)]
    places = [
        tables("Hall", 3, 4, "shift", "shift2"),
        stand("Stall", "p0 p1", "shift", "shift2"),
        tables("Bar", 4, 6, "drinks"),
    ]
    people = crowd(20)
    people[3] = people[3].model_copy(update={"misses": ("drinks",)})
    problem = Problem.of(day(people, blocks, places))
    result = sr.solve(problem, sr.Limits(work=3))
    programme = result.require()
    assert result.findings == check(problem, programme)
    assert not [f for f in result.findings if f.broken]
    assert programme.shared == ("shift", "shift2", "drinks")
    assert ("p3", "drinks") not in programme.table_of
    assert {m.rule for m in result.meetings} == {"table_mix", "drinks_groups"}
    again = sr.solve(problem, sr.Limits(work=3))
    assert again.require() == programme
    assert again.meetings == result.meetings


def test_who_has_no_session_on_a_day_is_not_at_its_lunch() -> None:
    event = day(
        crowd(9),
        [shared("lunch", 13), shared("drinks", 18, DRINKS)],
        [tables("Hall", 3, 3, "lunch"), tables("Bar", 3, 3, "drinks")],
    )
    event = sr.Event.model_validate(event.model_dump() | {"only_with_session": True})
    busy = {"p1", "p4", "p5", "p8"}
    programme = plan(event, dict.fromkeys(busy, "a."))
    sat = seat(Problem.of(event), programme, Clock(Limits(work=1)), 1)
    for block in ("lunch", "drinks"):
        assert {p for (p, b), table in sat.table_of.items() if b == block and table} == busy
    assert not [
        f for f in check(Problem.of(event), sat) if f.rule in {"table_seats", "lunch_shift"}
    ]
    everywhere = event.model_copy(update={"only_with_session": False})
    found = [f for f in check(Problem.of(everywhere), sat) if f.broken]
    assert {f.rule for f in found} >= {"table_seats", "lunch_shift"}


def test_a_day_on_which_not_everybody_can_eat_is_infeasible() -> None:
    event = day(crowd(5), [shared("lunch", 9)], [tables("Hall", 2, 2, "lunch")])
    result = sr.solve(Problem.of(event), sr.Limits(work=1))
    assert result.status is sr.Status.INFEASIBLE


def test_a_cancelled_solve_still_gives_everybody_a_table() -> None:
    event = day(crowd(40), [shared("lunch", 9)], [tables("Hall", 5, 8, "lunch")])
    problem = Problem.of(event)
    sat = seat(problem, plan(event, {}), Clock(Limits(seconds=60), lambda: True), 1)
    assert len(sat.table_of) == 40


def test_more_people_than_fit_into_memory_are_mixed_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plan_module, "MOST_TOGETHER", 45)
    event = day(crowd(120), [shared("lunch", 9)], [tables("Hall", 12, 10, "lunch")])
    problem = Problem.of(event, [TableMix(avoid=("organisation",))])
    sat = seat(problem, plan(event, {}), Clock(Limits(work=2)), 1)
    assert sorted(len(people) for people in sat.people_at.values()) == [10] * 12
    (organisation, _) = meetings(problem, sat)
    assert organisation.count == organisation.bound == 0


@pytest.mark.parametrize(
    ("seats", "mixed", "people", "smallest", "expected"),
    [
        ([10, 10, 10], [1, 1, 1], 23, 3, [7, 8, 8]),
        ([4, 10, 10], [1, 1, 1], 23, 3, [4, 9, 10]),
        ([10, 10, 10], [1, 1, 1], 8, 4, [4, 4, 0]),
        ([10, 10, 10], [1, 1, 1], 2, 4, [2, 0, 0]),
        ([3, 3, 9], [1, 1, 0], 8, 2, [3, 3, 2]),
        ([9, 5], [0, 0], 7, 3, [4, 3]),
        ([5], [1], 0, 3, [0]),
    ],
)
def test_tables_are_filled_evenly_and_none_too_thinly(
    seats: list[int], mixed: list[int], people: int, smallest: int, expected: list[int]
) -> None:
    room = Room(seats=np.array(seats), mixed=np.array(mixed))
    assert sizes(room, people, smallest, []).tolist() == expected


def test_fewer_tables_are_used_if_a_counted_role_is_scarce() -> None:
    room = Room(seats=np.array([10] * 5), mixed=np.array([1] * 5))
    assert sizes(room, 25, 3, [(6, 2)]).tolist() == [8, 8, 9, 0, 0]


def test_neighbours_in_the_list_are_dealt_to_different_tables() -> None:
    assert deal(np.arange(5), np.array([2, 1, 2])).tolist() == [0, 3, 1, 2, 4]
