"""Solve: true optima on small events, bounds that hold, proofs only where something is proven."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.agreement import Judge, checked_cost, programmes
from tests.rules.tiny import choice, event, person, room, session

import spilrooster as sr
from spilrooster.rules import Choices, Cost, Floor, Pinned, RunsBetween
from spilrooster.search.annealing_stage import AnnealingStage
from spilrooster.search.repair import RepairStage
from spilrooster.search.stage import Stage
from spilrooster.solve import ENGINE
from spilrooster.variables import Variables

INSTANCES = Path(__file__).parents[1] / "instances"
SMALL_WORK = sr.Limits(work=1.5)
WITHOUT_EXACT: tuple[tuple[Stage, float], ...] = tuple(
    (stage, share) for stage, share in ENGINE if stage.name != "exact"
)


TRYING: tuple[tuple[Stage, float], ...] = (AnnealingStage(), 0.05), (RepairStage(), 1.0)


@cache
def instance(name: str) -> sr.Problem:
    return sr.read(INSTANCES / name)


def least_cost(problem: sr.Problem) -> int | None:
    """The least cost of level 1, by the whole model in CP-SAT; None if nothing is feasible."""
    rules = [rule for rule in problem.rules if getattr(rule, "level", 1) == 1]
    return Judge(rules, problem.event).least_cost()


# --- events whose best value is known -------------------------------------------------------------


def test_tiny_is_solved_to_the_optimum_that_its_readme_proves() -> None:
    result = sr.solve(instance("tiny"), sr.Limits(seconds=30))
    assert (result.status, result.value, result.bound) == (sr.Status.OPTIMAL, 91, 91)
    assert result.ideal == 100
    assert result.gap == 0


def test_a_result_agrees_with_the_checker() -> None:
    problem = instance("tiny")
    result = sr.solve(problem, SMALL_WORK)
    findings = sr.check(problem, result.require())
    assert findings == result.findings
    assert not [f for f in findings if f.broken]
    assert sr.value_of(problem, findings) == result.value


def test_the_optimum_of_an_enumerated_event_is_found() -> None:
    small = event(
        sessions=[session("a", min_runs=0), session("b", presenters=("eve",))],
        rooms=[room("r", seats=1)],
        people=["ada", "ben", "eve"],
        choices=[choice("ada", "a", 1), choice("ben", "a", 1), choice("ben", "b", 2),
                 choice("eve", "a", 2)],
    )  # fmt: skip
    problem = sr.Problem.of(small)
    rules = [rule for rule in problem.rules if getattr(rule, "level", 1) == 1]
    every = [checked_cost(rules, small, p) for p in programmes(small, limit=10**6)]
    result = sr.solve(problem, sr.Limits(seconds=20))
    assert result.value == problem.ideal - min(cost for cost in every if cost is not None)
    assert result.status is sr.Status.OPTIMAL


# --- random small events --------------------------------------------------------------------------

SESSIONS = ("a", "b", "c", "d")
ROUNDS = ("t1", "t2", "t3")
PEOPLE = ("p1", "p2", "p3", "p4", "p5")


@st.composite
def problems(draw: st.DrawFn) -> sr.Problem:
    """Small events with repeats, presenters, absences and closed rooms; some are infeasible."""
    offered = [
        session(
            s,
            min_runs=draw(st.integers(0, 1)),
            max_runs=draw(st.integers(1, 2)),
            min_people=draw(st.sampled_from((0, 0, 0, 1, 2))),
            presenters=draw(st.sampled_from(((), (), ("p1",), ("p2",)))),
        )
        for s in SESSIONS
    ]
    rooms = [
        room("r1", seats=draw(st.integers(1, 4))),
        room("r2", seats=draw(st.integers(1, 2)), closed=draw(st.sampled_from(((), ("t1",))))),
    ]
    people = [person(p, absent=draw(st.sampled_from(((), (), ("t2",))))) for p in PEOPLE]
    choices = [
        choice(p, s, rank)
        for p in PEOPLE
        for rank, s in enumerate(draw(st.permutations(SESSIONS))[: draw(st.integers(0, 4))], 1)
    ]
    return sr.Problem.of(event(offered, rooms, ROUNDS, people, choices))


few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(problems())
def test_small_events_are_closed(problem: sr.Problem) -> None:
    cost = least_cost(problem)
    result = sr.solve(problem, sr.Limits(work=20))
    if cost is None:
        assert result.status is sr.Status.INFEASIBLE
        assert (result.programme, result.value) == (None, None)
    else:
        assert result.status is sr.Status.OPTIMAL
        assert result.value == result.bound == problem.ideal - cost


@few
@given(problems())
def test_search_and_bounds_enclose_the_optimum(problem: sr.Problem) -> None:
    """Each stage but the exact one, so that search and bounds are tested on their own."""
    cost = least_cost(problem)
    result = sr.solve(problem, sr.Limits(work=0.3), engine=WITHOUT_EXACT)
    if cost is None:
        assert result.programme is None
        return
    assert result.status is not sr.Status.INFEASIBLE
    assert result.bound is not None
    assert problem.ideal - cost <= result.bound
    if result.value is not None:
        assert result.value <= problem.ideal - cost
    if result.status is sr.Status.OPTIMAL:
        assert result.value == problem.ideal - cost


# --- infeasible, unknown, cancelled ---------------------------------------------------------------


def crowded() -> sr.Problem:
    """Two sessions pinned in one room and round."""
    pins = [Pinned(session=s, round="R1", room="ZAAL") for s in ("S1", "S2")]
    return sr.Problem.of(instance("tiny").event, pins)


def test_infeasible_is_said_when_it_is_proven() -> None:
    result = sr.solve(crowded(), sr.Limits(seconds=20))
    assert result.status is sr.Status.INFEASIBLE
    assert (result.programme, result.value, result.bound) == (None, None, None)
    with pytest.raises(sr.NoProgramme, match="infeasible"):
        result.require()


@pytest.mark.parametrize("problem", [crowded, lambda: instance("tiny")])
def test_without_a_proof_the_status_is_unknown(problem: Callable[[], sr.Problem]) -> None:
    result = sr.solve(problem(), sr.Limits(work=1), engine=())
    assert result.status is sr.Status.UNKNOWN
    assert result.bound == result.ideal


def test_without_a_programme_it_says_what_the_nearest_breaks() -> None:
    """Two people want the only seat, and a rule promises it to both."""
    wishes = [choice("p", "a", 1), choice("q", "a", 1)]
    day = event("a", [room("r1", 1)], ("t1",), "pq", wishes)
    problem = sr.Problem.of(day, [Floor(least_choices=1)])
    result = sr.solve(problem, sr.Limits(work=5), engine=TRYING)
    assert result.status is sr.Status.UNKNOWN
    assert [f.rule for f in result.nearest] == ["floor"]
    assert sr.solve(sr.Problem.of(day), sr.Limits(work=5), engine=TRYING).nearest == ()


def test_a_solve_that_is_cancelled_from_the_start_returns_at_once() -> None:
    problem = instance("spil500")
    begin = time.monotonic()
    result = sr.solve(problem, sr.Limits(seconds=300), cancelled=lambda: True)
    assert time.monotonic() - begin < 10
    assert result.status is sr.Status.UNKNOWN


def test_a_solve_that_is_cancelled_later_returns_its_best_programme_soon() -> None:
    problem = instance("spil125")
    found_at: list[float] = []

    def progress(moment: sr.Moment) -> None:
        if moment.value is not None:
            found_at.append(time.monotonic())

    result = sr.solve(
        problem, sr.Limits(seconds=60), progress=progress, cancelled=lambda: bool(found_at)
    )
    assert time.monotonic() - found_at[0] < 10
    assert result.status is sr.Status.FEASIBLE
    assert not [f for f in sr.check(problem, result.require()) if f.broken]


def test_limits_that_allow_nothing_are_refused() -> None:
    for limits in ({"seconds": 0.0}, {"seconds": -1.0}, {"work": 0.0}):
        with pytest.raises(ValueError, match="positive"):
            sr.Limits(**limits)


# --- spil125: a whole day -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def spil125() -> sr.Result:
    return sr.solve(instance("spil125"), SMALL_WORK, seed=1)


def test_spil125_is_no_worse_than_recorded(spil125: sr.Result) -> None:
    assert spil125.value is not None
    assert spil125.bound is not None
    assert 5_850 <= spil125.value <= spil125.bound <= spil125.ideal


def test_the_same_seed_and_work_give_the_same_files(spil125: sr.Result, tmp_path: Path) -> None:
    problem = instance("spil125")
    again = sr.solve(problem, SMALL_WORK, seed=1)
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder, result in zip(folders, (spil125, again), strict=True):
        pages = {
            "report.html": sr.report_html(problem, result, "nl"),
            "outcome.csv": sr.outcomes_csv(problem, result.require(), "nl"),
        }
        sr.write_output(problem, result, folder, "nl", extra=pages)
    one, two = ({p.name: p.read_bytes() for p in folder.iterdir()} for folder in folders)
    assert one == two
    assert len(one) == 6


def test_moments_never_get_worse(spil125: sr.Result) -> None:
    values = [m.value for m in spil125.moments if m.value is not None]
    bounds = [m.bound for m in spil125.moments if m.bound is not None]
    assert values == sorted(values)
    assert bounds == sorted(bounds, reverse=True)
    assert (values[-1], bounds[-1]) == (spil125.value, spil125.bound)


# --- rules from outside the package ---------------------------------------------------------------


class NothingInTheAttic(sr.Rule):
    """Nothing runs in the attic. It does not steer: CP-SAT and the checker have to do."""

    rule: Literal["nothing_in_the_attic"] = "nothing_in_the_attic"

    def post(self, variables: Variables) -> Cost:
        for s in variables.event.sessions_by_id:
            for t in variables.rounds:
                variables.cp.add(variables.in_room(s, t, "ZOLDER") == 0)
        return 0

    def findings(self, event: sr.Event, programme: sr.Programme) -> Iterator[sr.Finding]:
        for run in programme.runs:
            if run.room == "ZOLDER":
                yield self.broken((run.session,), "{session} runs there.", session=run.session)


class LateIsCostly(sr.SoftRule):
    """Each run in the last round costs points."""

    rule: Literal["late_is_costly"] = "late_is_costly"
    weight: int = 30

    def post(self, variables: Variables) -> Cost:
        last = variables.rounds[-1]
        held = [variables.held_in(s, last) for s in variables.event.sessions_by_id]
        return self.weight * sum(held)

    def findings(self, event: sr.Event, programme: sr.Programme) -> Iterator[sr.Finding]:
        for run in programme.runs:
            if run.round == programme.rounds[-1]:
                text = "{session} is late."
                yield self.costs(self.weight, (run.session,), text, session=run.session)


@pytest.mark.parametrize("rule", [NothingInTheAttic(), LateIsCostly(), RunsBetween()])
def test_a_rule_from_outside_the_package_is_kept_and_counted(rule: sr.Rule) -> None:
    problem = sr.Problem.of(instance("tiny").event, [instance("tiny").choices, rule])
    cost = least_cost(problem)
    assert cost is not None
    result = sr.solve(problem, sr.Limits(seconds=30))
    assert result.status is sr.Status.OPTIMAL
    assert result.value == problem.ideal - cost
    assert not [f for f in rule.findings(problem.event, result.require()) if f.broken]


def test_rules_passed_to_solve_are_those_of_the_problem_with_them() -> None:
    problem, rules = instance("tiny"), [NothingInTheAttic(), Choices(points_per_rank=(3, 1))]
    passed = sr.solve(problem, sr.Limits(work=5), rules=rules)
    assert problem.with_rules(rules) == sr.Problem.of(
        problem.event, [r for r in problem.rules if not r.standard] + rules
    )
    assert passed == sr.solve(problem.with_rules(rules), sr.Limits(work=5))
    assert passed.ideal == problem.with_rules(rules).ideal != problem.ideal


def test_points_given_by_the_organiser_count() -> None:
    problem = sr.Problem.of(instance("tiny").event, [Choices(points_per_rank=(1, 0))])
    result = sr.solve(problem, sr.Limits(seconds=30))
    cost = least_cost(problem)
    assert cost is not None
    assert result.value == problem.ideal - cost
