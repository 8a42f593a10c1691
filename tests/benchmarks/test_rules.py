"""The adapters' own rules agree with their checkers, like any rule of the engine."""

from __future__ import annotations

import pytest
from benchmarks.sets.wassign_rules import RoundSize, WorstFirst
from tests.agreement import assert_agrees
from tests.rules.tiny import event

from spilrooster import Problem, UnknownId

TWO_SESSIONS = event(sessions=("a", "b"), people=("ada", "ben"))


def test_round_size_agrees_with_its_checker() -> None:
    verdicts = assert_agrees(RoundSize(round="t1", least=2), TWO_SESSIONS)
    assert 0 < verdicts.rejected < verdicts.compared


def test_worst_first_agrees_with_its_checker() -> None:
    rule = WorstFirst(losses=((0, 3), (2, 5)), weight=10)
    verdicts = assert_agrees(rule, TWO_SESSIONS)
    assert verdicts.rejected == 0
    assert verdicts.costs == {0, 20, 30, 50}


def test_round_size_refuses_a_round_that_does_not_exist() -> None:
    with pytest.raises(UnknownId):
        Problem.of(TWO_SESSIONS, [RoundSize(round="x", least=1)])
