"""Bounds by round plans: valid whatever they start from, and the same for the same seed."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, person, room, session
from tests.search.oracles import most_points
from tests.search.small import ANY, boards, examples, problems

from spilrooster.problem import Problem
from spilrooster.rules import TakesPart
from spilrooster.search.anneal import Annealing
from spilrooster.search.arrays import REQUIRED_BONUS, Arrays, Ints
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.round_plans import bounding
from spilrooster.search.round_plans import proofs as proofs_module
from spilrooster.search.round_plans.bounding import bounds, warm_up
from spilrooster.search.round_plans.proof import RoundProof
from spilrooster.search.round_plans.stage import RoundPlansStage
from spilrooster.search.sectioning import section
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings
from spilrooster_models import Choice

LITTLE = Limits(work=0.003)


def proven(arrays: Arrays, occupant: Ints, limits: Limits = LITTLE, seed: int = 1) -> list[int]:
    return [*bounds(arrays, occupant, Clock(limits), seed)]


@examples(30)
@given(st.data())
def test_no_programme_scores_more_than_any_bound_on_the_way(data: st.DataObject) -> None:
    problem = data.draw(problems(ANY))
    arrays = Arrays.of(problem)
    found = proven(arrays, data.draw(boards(arrays, whole=True)))
    truth = most_points(problem)
    assume(truth is not None)
    assert truth is not None
    assert all(bound >= truth for bound in found)


@examples(20)
@given(st.data())
def test_bounds_only_fall(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(problems(replace(ANY, required=False))))
    found = proven(arrays, data.draw(boards(arrays, whole=True)))
    assert all(later < earlier for earlier, later in itertools.pairwise(found))


def crowd(step: int) -> Problem:
    """Twenty people, eight sessions of which two may repeat, two rooms, three rounds."""
    people = [f"p{i}" for i in range(20)]
    wishes = [
        choice(p, s, rank)
        for i, p in enumerate(people)
        for rank, s in enumerate(dict.fromkeys("aabbcdefgh"[(i * step + 3 * k) % 10]
                                               for k in range(5)), 1)
    ]  # fmt: skip
    sessions = [session(s, max_runs=1 + (s in "ab"), min_runs=0) for s in "abcdefgh"]
    rooms = [room("r1", 14), room("r2", 10)]
    return Problem.of(event(sessions, rooms, ("t1", "t2", "t3"), people, wishes))


def good_runs(arrays: Arrays) -> Ints:
    annealing = Annealing(arrays, 5000, 1)
    annealing.advance(5000)
    return annealing.best


def points(arrays: Arrays, occupant: Ints) -> int:
    found = section(arrays, occupant)
    assert found is not None
    return found.points


def test_the_same_seed_and_work_give_the_same_bounds() -> None:
    arrays = Arrays.of(crowd(7))
    start = good_runs(arrays)
    one, two = (proven(arrays, start, Limits(work=0.1)) for _ in range(2))
    assert one == two
    assert len(one) > 1


def test_more_work_brings_the_bound_close_to_the_optimum() -> None:
    problem = crowd(3)
    arrays = Arrays.of(problem)
    runs = good_runs(arrays)
    value = points(arrays, runs)
    found = proven(arrays, runs, Limits(work=0.3))
    assert value <= min(found) <= 1.005 * value
    assert 1.05 * value < problem.ideal


def test_only_bounds_below_what_is_known_are_news() -> None:
    arrays = Arrays.of(crowd(3))
    runs = good_runs(arrays)
    found = proven(arrays, runs, Limits(work=0.3))
    known = found[len(found) // 2]
    news = [*bounds(arrays, runs, Clock(Limits(work=0.3)), 1, known=known)]
    assert news
    assert max(news) < known
    assert min(news) >= points(arrays, runs)


def test_proofs_without_hope_leave_their_time_to_the_longest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arrays = Arrays.of(crowd(7))
    runs = good_runs(arrays)
    monkeypatch.setattr(bounding, "FEWEST_STEPS", 2)
    proofs: list[RoundProof] = []

    def noted(*data: Any) -> RoundProof:
        proofs.append(RoundProof(*data))
        return proofs[-1]

    monkeypatch.setattr(proofs_module, "RoundProof", noted)
    nodes = {}
    for known in (math.inf, 0):
        proofs.clear()
        found = [*bounds(arrays, runs, Clock(Limits(work=0.05)), 1, known=known)]
        assert bool(found) == (known > 0)
        nodes[known] = [proof.nodes for proof in proofs]
    short = 1 + 2 * 2  # the root, and two more with each step
    assert max(nodes[math.inf][:2]) > short
    assert max(nodes[0][: len(bounding.TURNS) - 1]) <= short
    assert max(nodes[0]) > short


def test_points_of_any_size_are_bounded() -> None:
    """Bug: points were taken modulo 10,000, and the bound with them."""
    people = [f"p{i}" for i in range(4)]
    wishes = [Choice(participant=p, session="a", points=REQUIRED_BONUS + 7) for p in people]
    rich = Problem.of(event("ab", [room("r1", 3)], people=people, choices=wishes))
    found = proven(Arrays.of(rich), np.array([[0], [1]]))
    assert min(found) == 3 * (REQUIRED_BONUS + 7)


def test_presenters_of_several_sessions_do_not_loosen_the_bound() -> None:
    people = ["p", *(f"q{i}" for i in range(8))]
    wishes = [choice(q, s, 1 + (i + k) % 2) for i, q in enumerate(people[1:])
              for k, s in enumerate("ab")]  # fmt: skip
    sessions = [session(s, presenters=("p",)) for s in "ab"] + [session(s) for s in "cd"]
    shared = Problem.of(event(sessions, ["r1", "r2"], ("t1", "t2"), people, wishes))
    found = proven(Arrays.of(shared), np.array([[0, 2], [1, 3]]), Limits(work=0.02))
    assert min(found) == most_points(shared) == 8 * 36


def test_who_can_be_in_which_room_tightens_the_bound() -> None:
    """All want `a`, which runs once: in the room or on screen, and half of the people for each."""
    people = [person(f"p{i}", needs=(("chair", "screen")[i % 2],)) for i in range(6)]
    rooms = [room("r1", 6, features=("chair",)), room("r2", 6, features=("screen",))]
    wishes = [choice(p.id, s, rank) for p in people for rank, s in enumerate("ab", 1)]
    split = Problem.of(event("ab", rooms, ("t1",), people, wishes))
    found = proven(Arrays.of(split), np.array([[0, 1]]), Limits(work=0.02))
    assert min(found) == most_points(split) == 3 * (20 + 16)


@pytest.mark.parametrize("presents", [0, 1])
def test_who_may_not_take_part_in_every_round_tightens_the_bound(presents: int) -> None:
    """All could have three wishes, but take part in two rounds; who presents, listens once less."""
    people = [f"p{i}" for i in range(6)]
    wishes = [choice(p, s, rank) for p in people for rank, s in enumerate("abc", 1)]
    talk = session("d", presenters=tuple(people[:presents]), rounds=("t3",))
    day = event(["a", "b", "c", talk], ["r1", "r2"], ("t1", "t2", "t3"), people, wishes)
    part = Problem.of(day, [TakesPart(most=2)])
    runs = np.array([[0, -1], [1, -1], [2, 3]])
    found = proven(Arrays.of(part), runs, Limits(work=0.02))
    assert min(found) == most_points(part) == 6 * (20 + 16) - presents * 16


def test_without_choices_or_attendances_there_is_nothing_to_bound() -> None:
    nobody = Arrays.of(Problem.of(event("ab", people="pq")))
    assert proven(nobody, np.array([[0], [1]])) == []
    people = [person("p"), person("q", absent=("t1",))]
    empty = event([session("a", min_people=2)], people=people, choices=[choice("p", "a", 1)])
    assert proven(Arrays.of(Problem.of(empty)), np.array([[0], [-1]])) == []


def test_without_rooms_the_bound_is_nothing() -> None:
    free = [session("a", min_runs=0)]
    arrays = Arrays.of(Problem.of(event(free, [], ("t1",), "p", [choice("p", "a", 1)])))
    nothing = np.zeros((1, 0), dtype=np.int64)
    assert [*bounds(arrays, nothing, Clock(Limits(work=0.1)), 1)][-1] == 0


def test_a_cancelled_clock_ends_the_bounds() -> None:
    arrays = Arrays.of(crowd(7))
    asked = itertools.count()
    clock = Clock(Limits(seconds=3600), cancelled=lambda: next(asked) > 50)
    runs = good_runs(arrays)
    found = [*bounds(arrays, runs, clock, 1)]
    assert clock.seconds() < 60
    assert all(bound >= points(arrays, runs) for bound in found)


def test_warming_up_needs_no_problem_and_takes_little_work() -> None:
    warm_up()
    assert bounds.__name__ == "bounds"


def test_the_stage_starts_nothing_without_a_programme_or_choices_on_level_one() -> None:
    problem = crowd(3)
    clock = Clock(Limits(work=1))
    standings = Standings(problem, clock)
    RoundPlansStage().run(Context(problem, Workshop(problem), standings, clock, 1), 1.0)
    assert standings.source is None
