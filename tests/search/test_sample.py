"""A sample of the people is a problem of the same kind, in proportion."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.search.oracles import points_of
from tests.search.small import Shape, examples, presenters, problems

from spilrooster.problem import Problem
from spilrooster.search.anneal import Annealing
from spilrooster.search.arrays import Arrays

CROWD = Shape(people=6)


@examples(30)
@given(problems(CROWD))
def test_a_sample_of_everybody_is_the_problem_itself(problem: Problem) -> None:
    arrays = Arrays.of(problem)
    whole = arrays.sample(arrays.people, seed=3)
    assert same(arrays, whole)


def same(one: Any, other: Any) -> bool:
    """Whether two things are equal, arrays in them included."""
    if is_dataclass(one):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    return bool(np.array_equal(one, other) if isinstance(one, np.ndarray) else one == other)


@examples(50)
@given(st.data())
def test_people_in_a_sample_are_who_they_were(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(problems(CROWD)))
    count = data.draw(st.integers(1, arrays.people))
    sample = arrays.sample(count, data.draw(st.integers(0, 50)))
    assert sample.people == count

    def portrait(of: Arrays, p: int) -> tuple[object, ...]:
        own = {s for s in range(of.sessions) if p in presenters(of, s)}
        must = {s for q, s in of.required if q == p}
        sits = tuple(of.kind_sits[of.kind[p]].tolist())
        return tuple(points_of(of, p).items()), int(of.away[p]), sits, own, must

    everybody = [portrait(arrays, p) for p in range(arrays.people)]
    drawn = [portrait(sample, p) for p in range(count)]
    position = -1
    for person in drawn:  # in the same order
        position = everybody.index(person, position + 1)
    touched = {
        (s, int(p))
        for s in range(sample.sessions)
        for p in sample.touched[sample.touched_start[s] : sample.touched_start[s + 1]]
    }
    assert touched == {
        (s, p)
        for p in range(count)
        for s in range(sample.sessions)
        if s in points_of(sample, p) or p in presenters(sample, s)
    }


@examples(30)
@given(st.data())
def test_seats_and_least_people_shrink_in_proportion(data: st.DataObject) -> None:
    arrays = Arrays.of(data.draw(problems(CROWD)))
    count = data.draw(st.integers(1, arrays.people))
    sample, part = arrays.sample(count, 1), count / arrays.people
    assert np.all(np.abs(sample.seats - part * arrays.seats) < 1)
    assert np.all(sample.seats >= part * arrays.seats - 1e-9)
    assert np.all(np.abs(sample.least_people - part * arrays.least_people) < 1)
    assert np.all(sample.least_people <= part * arrays.least_people + 1e-9)
    annealing = Annealing(sample, 50, 1)
    annealing.advance(50)
    assert annealing.finished
