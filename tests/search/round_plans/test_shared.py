"""Shared proofs: what is proven of several rounds at once is true of each, and each is finished."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, person, room, session
from tests.search.oracles import most_points
from tests.search.round_plans.truth import best_plan, priced, prices
from tests.search.small import ANY, Shape, examples, problems

from spilrooster.problem import Problem
from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.round_plans import tree
from spilrooster.search.round_plans.data import Prices, RoundProblem
from spilrooster.search.round_plans.proof import CLOSE, RoundProof
from spilrooster.search.round_plans.proofs import Proofs
from spilrooster.search.round_plans.shared import SharedProof, families, is_possible
from spilrooster.search.round_plans.tree import CLOSED, Tree

ENOUGH = 600
"""More nodes than the proofs of tiny rounds need."""


def alone(rounds: RoundProblem, at: Prices, target: float) -> dict[int, RoundProof]:
    margin = rounds.margin(at)
    return {
        t: RoundProof(rounds.choosers, here, margin, at.pi, target)
        for t, here in enumerate(rounds.rounds)
    }


def expand(tree: Tree, nodes: int = ENOUGH) -> None:
    while tree.slack > CLOSED and nodes:
        before, steps = tree.bound, tree.expand()
        assert steps > 0
        assert tree.bound <= before + 1e-6
        nodes -= 1


@examples(60)
@given(st.data())
def test_what_rounds_share_is_true_of_each_and_each_can_be_finished(data: st.DataObject) -> None:
    rounds = RoundProblem.of(Arrays.of(data.draw(problems(Shape(sessions=4, people=6)))))
    at = data.draw(prices(rounds))
    best = [best_plan(rounds, at, t) for t in range(len(rounds.rounds))]
    target = data.draw(st.sampled_from((-20.0, 0.0, min(best), max(best) - 3.0)))
    members = alone(rounds, at, target)
    together = SharedProof(
        rounds.choosers, rounds.margin(at), at.pi, [*members.values()], lambda: None
    )
    expand(together, data.draw(st.sampled_from((0, 1, 3, ENOUGH))))
    assert together.bound >= max(best) - 1e-6
    together.part()
    for member, truth in zip(members.values(), best, strict=True):
        assert truth - 1e-6 <= member.bound <= together.bound + 1e-6
        expand(member)
        assert truth - 1e-6 <= member.bound <= max(truth, target) + CLOSE
        assert member.target <= max(truth, target) + 1e-6


@examples(40)
@given(st.data(), st.sampled_from((0, 12, 30)))
def test_with_room_for_few_multipliers_no_more_are_kept_and_all_stays_true(
    data: st.DataObject, numbers: int
) -> None:
    rounds = RoundProblem.of(Arrays.of(data.draw(problems(Shape(sessions=4, people=6)))))
    at = data.draw(prices(rounds))
    best = [best_plan(rounds, at, t) for t in range(len(rounds.rounds))]
    target = data.draw(st.sampled_from((-20.0, min(best) - 3.0)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "MOST_NUMBERS", numbers)
        forgetful(patch)
        members = alone(rounds, at, target)
        margin, family = rounds.margin(at), [*members.values()]
        together = SharedProof(rounds.choosers, margin, at.pi, family, lambda: None)
        expand(together, data.draw(st.sampled_from((3, 9, ENOUGH))))
        kept = {id(node.u) for _, node in together.left}
        assert len(kept) * len(rounds.rounds[0].present) <= numbers + 12
        together.part()
    for member, truth in zip(members.values(), best, strict=True):
        expand(member)
        assert truth - 1e-6 <= member.bound <= max(truth, target) + CLOSE


def forgetful(patch: pytest.MonkeyPatch) -> None:
    """Let proofs look at plans, but keep the targets that they were given."""
    look_at = RoundProof.look_at

    def forget(proof: RoundProof, plan: Ints, *, exactly: bool) -> float:
        kept = proof._target, proof._settled
        worth = look_at(proof, plan, exactly=exactly)
        proof._target, proof._settled = kept
        return worth

    patch.setattr(RoundProof, "look_at", forget)


@examples(40)
@given(st.data())
def test_what_matters_to_one_member_is_not_thrown_away_for_another(data: st.DataObject) -> None:
    """With targets that stay low: else tiny rounds find their best plan at once."""
    rounds = RoundProblem.of(Arrays.of(data.draw(problems(Shape(sessions=4, people=6)))))
    at = data.draw(prices(rounds))
    best = [best_plan(rounds, at, t) for t in range(len(rounds.rounds))]
    targets = [data.draw(st.sampled_from((-9.0, truth - 0.1, truth - 4.0))) for truth in best]
    margin = rounds.margin(at)
    with pytest.MonkeyPatch.context() as patch:
        forgetful(patch)
        members = [
            RoundProof(rounds.choosers, here, margin, at.pi, target)
            for here, target in zip(rounds.rounds, targets, strict=True)
        ]
        together = SharedProof(rounds.choosers, margin, at.pi, members, lambda: None)
        expand(together, data.draw(st.integers(0, 9)))
        together.part()
        for member, truth in zip(members, best, strict=True):
            assert member.bound >= truth - 1e-6
            expand(member)
            assert member.bound >= truth - 1e-6


@examples(40)
@given(st.data())
def test_at_any_prices_no_programme_scores_more_than_all_proofs_say(data: st.DataObject) -> None:
    problem = data.draw(problems(ANY))
    truth = most_points(problem)
    rounds = RoundProblem.of(Arrays.of(problem))
    at = data.draw(prices(rounds))
    targets = dict.fromkeys(rounds.twins, data.draw(st.sampled_from((-50.0, 0.0, 30.0))))
    proofs = Proofs(rounds, at, targets, lambda: None)
    parting = data.draw(st.integers(0, 6))
    for step in range(12):
        assert truth is None or truth <= proofs.bound + 1e-6
        assert proofs.likely <= proofs.bound + 1e-6
        if proofs.share and (step >= parting or proofs.closed):
            proofs.part()
            assert not proofs.share
        if proofs.closed:
            break
        proofs.expand()
    assert proofs.adds >= 0


def late(absent: int, *, barred: bool = False) -> RoundProblem:
    """Thirty people, six sessions, three rooms; so many are not there in the second round."""
    people = [person(f"p{i}", absent=("t2",) if i < absent else ()) for i in range(30)]
    wishes = [
        choice(p.id, s, rank)
        for i, p in enumerate(people)
        for rank, s in enumerate(dict.fromkeys("abcdef"[(i * k + i) % 6] for k in range(5)), 1)
    ]
    sessions = [session(s, rounds=("t1",) if barred and s < "d" else ()) for s in "abcdef"]
    rooms = [room("r1", 12), room("r2", 9), room("r3", 6)]
    return RoundProblem.of(
        Arrays.of(Problem.of(event(sessions, rooms, ("t1", "t2"), people, wishes)))
    )


def shared_by(rounds: RoundProblem) -> list[tuple[int, ...]]:
    at = priced(rounds, [20.0] * rounds.sessions)
    proofs = alone(rounds, at, 0.0)
    return [*families(proofs, rounds.choosers, rounds.margin(at), at.pi, lambda: None)]


def test_rounds_that_differ_little_share_a_proof_and_others_do_not() -> None:
    assert shared_by(late(1)) == [(0, 1)]
    assert shared_by(late(25)) == []
    assert shared_by(late(0, barred=True)) == []


def test_a_plan_is_possible_where_every_session_may_run() -> None:
    here = late(0, barred=True).rounds[1]
    assert is_possible(here, np.array([-1, 3, 4]))
    assert not is_possible(here, np.array([-1, 0, 4]))


def test_after_parting_nothing_is_left_of_the_shared_proof() -> None:
    rounds = late(1)
    at = priced(rounds, [20.0] * rounds.sessions)
    proofs = Proofs(rounds, at, {0: 0.0, 1: 0.0}, lambda: None)
    assert proofs.share
    assert proofs.likely <= proofs.bound
    for _ in range(5):
        proofs.expand()
    before = proofs.bound
    proofs.part()
    assert proofs.bound <= before + 1e-6
    assert proofs.likely == proofs.bound
    while not proofs.closed:
        proofs.expand()
    apart = [best_plan(rounds, at, t) for t in (0, 1)]
    assert np.isclose(proofs.bound, at.base(rounds) + sum(apart), atol=2 * CLOSE)
