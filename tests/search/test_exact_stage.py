"""The exact stage: level by level, with proofs."""

from __future__ import annotations

from hypothesis import given
from ortools.sat.python import cp_model
from tests.rules.tiny import choice, event, person, programme, room, session
from tests.search.oracles import most_points
from tests.search.small import ANY, examples, problems

from spilrooster.check import check, rule_costs
from spilrooster.problem import Problem
from spilrooster.rules import FillFreeSeats, KeepTogether, MustAttend, Pinned
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.exact_stage import MOST_PLACES_IN_NEED, ExactStage, round_up
from spilrooster.search.model import Model, affordable
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings


def context_of(problem: Problem, limits: Limits | None = None) -> Context:
    clock = Clock(limits or Limits(work=20))
    return Context(problem, Workshop(problem), Standings(problem, clock), clock, seed=1)


def solved(problem: Problem) -> Standings:
    context = context_of(problem)
    ExactStage(most_places=10_000).run(context, 20)
    return context.standings


@examples(30)
@given(problems(ANY))
def test_it_finds_and_proves_the_optimum_or_proves_that_there_is_none(problem: Problem) -> None:
    truth = most_points(problem)
    now = solved(problem)
    assert now.infeasible == (truth is None)
    assert now.value == truth
    if truth is not None:
        assert now.bound == truth
        assert now.bound_source == ("ideal" if truth == problem.ideal else "CP-SAT")


def least_cost_of_both_levels(problem: Problem) -> tuple[int, int]:
    """Level 1 and, with that held, level 2, by two models that know nothing of each other."""
    truth = most_points(problem)
    assert truth is not None
    alone = Problem(
        event=problem.event,
        rules=(
            *(rule for rule in problem.rules if rule.rule not in {"choices", "fill_free_seats"}),
            problem.choices.model_copy(update={"level": 2}),
            FillFreeSeats(level=1, weight=1),
        ),
    )
    model = Model.whole(alone)
    model.variables.cp.add(model.costs[2] <= problem.ideal - truth)
    model.minimise(1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model.variables.cp) == cp_model.OPTIMAL
    return problem.ideal - truth, round(solver.objective_value)


@examples(15)
@given(problems(ANY))
def test_level_two_is_as_good_as_level_one_lets_it_be(problem: Problem) -> None:
    now = solved(problem)
    if now.programme is None:
        return
    costs = {c.rule: c.cost for c in rule_costs(problem, check(problem, now.programme))}
    truth = least_cost_of_both_levels(problem)
    assert (costs["choices"], costs["fill_free_seats"]) == truth


def test_level_two_is_improved_without_giving_up_level_one() -> None:
    """More people would have a place if b ran in place of a, which is for p alone and wished."""
    sessions = [
        session("a", min_runs=0, only_for=("p",), rounds=("t1",)),
        session("b", min_runs=0, rounds=("t1",)),
        session("c", min_runs=0, rounds=("t2",)),
    ]
    torn = Problem.of(event(sessions, ["r1"], people="pqr", choices=[choice("p", "a", 1)]))
    now = solved(torn)
    assert now.programme is not None
    assert [s.sessions for s in now.programme.schedules] == [("a", "c"), (None, "c"), (None, "c")]


DAY = event(
    ["a", "b", session("c", only_for=("p",))],
    [room("r1", 2), room("r2", 1)],
    ("t1", "t2"),
    ["p", "q", person("r", absent=("t1",))],
    [choice("p", "a", 1), choice("q", "a", 1), choice("r", "b", 1), choice("p", "c", 2)],
)
SOME = programme(DAY, {"a t1 r1": "p q", "b t1 r2": "", "c t2 r2": "p"})


def test_a_programme_that_is_known_is_no_hindrance() -> None:
    context = context_of(Problem.of(DAY))
    assert context.standings.offer(SOME, "test")
    ExactStage(most_places=10_000).run(context, 20)
    assert context.standings.value == context.standings.bound == 20 + 20 + 20 + 16


def test_a_larger_event_is_tried_only_in_need() -> None:
    places = 3 * 3 * 2
    small, need = ExactStage(places - 1), ExactStage(0, last_resort=True)
    context = context_of(Problem.of(DAY))
    small.run(context, 20)
    assert context.standings.programme is None
    need.run(context, 20)
    assert context.standings.programme is not None
    assert places < MOST_PLACES_IN_NEED
    known = context_of(Problem.of(DAY))
    known.standings.offer(SOME, "test")
    need.run(known, 20)
    assert known.standings.programme == SOME


def test_nothing_is_proven_when_the_work_runs_out() -> None:
    context = context_of(Problem.of(DAY), Limits(work=1e-9))
    ExactStage(most_places=10_000).run(context, 1e-9)
    assert not context.standings.infeasible
    assert context.standings.bound >= 76


def test_what_cannot_be_is_proven_infeasible() -> None:
    crowded = [Pinned(session=s, round="t1", room="r1") for s in "ab"]
    assert solved(Problem.of(DAY, crowded)).infeasible
    assert not solved(Problem.of(DAY, [KeepTogether(pairs=(("a", "b"),))])).infeasible


def test_requiring_somebody_who_is_not_invited_is_infeasible() -> None:
    """Bug: the model was made without the uninvited and the rule asked for them: KeyError."""
    assert solved(Problem.of(DAY, [MustAttend(participants=("q",), session="c")])).infeasible


def test_without_rules_about_invitations_anybody_may_come() -> None:
    """Bug: the whole model left them out, so its bound was none and hints ended in KeyError."""
    free = Problem(event=DAY, rules=tuple(r for r in Problem.of(DAY).rules if r.rule != "only_for"))
    context = context_of(free)
    everywhere = programme(DAY, {"a t1 r1": "p q", "b t1 r2": "", "c t2 r1": "q r"})
    assert context.standings.offer(everywhere, "test")
    ExactStage(most_places=10_000).run(context, 20)
    assert context.standings.value == 76


def test_bounds_on_costs_are_rounded_up_to_whole_points() -> None:
    assert [round_up(b) for b in (0.0, 0.2, 3.0, 2.9999999999, 3.0000000001, 3.1, -0.5)] == [
        0, 1, 3, 3, 3, 4, 0,
    ]  # fmt: skip


class Stopwatch(Clock):
    """A clock on which a second is left, whatever is done."""

    def left(self) -> float:
        return 1.0


def test_no_model_is_made_that_takes_longer_than_what_is_left() -> None:
    """Bug: with 15 seconds, a model of a million places alone took longer than that."""
    assert affordable(5_000, Stopwatch(Limits(seconds=1)))
    assert not affordable(50_000, Stopwatch(Limits(seconds=1)))
