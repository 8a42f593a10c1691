"""A programme that does not fit its event is told apart from one that breaks a rule."""

from __future__ import annotations

import pytest
from tests.rules.tiny import choice, event, programme

from spilrooster.check import check, rule_costs, value_of
from spilrooster.problem import Problem
from spilrooster.rules import FillFreeSeats
from spilrooster_models import PersonalSchedule, Programme, Run

DAY = event(["a", "b"], ["r1", "r2"], people="pq", choices=[choice("p", "a", 1)])
PROBLEM = Problem.of(DAY)
GOOD = programme(DAY, {"a t1 r1": "p q", "b t2 r1": "p q"})


def day(person: str, *places: str | None) -> PersonalSchedule:
    return PersonalSchedule(participant=person, sessions=places)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rounds": ("t2", "t1")}, ["The programme's rounds are not the event's rounds."]),
        (
            {"runs": (*GOOD.runs, Run(session="z", round="t9", room="r9"))},
            [
                "The programme has a session that does not exist: z.",
                "The programme has a room that does not exist: r9.",
                "The programme has a round that does not exist: t9.",
            ],
        ),
        ({"schedules": ()}, ["p has no personal schedule.", "q has no personal schedule."]),
        (
            {"schedules": (*GOOD.schedules, day("x", None, "z"))},
            [
                "There is a schedule for nobody we know: x.",
                "A schedule has a session that does not exist: z.",
                "People are at z in t2, but it does not run then.",
            ],
        ),
        ({"schedules": (day("p", "a", None), day("q", "b", "a"))}, [
            "People are at a in t2, but it does not run then.",
            "People are at b in t1, but it does not run then.",
        ]),
    ],
    ids=["rounds", "runs", "no schedules", "a schedule too many", "not running"],
)  # fmt: skip
def test_a_misfit_is_reported_before_any_rule_is_asked(
    change: dict[str, object], says: list[str]
) -> None:
    # Rebuilt, not copied: what a programme knows of itself is cached.
    facts = {name: getattr(GOOD, name) for name in Programme.model_fields}
    findings = check(PROBLEM, Programme(**(facts | change)))
    said = [str(f.message) for f in findings]
    assert {f.rule for f in findings} == {"programme"}
    assert all(f.broken for f in findings)
    if "rounds" in change:
        said = said[:1]  # people are then in the wrong places, too
    assert said == says


def test_value_is_the_ideal_minus_the_costs_of_the_first_level() -> None:
    plan = programme(DAY, {"a t1 r1": "q", "b t2 r1": "p"})
    findings = check(PROBLEM, plan)
    costs = {(c.rule, c.level): c.cost for c in rule_costs(PROBLEM, findings)}
    assert costs == {("choices", 1): 20, ("fill_free_seats", 2): 2}
    assert PROBLEM.ideal == 20
    assert value_of(PROBLEM, findings) == 0
    assert value_of(PROBLEM, check(PROBLEM, GOOD)) == 20


def test_two_soft_rules_of_one_kind_are_each_counted_once_on_their_own_level() -> None:
    facts = event(sessions=("a",), people=("p",))
    problem = Problem.of(facts, [FillFreeSeats(level=2), FillFreeSeats(level=3, weight=5)])
    empty = programme(facts, {"a t1 r1": ""})
    costs = {(c.rule, c.level): c.cost for c in rule_costs(problem, check(problem, empty))}
    assert costs["fill_free_seats", 2] == 2
    assert costs["fill_free_seats", 3] == 10
