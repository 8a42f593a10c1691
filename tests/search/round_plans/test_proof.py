"""Proofs: never below the best plan of a round, and closed where the relaxation is tight."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tiny import event, room, session
from tests.search.oracles import most_points
from tests.search.round_plans.truth import best_plan, most_worth, plans, priced, prices
from tests.search.small import ANY, IDS, Shape, examples, problems

from spilrooster.problem import Problem
from spilrooster.search.arrays import Arrays
from spilrooster.search.round_plans.data import Choosers, Floats, Prices, RoundProblem
from spilrooster.search.round_plans.proof import CLOSE, RoundProof
from spilrooster.search.round_plans.relaxation import (
    FREE,
    IN,
    MANY_WISHES,
    OUT,
    count_largest,
    relax,
    sum_largest,
)
from spilrooster_models import Choice

ENOUGH = 400
"""More nodes than the proofs of tiny rounds need."""

CASES = Shape(sessions=4, people=6)


def proof_of(problem: RoundProblem, at: Prices, t: int, target: float) -> RoundProof:
    margin = problem.margin(at)
    return RoundProof(problem.choosers, problem.rounds[t], margin, at.pi, target)


def expanded(proof: RoundProof, nodes: int = ENOUGH) -> RoundProof:
    while proof.slack > 1e-6 and nodes:
        proof.expand()
        nodes -= 1
    return proof


@examples(50)
@given(st.data())
def test_at_any_prices_no_programme_scores_more_than_the_bound(data: st.DataObject) -> None:
    problem = data.draw(problems(ANY))
    truth = most_points(problem)
    rounds = RoundProblem.of(Arrays.of(problem))
    at = data.draw(prices(rounds))
    target, nodes = data.draw(st.sampled_from((-50.0, 0.0, 30.0))), data.draw(st.integers(0, 4))
    proofs = [expanded(proof_of(rounds, at, t, target), nodes) for t in range(len(rounds.rounds))]
    bound = at.base(rounds) + sum(proof.bound for proof in proofs)
    assert truth is None or truth <= bound + 1e-6


@examples(50)
@given(st.data())
def test_every_bound_on_the_way_is_at_least_the_best_plan_and_none_rises(
    data: st.DataObject,
) -> None:
    rounds = RoundProblem.of(Arrays.of(data.draw(problems(CASES))))
    at, t = data.draw(prices(rounds)), data.draw(st.integers(0, len(rounds.rounds) - 1))
    best = best_plan(rounds, at, t)
    target = data.draw(st.sampled_from((-20.0, 0.0, best, best - 3.0)))
    proof = proof_of(rounds, at, t, target)
    bounds = [proof.bound]
    while proof.slack > 1e-6 and len(bounds) < ENOUGH:
        proof.expand()
        bounds.append(proof.bound)
    assert len(bounds) < ENOUGH
    assert min(bounds) >= best - 1e-6
    assert proof.bound <= max(best, target) + CLOSE  # no leaf stays in doubt
    assert all(later <= earlier + 1e-6 for earlier, later in itertools.pairwise(bounds))
    assert proof.nodes == 2 * len(bounds) - 1
    assert bool(proof.better_plans) >= (proof.target > target)
    assert proof.target <= max(best, target) + 1e-6


@examples(30)
@given(st.data())
def test_a_helper_changes_nothing_that_is_proven(data: st.DataObject) -> None:
    rounds = RoundProblem.of(Arrays.of(data.draw(problems(CASES))))
    at, t = data.draw(prices(rounds)), data.draw(st.integers(0, len(rounds.rounds) - 1))
    alone = proof_of(rounds, at, t, -20.0)
    margin = rounds.margin(at)
    with ThreadPoolExecutor(1) as pool:
        helped = RoundProof(rounds.choosers, rounds.rounds[t], margin, at.pi, -20.0, lambda: pool)
        while alone.slack > 1e-6 and alone.nodes < ENOUGH:
            alone.expand()
            helped.expand()
            assert (helped.bound, helped.target, helped.nodes) == (
                alone.bound, alone.target, alone.nodes,
            )  # fmt: skip
    assert helped.slack == alone.slack


@st.composite
def one_wish_each(draw: st.DrawFn) -> Problem:
    """Everybody wishes for one session and nobody presents: nothing to relax but the rooms."""
    people = [f"p{i}" for i in range(draw(st.integers(1, 8)))]
    wishes = [
        Choice(
            participant=p,
            session=draw(st.sampled_from(IDS[:4])),
            points=draw(st.integers(1, 30)),
        )
        for p in people
    ]
    rooms = [room(f"r{i}", draw(st.integers(0, 4))) for i in range(draw(st.integers(1, 3)))]
    return Problem.of(event(IDS[:4], rooms, ("t1",), people, wishes))


@examples(40)
@given(st.data())
def test_with_one_wish_each_the_root_alone_is_exact(data: st.DataObject) -> None:
    """Nobody has to choose, so the assignment of sessions to rooms is the whole problem."""
    rounds = RoundProblem.of(Arrays.of(data.draw(one_wish_each())))
    at = data.draw(prices(rounds))
    best = best_plan(rounds, at, 0)
    assert np.isclose(expanded(proof_of(rounds, at, 0, best)).bound, best, atol=1e-6)
    assert expanded(proof_of(rounds, at, 0, best + 7.0)).bound == best + 7.0


def crowded_round(seed: int) -> tuple[RoundProblem, Prices]:
    """Fourteen people with four wishes each, six sessions, three rooms of different size."""
    dice = np.random.default_rng(seed)
    crews = [(f"p{dice.integers(3)}",) if dice.random() < 0.3 else () for _ in range(6)]
    sessions = [session(s, presenters=crew) for s, crew in zip(IDS, crews, strict=False)]
    wishes = [
        Choice(participant=f"p{p}", session=IDS[s], points=int(dice.integers(1, 30)))
        for p in range(14)
        for s in dice.permutation(6)[:4]
    ]
    rooms = [room(f"r{i}", int(dice.integers(1, 6))) for i in range(3)]
    crowd = event(sessions, rooms, ("t1",), [f"p{p}" for p in range(14)], wishes)
    rounds = RoundProblem.of(Arrays.of(Problem.of(crowd)))
    pi = dice.integers(0, 20, 6).astype(float)
    return rounds, priced(rounds, pi.tolist())


def test_most_crowded_rounds_are_closed_at_their_true_target() -> None:
    """Not all: a leaf whose rooms are left to choose keeps what the relaxation of rooms leaves."""
    gaps = []
    for seed in range(60):
        rounds, at = crowded_round(seed)
        best = best_plan(rounds, at, 0)
        proof = expanded(proof_of(rounds, at, 0, best))
        assert proof.bound >= best - 1e-6
        gaps.append((proof.bound - best) / best)
    assert sum(gap < 1e-3 for gap in gaps) >= 55
    assert max(gaps) < 0.03


def test_a_target_below_the_best_plan_shows_the_plans_that_beat_it() -> None:
    beaten = 0
    for seed in range(20):
        rounds, at = crowded_round(seed)
        best = best_plan(rounds, at, 0)
        proof = expanded(proof_of(rounds, at, 0, best - 2.0))
        assert proof.better_plans
        assert proof.target <= best + 1e-6
        beaten += len(proof.better_plans)
        for plan in proof.better_plans:
            held = plan[plan >= 0].tolist()
            assert len(set(held)) == len(held)
    assert beaten >= 20


def relaxed(
    rounds: RoundProblem, at: Prices, t: int, u: Floats, state: list[int]
) -> tuple[float, Floats, Floats, Floats]:
    """Bound, sessions chosen, and what forcing each session in or out costs."""
    here, margin = rounds.rounds[t], rounds.margin(at)
    margin = np.where(here.present[rounds.choosers.person], margin, -1.0)
    chosen, dearer_in, dearer_out = (np.zeros(rounds.sessions) for _ in range(3))
    slope, plan = np.zeros(rounds.people), np.zeros(here.seats.shape[1], dtype=np.int64)
    wishes = np.tile(np.arange(margin.shape[1]), (len(margin), 1))
    bound = relax(
        rounds.choosers, here, margin, at.pi, u, np.array(state), slope, chosen, dearer_in,
        dearer_out, plan, wishes, np.zeros(margin.shape),
    )  # fmt: skip
    return bound, chosen, dearer_in, dearer_out


@examples(75)
@given(st.data())
def test_forcing_a_session_lowers_the_bound_at_least_as_reduced_costs_say(
    data: st.DataObject,
) -> None:
    rounds = RoundProblem.of(Arrays.of(data.draw(problems(CASES))))
    at, t = data.draw(prices(rounds)), data.draw(st.integers(0, len(rounds.rounds) - 1))
    number = st.floats(0, 15)
    u = np.array(data.draw(st.lists(number, min_size=rounds.people, max_size=rounds.people)))
    free = [FREE] * rounds.sessions
    bound, chosen, dearer_in, dearer_out = relaxed(rounds, at, t, u, free)
    for s in range(rounds.sessions):
        forced = [FREE] * rounds.sessions
        forced[s] = OUT if chosen[s] else IN
        drop = dearer_out[s] if chosen[s] else dearer_in[s]
        assert drop >= -1e-6
        assert relaxed(rounds, at, t, u, forced)[0] <= bound - drop + 1e-5


def best_under(rounds: RoundProblem, at: Prices, t: int, state: list[int]) -> float:
    """What the best plan is worth among those that keep to `state`."""
    return max(
        (
            most_worth(rounds, at, t, plan)
            for plan in plans(rounds, t)
            if all((s in plan) == (k == IN) for s, k in enumerate(state) if k != FREE)
        ),
        default=-np.inf,
    )


@examples(60)
@given(st.data())
def test_the_relaxation_is_never_below_the_best_plan_that_keeps_to_the_decisions(
    data: st.DataObject,
) -> None:
    rounds = RoundProblem.of(Arrays.of(data.draw(problems(CASES))))
    at, t = data.draw(prices(rounds)), data.draw(st.integers(0, len(rounds.rounds) - 1))
    u = np.array(data.draw(st.lists(st.floats(0, 15), min_size=6, max_size=6))[: rounds.people])
    state = [data.draw(st.sampled_from((OUT, FREE, FREE, IN))) for _ in range(rounds.sessions)]
    bound, chosen, *_ = relaxed(rounds, at, t, u, state)
    assert bound >= best_under(rounds, at, t, state) - 1e-6
    if bound > -np.inf:
        for s, k in enumerate(state):
            assert k == FREE or chosen[s] == (k == IN)


def test_sessions_without_a_room_are_decided_from_the_start() -> None:
    homeless = event([session("a", needs=("piano",)), "b"], people="pq")
    rounds = RoundProblem.of(Arrays.of(Problem.of(homeless)))
    at = priced(rounds, [-50.0, -5.0])
    proof = expanded(proof_of(rounds, at, 0, 0.0))
    assert np.isclose(proof.bound, 5.0)


@pytest.mark.parametrize("finest", [1.0, 0.1, 1e-6])
def test_of_very_many_wishes_the_largest_count_for_each_number_of_seats(finest: float) -> None:
    count, chance = 3 * MANY_WISHES, np.random.default_rng(1)
    choosers = Choosers(
        start=np.array([0, count]),
        person=np.arange(count),
        weight=np.zeros(count),
        presenter_start=np.zeros(2, dtype=np.int64),
        presenter=np.zeros(0, dtype=np.int64),
    )
    margin = chance.integers(-3, 9, count).astype(float)
    u = np.round(chance.uniform(0, 4, count) / finest) * finest
    worths = np.zeros(count)
    seats = np.array([-1, 0, 1, 12, 13, 200, 200, 450, 5 * count])
    total, least = sum_largest(choosers, margin, u, 0, seats, worths)
    wanted = np.sort((margin - u)[margin > u])[::-1]
    for n, points, last in zip(np.maximum(seats, 0), total, least, strict=True):
        slope = np.zeros(count)
        count_largest(choosers, 0, n, worths, last, slope)
        assert points == pytest.approx(wanted[:n].sum())
        assert slope.sum() == min(n, len(wanted))
        assert slope.max() <= 1
        assert (margin - u) @ slope == pytest.approx(points)
