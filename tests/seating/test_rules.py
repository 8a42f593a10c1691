"""Each rule about shared blocks is broken, or costs, in a sentence of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest
from pydantic import ValidationError
from tests.rules.tiny import choice, person
from tests.seating.tables import DRINKS, day, plan, shared, stand, tables

from spilrooster.check import check, rule_costs
from spilrooster.problem import Problem
from spilrooster.rules import (
    RULES,
    DrinksGroups,
    LunchShift,
    MarketStand,
    Rule,
    TableMix,
    TableSeats,
)
from spilrooster_models import Participant, UnknownId

PEOPLE: list[Participant | str] = [
    person("ada", organisation="Post", municipality="Venlo", groups=("post",)),
    person("ben", organisation="post", municipality="Weert", role="bewoner"),
    person("cas", municipality="Venlo", groups=("board",)),
    "dee",
]
TABLES = tables("Hall", 2, 3, "lunch", "late")
ONE_LUNCH = day(
    [*PEOPLE[:3], person("dee", misses=("late",))],
    [shared("lunch", 9), shared("late", 10, DRINKS)],
    [TABLES],
)
STANDS = day(
    PEOPLE,
    [shared("shift", 9), shared("shift2", 9)],
    [tables("Hall", 0, 3, "shift", "shift2"), stand("Stall", "ada ben", "shift", "shift2")],
)
TOUR = day(
    PEOPLE,
    [shared("b1", 9, DRINKS), shared("b2", 10, DRINKS), shared("b3", 11, DRINKS)],
    [stand("Stall", "post ben", "b1", "b2", "b3")],
)
ATTENDS = {"ada": "a.", "ben": "ab", "cas": "ab", "dee": "b."}
GOOD = {"lunch Hall 1": "ada cas", "lunch Hall 2": "ben dee", "late Hall 1": "ada ben cas"}
GOOD_SHIFTS = {
    "shift Hall": "ben cas", "shift2 Hall": "ada dee", "shift Stall": "ada", "shift2 Stall": "ben"
}  # fmt: skip
CHOICES = tuple(
    choice(p, s, rank)
    for p, s, rank in (("ada", "a", 1), ("ben", "b", 1), ("ben", "a", 4), ("cas", "a", 1))
)


class Case(NamedTuple):
    rule: Rule
    seats: Mapping[str, str]
    says: list[str]
    event: Any = ONE_LUNCH
    attends: Mapping[str, str] = ATTENDS
    cost: int | None = None


MIX = TableMix(smallest=1)
CASES = (
    Case(TableSeats(), GOOD | {"lunch Hall 1": "ada ben cas dee", "lunch Hall 2": ""},
         ["There are 4 people at Hall 1 in lunch; it has 3 seats."]),
    Case(TableSeats(), GOOD | {"late Hall 1": "ada", "late Hall 2": "ben"},
         ["In late, 1 people have no place; the first is cas."]),
    Case(TableSeats(), GOOD | {"late Hall 2": "dee"},
         ["dee is at Hall 2 in late, but is not there then."]),
    Case(LunchShift(), GOOD | {"lunch Hall 2": "dee"},
         ["In lunch, 1 people have no place to eat; the first is ben."]),
    Case(LunchShift(), GOOD_SHIFTS | {"shift2 Hall": "ada dee cas"},
         ["cas eats more than once: shift, shift2."], STANDS, {}),
    Case(LunchShift(weight=4), GOOD_SHIFTS,
         ["ada eats in shift2, with no session just before or after; shift would be better."],
         STANDS, {"ada": "a.", "ben": "ab", "cas": "ab", "dee": ".b"}, cost=4),
    Case(MarketStand(), GOOD_SHIFTS | {"shift Stall": ""},
         ["In shift, stand Stall is staffed by 0, and it needs 1."], STANDS),
    Case(MarketStand(), GOOD_SHIFTS | {"shift2 Stall": "cas"},
         ["cas is at stand Stall in shift2, and does not own it."], STANDS),
    Case(MarketStand(weight=2), {"b1 Stall": "ada", "b2 Stall": "ada", "b3 Stall": "ada"},
         ["At stand Stall, ada has 3 turns and ben has 0."], TOUR, cost=4),
    Case(TableMix(smallest=1, avoid=("organisation", "municipality")),
         GOOD | {"lunch Hall 1": "ada ben cas", "lunch Hall 2": "dee"},
         ["At Hall 1 in lunch, pairs of one organisation: 1.",
          "At Hall 1 in lunch, pairs of one municipality: 1."], cost=2),
    Case(TableMix(smallest=1, avoid=("session",), weights=(5,)),
         GOOD | {"lunch Hall 1": "ada ben cas", "lunch Hall 2": "dee"},
         ["At Hall 1 in lunch, pairs who are at one session that day: 3."], cost=15),
    Case(TableMix(smallest=3, avoid=(), counted=(("bewoner", 1), ("board", 2))), GOOD,
         ["There are 2 people at Hall 1 in lunch; there should be 3.",
          "Of bewoner, 0 are at Hall 1 in lunch; there should be 1.",
          "Of board, 1 are at Hall 1 in lunch; there should be 2.",
          "There are 2 people at Hall 2 in lunch; there should be 3.",
          "Of board, 0 are at Hall 2 in lunch; there should be 2."], cost=6),
    Case(TableMix(smallest=1, avoid=("again", "role", "sector"), blocks=("lunch", "late")), GOOD,
         ["At Hall 1 in late, pairs who sat together before: 1."], cost=1),
    Case(DrinksGroups(avoid=("met", "theme"), best_choices=1), GOOD,
         ["At Hall 1 in late, pairs who met that day: 3.",
          "At Hall 1 in late, pairs who want no theme in common: 2."],
         ONE_LUNCH.model_copy(update={"choices": CHOICES}), cost=5),
    Case(DrinksGroups(avoid=("met",)), GOOD,
         ["At Hall 1 in late, pairs who met that day: 1."], attends={}, cost=1),
)  # fmt: skip


def test_every_rule_about_shared_blocks_has_a_case() -> None:
    assert {type(case.rule) for case in CASES} == {k for k in RULES if k.stage == "seating"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says[0])
def test_what_is_wrong_is_said(case: Case) -> None:
    problem = Problem.of(case.event, [case.rule])
    findings = check(problem, plan(case.event, case.attends, case.seats))
    mine = [f for f in findings if f.rule == case.rule.rule]
    assert [str(f.message) for f in mine] == case.says
    assert all(f.broken == (case.cost is None) for f in mine)
    if case.cost is not None:
        costs = rule_costs(problem, findings)
        assert sum(c.cost for c in costs if c.rule == case.rule.rule) == case.cost


def test_a_good_day_breaks_nothing() -> None:
    for event, seats in ((ONE_LUNCH, GOOD), (STANDS, GOOD_SHIFTS)):
        findings = check(Problem.of(event), plan(event, ATTENDS, seats))
        assert [str(f.message) for f in findings if f.broken] == []


def test_reasons_have_levels_in_their_order_or_share_one_by_weights() -> None:
    assert TableMix(level=3, avoid=("again", "session")).levels == (3, 4, 5)
    rule = TableMix(level=3, avoid=("again", "session"), weights=(9, 1))
    assert rule.levels == (3, 4)
    assert [p.weight for _, p in rule.priorities] == [9, 1]


def test_rules_are_standard_only_where_the_event_has_what_they_are_about() -> None:
    def kinds(event: Any) -> set[str]:
        return {r.rule for r in Problem.of(event).rules if r.stage == "seating"}

    assert kinds(day(PEOPLE, [shared("lunch", 9)], [])) == set()
    assert kinds(STANDS) == {"table_seats", "lunch_shift", "market_stand"}
    assert kinds(ONE_LUNCH) == {"table_seats", "lunch_shift", "table_mix", "drinks_groups"}


@pytest.mark.parametrize(
    ("rule", "event", "column", "value"),
    [
        (TableMix(blocks=("nowhere",)), ONE_LUNCH, "table_mix.blocks", "nowhere"),
        (TableMix(blocks=("shift",)), STANDS, "table_mix.blocks", "shift"),
        (TableMix(), STANDS, "table_mix.blocks", None),
        (TableMix(counted=(("mayor", 1),)), ONE_LUNCH, "table_mix.counted", "mayor"),
    ],
)
def test_what_does_not_exist_is_refused(
    rule: Rule, event: Any, column: str, value: str | None
) -> None:
    with pytest.raises(UnknownId) as error:
        Problem.of(event, [rule])
    assert [(p.column, p.value) for p in error.value.problems] == [(column, value)]


@pytest.mark.parametrize(
    "fields",
    [
        {"level": 1},
        {"avoid": ["again", "again"]},
        {"avoid": ["again"], "weights": [1, 2]},
        {"avoid": ["again"], "weights": [-1]},
        {"counted": [["bewoner", -1]]},
        {"avoid": ["colour"]},
    ],
)
def test_fields_that_make_no_sense_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TableMix.model_validate(fields)


def test_who_misses_every_round_of_a_day_is_not_at_its_lunch() -> None:
    people: list[Participant | str] = [person("ada", absent=("t1", "t2")), "ben"]
    event = day(people, [shared("lunch", 9)], [tables("Hall", 1, 3, "lunch")])
    assert event.present_in["lunch"] == {"ben"}


def test_a_programme_with_places_that_do_not_exist_does_not_fit() -> None:
    problem = Problem.of(ONE_LUNCH)
    wrong = plan(ONE_LUNCH, ATTENDS, {"lunch Hall 9": "ada"})
    assert [str(f.message) for f in check(problem, wrong)] == [
        "There is no such table or stand: lunch, Hall 9."
    ]
    other = wrong.model_copy(update={"shared": ("late", "lunch")})
    assert str(check(problem, other)[0].message).startswith("The programme's shared blocks")
