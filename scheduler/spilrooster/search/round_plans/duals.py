"""Dual search: prices that make the bound small, by a proximal bundle with heuristic pricing.

Heuristic pricing underestimates the best plans, so what is minimised here is an estimate; `proof`
makes a bound of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from spilrooster.search.arrays import Bools, Ints
from spilrooster.search.round_plans.attending import attend
from spilrooster.search.round_plans.bundle import minimise
from spilrooster.search.round_plans.data import Floats, Prices, RoundProblem
from spilrooster.search.round_plans.pricing import improve_plan, rough_worth

MOST_CUTS, FEWEST_CUTS, CUT_NUMBERS = 50, 12, 2_000_000
"""Cuts kept per round: fewer where each has many numbers, one per wish for a session with repeats,
as the time of a step grows with all of them together."""

CONVERGED, SMALL_STEPS = 2e-4, 5
"""So many steps in a row promise less than this share of the value: then the prices are good."""

BLIND = 5e-3
"""If a proof shows that pricing missed plans worth this share of the value, it needs longer runs.
With 114 sessions for ten rooms (alpine-2019), the bound after 50 seconds fell from 7,710 to 7,598.
"""

LONGER = 3
"""How much longer pricing runs are when short ones have nothing more to tell."""

RUN_REACH = 0.05
"""How far the price of a session moves at first for each run too many or too few: share of what a
run is worth, as that grows with the number of people."""

PAIRWISE_STEPS = 60
"""Rounds of pairwise steps per minimisation of the model."""


class DualSearch:
    """Looks for prices. `best` holds the best ones so far, `estimate` what they promise.

    Parameters
    ----------
    problem
        The rounds.
    plans : list of int (R,)
        The rounds of the best programme known: where pricing starts from.
    value
        Points of that programme; sets the scale.
    once_price : float (C,)
        First guess of `Prices.mu`, such as sectioning gives.
    moves
        Length of each pricing run at first.
    """

    def __init__(
        self,
        problem: RoundProblem,
        plans: list[Ints],
        value: float,
        once_price: Floats,
        seed: int,
        moves: int = 300,
    ) -> None:
        self.problem = problem
        self.moves = moves
        self._value = value
        self._small = 0  # steps in a row that promised little
        self.final = False  # no better prices can be found
        self.blind = False  # pricing missed so much that it had better look closer
        self._heat = 0.002 * value / len(problem.rounds)
        self._random = np.array([seed * 2 + 12345], dtype=np.int64)
        self._chance = np.random.default_rng(seed)
        self._taken: Bools = np.zeros(len(problem.choosers.weight), dtype=np.bool_)
        self._count = Counter(problem.twins)  # how many rounds are like this one
        self._kinds = list(self._count)
        self._repeats = np.flatnonzero(problem.repeats)
        self._part_timers = np.flatnonzero(problem.most_rounds < len(problem.rounds))
        once, often = np.ones(len(self._repeats)), problem.most_rounds[self._part_timers]
        self._most = np.concatenate([problem.most_runs, once, often])
        self._least = np.zeros(len(self._most))
        self._least[: problem.sessions] = problem.least_runs
        self._plans: list[Ints] = []
        self._cuts = np.zeros((0, len(self._most)))
        self._values = np.zeros(0)
        self._group = np.zeros(0, dtype=np.int64)
        self._weights = np.zeros(0)
        self._kept = min(MOST_CUTS, max(FEWEST_CUTS, CUT_NUMBERS // self._cuts.shape[1]))
        runs = sum(int((plan >= 0).sum()) for plan in plans)
        of_wish = 0.1 * float(problem.choosers.weight.max(initial=1.0))
        self._reach = np.full(self._cuts.shape[1], of_wish)
        self._reach[: problem.sessions] = max(of_wish, RUN_REACH * value / max(runs, 1))
        self._farthest = 20.0 * self._reach
        self._centre = self._first_prices(plans, once_price)
        for t, plan in zip(problem.twins, plans, strict=True):
            self.add(t, plan, self.best)
        self.step()

    @property
    def best(self) -> Prices:
        """The prices of the centre."""
        return self._prices(self._centre)

    @property
    def known_plans(self) -> tuple[tuple[int, Ints], ...]:
        """The plans whose cuts hold up the model, with the first round of their kind."""
        kept = zip(self._plans, self._group, self._weights, strict=True)
        return tuple((self._kinds[group], plan) for plan, group, weight in kept if weight > 0)

    def start_at(self, prices: Prices, plans: Sequence[tuple[int, Ints]]) -> None:
        """Begin again at these prices, if the plans, too, say that they are better."""
        for t, plan in plans:
            self.add(t, plan, prices)
        x = self._numbers(prices)
        if self._model(x) < self._model(self._centre):
            self._centre = x

    @property
    def estimate(self) -> float:
        """What the plans known so far make of the bound at the centre."""
        return self._model(self._centre)

    @property
    def converged(self) -> bool:
        """Whether more steps are worth little with pricing as it is."""
        return self._small >= SMALL_STEPS

    def look_closer(self) -> None:
        """Price with longer runs: good prices are those where short ones miss the best plans."""
        self.moves *= LONGER
        self.blind = False
        self._small = 0

    def step(self) -> None:
        """Minimise the model near the centre, price there, and move if that is better."""
        x = minimise(
            self._cuts, self._values, self._group, self._weights, self._centre, self._reach,
            self._least, self._most, PAIRWISE_STEPS, 1e-5 * self._value,
        )  # fmt: skip
        promised = self._model(x)
        prices = self._prices(x)
        for t in self._count:
            self.add(t, self.price(prices, t, self.moves), prices)
        before, after = self._model(self._centre), self._model(x)
        small = before - promised < CONVERGED * self._value
        self._small = self._small + 1 if small else 0
        if before - after > 0.1 * (before - promised):
            self._centre = x
            if before - after > 0.5 * (before - promised):
                self._reach = np.minimum(1.3 * self._reach, self._farthest)
        elif after > before:
            self._reach *= 0.85
        self._forget()

    def price(self, prices: Prices, t: int, moves: int) -> Ints:
        """Return a good plan of round `t`, the first of its kind, at these prices."""
        problem, here = self.problem, self.problem.rounds[t]
        margin = problem.margin(prices)
        group = self._kinds.index(t)
        known = [plan for plan, g in zip(self._plans, self._group, strict=True) if g == group]
        start = max(known, key=lambda plan: self._rough_worth(prices, t, plan))
        tried = [start]
        for plan in (start.copy(), known[self._chance.integers(len(known))].copy()):
            improve_plan(
                problem.choosers, here, margin, prices.pi, plan, moves, self._heat, self._random
            )
            tried.append(plan)
        return max(tried, key=lambda plan: self.worth(prices, t, plan))

    def worth(self, prices: Prices, t: int, plan: Ints) -> float:
        """Return what `plan` is worth in round `t`, attended as well as can be."""
        problem = self.problem
        margin = problem.margin(prices)
        worth: float = attend(
            problem.choosers, problem.rounds[t], margin, prices.pi, plan, self._taken
        )
        return worth

    def _rough_worth(self, prices: Prices, t: int, plan: Ints) -> float:
        """Return what `plan` is worth at least; quickly."""
        problem = self.problem
        margin = problem.margin(prices)
        worth: float = rough_worth(problem.choosers, problem.rounds[t], margin, prices.pi, plan)
        return worth

    def learn(self, plans: Mapping[int, Sequence[Ints]], prices: Prices, complete: bool) -> None:
        """Add plans by the first round of their kind, which pricing missed at `prices`.

        `complete` says that there are no others. If these teach nothing, the search is over; if
        very much, pricing is `blind`.
        """
        before = self.estimate
        for t, found in plans.items():
            for plan in found:
                self.add(t, plan, prices)
        missed = self.estimate - before
        self.final = complete and self.converged and missed <= 1e-6 * self._value
        self.blind = missed > BLIND * self._value
        self._small = 0

    def add(self, t: int, plan: Ints, prices: Prices) -> None:
        """Add the cut of `plan` in round `t`, the first of its kind, as attended at `prices`."""
        self.worth(prices, t, plan)
        cut = np.zeros(self._cuts.shape[1])
        cut[plan[plan >= 0]] = 1.0
        listeners = self.problem.choosers.person[self._taken]
        listening = np.bincount(listeners, minlength=self.problem.people)
        cut[self.problem.sessions :] = np.concatenate(
            [self._taken[self._repeats], listening[self._part_timers]]
        )
        group = self._kinds.index(t)
        first = not np.any(self._group == group)
        self._plans.append(plan.copy())
        self._cuts = np.vstack([self._cuts, cut])
        self._values = np.append(self._values, self.problem.choosers.weight @ self._taken)
        self._group = np.append(self._group, group)
        self._weights = np.append(self._weights, float(self._count[t]) if first else 0.0)

    def _model(self, x: Floats) -> float:
        worth = self._values - self._cuts @ x
        return self._prices(x).base(self.problem) + sum(
            self._count[t] * float(worth[self._group == group].max())
            for group, t in enumerate(self._kinds)
        )

    def _prices(self, x: Floats) -> Prices:
        mu, day = np.zeros(len(self.problem.repeats)), np.zeros(self.problem.people)
        ends = self.problem.sessions, self.problem.sessions + len(self._repeats)
        pi, mu[self._repeats], day[self._part_timers] = np.split(x, ends)
        return Prices(pi=pi.copy(), mu=mu, day=day)

    def _numbers(self, prices: Prices) -> Floats:
        return np.concatenate([prices.pi, prices.mu[self._repeats], prices.day[self._part_timers]])

    def _forget(self) -> None:
        """Drop the oldest cuts that neither carry weight nor are the largest at the centre."""
        worth = self._values - self._cuts @ self._centre
        keep = self._weights > 0
        for group in range(len(self._kinds)):
            mine = np.flatnonzero(self._group == group)
            keep[mine[np.argmax(worth[mine])]] = True
            keep[mine[-self._kept :]] = True
        self._plans = [plan for plan, kept in zip(self._plans, keep, strict=True) if kept]
        self._cuts, self._values = self._cuts[keep], self._values[keep]
        self._group, self._weights = self._group[keep], self._weights[keep]

    def _first_prices(self, plans: list[Ints], once_price: Floats) -> Floats:
        """What each session adds to its round in the programme, shared by its runs."""
        problem = self.problem
        mu = np.where(problem.repeats, once_price[problem.order], 0.0)
        free = Prices(pi=np.zeros(problem.sessions), mu=mu, day=np.zeros(problem.people))
        added, runs = np.zeros(problem.sessions), np.zeros(problem.sessions)
        for t, plan in enumerate(plans):
            whole = self.worth(free, t, plan)
            for r in np.flatnonzero(plan >= 0):
                rest = plan.copy()
                rest[r] = -1
                added[plan[r]] += whole - self.worth(free, t, rest)
                runs[plan[r]] += 1
        return self._numbers(replace(free, pi=added / np.maximum(runs, 1)))
