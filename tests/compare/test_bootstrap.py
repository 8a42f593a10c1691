"""The bootstrap: paired over people, over seeds too, and right as often as it says."""

from __future__ import annotations

import numpy as np
import pytest

from spilrooster.compare._bootstrap import intervals


def test_equal_layouts_have_no_difference() -> None:
    points = np.random.default_rng(1).integers(0, 40, (2, 50)).astype(float)
    found = intervals([points[:1], points[:1]])
    assert (found.low == 0).all()
    assert (found.high == 0).all()


def test_it_is_paired_over_people() -> None:
    """People differ widely, and everybody has one point more: that is certain."""
    points = np.random.default_rng(1).integers(0, 1000, (1, 50)).astype(float)
    found = intervals([points + 1, points])
    assert found.low[0, 1] == pytest.approx(50)
    assert found.high[0, 1] == pytest.approx(50)
    assert found.differs(0, 1)


def test_the_width_for_two_layouts_is_that_of_the_normal_distribution() -> None:
    rng = np.random.default_rng(2)
    one, other = rng.normal(20, 5, (1, 400)), rng.normal(19, 5, (1, 400))
    found = intervals([one, other], draws=4000)
    difference = (one - other)[0]
    half = 1.96 * difference.std() * 400**0.5
    assert found.found[0, 1] == pytest.approx(difference.sum())
    assert found.high[0, 1] - found.found[0, 1] == pytest.approx(half, rel=0.06)
    assert found.low[1, 0] == pytest.approx(-found.high[0, 1])


def test_seeds_that_differ_widen_the_interval() -> None:
    people = np.full((1, 50), 10.0)
    steady = intervals([people.repeat(3, axis=0), people.repeat(3, axis=0) - 1])
    shaky = intervals([people + np.array([[-3.0], [0], [3]]), people.repeat(3, axis=0) - 1])
    assert steady.differs(0, 1)
    assert not shaky.differs(0, 1)


def test_all_intervals_hold_together_about_as_often_as_is_said() -> None:
    """Twelve layouts that are the same but for chance; one at a time would fail far more often."""
    rng = np.random.default_rng(3)
    wrong = 0
    for trial in range(60):
        points = [rng.normal(20, 5, (1, 80)) for _ in range(12)]
        found = intervals(points, draws=400, seed=trial)
        wrong += bool((found.low > 0).any())
    assert wrong <= 9  # 3 are expected; with 9 or more the chance is below 1 in 200


def test_the_same_seed_gives_the_same_intervals() -> None:
    points = [np.random.default_rng(i).normal(20, 5, (2, 30)) for i in range(3)]
    assert (intervals(points, seed=4).low == intervals(points, seed=4).low).all()
    assert (intervals(points, seed=4).low != intervals(points, seed=5).low).any()
