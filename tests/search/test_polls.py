"""Polls: people are asked part by part, and a move that few want is put back early."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.search.small import Shape, examples, problems
from tests.search.test_board import assert_true_to_itself

import spilrooster
from spilrooster.problem import Problem
from spilrooster.search import facts as facts_module
from spilrooster.search.anneal import Annealing, ask, hopeless
from spilrooster.search.arrays import Arrays
from spilrooster.search.board import begin, take_back
from spilrooster.search.facts import facts_of
from spilrooster.search.moves import carry_out, propose, put_back
from spilrooster.search.penalties import cost_of_crowds, cost_of_runs, score_of

SHAPE = Shape(people=6, rounds=4, groups=True, days=True)

SPIL500 = Path(__file__).parents[2] / "instances" / "spil500"

A_LOT = 3000
"""Points, of 25,000 in all."""


@contextmanager
def small_polls() -> Iterator[None]:
    """Make polls of one or two people."""
    with patch.object(facts_module, "PEOPLE_PER_POLL", 2):
        yield


@examples(30)
@given(problems(SHAPE))
def test_everybody_is_asked_in_one_poll_about_all_that_matters_to_them(problem: Problem) -> None:
    arrays = Arrays.of(problem)
    with small_polls():
        facts = facts_of(arrays)
    polls = facts.asked_start.shape[1] - 1
    poll_of: dict[int, int] = {}
    for s in range(arrays.sessions):
        touched = arrays.touched[arrays.touched_start[s] : arrays.touched_start[s + 1]]
        asked = facts.asked[facts.asked_start[s, 0] : facts.asked_start[s, polls]]
        assert sorted(asked.tolist()) == touched.tolist()
        for i in range(polls):
            for p in facts.asked[facts.asked_start[s, i] : facts.asked_start[s, i + 1]].tolist():
                assert poll_of.setdefault(p, i) == i
    assert polls == max(1, arrays.people // 2)


@examples(30)
@given(problems(SHAPE))
def test_what_a_choice_is_worth_stands_beside_who_is_asked(problem: Problem) -> None:
    arrays = Arrays.of(problem)
    with small_polls():
        facts = facts_of(arrays)
    wishes = dict(zip(zip(arrays.choice_person.tolist(), arrays.choice_session.tolist(),
                          strict=True), arrays.choice_points.tolist(), strict=True))  # fmt: skip
    for s in range(arrays.sessions):
        for e in range(facts.asked_start[s, 0], facts.asked_start[s, -1]):
            worth = wishes.get((int(facts.asked[e]), s))
            assert facts.asked_points[e] == (1 << 40 if worth is None else worth)


@examples(30)
@given(st.data())
def test_the_board_stays_true_to_itself_when_moves_are_put_back_early(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(problems(SHAPE)))
    with small_polls():
        annealing = Annealing(arrays, 300, data.draw(st.integers(0, 99)))
    annealing.advance(data.draw(st.integers(1, 300)))
    assert annealing.score == score_of(annealing.facts, annealing.board)
    assert_true_to_itself(arrays, annealing.board)


def test_what_a_part_of_the_people_tells_is_seldom_far_off() -> None:
    annealing = Annealing(Arrays.of(spilrooster.read(SPIL500)), 6000, 1)
    annealing.advance(4000)
    facts, board = annealing.facts, annealing.board
    polls = facts.asked_start.shape[1] - 1
    verdicts: list[list[bool]] = []
    while len(verdicts) < 300:
        propose(facts, board, annealing.random)
        if not board.planned[0] or not carry_out(facts, board):
            continue
        begin(board)
        cost = cost_of_runs(facts, board)
        ask(facts, board, 0, polls)
        new = int(board.points[0] - cost - cost_of_crowds(facts, board, polls))
        assert hopeless(facts, board, polls, cost, new + 1)
        assert not hopeless(facts, board, polls, cost, new)
        take_back(board)
        begin(board)
        ask(facts, board, 0, 2)
        margins = (-A_LOT, 0, A_LOT)
        verdicts.append([hopeless(facts, board, 2, cost, new + more) for more in margins])
        put_back(facts, board)
        take_back(board)
    assert annealing.score == score_of(facts, board)
    given_up = np.mean(verdicts, axis=0)
    assert polls == 5
    assert given_up[0] < 0.01
    assert given_up[1] < 0.35
    assert given_up[2] > 0.99
