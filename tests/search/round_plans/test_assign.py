"""The assignment solver of the proofs, compared with scipy's."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from tests.search.small import examples

from spilrooster.search.round_plans.data import Floats
from spilrooster.search.round_plans.relaxation import FORBIDDEN, FORCED, assign


@st.composite
def matrices(draw: st.DrawFn, special: bool = False) -> Floats:
    """Worth of rows in columns, at least as many columns as rows; ties are common."""
    rows = draw(st.integers(1, 5))
    columns = rows + draw(st.integers(0, 5))
    number = st.one_of(st.integers(-9, 9).map(float), st.floats(-50, 50))
    if special:
        number = st.one_of(number, st.sampled_from((FORBIDDEN, FORCED, FORCED + 7.5)))
    entries = draw(st.lists(number, min_size=rows * columns, max_size=rows * columns))
    return np.array(entries).reshape(rows, columns)


def most(worth: Floats) -> float:
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return float(worth[rows, columns].sum())


@examples(100)
@given(matrices())
def test_the_assignment_is_worth_the_most(worth: Floats) -> None:
    column, _, _ = assign(worth)
    assert len(set(column.tolist())) == len(worth)
    assert np.isclose(worth[np.arange(len(worth)), column].sum(), most(worth))


@examples(100)
@given(matrices())
def test_duals_prove_the_assignment(worth: Floats) -> None:
    column, u, v = assign(worth)
    reduced = -worth - u[1:, None] - v[None, 1:]
    assert reduced.min() > -1e-6
    assert np.abs(reduced[np.arange(len(worth)), column]).max() < 1e-6
    assert v[1:].max() <= 1e-9
    unused = np.delete(v[1:], column)
    assert np.all(unused == 0)
    assert np.isclose(u[1:].sum() + v[1:].sum(), -most(worth))


@examples(50)
@given(matrices(special=True))
def test_forced_places_are_taken_and_forbidden_ones_left_where_possible(worth: Floats) -> None:
    """Dummy columns of no worth, as the proofs have them, mean that nothing has to be taken."""
    padded = np.concatenate([worth, np.zeros((len(worth), len(worth)))], axis=1)
    column, _, _ = assign(padded)
    taken = padded[np.arange(len(worth)), column]
    assert np.all(taken > FORBIDDEN / 2)
    rows, columns = linear_sum_assignment(padded, maximize=True)
    forced = padded[rows, columns] > FORCED / 2
    assert (taken > FORCED / 2).sum() == forced.sum()
    assert np.isclose(taken.sum(), most(padded))
