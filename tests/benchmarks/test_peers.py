"""Every peer solves the hand-made day, whose optimum of 91 is known."""

from __future__ import annotations

import pytest
from benchmarks.cases import BY_NAME, PUBLIC
from benchmarks.one import contradicts, judged, run
from benchmarks.peers import PEERS
from benchmarks.peers.linear import Linear
from benchmarks.peers.monolith import monolith
from benchmarks.peers.outcome import NotSupportedError, Outcome, whole_bound
from benchmarks.record import Line
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from spilrooster import PersonalSchedule, Programme


@pytest.mark.parametrize("peer", PEERS)
def test_peer_proves_the_optimum_of_tiny(peer: str) -> None:
    line = run("tiny", peer, seconds=5, seed=1, public=PUBLIC)
    assert (line.status, line.value, line.bound, line.gap) == ("optimal", 91, 91, 0)
    assert line.sound
    assert line.moments[-1][1:] == (91, 91)
    assert dict(line.versions)["ortools"]


def test_a_linear_model_counts_like_the_model_it_was_made_from() -> None:
    """Clauses, negations and enforced sums: every 0/1 point is allowed by both or by neither."""
    cp = cp_model.CpModel()
    a, b, c = (cp.new_bool_var(name) for name in "abc")
    cp.add_bool_or(a, ~b)
    cp.add_implication(a, c)
    cp.add(2 * a + b >= 1).only_enforce_if(c)
    cp.add(a + b + c <= 2).only_enforce_if([~a, c])
    cp.add_at_most_one(a, ~c)
    cp.minimize(7 - 3 * a + b)
    assert solutions(cp) == linear_solutions(cp) != set()


def solutions(cp: cp_model.CpModel) -> set[tuple[int, int, int]]:
    found = set()
    for point in points():
        fixed = cp.clone()
        for number, value in enumerate(point):
            fixed.add(fixed.get_bool_var_from_proto_index(number) == value)
        if cp_model.CpSolver().solve(fixed) == cp_model.OPTIMAL:
            found.add(point)
    return found


def linear_solutions(cp: cp_model.CpModel) -> set[tuple[int, int, int]]:
    found = set()
    for point in points():
        linear = Linear(cp)
        for variable, value in zip(linear.variables, point, strict=True):
            variable.lower_bound = variable.upper_bound = float(value)
        result = mathopt.solve(linear.model, mathopt.SolverType.GSCIP)
        if result.has_primal_feasible_solution():
            assert result.objective_value() == 7 - 3 * point[0] + point[1]
            found.add(point)
    return found


def points() -> list[tuple[int, int, int]]:
    return [(n & 1, n >> 1 & 1, n >> 2) for n in range(8)]


def test_a_constraint_without_a_linear_form_is_refused() -> None:
    cp = cp_model.CpModel()
    cp.add_all_different(cp.new_int_var(0, 2, "x"), cp.new_int_var(0, 2, "y"))
    with pytest.raises(NotSupportedError):
        Linear(cp)


def test_the_linear_model_of_a_whole_day_has_a_place_for_every_variable() -> None:
    variables = monolith(BY_NAME["spil125"].load(PUBLIC).problem)
    assert len(Linear(variables.cp).variables) == len(variables.cp.proto.variables)


def test_bounds_are_whole_points_and_never_above_the_ideal() -> None:
    assert whole_bound(90.9999999, 100) == 91
    assert whole_bound(90.7, 100) == 90
    assert whole_bound(120.0, 100) == 100
    assert whole_bound(float("inf"), 100) is None


def test_a_peers_own_word_is_not_believed() -> None:
    """A programme without any run is no plan, whatever status and bound come with it."""
    loaded = BY_NAME["tiny"].load(PUBLIC)
    event = loaded.problem.event
    rounds = event.layout.round_ids
    idle = tuple(
        PersonalSchedule(participant=p.id, sessions=(None, None)) for p in event.participants
    )
    outcome = Outcome("optimal", Programme(rounds=rounds, runs=(), schedules=idle), bound=-1)
    line = judged(Line("tiny", "scip", 5, 1, "optimal"), loaded, outcome, wall=0.1)
    assert line.value == 0
    assert line.broken == {"runs_between": 4}
    assert line.contradiction
    assert not line.sound


def test_a_value_beyond_a_bound_is_a_contradiction() -> None:
    loaded = BY_NAME["tiny"].load(PUBLIC)
    assert contradicts(loaded, 91, 90)
    assert not contradicts(loaded, 91, 91)
    assert not contradicts(loaded, None, 90)
