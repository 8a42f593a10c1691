"""Moves of blocks: lawful, taken back whole, and able to find what rules of groups ask for."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, room, session
from tests.search.small import Shape, boards, examples, problems
from tests.search.test_board import board_of, different, snapshot

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.rules import NoGap, StayInRoom
from spilrooster.search.anneal import Annealing
from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.board import EMPTY
from spilrooster.search.candidate import Workshop
from spilrooster.search.moves import carry_out, propose, put_back
from spilrooster.search.penalties import broken_groups

GROUPS = Shape(people=3, rounds=4, groups=True, pairs=False)


def as_counted(arrays: Arrays, occupant: Ints) -> int:
    """Rooms and gaps that groups have too many, counted without bits and kernels."""
    groups = arrays.groups
    if groups is None:
        return 0
    wrong = 0
    for g, most in enumerate(groups.most_gaps):
        members = groups.session[groups.start[g] : groups.start[g + 1]]
        rounds, rooms = np.nonzero(np.isin(occupant, members))
        if len(rounds):
            wrong += (len(set(rooms)) - 1) * int(groups.one_room[g])
            waits = max(rounds) - min(rounds) + 1 - len(set(rounds))
            wrong += max(0, int(waits - most))
    return wrong


@examples(60)
@given(st.data())
def test_rooms_and_gaps_are_counted(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(problems(GROUPS)))
    occupant = data.draw(boards(arrays))
    assert broken_groups(*board_of(arrays, occupant)) == as_counted(arrays, occupant)


@examples(60)
@given(st.data())
def test_every_move_is_lawful_and_can_be_put_back(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(problems(GROUPS)))
    facts, board = board_of(arrays, data.draw(boards(arrays, whole=True)))
    random = np.array([data.draw(st.integers(1, 1 << 60))], dtype=np.int64)
    for _ in range(40):
        before = snapshot(board)
        propose(facts, board, random)
        if not carry_out(facts, board):
            assert not different(board, before)
            continue
        assert_lawful(arrays, board.occupant, before["runs"])
        put_back(facts, board)
        assert not different(board, before)
        carry_out(facts, board)


def assert_lawful(arrays: Arrays, occupant: Ints, before: Ints) -> None:
    """Runs stand where they may, once in a round, and not more or less often than they may."""
    for t, r in np.ndindex(*occupant.shape):
        s = occupant[t, r]
        assert s == EMPTY or (arrays.may_run[s, t, r] and (occupant[t] == s).sum() == 1)
    runs = np.array([(occupant == s).sum() for s in range(arrays.sessions)])
    assert np.all((runs <= arrays.most_runs) | (runs <= before))
    assert np.all((runs >= arrays.least_runs) | (runs >= before))


FAIR = event(
    [session(s, min_runs=0, max_runs=4) for s in "abcdefgh"],
    [room(r, 4) for r in ("r1", "r2", "r3")],
    ("t1", "t2", "t3", "t4"),
    [f"p{i}" for i in range(24)],
    [
        choice(f"p{i}", "abcdefgh"[(i * 5 + k * (1 + i % 2)) % 8], k)
        for i in range(24)
        for k in (1, 2, 3)
    ],
)
COMPANIES = (("a", "b"), ("c", "d"), *((s,) for s in "efgh"))


def test_annealing_keeps_organisations_in_one_room_and_without_a_gap() -> None:
    problem = Problem.of(FAIR, [StayInRoom(groups=COMPANIES), NoGap(groups=COMPANIES)])
    workshop = Workshop(problem)
    for seed in range(3):
        annealing = Annealing(workshop.arrays, 4000, seed)
        annealing.advance(4000)
        programme = workshop.programme(annealing.best)
        assert programme is not None
        assert not any(finding.broken for finding in check(problem, programme))
        assert len(programme.runs) >= 10  # of twelve places


def test_a_board_that_breaks_a_rule_is_never_the_best() -> None:
    problem = Problem.of(FAIR, [StayInRoom(groups=COMPANIES), NoGap(groups=COMPANIES)])
    arrays = Arrays.of(problem)
    annealing = Annealing(arrays, 4000, 1)
    while not annealing.finished:
        annealing.advance(50)
        assert as_counted(arrays, annealing.best) == 0
