"""The adapters' own rules agree with their checkers, like any rule of the engine."""

from __future__ import annotations

import pytest
from benchmarks.sets.company_rules import KeepsRoom, NoGap
from benchmarks.sets.every_round import EveryRound
from benchmarks.sets.takes_part import TakesPart
from benchmarks.sets.wassign_rules import RoundSize, WorstFirst
from tests.agreement import assert_agrees
from tests.rules.tiny import event

from spilrooster import Event, Problem, Rule, UnknownId

TWO_SESSIONS = event(sessions=("a", "b"), people=("ada", "ben"))
TWO_ROOMS = event(sessions=("a", "b"), rooms=("r1", "r2"), people=("ada",))
THREE_ROUNDS = event(sessions=("a", "b"), times=("t1", "t2", "t3"), people=("ada",))

EXAMPLES: list[tuple[Rule, Event]] = [
    (EveryRound(), TWO_SESSIONS),
    (TakesPart(least=1, most=1), TWO_SESSIONS),
    (KeepsRoom(companies=(("a", "b"),)), TWO_ROOMS),
    (NoGap(companies=(("a", "b"),)), THREE_ROUNDS),
    (RoundSize(round="t1", least=2), TWO_SESSIONS),
]


@pytest.mark.parametrize(("rule", "day"), EXAMPLES, ids=lambda x: getattr(x, "rule", ""))
def test_rule_agrees_with_its_checker(rule: Rule, day: Event) -> None:
    verdicts = assert_agrees(rule, day)
    assert 0 < verdicts.rejected < verdicts.compared


def test_worst_first_agrees_with_its_checker() -> None:
    rule = WorstFirst(losses=((0, 3), (2, 5)), weight=10)
    verdicts = assert_agrees(rule, TWO_SESSIONS)
    assert verdicts.rejected == 0
    assert verdicts.costs == {0, 20, 30, 50}


@pytest.mark.parametrize(
    "rule",
    [KeepsRoom(companies=(("x",),)), NoGap(companies=(("x",),)), RoundSize(round="x", least=1)],
)
def test_rules_refuse_what_does_not_exist(rule: Rule) -> None:
    with pytest.raises(UnknownId):
        Problem.of(TWO_SESSIONS, [rule])
