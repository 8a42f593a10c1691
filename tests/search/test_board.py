"""The board stays true move by move: everyone's day is their best, and a move can be undone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, room, session
from tests.search.oracles import best_day, points_of, reachable, rounds_away
from tests.search.small import Shape, boards, examples, problems

from spilrooster.problem import Problem
from spilrooster.rules import KeepApart, KeepTogether, Order, Pinned
from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.board import (
    EMPTY,
    Board,
    begin,
    empty_board,
    place,
    reconsider,
    set_up,
    take_back,
)
from spilrooster.search.facts import Facts, facts_of
from spilrooster.search.moves import may_stand
from spilrooster.search.penalties import broken_groups, broken_pairs, cost_of_crowds, cost_of_runs

STATE = tuple(n for n in Board._fields if n not in {"came_from", "undo", "plan", "planned"})
FROM_RUNS = (
    "occupant", "room", "held", "reach", "runs", "busy", "value", "floor", "points", "lack",
    "lacking",
)  # fmt: skip
"""What the runs alone decide. Between equal days and equal rounds history may decide."""

WIDE = Shape(people=6, rounds=4, groups=True, days=True)
FULL = Shape(
    people=3, rounds=4, presenters=False, needs=False, invitations=False, days=True, dense=True
)
SHAPES = st.sampled_from((WIDE, FULL))


def board_of(arrays: Arrays, occupant: Ints) -> tuple[Facts, Board]:
    facts, board = facts_of(arrays), empty_board(arrays)
    set_up(facts, board, occupant)
    return facts, board


def snapshot(board: Board) -> dict[str, Ints]:
    return {name: getattr(board, name).copy() for name in STATE}


def different(board: Board, snap: dict[str, Ints], names: tuple[str, ...] = STATE) -> list[str]:
    return [name for name in names if not np.array_equal(getattr(board, name), snap[name])]


@st.composite
def moves(draw: st.DrawFn, arrays: Arrays) -> tuple[int, int, int, int, int]:
    """Two places to swap, or a place and what comes there: (t, r, u, q, s), s = -2 for a swap."""
    t, u = draw(st.integers(0, arrays.rounds - 1)), draw(st.integers(0, arrays.rounds - 1))
    r, q = draw(st.integers(0, arrays.rooms - 1)), draw(st.integers(0, arrays.rooms - 1))
    return t, r, u, q, draw(st.integers(-2, arrays.sessions - 1))


def polls_of(facts: Facts) -> int:
    """Return in how many parts people are asked."""
    return int(facts.asked_start.shape[1]) - 1


def do(facts: Facts, board: Board, move: tuple[int, int, int, int, int]) -> bool:
    """Make a move as the annealing does; return whether it was possible."""
    t, r, u, q, s = move
    a = board.occupant[t, r]
    swap = s == -2
    b = board.occupant[u, q] if swap else s
    fits = may_stand(facts, board, b, t, r, u if swap else -1)
    fits = fits and (not swap or may_stand(facts, board, a, u, q, t))
    if a == b or not fits:
        return False
    if swap:
        place(facts, board, u, q, EMPTY)
    place(facts, board, t, r, b)
    if swap:
        place(facts, board, u, q, a)
    begin(board)
    for moved in (a, b):
        if moved >= 0:
            reconsider(facts, board, moved, 0, polls_of(facts))
    return True


def assert_true_to_itself(arrays: Arrays, board: Board) -> None:
    """Days are possible, and loads, idle counts and points are what the days say."""
    days, t_all = board.day, range(arrays.rounds)
    for p in range(arrays.people):
        offered = reachable(arrays, board.occupant, p)
        worth = points_of(arrays, p)
        taken = [int(s) for s in days[p] if s != EMPTY]
        assert len(set(taken)) == len(taken)
        assert all(days[p, t] == EMPTY or days[p, t] in offered[t] for t in t_all)
        assert board.value[p] == sum(worth[s] for s in taken)
        assert len(taken) <= listening(arrays, board, p)
        assert board.lack[p] == lack(arrays, p, taken)
    for s in range(arrays.sessions):
        assert board.load[s].tolist() == [(days[:, t] == s).sum() for t in t_all]
    away = [rounds_away(arrays, board.occupant, p) for p in range(arrays.people)]
    assert board.idle.tolist() == [
        sum(
            days[p, t] == EMPTY and t not in away[p] and not full_of_nothing(arrays, board, p, t)
            for p in range(arrays.people)
        )
        for t in t_all
    ]
    assert board.points[0] == board.value.sum()
    assert board.lacking[0] == board.lack.sum()


def lack(arrays: Arrays, p: int, taken: list[int]) -> int:
    """What the day lacks of what it must hold, in points."""
    if arrays.bounds is None:
        return 0
    worth = points_of(arrays, p)
    required = sum(person == p for person, _ in arrays.required)
    least = int(arrays.bounds.least_points[p])
    points = max(0, least + arrays.bonus * required - sum(worth[s] for s in taken)) if least else 0
    choices = max(0, int(arrays.bounds.least_choices[p]) - len(taken))
    return points + choices * int(arrays.wish.max(initial=1))


@examples(60)
@given(st.data())
def test_after_any_moves_the_board_is_as_if_set_up_afresh(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(SHAPES.flatmap(problems)))
    facts, board = board_of(arrays, data.draw(boards(arrays)))
    for move in data.draw(st.lists(moves(arrays), max_size=8)):
        do(facts, board, move)
        assert_true_to_itself(arrays, board)
        _, fresh = board_of(arrays, board.occupant.copy())
        assert not different(board, snapshot(fresh), FROM_RUNS)


@examples(60)
@given(st.data())
def test_everyones_day_is_worth_the_most_it_can_be(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(SHAPES.flatmap(problems)))
    facts, board = board_of(arrays, data.draw(boards(arrays)))
    for move in (None, *data.draw(st.lists(moves(arrays), max_size=4))):
        if move is not None:
            do(facts, board, move)
        for p in range(arrays.people):
            offered = reachable(arrays, board.occupant, p)
            best = best_day(points_of(arrays, p), offered, listening(arrays, board, p))
            assert board.value[p] == best


@examples(50)
@given(st.data())
def test_taking_back_a_move_restores_everything(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(SHAPES.flatmap(problems)))
    facts, board = board_of(arrays, data.draw(boards(arrays)))
    for move in data.draw(st.lists(moves(arrays), max_size=6)):
        before = snapshot(board)
        if not do(facts, board, move):
            assert not different(board, before)
            continue
        take_back(board)
        for t, r in np.ndindex(*board.occupant.shape):
            place(facts, board, t, r, EMPTY)
        for t, r in np.ndindex(*board.occupant.shape):
            place(facts, board, t, r, int(before["occupant"][t, r]))
        assert not different(board, before)
        do(facts, board, move)


@examples(30)
@given(st.data())
def test_setting_up_does_not_depend_on_what_stood_there(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(SHAPES.flatmap(problems)))
    facts, board = board_of(arrays, data.draw(boards(arrays)))
    occupant = data.draw(boards(arrays))
    set_up(facts, board, occupant)
    assert_true_to_itself(arrays, board)
    _, fresh = board_of(arrays, occupant)
    assert not different(board, snapshot(fresh), FROM_RUNS)


@examples(40)
@given(st.data())
def test_the_penalty_counts_what_is_wrong(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(SHAPES.flatmap(problems)))
    facts, board = board_of(arrays, data.draw(boards(arrays)))
    many = few = 0
    for t, r in np.ndindex(*board.occupant.shape):
        s = board.occupant[t, r]
        if s != EMPTY:
            load = int(board.load[s, t])
            many += max(0, load - int(arrays.seats[s, r]))
            few += max(0, int(arrays.least_people[s]) - load - int(board.idle[t]))
    missing = np.maximum(arrays.least_runs - board.runs, 0).sum()
    wrong = broken_pairs(facts, board) + broken_groups(facts, board)
    unseated = people_without_a_seat(arrays, board)
    counts = np.array([many, few, wrong, missing, unseated, board.lacking[0]])
    cost = cost_of_runs(facts, board) + cost_of_crowds(facts, board, polls_of(facts))
    assert cost == counts @ facts.penalties
    assert board.wrong[0] == wrong


def people_without_a_seat(arrays: Arrays, board: Board) -> int:
    """How many people more than seats there are of those who must have a place, by kind."""
    if arrays.bounds is None:
        return 0
    without = 0
    for t, kind in np.ndindex(arrays.rounds, len(arrays.kind_sits)):
        people = 0
        for p in np.flatnonzero(arrays.kind == kind):
            gone = {u for u in range(arrays.rounds) if (int(arrays.away[p]) >> u) & 1}
            whole_day = arrays.bounds.least_rounds[p] >= arrays.rounds - len(gone)
            people += t not in gone and bool(whole_day)
        sits = arrays.kind_sits[kind]
        here = [(s, r) for r, s in enumerate(board.occupant[t]) if s != EMPTY and sits[r]]
        without += max(0, people - sum(int(arrays.seats[place]) for place in here))
    return without


def full_of_nothing(arrays: Arrays, board: Board, p: int, t: int) -> bool:
    """Whether the person has nothing in the round and may not have more in their day."""
    return bool(board.day[p, t] == EMPTY) and listening(arrays, board, p) <= sum(
        board.day[p] != EMPTY
    )


def listening(arrays: Arrays, board: Board, p: int) -> int:
    """In how many rounds the person may listen."""
    away = rounds_away(arrays, board.occupant, p)
    free = arrays.rounds - len(away)
    if arrays.bounds is None:
        return free
    presenting = len(away) - bin(int(arrays.away[p])).count("1")
    return max(0, min(free, int(arrays.bounds.most_rounds[p]) - presenting))


ABC = event(["a", "b", session("c", max_runs=2)], ["r1", "r2"], ("t1", "t2", "t3"))
A, B, C, NONE = 0, 1, 2, EMPTY


def wrong_pairs(rule: KeepApart | KeepTogether | Order | Pinned, *rounds: list[int]) -> int:
    arrays = Arrays.of(Problem.of(ABC, [rule]))
    return broken_pairs(*board_of(arrays, np.array(rounds)))


def test_sessions_to_keep_apart_are_wrong_in_one_round() -> None:
    rule = KeepApart(pairs=(("a", "b"),))
    assert wrong_pairs(rule, [A, B], [C, NONE], [NONE, NONE]) == 1
    assert wrong_pairs(rule, [A, C], [NONE, B], [NONE, NONE]) == 0


def test_sessions_to_keep_together_are_wrong_in_different_rounds() -> None:
    rule = KeepTogether(pairs=(("a", "b"),))
    assert wrong_pairs(rule, [A, B], [C, NONE], [NONE, NONE]) == 0
    assert wrong_pairs(rule, [A, NONE], [B, NONE], [NONE, NONE]) == 1
    assert wrong_pairs(rule, [A, NONE], [NONE, NONE], [NONE, NONE]) == 1


def test_order_is_wrong_unless_every_run_is_earlier() -> None:
    rule = Order(pairs=(("c", "a"),))
    assert wrong_pairs(rule, [C, NONE], [C, NONE], [A, NONE]) == 0
    assert wrong_pairs(rule, [C, NONE], [A, NONE], [C, NONE]) == 1
    assert wrong_pairs(rule, [C, A], [NONE, NONE], [NONE, NONE]) == 1
    assert wrong_pairs(rule, [A, NONE], [NONE, NONE], [NONE, NONE]) == 0


def test_direct_order_is_wrong_unless_each_run_is_followed() -> None:
    rule = Order(pairs=(("a", "b"),), directly=True)
    assert wrong_pairs(rule, [A, NONE], [B, NONE], [NONE, NONE]) == 0
    assert wrong_pairs(rule, [A, NONE], [NONE, NONE], [B, NONE]) == 1
    assert wrong_pairs(rule, [A, NONE], [NONE, NONE], [NONE, NONE]) == 1


def test_a_pin_is_wrong_where_its_session_does_not_run() -> None:
    rule = Pinned(session="a", round="t2")
    assert wrong_pairs(rule, [A, NONE], [NONE, NONE], [NONE, NONE]) == 1
    assert wrong_pairs(rule, [NONE, NONE], [NONE, A], [NONE, NONE]) == 0


def test_of_two_runs_people_go_where_there_is_more_room() -> None:
    repeated = event(
        [session("a", max_runs=2)], [room("r1", 1), room("r2", 3)], ("t1", "t2"), "pqrs",
        [choice(p, "a", 1) for p in "pqrs"],
    )  # fmt: skip
    _, board = board_of(Arrays.of(Problem.of(repeated)), np.array([[A, NONE], [NONE, A]]))
    assert board.load[A].tolist() == [1, 3]
