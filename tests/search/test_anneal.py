"""Annealing: lawful boards, and the same run for the same seed whatever happens around it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, person, room, session
from tests.search.small import Shape, boards, examples, problems
from tests.search.test_board import assert_true_to_itself, board_of

from spilrooster.problem import Problem
from spilrooster.rules import Floor, Pinned
from spilrooster.search.anneal import Annealing
from spilrooster.search.arrays import Arrays
from spilrooster.search.board import EMPTY
from spilrooster.search.moves import below
from spilrooster.search.penalties import score_of

BUSY = event(
    [session(s, max_runs=2, min_people=1) for s in "abcdefgh"],
    [room("r1", 4), room("r2", 6), room("r3", 9, closed=("t2",))],
    ("t1", "t2", "t3"),
    [f"p{i}" for i in range(30)],
    [
        choice(f"p{i}", "abcdefgh"[(i + step) % 8], rank)
        for i in range(30)
        for rank, step in enumerate((0, 1 + i // 8, 5 + i // 16), 1)
    ],
)


def outcome(annealing: Annealing) -> tuple[object, ...]:
    board = annealing.board
    return (
        annealing.score, annealing.top, annealing.best.tolist(), board.day.tolist(),
        board.load.tolist(),
    )  # fmt: skip


def whole(seed: int, moves: int = 3000) -> tuple[object, ...]:
    annealing = Annealing(Arrays.of(Problem.of(BUSY)), moves, seed)
    annealing.advance(moves)
    return outcome(annealing)


@examples(15)
@given(st.integers(0, 1000), st.lists(st.integers(1, 1500), max_size=4))
def test_the_same_seed_gives_the_same_run_in_any_portions(seed: int, portions: list[int]) -> None:
    annealing = Annealing(Arrays.of(Problem.of(BUSY)), 3000, seed)
    for portion in (*portions, 3000):
        annealing.advance(portion)
    assert annealing.finished
    assert outcome(annealing) == whole(seed)


def test_other_seeds_give_other_runs() -> None:
    assert len({str(whole(seed)) for seed in range(5)}) > 1


def test_two_runs_in_two_threads_do_not_disturb_each_other() -> None:
    with ThreadPoolExecutor(2) as pool:
        together = [*pool.map(lambda seed: whole(seed, 20_000), (1, 2))]
    assert together == [whole(1, 20_000), whole(2, 20_000)]


def test_pins_that_contradict_how_often_a_session_may_run_do_not_add_runs() -> None:
    """Found by chance: pinned in two rounds, though it may run once."""
    pins = [Pinned(session="a", round=t) for t in ("t1", "t2")]
    twice = Problem.of(event("ab", ["r1", "r2"], people="p"), pins)
    arrays = Arrays.of(twice)
    annealing = Annealing(arrays, 100, 1)
    annealing.advance(100)
    assert (annealing.best == 0).sum() == arrays.most_runs[0] == 1


@examples(30)
@given(st.data())
def test_annealing_keeps_to_where_and_how_often_sessions_may_run(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(problems(Shape(people=6, rounds=4, groups=True, days=True))))
    annealing = Annealing(arrays, 400, data.draw(st.integers(0, 99)))
    annealing.advance(data.draw(st.integers(1, 400)))
    for occupant in (annealing.best, annealing.board.occupant):
        for t in range(arrays.rounds):
            held = [int(s) for s in occupant[t] if s != EMPTY]
            assert len(set(held)) == len(held)
        runs = [(occupant == s).sum() for s in range(arrays.sessions)]
        assert np.all(runs <= arrays.most_runs)
        places = [(s, t, r) for (t, r), s in np.ndenumerate(occupant) if s != EMPTY]
        assert all(arrays.may_run[place] for place in places)


@examples(30)
@given(st.data())
def test_score_and_board_agree_after_many_moves(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(problems(Shape(people=6, rounds=4, groups=True, days=True))))
    annealing = Annealing(arrays, 300, data.draw(st.integers(0, 99)))
    first = annealing.top
    while not annealing.finished:
        annealing.advance(100)
        board = annealing.board
        assert annealing.score == score_of(annealing.facts, board)
        assert annealing.top >= first
        assert annealing.top >= annealing.score or board.wrong[0]
        assert_true_to_itself(arrays, board)
        _, fresh = board_of(arrays, board.occupant.copy())
        assert fresh.points[0] == board.points[0]


@examples(20)
@given(st.data())
def test_a_run_that_starts_from_a_programme_ends_no_worse(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(problems()))
    start = data.draw(boards(arrays, whole=True))
    copy = start.copy()
    annealing = Annealing(arrays, 100, 1, start=start)
    facts, board = board_of(arrays, start)
    assert annealing.score == annealing.top == score_of(facts, board)
    first = annealing.top
    annealing.advance(100)
    assert annealing.top >= first
    assert np.array_equal(start, copy)


def test_annealing_fills_a_day_that_has_room_for_all() -> None:
    everything = event("abcd", ["r1", "r2"], people="pq",
                       choices=[choice("p", "a", 1), choice("p", "b", 2), choice("q", "c", 1),
                                choice("q", "d", 2)])  # fmt: skip
    annealing = Annealing(Arrays.of(Problem.of(everything)), 2000, 1)
    annealing.advance(2000)
    assert annealing.top == 20 + 16 + 20 + 16


def test_no_session_is_worth_more_than_the_floor_of_who_presents_it() -> None:
    """With two runs of a, everybody but its presenter could have it; then x would have nothing."""
    halves = [person(f"p{i}", absent=("t1" if i % 2 else "t2",)) for i in range(30)]
    wishes = [choice("x", "b", 1), *(choice(p.id, "a", 1) for p in halves)]
    sessions = [session("a", presenters=("x",), max_runs=2), session("b")]
    day = event(
        sessions, [room("r1", 30), room("r2")], ("t1", "t2"), [person("x"), *halves], wishes
    )
    arrays = Arrays.of(Problem.of(day, [Floor(least_choices=1, participants=("x",))]))
    annealing = Annealing(arrays, 2_000, 1)
    annealing.advance(2_000)
    assert annealing.board.lacking[0] == 0
    assert (annealing.best == 0).sum() == 1


def test_chance_covers_all_numbers_below_the_limit_alike() -> None:
    random = np.array([12345], dtype=np.int64)
    drawn = np.bincount([below(random, 5) for _ in range(5000)], minlength=5)
    assert len(drawn) == 5
    assert np.all(np.abs(drawn - 1000) < 200)
