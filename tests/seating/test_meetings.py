"""Stage and rules count the same meetings, and no plan has fewer than the bound says."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from tests.rules.tiny import choice, person
from tests.seating.tables import DRINKS, day, every_seating, plan, seated, shared, tables

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.rules import DrinksGroups, Rule, TableMix
from spilrooster.seating import bounds
from spilrooster.seating.bounds import even, most
from spilrooster.seating.meetings import meetings
from spilrooster_models import Event, Programme

ALL = ("organisation", "municipality", "sector", "role", "session", "met", "again", "theme")
Day = tuple[Problem, Programme]


def people(dice: random.Random, count: int) -> Iterator[tuple[str, dict[str, str]]]:
    """People of few organisations and places; some have none."""
    for i in range(count):
        facts = {
            name: dice.choice(["x", "X", "y", "z", ""][:most])
            for name, most in (("organisation", 5), ("municipality", 3), ("sector", 2), ("role", 4))
        }
        yield f"p{i}", facts


def random_day(seed: int, rules: tuple[Rule, ...], one_block: bool = False) -> Day:
    """Five people at one or two blocks with two or three tables, who attend at random."""
    dice = random.Random(seed)
    blocks = [shared("lunch", 9), shared("drinks", 10, DRINKS)][: 1 if one_block else 2]
    ids = [b.id for b in blocks]
    layout = [tables("Hall", *dice.choice([(2, 3), (2, 4), (3, 2)]), *ids)]
    if one_block and dice.random() < 0.3:
        layout.append(tables("Bar", 0, dice.choice([1, 2]), *ids))
    crowd = [person(p, **facts) for p, facts in people(dice, 5)]
    choices = [
        choice(p.id, s, rank)
        for p in crowd
        for rank, s in enumerate(dice.sample("abc", dice.randrange(4)), 1)
    ]
    event = day(crowd, blocks, layout, choices=choices)
    attends = {p.id: "".join(dice.choice("ab.") for _ in range(2)) for p in crowd}
    return Problem.of(event, rules), plan(event, attends)


def counted(problem: Problem, programme: Programme) -> dict[tuple[str, str], int]:
    return {(m.rule, m.reason): m.count for m in meetings(problem, programme)}


BLOCKS = ("lunch", "drinks")
EVERY_REASON = (
    TableMix(avoid=ALL, smallest=1, blocks=BLOCKS, best_choices=1),
    DrinksGroups(avoid=ALL[::-1], smallest=1, weights=(1,) * 8, best_choices=2),
)


@pytest.mark.parametrize("seed", range(4))
def test_the_stage_counts_what_the_rules_find(seed: int) -> None:
    problem, programme = random_day(seed, EVERY_REASON)
    seatings = list(every_seating(problem, programme))
    for sat in random.Random(seed).choices(seatings, k=12):
        found: Counter[tuple[str, int]] = Counter()
        for f in check(problem, sat):
            found[f.rule, f.level] += f.cost or 0
        mine = counted(problem, sat)
        by_level = {("table_mix", 5 + i): mine["table_mix", r] for i, r in enumerate(ALL)}
        by_level["drinks_groups", 5] = sum(mine["drinks_groups", r] for r in ALL)
        assert {k: found[k] for k in by_level} == by_level


@pytest.mark.parametrize("seed", range(15))
def test_no_plan_has_fewer_meetings_than_the_bound(seed: int) -> None:
    """The rule counts, so that neither the numbers nor the bound are the stage's own word."""
    rule = TableMix(avoid=ALL, smallest=1, best_choices=1)
    problem, programme = random_day(100 + seed, (rule,), one_block=True)
    least = dict.fromkeys(ALL, 99)
    for sat in every_seating(problem, programme):
        found = Counter[int]()
        for f in rule.findings(problem.event, sat):
            found[f.level] += f.cost or 0
        least = {r: min(least[r], found[5 + i]) for i, r in enumerate(ALL)}
    proven = {m.reason: m.bound for m in meetings(problem, sat)}
    assert all(proven[r] <= least[r] for r in ALL), (proven, least)
    # One column makes the bound exact, unless people can sit where nobody counts.
    if len(problem.event.layout.places) == 1:
        assert all(proven[r] == least[r] for r in ("organisation", "municipality", "sector"))


def test_the_bound_on_any_reason_holds() -> None:
    rule = TableMix(avoid=("organisation", "session", "municipality"), smallest=1)
    for seed in range(3):
        problem, programme = random_day(150 + seed, (rule,), one_block=True)
        seatings = list(every_seating(problem, programme))
        for sat in random.Random(seed).choices(seatings, k=30):
            *_, any_reason = meetings(problem, sat)
            assert any_reason.bound <= any_reason.count


