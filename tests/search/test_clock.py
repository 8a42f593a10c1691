"""Clock and CP-SAT under a clock: work or seconds, and stopping when asked."""

from __future__ import annotations

import itertools
import time

import pytest
from ortools.sat.python import cp_model

from spilrooster.search.clock import Clock, Deadline, Limits
from spilrooster.search.solver import Solving


def test_seconds_pass_by_themselves_and_work_only_when_charged() -> None:
    by_time, by_work = Clock(Limits(seconds=60)), Clock(Limits(seconds=60, work=5))
    for clock in (by_time, by_work):
        clock.charge(2)
        clock.charge(1.5)
    time.sleep(0.02)
    assert not by_time.counts_work
    assert 0.02 <= by_time.spent() < 30
    assert by_time.left() == pytest.approx(60, abs=30)
    assert by_work.counts_work
    assert (by_work.spent(), by_work.left(), by_work.total()) == (3.5, 1.5, 5)
    assert by_time.total() == 60


def test_nothing_is_left_beyond_the_limit() -> None:
    clock = Clock(Limits(work=1))
    clock.charge(7)
    assert clock.left() == 0


def test_nothing_is_left_once_it_was_cancelled() -> None:
    stop = False
    clock = Clock(Limits(work=9), lambda: stop)
    assert clock.left() == 9
    stop = True
    assert clock.left() == 0


def test_a_deadline_comes_and_has_then_passed() -> None:
    deadline = Deadline(60)
    before = deadline.left()
    time.sleep(0.02)
    assert 0 < deadline.left() <= before - 0.02
    assert before <= 60
    assert Deadline(0).left() == Deadline(-1).left() == 0


@pytest.mark.parametrize("limits", [{"seconds": 0}, {"work": -1.0}, {"seconds": -3, "work": 1}])
def test_limits_are_positive(limits: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="positive"):
        Limits(**limits)


def pigeons(holes: int) -> cp_model.CpModel:
    """One pigeon more than there are holes, without the constraint that gives it away."""
    model = cp_model.CpModel()
    sits = [[model.new_bool_var("") for _ in range(holes)] for _ in range(holes + 1)]
    for pigeon in sits:
        model.add_bool_or(pigeon)
    for hole in zip(*sits, strict=True):
        for a, b in itertools.combinations(hole, 2):
            model.add_bool_or(~a, ~b)
    return model


def long_model() -> cp_model.CpModel:
    """A model that takes minutes to solve: parity constraints have no use for cuts."""
    model = cp_model.CpModel()
    bits = [model.new_bool_var("") for _ in range(180)]
    for i in range(170):
        picked = [bits[(i * k * k + 7 * k + i) % 180] for k in range(1, 12)]
        half = model.new_int_var(0, 6, "")
        model.add(sum(picked) == 2 * half + 1)
    model.maximize(sum((i * 37 % 11 - 5) * bit for i, bit in enumerate(bits)))
    return model


def test_a_cancelled_clock_stops_the_solver_long_before_its_limit() -> None:
    started = time.monotonic()
    clock = Clock(Limits(seconds=60), lambda: time.monotonic() - started > 0.5)
    solving = Solving(long_model(), clock, 60, seed=1)
    status = solving.run()
    assert 0.3 < time.monotonic() - started < 20
    assert status in {cp_model.UNKNOWN, cp_model.FEASIBLE}


def test_a_work_limit_stops_the_solver_and_is_charged() -> None:
    clock = Clock(Limits(work=60))
    solving = Solving(long_model(), clock, 0.3, seed=1)
    solving.run()
    assert 0.2 < clock.work < 3
    assert clock.spent() == clock.work


def test_the_same_work_and_seed_give_the_same_answer() -> None:
    def answer() -> tuple[float, float, list[int]]:
        clock = Clock(Limits(work=60))
        solving = Solving(long_model(), clock, 0.2, seed=5)
        solving.run()
        return (
            clock.work,
            solving.solver.best_objective_bound,
            [int(v) for v in solving.solver.response_proto.solution],
        )

    assert answer() == answer()


def test_found_says_whether_there_is_a_solution_to_read() -> None:
    clock = Clock(Limits(seconds=30))
    none = Solving(pigeons(4), clock, 30, seed=1)
    assert none.run() == cp_model.INFEASIBLE
    assert not none.found
    model = cp_model.CpModel()
    bit = model.new_bool_var("")
    model.add(bit == 1)
    one = Solving(model, clock, 30, seed=1)
    assert one.run() == cp_model.OPTIMAL
    assert one.found


def test_what_is_kept_of_a_time_limit_is_not_left_but_work_is_never_kept() -> None:
    timed, counted = Clock(Limits(seconds=100.0)), Clock(Limits(work=100.0))
    for clock in (timed, counted):
        clock.keep(30.0)
    assert 60.0 < timed.left() <= 70.0
    assert counted.left() == 100.0
    timed.keep(1000.0)
    assert timed.left() == 0.0
