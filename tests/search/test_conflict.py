"""Conflicts: the rules named do clash, and each of them is needed for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.agreement import Judge, all_pairs, programmes
from tests.rules.examples import EXAMPLES
from tests.rules.tiny import choice, event, person, room, session
from tests.search.small import ANY, problems

from spilrooster.problem import Problem
from spilrooster.rules import (
    RULES,
    Cost,
    FewRooms,
    KeepApart,
    KeepTogether,
    MustAttend,
    MustNot,
    Order,
    Pinned,
    Rule,
    RunsBetween,
    ThemesApart,
)
from spilrooster.search import conflict
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.conflict import conflict_of, find_conflict
from spilrooster.solve import solve
from spilrooster.variables import Variables
from spilrooster_models import Conflict, Event, Finding, PersonalSchedule, Programme, Status

DAY = event(
    [session("a", presenters=("p",)), session("b", only_for=("p", "q")), session("c", theme="x")],
    ["r1", room("r2", 2)],
    ("t1", "t2"),
    [person("p"), person("q"), person("r")],
    [choice("q", "a", 1), choice("r", "a", 1)],
)


def clock(work: float = 20) -> Clock:
    return Clock(Limits(work=work))


def named(found: Conflict | None) -> list[str]:
    assert found is not None
    return sorted(
        rule.rule + "".join(f" {name}={value}" for name, value in rule.settings)
        for rule in found.rules
    )


CLASHES: dict[str, tuple[list[Rule], list[str]]] = {
    "two pins": (
        [Pinned(session="a", round="t1"), Pinned(session="a", round="t2"), FewRooms(most=2)],
        ["pinned session=a round=t1", "pinned session=a round=t2", "runs_between"],
    ),
    "one pair of many": (
        [KeepApart(pairs=(("b", "c"), ("a", "b"))), KeepTogether(pairs=(("b", "a"),))],
        ["keep_apart pairs=a + b", "keep_together pairs=b + a", "runs_between"],
    ),
    "an order in a circle": (
        [Order(pairs=(("a", "b"), ("b", "a")))],
        ["order pairs=a + b", "order pairs=b + a", "runs_between"],
    ),
    "too few rooms": (
        [FewRooms(most=1), ThemesApart()],
        ["few_rooms most=1", "one_run_per_room", "runs_between"],
    ),
    "not invited": (
        [MustAttend(participants=("q", "r"), session="b")],
        ["must_attend participants=r session=b", "only_for"],
    ),
    "wanted and unwanted": (
        [
            MustAttend(participants=("r",), session="a"),
            MustNot(participants=("q", "r"), session="a"),
        ],
        ["must_attend participants=r session=a", "must_not participants=r session=a"],
    ),
}


@pytest.mark.parametrize("case", CLASHES)
def test_the_rules_that_clash_are_named(case: str) -> None:
    rules, expected = CLASHES[case]
    found = find_conflict(Problem.of(DAY, rules), clock(), 1)
    assert named(found) == sorted(expected)
    assert found is not None
    assert found.smallest


def test_a_stage_about_runs_only_leaves_people_for_later() -> None:
    assert find_conflict(Problem.of(DAY, CLASHES["two pins"][0]), clock(), 1, runs_only=True)
    people = Problem.of(DAY, CLASHES["not invited"][0])
    assert find_conflict(people, clock(), 1, runs_only=True) is None


def test_no_allowance_no_conflict() -> None:
    problem = Problem.of(DAY, CLASHES["two pins"][0])
    spent = clock()
    assert find_conflict(problem, spent, 1, allowance=0) is None
    assert spent.work == 0


def test_what_can_be_kept_is_no_conflict() -> None:
    assert find_conflict(Problem.of(DAY), clock(), 1) is None


def least_cost(rules: Sequence[Rule], day: Event) -> int | None:
    return Judge(rules, day, all_pairs(day)).least_cost()


@settings(max_examples=25, deadline=None)
@given(problems(ANY), st.integers(0, 99))
def test_a_conflict_is_true_and_smallest(problem: Problem, seed: int) -> None:
    """Rebuilt from what is named, the rules have no programme; any one fewer have."""
    hard = [rule for rule in problem.rules if not rule.soft]
    if least_cost(hard, problem.event) is not None:
        assert find_conflict(problem, clock(), seed) is None
        return
    found = conflict_of(problem, clock(), seed)
    assert found.smallest
    rules = [part for rule in hard for part in rule.split()]
    core = [next(r for r in [*hard, *rules] if conflict._named(r) == name) for name in found.rules]
    assert least_cost(core, problem.event) is None
    for rule in core:
        assert least_cost([r for r in core if r is not rule], problem.event) is not None


class Hard(Rule):
    """A rule whose checker and model disagree: a fault."""

    rule: Literal["hard"] = "hard"

    def post(self, variables: Variables) -> Cost:
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        yield self.broken((), "Never good.")


def test_a_programme_that_the_checker_refuses_proves_nothing() -> None:
    rules = [Pinned(session="a", round="t1"), Pinned(session="a", round="t2"), Hard()]
    found = find_conflict(Problem.of(DAY, rules), clock(), 1)
    assert named(found) == [
        "pinned session=a round=t1",
        "pinned session=a round=t2",
        "runs_between",
    ]
    assert found is not None
    assert found.smallest


def test_without_time_all_hard_rules_are_named_and_nothing_is_claimed() -> None:
    problem = Problem.of(DAY, [Order(pairs=(("a", "b"), ("b", "a")))])
    done = clock(0.5)
    done.charge(1)
    found = conflict_of(problem, done, 1)
    assert len(found.rules) == sum(not rule.soft for rule in problem.rules)
    assert not found.smallest
    assert find_conflict(problem, done, 1) is None


def test_a_timeout_is_never_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conflict, "STEP", 1e-9)
    rules: list[Rule] = [MustAttend(participants=("r",), session="b"), RunsBetween()]
    problem = Problem.of(DAY, rules)
    found = find_conflict(problem, clock(), 1)
    assert found is None or least_cost([*problem.rules], DAY) is None


def test_solve_names_the_conflict() -> None:
    result = solve(Problem.of(DAY, [Order(pairs=(("a", "b"), ("b", "a")))]), Limits(work=20))
    assert result.status is Status.INFEASIBLE
    assert "order pairs=a + b" in named(result.conflict)
    assert solve(Problem.of(DAY), Limits(work=20)).conflict is None


# The argument that makes it fast ------------------------------------------------------------------


def without_audience(day: Event, programme: Programme) -> Programme:
    schedules = tuple(
        PersonalSchedule(
            participant=s.participant,
            sessions=tuple(
                place if place in day.presented_by.get(s.participant, ()) else None
                for place in s.sessions
            ),
        )
        for s in programme.schedules
    )
    return programme.model_copy(update={"schedules": schedules})


@pytest.mark.parametrize("kind", RULES, ids=lambda kind: kind.__name__)
def test_a_rule_that_asks_for_nobody_is_kept_without_an_audience(kind: type[Rule]) -> None:
    for rule, day in EXAMPLES.get(kind, ()):
        if rule.soft or [*rule.attendances(day)]:
            continue
        for programme in programmes(day):
            if not any(f.broken for f in rule.findings(day, programme)):
                empty = without_audience(day, programme)
                assert not any(f.broken for f in rule.findings(day, empty)), programme


class Hears(Rule):
    """Somebody has to hear something: not said to the models that leave people out."""

    rule: Literal["hears"] = "hears"

    def post(self, variables: Variables) -> Cost:
        if "b" in variables.sessions_of("q"):
            variables.cp.add_exactly_one(variables.at("q", "b", t) for t in variables.rounds)
        else:
            variables.cp.add_bool_or()
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        if "b" not in programme.attended(event, "q"):
            yield self.broken(("q", "b"), "q does not hear b.")


def test_a_rule_from_outside_that_asks_for_nobody_is_not_taken_at_its_word() -> None:
    problem = Problem.of(DAY, [Hears()])
    assert least_cost([rule for rule in problem.rules if not rule.soft], DAY) is not None
    assert find_conflict(problem, clock(), 1) is None
