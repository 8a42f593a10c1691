"""Every rule's `post` agrees with its `findings`, on every programme of its examples' events."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model
from tests.agreement import (
    Judge,
    Verdicts,
    all_pairs,
    assert_agrees,
    assert_all_agree,
    checked_cost,
    programmes,
)
from tests.rules.examples import EXAMPLES
from tests.rules.tiny import choice, event, person, room, session

from spilrooster.problem import Problem
from spilrooster.rules import (
    RULES,
    STANDARD_RULES,
    Choices,
    Cost,
    FillFreeSeats,
    GradedRule,
    KeepApart,
    Order,
    RoomSeats,
    Rule,
)
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme

SEARCHED = [kind for kind in RULES if kind.stage == "search"]
"""The others are about shared blocks: tests/seating demands that stage and checker agree."""


def test_every_rule_has_an_example() -> None:
    missing = [rule.__name__ for rule in SEARCHED if not EXAMPLES.get(rule)]
    assert not missing, f"give these rules an example in tests/rules/examples.py: {missing}"


@pytest.mark.parametrize("kind", SEARCHED, ids=lambda kind: kind.__name__)
def test_rule_agrees_with_its_checker(kind: type[Rule]) -> None:
    seen = [(rule.soft, assert_agrees(rule, event)) for rule, event in EXAMPLES.get(kind, ())]
    ways = {soft for soft, _ in seen}
    assert ways == ({False, True} if issubclass(kind, GradedRule) else ways)
    for soft in ways:
        assert_tells_apart(soft, [verdicts for how, verdicts in seen if how is soft])


def assert_tells_apart(soft: bool, seen: list[Verdicts]) -> None:
    """An example that accepts (or refuses) everything would prove nothing."""
    if soft:
        assert all(v.rejected == 0 for v in seen)
        assert len(set().union(*(v.costs for v in seen))) >= 2
    else:
        assert any(v.rejected for v in seen)
        assert any(v.rejected < v.compared for v in seen)
        assert all(v.costs <= {0} for v in seen)


@pytest.mark.parametrize("kind", SEARCHED, ids=lambda kind: kind.__name__)
def test_rule_agrees_in_a_model_with_only_the_attendances_it_asks_for(kind: type[Rule]) -> None:
    for rule, example in EXAMPLES.get(kind, ()):
        pairs = set(rule.attendances(example))
        pairs.update((p, s.id) for s in example.sessions for p in s.presenters)
        inside = (programme for programme in programmes(example) if attended(programme) <= pairs)
        assert_all_agree([rule], example, inside, sorted(pairs))


def attended(programme: Programme) -> set[tuple[str, str]]:
    return {(p, s) for (s, _), people in programme.present_at.items() for p in people}


# All rules together -----------------------------------------------------------------------------

SMALL_DAY = event(
    [session("a", presenters=("p",), max_runs=2), session("b", min_people=1, needs=("lift",))],
    [room("r1", 1, closed=("t2",)), room("r2", 2, features=("lift",))],
    people=[person("p", needs=("lift",)), person("q", absent=("t1",))],
    choices=[choice("p", "b", 1), choice("q", "a", 1), choice("q", "b", 2)],
)
ONE_ROUND = event(
    [session("a", min_runs=0, only_for=("g",)), session("b", max_people=1), session("c")],
    ["r1", "r2", "r3"],
    ("t1",),
    [person("p", groups=("g",)), "q"],
    [choice("p", "b", 1), choice("p", "a", 2), choice("q", "a", 1), choice("q", "b", 1)],
)
TOGETHER = (
    Problem.of(SMALL_DAY, [Order(pairs=(("b", "a"),)), FillFreeSeats(weight=2)]),
    Problem.of(ONE_ROUND, [KeepApart(pairs=(("a", "b"),))]),
)


@pytest.mark.parametrize("problem", TOGETHER)
def test_all_rules_of_a_problem_agree_and_share_one_optimum(problem: Problem) -> None:
    rules = problem.rules
    seen = assert_all_agree(rules, problem.event, programmes(problem.event))
    assert 0 < seen.rejected < seen.compared
    assert Judge(rules, problem.event).least_cost() == min(seen.costs)


# Without rules: what can be written down --------------------------------------------------------


class _Collector(cp_model.CpSolverSolutionCallback):
    def __init__(self, variables: Variables) -> None:
        super().__init__()
        self.variables = variables
        self.found: list[Programme] = []

    def on_solution_callback(self) -> None:
        self.found.append(self.variables.extract(self.boolean_value))


def test_without_rules_cp_sat_has_exactly_the_programmes_that_can_be_written_down() -> None:
    example = event([session("a", presenters=("p",)), "b"], ["r1", "r2"], people="p")
    collector = _Collector(Variables(example, all_pairs(example)))
    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.solve(collector.variables.cp, collector)
    written = list(programmes(example))
    assert len(collector.found) == len(written) == 21**2
    assert set(collector.found) == set(written)


# Planted bugs are noticed -----------------------------------------------------------------------


class OneSeatTooMany(RoomSeats):
    """Its CP-SAT half lets one person stand and forgets max_people."""

    def post(self, variables: Variables) -> Cost:
        for s in variables.sessions:
            for t in variables.rounds:
                seats = sum(
                    (r.seats + 1) * variables.in_room(s, t, r.id)
                    for r in variables.event.layout.rooms
                )
                variables.cp.add(sum(variables.audience(s, t)) <= seats)
        return 0


class SameRoundAllowed(Order):
    """Its CP-SAT half lets both run in one round."""

    def post(self, variables: Variables) -> Cost:
        for a, b in self.pairs:
            for i, early in enumerate(variables.rounds):
                for late in variables.rounds[i + 1 :]:
                    both = variables.held_in(b, early), variables.held_in(a, late)
                    variables.cp.add_at_most_one(*both)
        return 0


class OnePointTooMuch(FillFreeSeats):
    """Its cost is one too high."""

    def post(self, variables: Variables) -> Cost:
        return super().post(variables) + 1


class Blind(KeepApart):
    """Its checker sees nothing."""

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        yield from ()


PLANTED: tuple[tuple[Rule, type[Rule]], ...] = (
    (OneSeatTooMany(), RoomSeats),
    (SameRoundAllowed(pairs=(("a", "b"),)), Order),
    (OnePointTooMuch(), FillFreeSeats),
    (Blind(pairs=(("a", "b"),)), KeepApart),
)


@pytest.mark.parametrize(("rule", "kind"), PLANTED, ids=[type(r).__name__ for r, _ in PLANTED])
def test_a_planted_bug_is_noticed(rule: Rule, kind: type[Rule]) -> None:
    with pytest.raises(AssertionError, match="disagree on"):
        assert_agrees(rule, EXAMPLES[kind][0][1])


# Events that nobody thought of ------------------------------------------------------------------


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Tiny events with arbitrary facts: two sessions, two rooms, two rounds, two people."""

    def some(*ids: str) -> tuple[str, ...]:
        return tuple(i for i in ids if draw(st.booleans()))

    def number(most: int) -> int:
        return draw(st.integers(0, most))

    sessions = [
        session(
            s, presenters=some("p", "q"), rounds=some("t1", "t2"), rooms=some("r1", "r2"),
            needs=some("lift"), only_for=some("p", "g"),
            min_people=number(2), max_people=draw(st.none() | st.integers(2, 3)),
            min_runs=number(1), max_runs=1 + number(1),
        )
        for s in "ab"
    ]  # fmt: skip
    rooms = [
        room(r, number(2), closed=some("t1", "t2"), features=some("lift", "loop"))
        for r in ("r1", "r2")
    ]
    people = [
        person(p, absent=some("t1", "t2"), needs=some("lift", "loop"), groups=("g",)) for p in "pq"
    ]
    choices = [choice(p, s, 1 + number(2)) for p in "pq" for s in "ab" if draw(st.booleans())]
    return event(sessions, rooms, people=people, choices=choices)


@settings(max_examples=30, deadline=None)
@given(events(), st.integers(0, 999))
def test_standard_rules_agree_on_events_that_nobody_thought_of(event: Event, seed: int) -> None:
    some = tuple(programmes(event, limit=40, seed=seed))
    for kind in (kind for kind in STANDARD_RULES if kind.stage == "search"):
        assert_all_agree([kind.model_validate({})], event, some)


def test_a_cost_may_be_below_zero_where_other_rules_are_broken() -> None:
    # Choices alone does not forbid repeats: a session heard twice earns twice the points, more
    # than the ideal. Both sides have to say so, or they would disagree.
    rule, example = EXAMPLES[Choices][1]
    assert min(checked_cost([rule], example, p) or 0 for p in programmes(example)) < 0
