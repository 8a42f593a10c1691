"""Sectioning by seat prices: for large events, and for repeats that tie rounds together.

Every run's seats get a price; everyone takes the best day at those prices; full runs get dearer.
Any prices prove a bound: what everybody's best day is worth after paying, plus what all seats cost
(Lagrangian relaxation). The best prices are nearly always whole points, so the search rounds them.
At the best prices many people have several equally good days; choosing among those, by how full
runs are, mostly gives attendances that are worth as much as the bound: both are then optimal.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from spilrooster.search.arrays import Bools, Ints
from spilrooster.search.sectioning.best_days import (
    NONE,
    UNIT,
    best_days,
    once_prices,
    scratch_of,
    settle,
    wishes_of,
)
from spilrooster.search.sectioning.flow import best_of_round, hard_worth
from spilrooster.search.sectioning.places import Attendances, Sectioning

Floats = NDArray[np.float64]

SAMPLE = 2_000
"""The search for prices begins with about so many people, evenly spread over all."""

FIRST_STEPS, LATER_STEPS = 60, 15
"""Steps of the price search with the fewest people, and each time there are four times as many."""

MOST_WALKED = 500
"""Prices looked at, near the best ones, at most. Mostly a few dozen are enough; but where somebody
must attend what has no seat for them, prices would rise for ever."""

WIDTHS = (1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.0)
"""How gently people are led away from runs that are too full, turn by turn; see `surcharge`."""


def section_by_prices(able: Attendances) -> Sectioning | None:
    """Return attendances with a proven bound; None if none that keep the rules were found."""
    search = PriceSearch(able)
    search.descend()
    taken = _as_good_as_the_bound(search)
    if taken is None and search.walk():
        taken = _as_good_as_the_bound(search)
    if taken is None:
        taken = polished(able, search.rows())
    if not able.keep_rules(taken):
        return None
    once_price = search.once_price()
    return Sectioning.of(able, taken, search.proven(), once_price, search.price / UNIT)


def _as_good_as_the_bound(search: PriceSearch) -> Bools | None:
    """Return best attendances (N,) if people can be spread so that nobody stands."""
    able = search.able
    for taken in search.settled():
        if worth(able, taken) >= search.proven() and able.keep_rules(taken):
            return taken
    return None


def worth(able: Attendances, taken: Bools) -> int:
    """Return the points of attendances (N,), or -1 if somebody has to stand."""
    if not able.at_most_seats(taken):
        return -1
    return int(able.arrays.wish[able.choice[taken]].sum())


class PriceSearch:
    """The search for the best prices of the runs.

    Attributes
    ----------
    price : int (J,)
        The best prices so far, in units.
    bound : int
        What they prove, in units, with the bonus of required attendances.
    """

    def __init__(self, able: Attendances) -> None:
        self.able = able
        self.wishes, self._scratch = wishes_of(able), scratch_of(able)
        self.price = np.zeros(len(able.runs), dtype=np.int64)
        self._load = np.zeros(len(able.runs), dtype=np.int64)
        self._taken = np.full((able.arrays.people, able.arrays.rounds), NONE, dtype=np.int64)
        points = able.arrays.wish[able.choice]
        self._step = int(points.max(initial=0)) * UNIT
        self._lattice = max(1, int(np.gcd.reduce(points, initial=0))) * UNIT
        self.bound = self._worth(self.price)

    def _worth(self, price: Ints, stride: int = 1) -> int:
        """Return what these prices prove, scaled down if not everybody is asked."""
        total = best_days(self.wishes, stride, price, self._load, self._taken, self._scratch)
        return int(total) + int(price @ (self.able.seats // stride))

    def proven(self) -> int:
        """Return the bound in points, without the bonus of required attendances."""
        must = int(np.count_nonzero(self.able.arrays.must))
        return self.bound // UNIT - must * self.able.arrays.bonus

    def _offer(self, price: Ints) -> bool:
        proves = self._worth(price)
        better = proves < self.bound
        if better:
            self.price, self.bound = price, proves
        return better

    def descend(self) -> None:
        """Search prices with more and more people, and round the best ones to whole points."""
        people = self.able.arrays.people
        strides = [4**k for k in range(10, -1, -1) if k == 0 or people // 4**k >= SAMPLE]
        done = 0
        price = self.price.astype(np.float64)
        for number, stride in enumerate(strides):
            steps = LATER_STEPS if number else FIRST_STEPS
            price = self._steps(price, stride, done, steps)
            done += steps
        self._offer(self._whole(price))
        self._offer(np.round(price).astype(np.int64))

    def _steps(self, price: Floats, stride: int, done: int, steps: int) -> Floats:
        """Make subgradient steps; return the best prices on the way."""
        seats = self.able.seats // stride
        best, lowest = price, None
        for k in range(done, done + steps):
            proves = self._worth(np.round(price).astype(np.int64), stride)
            if lowest is None or proves < lowest:
                best, lowest = price, proves
            length = 0.5 * self._step / (1 + k / 8)
            price = np.maximum(0.0, price + length * (self._load - seats) / np.maximum(seats, 1))
        return best

    def _whole(self, price: Floats | Ints) -> Ints:
        whole: Ints = np.round(price / self._lattice).astype(np.int64) * self._lattice
        return whole

    def walk(self) -> bool:
        """Change single prices by one step of the lattice while that proves more; say if so."""
        before = self.bound
        price = self._whole(self.price)
        lowest = self._worth(price)
        changed, tried = True, 0
        while changed:
            changed = False
            for new in itertools.islice(self._neighbours(price), MOST_WALKED - tried):
                proves = self._worth(new)
                tried += 1
                if proves < lowest:
                    price, lowest, changed = new, proves, True
                    break
        self._offer(price)
        return self.bound < before

    def _neighbours(self, price: Ints) -> Iterator[Ints]:
        """Yield prices with one raised or lowered, first where demand is furthest off."""
        self._settle(price, WIDTHS[-1])
        excess = self._load - self.able.seats
        for j in np.argsort(-np.abs(excess), kind="stable"):
            if excess[j] > 0 or (excess[j] < 0 and price[j] > 0):
                new = price.copy()
                new[j] = max(0, new[j] + int(np.sign(excess[j])) * self._lattice)
                yield new

    def _settle(self, price: Ints, width: float) -> None:
        most = self._lattice // (2 * self.able.arrays.rounds + 1)
        for _ in range(2):
            settle(
                self.wishes, price, most, width, self.able.seats, self._load, self._taken,
                self._scratch,
            )  # fmt: skip

    def settled(self) -> Iterator[Bools]:
        """Yield attendances (N,) that are best at the prices, more and more evenly spread."""
        self._worth(self.price)
        for width in WIDTHS:
            self._settle(self.price, width)
            yield self.rows()

    def rows(self) -> Bools:
        """Return which attendances (N,) people take at this moment."""
        taken = np.zeros(len(self.able), dtype=np.bool_)
        taken[self._taken[self._taken != NONE]] = True
        return taken

    def once_price(self) -> Floats:
        """Return what a second attendance of each choice (C,) would bring, in points."""
        self._worth(self.price)
        worth = np.zeros(len(self.able), dtype=np.int64)
        once_prices(self.wishes, self.price, self._taken, worth, self._scratch)
        price = np.zeros(len(self.able.arrays.must))
        np.maximum.at(price, self.able.choice, worth / UNIT)
        return price


def polished(able: Attendances, taken: Bools) -> Bools:
    """Return attendances (N,) in which nobody stands, each round being best given the others.

    `taken` may have people standing. In each round what is attended in another one is left out.
    """
    taken = taken.copy()
    value = hard_worth(able)
    before = -1
    while True:
        for t in range(able.arrays.rounds):
            here = able.round == t
            elsewhere = np.zeros(len(able.arrays.must), dtype=np.bool_)
            elsewhere[able.choice[taken & ~here]] = True
            taken[here] = False
            rows = np.flatnonzero(here & ~elsewhere[able.choice])
            taken[best_of_round(able, value, t, rows)] = True
        total = int(value[taken].sum())
        if total <= before:
            return taken
        before = total
