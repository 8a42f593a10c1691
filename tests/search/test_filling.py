"""Filling gives as many free people a place as can be, and changes nothing that was there."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse.csgraph import maximum_bipartite_matching
from tests.rules.tiny import event, person, room, session
from tests.search.small import boards, examples, problems

from spilrooster.problem import Problem
from spilrooster.search.arrays import Arrays, Bools, Ints
from spilrooster.search.board import EMPTY
from spilrooster.search.candidate import Workshop
from spilrooster.search.filling import fill
from spilrooster.search.sectioning import Runs, busy_rounds, section


def welcome(problem: Problem) -> Bools:
    """Who may attend what, from the rules' steering."""
    steering = problem.steering
    people, sessions = len(steering.index.participant), len(steering.index.session)
    able = np.zeros((people, sessions), dtype=np.bool_)
    for p, s in np.ndindex(people, sessions):
        able[p, s] = steering.may_attend(p, s)
    return able


def most_filled(fits: Bools, slots: list[int]) -> int:
    """How many people can get a place, if run j has `slots[j]` of them."""
    columns = np.repeat(fits, slots, axis=1)
    if not columns.size:
        return 0
    match = maximum_bipartite_matching(sparse.csr_array(columns), perm_type="column")
    return int((match >= 0).sum())


def free_people(arrays: Arrays, occupant: Ints, day: Ints, t: int) -> Bools:
    free: Bools = ~busy_rounds(arrays, Runs.of(occupant))[:, t] & (day[:, t] == EMPTY)
    return free


def assert_round_is_full(
    arrays: Arrays, occupant: Ints, before: Ints, after: Ints, able: Bools, t: int, everyone: bool
) -> None:
    """Compare round `t` with a maximum matching; `before` is the day when it was its turn."""
    rooms = [r for r, s in enumerate(occupant[t]) if s != EMPTY]
    held = [int(occupant[t, r]) for r in rooms]
    load = [int((before[:, t] == s).sum()) for s in held]
    lacking = [max(0, int(arrays.least_people[s]) - n) for s, n in zip(held, load, strict=True)]
    left = [int(arrays.seats[s, r]) - n for s, r, n in zip(held, rooms, load, strict=True)]
    free = free_people(arrays, occupant, before, t)
    sits = arrays.kind_sits[arrays.kind][:, rooms]
    once = np.stack([(before == s).any(axis=1) for s in held], 1) if held else sits
    fits = free[:, None] & able[:, held] & sits & ~once
    came = [int((after[:, t] == s).sum()) - n for s, n in zip(held, load, strict=True)]
    assert sum(min(n, k) for n, k in zip(came, lacking, strict=True)) == most_filled(fits, lacking)
    places = [max(k, n * everyone) for k, n in zip(lacking, left, strict=True)]
    assert all(n <= k for n, k in zip(came, places, strict=True))
    assert sum(came) == most_filled(fits, places)


@examples(75)
@given(st.data(), st.booleans())
def test_each_round_is_filled_as_far_as_a_maximum_matching_goes(
    data: st.DataObject, everyone: bool
) -> None:
    problem = data.draw(problems())
    arrays, able = Arrays.of(problem), welcome(problem)
    occupant = data.draw(boards(arrays))
    sectioning = section(arrays, occupant)
    empty = np.full((arrays.people, arrays.rounds), EMPTY, dtype=np.int64)
    day = empty if sectioning is None or data.draw(st.booleans()) else sectioning.day
    filled = fill(arrays, occupant, day.copy(), able, everyone)
    for t in range(arrays.rounds):
        before = np.concatenate([filled[:, :t], day[:, t:]], axis=1)
        after = np.concatenate([filled[:, : t + 1], day[:, t + 1 :]], axis=1)
        assert_round_is_full(arrays, occupant, before, after, able, t, everyone)


@examples(60)
@given(st.data())
def test_filling_is_lawful_and_keeps_what_was_there(data: st.DataObject) -> None:
    problem = data.draw(problems())
    arrays, able = Arrays.of(problem), welcome(problem)
    occupant = data.draw(boards(arrays))
    sectioning = section(arrays, occupant)
    if sectioning is None:
        return
    filled = fill(arrays, occupant, sectioning.day.copy(), able, everyone=True)
    assert np.array_equal(filled[sectioning.day != EMPTY], sectioning.day[sectioning.day != EMPTY])
    new = (filled != EMPTY) & (sectioning.day == EMPTY)
    busy = busy_rounds(arrays, Runs.of(occupant))
    for p, t in zip(*np.nonzero(new), strict=True):
        s = filled[p, t]
        (room_of,) = np.flatnonzero(occupant[t] == s)
        assert not busy[p, t]
        assert able[p, s]
        assert arrays.kind_sits[arrays.kind[p], room_of]
        assert (filled[p] == s).sum() == 1


def test_runs_that_lack_people_come_first() -> None:
    """One free person; the run that needs them is in the smaller room."""
    tiny = event(["a", session("b", min_people=1)], [room("r1", 9), room("r2", 1)], ("t1",), "p")
    workshop = Workshop(Problem.of(tiny))
    programme = workshop.programme(np.array([[0, 1]]))
    assert programme is not None
    assert programme.schedules[0].sessions == ("b",)


def test_of_two_runs_the_emptier_one_is_filled_first() -> None:
    tiny = event(["a", "b"], [room("r1", 2), room("r2", 3)], ("t1",), "pqr")
    programme = Workshop(Problem.of(tiny)).programme(np.array([[0, 1]]))
    assert programme is not None
    assert [s.sessions for s in programme.schedules] == [("b",)] * 3


def test_without_the_wish_to_fill_only_lacking_runs_get_people() -> None:
    tiny = event(["a", session("b", min_people=1)], ["r1", "r2"], ("t1",),
                 ["p", "q", person("r", absent=("t1",))])  # fmt: skip
    problem = Problem.of(tiny)
    arrays = Arrays.of(problem)
    day = np.full((3, 1), EMPTY, dtype=np.int64)
    filled = fill(arrays, np.array([[0, 1]]), day, welcome(problem), everyone=False)
    assert sorted(filled[:, 0].tolist()) == [EMPTY, EMPTY, 1]
    assert np.all(day == EMPTY)
