"""Prices from a sample: with thousands of people, good prices are found sooner for some of them.

What a run is worth grows with the number of people; what an attendance is worth does not. So
prices of a sample are prices for all, but for chance. Whatever prices are used, the bound is valid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.round_plans.data import Floats, Prices, RoundProblem
from spilrooster.search.round_plans.duals import DualSearch
from spilrooster.search.sectioning import section

FEWEST_PEOPLE, GROWTH = 500, 10
"""People in the smallest sample, and how much larger the next one is. The largest has at most a
third of all people: with fewer than three times the first, an event is priced as a whole."""


@dataclass(frozen=True)
class Start:
    """Where a dual search starts: prices, and plans by the first round of their kind."""

    prices: Prices
    plans: tuple[tuple[int, Ints], ...]


def sample_sizes(people: int) -> list[int]:
    """Return how many people are in each sample of an event, the smallest first."""
    sizes = []
    size = FEWEST_PEOPLE
    while 3 * size <= people:
        sizes.append(size)
        size *= GROWTH
    return sizes


def sampled_search(arrays: Arrays, occupant: Ints, size: int, seed: int) -> DualSearch | None:
    """Return a dual search for so many of the people; None if it would have nothing to say."""
    sample = arrays.sample(size, seed)
    sectioning = section(sample, occupant)
    if sectioning is None or not len(sample.choice_points):
        return None
    plans = [occupant[t].copy() for t in range(arrays.rounds)]
    problem = RoundProblem.of(sample)
    return DualSearch(problem, plans, float(sectioning.points), sectioning.once_price, seed)


def start_for_all(found: DualSearch, problem: RoundProblem) -> Start:
    """Turn what was found for a sample into a start for everybody.

    The price of attending a session once is that of the people in the sample who want it as much,
    on average; that of a round, of those who may listen in as many.
    """
    prices, sample = found.best, found.problem
    cells = np.unique(np.concatenate([_cells(sample), _cells(problem)]))
    place = np.searchsorted(cells, _cells(sample))
    count = np.bincount(place, minlength=len(cells))
    total = np.bincount(place, weights=prices.mu, minlength=len(cells))
    mean = total / np.maximum(count, 1)
    mu = np.where(problem.repeats, mean[np.searchsorted(cells, _cells(problem))], 0.0)
    share = problem.people / sample.people
    size = len(problem.rounds) + 1
    alike = np.bincount(sample.most_rounds, minlength=size)
    days = np.bincount(sample.most_rounds, weights=prices.day, minlength=size)
    day = (days / np.maximum(alike, 1))[problem.most_rounds]
    return Start(Prices(pi=prices.pi * share, mu=mu, day=day), found.known_plans)


def _cells(problem: RoundProblem) -> Floats:
    """Return (C,): one number per session and per how much it is wanted."""
    wishes = np.diff(problem.choosers.start)
    session = np.repeat(np.arange(problem.sessions), wishes)
    cells: Floats = session * 1e6 + problem.choosers.weight
    return cells