@pytest.mark.parametrize("seed", range(4))
def test_no_two_plans_repeat_fewer_pairs_than_the_bound(seed: int) -> None:
    rule = TableMix(avoid=("again", "met"), smallest=1, blocks=BLOCKS)
    problem, programme = random_day(200 + seed, (rule,))
    seatings = list(every_seating(problem, programme))
    for sat in random.Random(seed).choices(seatings, k=30):
        for m in meetings(problem, sat):
            assert m.bound <= m.count, m


def test_repeats_that_cannot_be_avoided_are_proven() -> None:
    """Four people at two tables of two, four times: the fourth time somebody meets again."""
    blocks = [shared(f"lunch{i}", 9 + i) for i in range(4)]
    event = day(
        [f"p{i}" for i in range(4)], blocks, [tables("Hall", 2, 2, *(b.id for b in blocks))]
    )
    problem = Problem.of(event, [TableMix(avoid=("again",), smallest=2)])
    one, two = "Hall 1", "Hall 2"
    rounds = [
        (one, one, two, two),
        (one, two, one, two),
        (one, two, two, one),
        (one, one, two, two),
    ]
    sat = seated(problem, plan(event, {}), **{b.id: r for b, r in zip(blocks, rounds, strict=True)})
    (again, any_reason) = meetings(problem, sat)
    assert (again.pairs, again.count, again.bound) == (8, 2, 2)
    assert (any_reason.reason, any_reason.bound) == ("any", 2)


def test_a_pair_that_shares_several_sessions_counts_once_and_the_bound_knows() -> None:
    """Six people who are together all day, at two tables of three: six pairs, not twelve."""
    event = day([f"p{i}" for i in range(6)], [shared("lunch", 9)], [tables("Hall", 2, 3, "lunch")])
    problem = Problem.of(event, [TableMix(avoid=("session",))])
    attends = {f"p{i}": "aa" for i in range(6)}
    sat = seated(problem, plan(event, attends), lunch=["Hall 1", "Hall 2"] * 3)
    assert [(m.count, m.bound) for m in meetings(problem, sat)] == [(6, 6), (6, 6)]


def test_sessions_that_different_pairs_share_add_up() -> None:
    """Two rounds each force three pairs, and no pair can serve for both."""
    names = [f"p{i}{j}" for i in range(3) for j in range(3)]
    event = day(names, [shared("lunch", 9)], [tables("Hall", 2, 5, "lunch")])
    problem = Problem.of(event, [TableMix(avoid=("session",))])
    attends = {p: "abc"[int(p[1])] + "abc"[int(p[2])] for p in names}
    sat = seated(problem, plan(event, attends), lunch=["Hall 1"] * 5 + ["Hall 2"] * 4)
    proven = {m.reason: m.bound for m in meetings(problem, sat)}
    assert proven == {"session": 6, "any": 6}


def test_with_very_many_people_only_the_pigeonhole_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = TableMix(avoid=ALL, smallest=1)
    problem, programme = random_day(101, (rule,), one_block=True)
    sat = next(every_seating(problem, programme))
    closely = {m.reason: m.bound for m in meetings(problem, sat)}
    monkeypatch.setattr(bounds, "MOST_PEOPLE", 2)
    loosely = {m.reason: m.bound for m in meetings(problem, sat)}
    assert all(loosely[r] <= closely[r] for r in closely)
    assert loosely["organisation"] == closely["organisation"]


def test_few_people_at_a_table_prove_more() -> None:
    """With at least three at a table, only two of four tables are used."""
    names = [person(f"p{i}", municipality="x") for i in range(6)]
    event = day(names, [shared("lunch", 9)], [tables("Hall", 4, 3, "lunch")])
    for smallest, least in ((3, 6), (1, 2)):
        problem = Problem.of(event, [TableMix(avoid=("municipality",), smallest=smallest)])
        sat = seated(problem, plan(event, {}), lunch=["Hall 1", "Hall 2"] * 3)
        assert [m.bound for m in meetings(problem, sat)] == [least, least]


def test_the_pigeonhole_and_the_fullest_tables_are_what_enumeration_says() -> None:
    for n in range(8):
        for m in range(1, 5):
            ways = [w for w in np.ndindex(*(n + 1,) * m) if sum(w) == n]
            pairs = [sum(math.comb(k, 2) for k in w) for w in ways]
            assert even(n, m) == min(pairs)
            fits = [p for w, p in zip(ways, pairs, strict=True) if max(w, default=0) <= 3]
            assert not fits or most(n, 3) >= max(fits)


def test_an_event_without_places_has_no_meetings() -> None:
    event: Event = day(["p"], [shared("lunch", 9)], [])
    assert list(meetings(Problem.of(event), plan(event, {}))) == []
