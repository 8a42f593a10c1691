"""Neighbourhoods: they improve a bad programme and never break a rule."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ortools.sat.python import cp_model
from tests.rules.tiny import choice, event, programme, room, session
from tests.search.oracles import a_programme, most_points
from tests.search.small import ANY, examples, problems

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.rules import Cost, FillFreeSeats, Rule, TakesPart
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.kinds import KINDS, Balance, Scene
from spilrooster.search.model import Model
from spilrooster.search.neighbourhoods import NeighbourhoodStage, demand_better
from spilrooster.search.parts import Part, Parts
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme

PEOPLE = [f"p{i}" for i in range(8)]
SESSIONS = "abcdefghij"
DAY = event(
    [session(s, min_people=1) for s in SESSIONS],
    [room("small", 1), room("middle", 4), room("large", 8), room("spare", 3)],
    ("t1", "t2", "t3"),
    PEOPLE,
    [
        choice(p, SESSIONS[(i * 3 + step) % 10], rank)
        for i, p in enumerate(PEOPLE)
        for rank, step in enumerate((0, 3, 4, 7), 1)
    ],
)
BAD = programme(
    DAY,
    {
        "a t1 small": "p7", "b t1 middle": "p6", "c t1 large": "p5", "d t1 spare": "p4",
        "e t2 small": "p7", "f t2 middle": "p6", "g t2 large": "p5", "h t2 spare": "p4",
        "i t3 small": "p7", "j t3 middle": "p6",
    },
)  # fmt: skip


class Watchful(Standings):
    """Standings that remember every programme that was offered and kept."""

    def __init__(self, problem: Problem, clock: Clock) -> None:
        super().__init__(problem, clock)
        self.kept: list[Programme] = []

    def offer(self, programme: Programme, stage: str) -> bool:
        taken = super().offer(programme, stage)
        if taken:
            self.kept.append(programme)
        return taken


def improved(problem: Problem, start: Programme, work: float) -> Watchful:
    clock = Clock(Limits(work=work))
    standings = Watchful(problem, clock)
    assert standings.offer(start, "start")
    context = Context(problem, Workshop(problem), standings, clock, seed=1)
    NeighbourhoodStage().run(context, work)
    return standings


def test_a_bad_programme_gets_much_better_and_no_rule_is_ever_broken() -> None:
    problem = Problem.of(DAY)
    now = improved(problem, BAD, 2.0)
    first, last = now.kept[0], now.kept[-1]
    worth = [
        problem.ideal - sum(f.cost or 0 for f in choice_findings(problem, p)) for p in now.kept
    ]
    assert worth == sorted(worth)
    assert worth[-1] > 2 * worth[0]
    assert first == BAD
    assert now.programme == last
    for kept in now.kept:
        assert not any(finding.broken for finding in check(problem, kept))


def choice_findings(problem: Problem, programme: Programme) -> list[Finding]:
    return [f for f in check(problem, programme) if f.rule == "choices"]


@examples(15)
@given(problems(ANY), st.integers(0, 9))
def test_from_any_lawful_programme_it_ends_lawful_and_no_worse(problem: Problem, seed: int) -> None:
    start = a_programme(problem, seed)
    if start is None:
        return
    now = improved(problem, start, 0.05)
    truth = most_points(problem)
    assert truth is not None
    assert now.value is not None
    assert now.value <= truth
    assert now.programme is not None
    assert not any(finding.broken for finding in check(problem, now.programme))


def keeps_its_hint(model: Model, part: cp_model.CpModel) -> bool:
    """Whether the hinted programme is a solution of the part that is free."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.fix_variables_to_their_hinted_value = True
    return solver.solve(part) in {cp_model.OPTIMAL, cp_model.FEASIBLE}


def parts_of(problem: Problem, start: Programme) -> Parts:
    model = Model.whole(problem)
    model.minimise(1)
    model.variables.hint(start)
    return Parts(model, start)


@examples(40)
@given(st.data())
def test_the_programme_itself_is_in_every_neighbourhood(data: st.DataObject) -> None:
    problem = data.draw(problems(ANY))
    start = a_programme(problem, 1)
    if start is None:
        return
    parts = parts_of(problem, start)
    scene = Scene(problem, start, random.Random(data.draw(st.integers(0, 99))))
    kind = data.draw(st.sampled_from(KINDS))
    part = parts.of(kind(scene, data.draw(st.sampled_from((0.02, 0.5, 1.0)))))
    assert keeps_its_hint(parts.model, part)


def solution(model: Model, part: cp_model.CpModel) -> Programme:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(part) == cp_model.OPTIMAL
    return model.variables.extract(lambda literal: bool(solver.boolean_value(literal)))


def freed(part: Part) -> Programme:
    """The best that can be made of the part of a bad programme."""
    parts = parts_of(Problem.of(DAY), BAD)
    return solution(parts.model, parts.of(part))


def test_what_is_not_in_free_rounds_stays() -> None:
    runs = frozenset((s, t) for s in SESSIONS for t in ("t1", "t3"))
    found = freed(Part(runs=runs, rounds={"t1", "t3"}))
    assert {run for run in found.runs if run.round == "t2"} == {
        run for run in BAD.runs if run.round == "t2"
    }
    for p in PEOPLE:
        assert found.schedule_of[p].sessions[1] == BAD.schedule_of[p].sessions[1]
    assert set(found.runs) != set(BAD.runs)


