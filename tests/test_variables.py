"""Variables hold a programme: fixed, hinted or read back, it stays the same programme."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model
from tests.agreement import Pairs, all_pairs, programmes
from tests.rules.tiny import choice, event, person, programme, room, session

from spilrooster.problem import Problem
from spilrooster.rules import Choices, MustAttend
from spilrooster.variables import Variables
from spilrooster_models import Event, Programme

DAY = event(
    [session("a", presenters=("p",), max_runs=2), session("b", min_people=1), "c"],
    ["r1", room("r2", 2)],
    people=["p", "q", person("r", absent=("t1",))],
    choices=[choice("p", "b", 1), choice("q", "a", 1), choice("r", "c", 1)],
)
PLAN = programme(DAY, {"a t1 r1": "p q", "b t2 r1": "p q", "c t2 r2": "r"})


@dataclass
class Solved:
    """What a solver with one worker makes of a model."""

    variables: Variables
    solver: cp_model.CpSolver
    status: cp_model.CpSolverStatus

    @property
    def programme(self) -> Programme:
        return self.variables.extract(self.solver.boolean_value)


def solve(variables: Variables, *, hint_only: bool = False) -> Solved:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.fix_variables_to_their_hinted_value = hint_only
    return Solved(variables, solver, solver.solve(variables.cp))


def modelled(problem: Problem, event: Event) -> Variables:
    variables = Variables(event, all_pairs(event))
    for rule in problem.rules:
        rule.post(variables)
    return variables


any_programme = st.integers(0, 999).map(lambda seed: next(programmes(DAY, limit=1, seed=seed)))


@settings(max_examples=30, deadline=None)
@given(any_programme)
def test_a_fixed_programme_is_read_back_as_it_was(plan: Programme) -> None:
    variables = Variables(DAY, all_pairs(DAY))
    variables.fix(plan)
    assert solve(variables).programme == plan


@settings(max_examples=30, deadline=None)
@given(any_programme)
def test_a_hint_is_complete(plan: Programme) -> None:
    # Fixing every variable to its hint leaves nothing to choose: only this programme is left.
    variables = Variables(DAY, all_pairs(DAY))
    variables.hint(plan)
    assert len(variables.cp.proto.solution_hint.vars) == len(variables.cp.proto.variables)
    assert solve(variables, hint_only=True).programme == plan


def test_a_good_programme_is_a_feasible_hint_for_all_rules() -> None:
    variables = modelled(Problem.of(DAY), DAY)
    variables.hint(PLAN)
    solved = solve(variables, hint_only=True)
    assert solved.status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    assert solved.programme == PLAN


def test_a_second_hint_replaces_the_first() -> None:
    other = programme(DAY, {"b t1 r2": "q"})
    variables = Variables(DAY, all_pairs(DAY))
    variables.hint(other)
    variables.hint(PLAN)
    assert solve(variables, hint_only=True).programme == PLAN


def test_presenters_are_paired_with_their_sessions_unasked() -> None:
    variables = Variables(DAY, [("q", "a"), ("q", "a"), ("r", "c")])
    assert variables.people_of("a") == ("p", "q")
    assert variables.sessions_of("q") == ("a",)
    assert [str(v) for v in variables.audience("a", "t1")] == ["q at a in t1"]


def test_an_attendance_that_the_model_was_made_without_is_refused_loudly() -> None:
    variables = Variables(DAY, [("q", "a")])
    with pytest.raises(KeyError):
        variables.hint(PLAN)


def test_a_problem_asks_for_every_attendance_that_can_matter() -> None:
    rules = [MustAttend(participants=("q",), session="c")]
    pairs = set(Problem.of(DAY, rules).attendances())
    chosen = {("p", "b"), ("q", "a"), ("r", "c")}
    may_fill_b = {("p", "b"), ("q", "b"), ("r", "b")}
    assert pairs == chosen | may_fill_b | {("q", "c")}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_attendances_left_out_cannot_matter(data: st.DataObject) -> None:
    # The model of the pairs that a problem asks for has the same best value as the full model:
    # whoever leaves a session that nobody asked them to attend breaks nothing and loses nothing.
    number = st.integers(0, 2)
    day = event(
        [
            session("a", min_people=data.draw(number), min_runs=data.draw(st.integers(0, 1))),
            session("b", max_people=data.draw(st.integers(1, 2)), presenters=("p",)),
            session("c", min_people=data.draw(number), only_for=("q", "r")),
        ],
        [room("r1", data.draw(number)), room("r2", 2)],
        people=["p", "q", person("r", absent=("t1",))],
        choices=[choice(p, s, 1) for p in "pqr" for s in "abc" if data.draw(st.booleans())],
    )
    assert best_value(day, all_pairs(day)) == best_value(day, Problem.of(day).attendances())


def best_value(event: Event, pairs: Pairs) -> int | None:
    """The least cost of level 1 over every programme of the model; None if there is none."""
    variables = Variables(event, pairs)
    for rule in Problem.of(event).rules:
        cost = rule.post(variables)
        if isinstance(rule, Choices):
            variables.cp.minimize(cost)
    solved = solve(variables)
    return round(solved.solver.objective_value) if solved.status == cp_model.OPTIMAL else None
