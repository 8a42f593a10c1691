"""The bundle's minimum: lawful multipliers, and prices that are worth moving to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.search.small import examples

from spilrooster.search.arrays import Ints
from spilrooster.search.round_plans.bundle import minimise, nearest
from spilrooster.search.round_plans.data import Floats


@dataclass
class Bundle:
    """Cuts of up to three kinds of rounds, of which there are `count` each."""

    cuts: Floats
    values: Floats
    group: Ints
    count: Ints
    centre: Floats
    reach: Floats
    least: Floats
    most: Floats

    def base(self, x: Floats) -> float:
        return float(x @ np.where(x > 0, self.most, self.least))

    def near(self, x: Floats) -> float:
        return float(((x - self.centre) ** 2 / (2 * self.reach)).sum())

    def model(self, x: Floats) -> float:
        """What the cuts make of the bound at `x`, and the price of being away from the centre."""
        worth = self.values - self.cuts @ x
        highest = [worth[self.group == g].max() for g in range(len(self.count))]
        return self.base(x) + float(self.count @ highest) + self.near(x)

    def lagrangian(self, x: Floats, weights: Floats) -> float:
        """The same for a mixture of the cuts in place of the largest."""
        return self.base(x) + float(weights @ (self.values - self.cuts @ x)) + self.near(x)

    def minimum(self, weights: Floats, steps: int) -> Floats:
        x: Floats = minimise(
            self.cuts, self.values, self.group, weights, self.centre, self.reach, self.least,
            self.most, steps, 1e-9,
        )  # fmt: skip
        return x

    def first_weights(self) -> Floats:
        """All weight on the first cut of each group."""
        weights = np.zeros(len(self.values))
        for g, n in enumerate(self.count):
            weights[np.flatnonzero(self.group == g)[0]] = n
        return weights


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    sessions, repeats = draw(st.integers(1, 4)), draw(st.integers(0, 3))
    kinds = draw(st.integers(1, 3))
    cuts = draw(st.integers(kinds, kinds + 7))
    size = sessions + repeats

    def numbers(low: int, high: int, n: int) -> Floats:
        return np.array(draw(st.lists(st.integers(low, high), min_size=n, max_size=n)), dtype=float)

    least = numbers(0, 1, size) * (np.arange(size) < sessions)
    centre = numbers(-10, 40, size)
    centre[sessions:] = np.maximum(centre[sessions:], 0)
    return Bundle(
        cuts=numbers(0, 1, cuts * size).reshape(cuts, size),
        values=numbers(0, 90, cuts),
        group=np.arange(cuts, dtype=np.int64) % kinds,
        count=numbers(1, 3, kinds).astype(np.int64),
        centre=centre,
        reach=numbers(1, 20, size),
        least=least,
        most=least + numbers(0, 2, size),
    )


@examples(75)
@given(bundles(), st.integers(0, 40))
def test_multipliers_stay_one_distribution_for_each_round(bundle: Bundle, steps: int) -> None:
    weights = bundle.first_weights()
    x = bundle.minimum(weights, steps)
    assert weights.min() >= -1e-9
    for g, n in enumerate(bundle.count):
        assert np.isclose(weights[bundle.group == g].sum(), n)
    assert np.all(x[(bundle.least == 0) & (bundle.centre >= 0)] >= 0)


@examples(75)
@given(bundles(), st.data())
def test_nearest_prices_minimise_a_mixture_of_cuts(bundle: Bundle, data: st.DataObject) -> None:
    weights = bundle.first_weights()
    x = nearest(bundle.centre, bundle.reach, weights @ bundle.cuts, bundle.least, bundle.most)
    best = bundle.lagrangian(x, weights)
    size = len(x)
    step = np.array(data.draw(st.lists(st.floats(-3, 3), min_size=size, max_size=size)))
    other = x + step
    assert bundle.lagrangian(other, weights) >= best - 1e-9
    assert bundle.lagrangian(bundle.centre, weights) >= best - 1e-9


@examples(50)
@given(bundles())
def test_with_steps_enough_the_prices_are_the_minimum_and_no_worse_than_the_centre(
    bundle: Bundle,
) -> None:
    weights = bundle.first_weights()
    x = bundle.minimum(weights, 5000)
    mixture = bundle.lagrangian(x, weights)
    assert mixture <= bundle.model(x) + 1e-6
    assert bundle.model(x) - mixture < 1e-3
    assert bundle.model(x) <= bundle.model(bundle.centre) + 1e-3


@examples(50)
@given(bundles(), st.integers(1, 30))
def test_more_steps_never_lower_what_the_mixture_proves(bundle: Bundle, steps: int) -> None:
    few, more = bundle.first_weights(), bundle.first_weights()
    proven = bundle.lagrangian(bundle.minimum(few, steps), few)
    assert bundle.lagrangian(bundle.minimum(more, steps + 5), more) >= proven - 1e-6