def test_runs_of_sessions_that_are_not_free_stay_and_people_may_move() -> None:
    found = freed(Part(runs=frozenset((s, t) for s in "aei" for t in ("t1", "t2", "t3"))))
    assert {run for run in found.runs if run.session not in "aei"} == {
        run for run in BAD.runs if run.session not in "aei"
    }
    assert found.schedules != BAD.schedules


def test_runs_keep_their_round_where_only_rooms_are_free() -> None:
    found = freed(Part(rooms=frozenset((s, "t1") for s in SESSIONS)))
    assert [(r.session, r.round) for r in found.runs] == [(r.session, r.round) for r in BAD.runs]
    assert {r for r in found.runs if r.round != "t1"} == {r for r in BAD.runs if r.round != "t1"}
    assert set(found.runs) != set(BAD.runs)


def test_only_the_people_who_are_free_move() -> None:
    found = freed(Part(people={"p0", "p1"}))
    assert found.runs == BAD.runs
    moved = {a.participant for a, b in zip(found.schedules, BAD.schedules, strict=True) if a != b}
    assert moved == {"p0", "p1"}


def test_a_kind_that_improves_is_drawn_more_and_parts_follow_what_can_be_searched() -> None:
    balance = Balance()
    good, bad = KINDS[0], KINDS[1]
    first = balance.share[good]
    for _ in range(20):
        balance.learn(good, improved=True, exhausted=True)
        balance.learn(bad, improved=False, exhausted=False)
        balance.learn(KINDS[2], improved=False, exhausted=True)
    assert balance.share[good] == first
    assert balance.share[bad] == Balance.LEAST
    assert balance.share[KINDS[2]] == 1.0
    drawn = [balance.next(random.Random(seed)) for seed in range(300)]
    assert drawn.count(good) > 2 * drawn.count(bad) > 0


def test_a_later_level_is_improved_at_no_cost_to_the_first() -> None:
    """Two people have nothing to wish for any more; one of them sits out for no reason."""
    day = event(
        ["a", "b"], ["r1", "r2"], ("t1", "t2"), "pq", [choice("p", "a", 1), choice("q", "a", 1)]
    )
    problem = Problem.of(day, [FillFreeSeats(level=2), TakesPart(least=1)])
    idle = programme(day, {"a t1 r1": "p q", "b t2 r2": ""})
    parts = parts_of(problem, idle)
    part = parts.of(Part(people=frozenset()))
    demand_better(part, parts.model, {1: 0, 2: 2}, level=2)
    assert cp_model.CpSolver().solve(part) == cp_model.INFEASIBLE
    part = parts.of(Part(people={"p"}))
    demand_better(part, parts.model, {1: 0, 2: 2}, level=2)
    found = solution(parts.model, part)
    assert found.schedule_of["p"].sessions == ("a", "b")
    assert found.schedule_of["q"].sessions == ("a", None)


def test_without_a_programme_nothing_happens() -> None:
    problem = Problem.of(DAY)
    clock = Clock(Limits(work=1))
    standings = Standings(problem, clock)
    NeighbourhoodStage().run(Context(problem, Workshop(problem), standings, clock, 1), 1.0)
    assert (standings.programme, clock.work) == (None, 0)


def test_a_work_limit_ends_it_where_there_is_nothing_to_do() -> None:
    """Bug: CP-SAT counts 1e-8 of work for a trivial neighbourhood, so this took hours."""
    full = event(["a", session("b", min_runs=0)], ["r1"], ("t1",), "pq",
                 [choice("p", "a", 1), choice("q", "b", 1)])  # fmt: skip
    now = improved(Problem.of(full), programme(full, {"a t1 r1": "p q"}), 0.3)
    assert now.value == 20
    assert now.clock.work < 1


class NeverTogether(Rule):
    """Two people who never sit in one run. The search knows nothing of it."""

    rule: Literal["never_together"] = "never_together"
    people: tuple[str, str]

    def post(self, variables: Variables) -> Cost:
        for s in variables.sessions:
            for t in variables.rounds:
                both = [variables.at(p, s, t) for p in self.people
                        if s in variables.sessions_of(p)]  # fmt: skip
                variables.cp.add(sum(both) <= 1)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for (s, t), present in programme.present_at.items():
            if set(self.people) <= set(present):
                yield self.broken((s, t), "{a} and {b} meet.", a=self.people[0], b=self.people[1])


@pytest.mark.parametrize("pair", [("p0", "p1"), ("p6", "p7")])
def test_a_rule_about_people_that_filling_would_break_does_not_stop_it(
    pair: tuple[str, str],
) -> None:
    """Bug: only the filled programme was offered, and the checker refused it every time."""
    lonely = event(
        [session("a", min_runs=0), session("b", min_runs=0), session("c", min_runs=0)],
        [room("large", 8)],
        ("t1", "t2", "t3"),
        PEOPLE,
        [choice(p, s, 1) for p, s in zip(PEOPLE, "abababab", strict=True)],
    )
    problem = Problem.of(lonely, [NeverTogether(people=pair)])
    nothing = programme(lonely, {})
    now = improved(problem, nothing, 1.0)
    assert now.value == most_points(problem)
    assert now.programme is not None
    assert not any(finding.broken for finding in check(problem, now.programme))
