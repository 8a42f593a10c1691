"""The cutting-plane model of the bound as a function of the prices, and its proximal minimum.

Every round plan gives a cut: at prices x = (pi, mu, day) the round is worth at least
``value - pi . runs - mu . attended - day . listening``. The model is the base plus the largest cut
of each round. Minimising it as such oscillates wildly; a quadratic term that holds the prices near
a centre makes it a proximal bundle method (Kiwiel, 1990), here with one group of cuts per round.
"""

from __future__ import annotations

import numpy as np

from spilrooster.search.arrays import Ints
from spilrooster.search.compiled import compiled
from spilrooster.search.round_plans.data import Floats


@compiled
def nearest(centre: Floats, reach: Floats, pull: Floats, least: Floats, most: Floats) -> Floats:
    """Return the prices that minimise base(x) - pull . x + |x - centre|^2 / (2 reach).

    The base is `most` or `least` times each price, by sign. Where the least is 0, so is the least
    price: it pulls nothing below.
    """
    x = np.zeros(len(centre))
    for i in range(len(centre)):
        high = centre[i] + reach[i] * (pull[i] - most[i])
        low = centre[i] + reach[i] * (pull[i] - least[i])
        x[i] = high if high > 0 else min(low, 0.0)
    return x


@compiled
def minimise(
    cuts: Floats,
    values: Floats,
    group: Ints,
    weights: Floats,
    centre: Floats,
    reach: Floats,
    least: Floats,
    most: Floats,
    steps: int,
    tolerance: float,
) -> Floats:
    """Minimise model + proximal term by pairwise steps on its dual; return the prices.

    Parameters
    ----------
    cuts : float (N, D)
        Runs, attendances and listeners of each cut; `values` (N,) their points.
    group : int (N,)
        The kind of round of each cut.
    weights : float (N,)
        Multipliers of the cuts; per group they add up to the number of such rounds. Improved in
        place.
    centre, reach : float (D,)
        Where to stay near, and how freely each price moves.
    least, most : float (D,)
        How often all rounds together may have each of these.
    tolerance
        Stop when a round of steps gains less than this many points.
    """
    groups = group.max() + 1
    pull = weights @ cuts
    x = nearest(centre, reach, pull, least, most)
    worth = values - cuts @ x
    for _ in range(steps):
        moved = 0.0
        for g in range(groups):
            best, worst = -1, -1
            for i in range(len(values)):
                if group[i] != g:
                    continue
                if best < 0 or worth[i] > worth[best]:
                    best = i
                if weights[i] > 1e-9 and (worst < 0 or worth[i] < worth[worst]):
                    worst = i
            gain = worth[best] - worth[worst]
            if gain < tolerance:
                continue
            curve = 0.0
            for d in range(len(x)):
                curve += reach[d] * (cuts[best, d] - cuts[worst, d]) ** 2
            size = min(weights[worst], gain / max(curve, 1e-9))
            weights[best] += size
            weights[worst] -= size
            pull += size * (cuts[best] - cuts[worst])
            moved += size * gain
            x = nearest(centre, reach, pull, least, most)
            worth = values - cuts @ x
        if moved < tolerance:
            break
    return x
