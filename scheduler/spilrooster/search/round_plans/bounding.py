"""Bounding: dual search and proof in turns, each turn longer than the one before."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.demands import Tallies
from spilrooster.search.round_plans.data import Prices, RoundProblem
from spilrooster.search.round_plans.duals import LONGER, DualSearch
from spilrooster.search.round_plans.proofs import Proofs
from spilrooster.search.round_plans.sampled import sample_sizes, sampled_search, start_for_all
from spilrooster.search.round_plans.tree import Helper
from spilrooster.search.sectioning import section

TURNS = (0.04, 0.45), (0.09, 0.45), (0.17, 0.45), (0.7, 0.15)
"""Shares of the allowance, and how much of that is spent on prices at most; the rest proves. A
first bound comes soon, the best one at the end. Each proof also finds plans that pricing missed,
which the next prices take into account."""

SAMPLE_SHARE = 0.04
"""Most of the allowance that is spent on the prices of each sample, where there are any."""

SECONDS_PER_WISH_PRICED = 1.5e-8
SECONDS_PER_WISH_BOUNDED = 1.4e-8
"""Rough cost of looking at one wish in pricing and in a step of the proof: the measure of work."""

ROUNDING = 1e-4
"""More than all rounding errors of a bound together: numbers of size `FORCED` lose 1e-7 each."""

MOST_MOVES = 10_000
"""Longest pricing run."""

FEWEST_STEPS = 40
"""So many steps of a proof show how fast it gets on."""

LEAST_STEPS = 10
"""Pricing runs get longer only if there is time for so many steps with them."""

TARGET_SHARE = 0.1
"""Most of the allowance of a proof that is spent on plans to set its targets."""

TARGETS = 2
"""How often pricing is tried for each of them."""

SHARED = 0.8
"""Share of the allowance of a proof after which rounds that shared one go on alone."""


def bounds(
    arrays: Arrays,
    occupant: Ints,
    clock: Clock,
    seed: int,
    helper: Helper = lambda: None,
    known: float = math.inf,
) -> Iterator[int]:
    """Yield better and better proven bounds, in points, until the clock has run out.

    Parameters
    ----------
    arrays
        The problem.
    occupant : int (T, R)
        The runs of a good programme, to start from.
    clock
        Gets the work charged.
    seed
        Same seed and work, same bounds.
    helper
        Makes it faster, and nothing else.
    known
        A bound that is proven already: only better ones are news.
    """
    sectioning = section(arrays, occupant)
    if sectioning is None or not len(arrays.choice_points):
        return
    problem = RoundProblem.of(arrays)
    plans = [occupant[t].copy() for t in range(arrays.rounds)]
    duals = DualSearch(problem, plans, float(sectioning.points), sectioning.once_price, seed)
    total, best = clock.total(), known
    _start_from_samples(duals, arrays, occupant, clock, seed)
    end = 0.0
    for turn, (share, on_prices) in enumerate(TURNS, 1):
        end += share
        goal = best if turn < len(TURNS) else math.inf
        while clock.spent() < end * total and not duals.final:
            _search_prices(duals, clock, share * total * on_prices)
            allowance = end * total - clock.spent()
            reached = math.inf
            for reached in _prove(problem, duals, clock, allowance, helper, goal):
                if reached < best:
                    best = reached
                    yield best
            if reached > goal:
                break  # the time is better spent by a longer turn


def warm_up() -> None:
    """Compile every kernel of the bound, or load it from the cache, on a toy problem."""
    for _ in bounds(toy_arrays(), np.array([[0, 1], [1, 0]]), Clock(Limits(work=1e-3)), 1):
        continue


def toy_arrays() -> Arrays:
    """Return a problem of two people, two sessions, two rooms and two rounds."""
    one, two = np.ones(2, dtype=np.int64), np.arange(2)
    return Arrays(
        seats=np.ones((2, 2), dtype=np.int64), may_run=np.ones((2, 2, 2), dtype=np.bool_),
        least_runs=one, most_runs=2 * one, least_people=0 * one, choice_start=np.array([0, 1, 2]),
        choice_session=two, choice_points=one, choice_person=two, away=0 * one, kind=0 * one,
        kind_sits=np.ones((1, 2), dtype=np.bool_), presented_start=np.zeros(3, dtype=np.int64),
        presented=np.zeros(0, dtype=np.int64), touched_start=np.array([0, 1, 2]), touched=two,
        pairs=np.zeros((0, 3), dtype=np.int64), required=frozenset(),
        tallies=Tallies.none(), run_costs=np.zeros((2, 2, 2), dtype=np.int64),
    )  # fmt: skip


def _start_from_samples(
    duals: DualSearch, arrays: Arrays, occupant: Ints, clock: Clock, seed: int
) -> None:
    """Search prices for larger and larger samples, each from those of the one before."""
    before: DualSearch | None = None
    samples = (sampled_search(arrays, occupant, n, seed) for n in sample_sizes(arrays.people))
    for search in (*filter(None, samples), duals):
        if before is not None:
            start = start_for_all(before, search.problem)
            search.start_at(start.prices, start.plans)
        if search is not duals:
            _search_prices(search, clock, SAMPLE_SHARE * clock.total())
        before = search


def _pricing_work(problem: RoundProblem) -> float:
    """Return the work of one move in both pricing runs of every kind of round."""
    rooms: int = problem.rounds[0].seats.shape[1]
    wishes_per_plan = max(1, rooms) * len(problem.choosers.weight) / problem.sessions
    return SECONDS_PER_WISH_PRICED * 2 * wishes_per_plan * len(set(problem.twins))


def _search_prices(duals: DualSearch, clock: Clock, allowance: float) -> None:
    work, end = _pricing_work(duals.problem), clock.spent() + allowance
    longest = min(MOST_MOVES, allowance / (LEAST_STEPS * work))
    while clock.spent() < end and clock.left() > 0:
        if duals.converged or duals.blind:
            if duals.moves * LONGER <= longest:
                duals.look_closer()
            elif duals.converged:
                return
        duals.step()
        clock.charge(work * duals.moves)


def _prove(
    problem: RoundProblem,
    duals: DualSearch,
    clock: Clock,
    allowance: float,
    helper: Helper,
    goal: float,
) -> Iterator[int]:
    """Prove the bound at the best prices, and yield it as it comes down.

    Stops early if plans that pricing missed add more to the bound than is left to prove, and there
    is time to get as far again with better prices; or if it will not come down to the `goal`.
    """
    begin = clock.spent()
    end, parting = begin + allowance, begin + SHARED * allowance
    prices = duals.best
    price = _pricing_work(problem)
    moves = min(MOST_MOVES, max(1, int(TARGET_SHARE * allowance / (TARGETS * price))))
    targets = {t: _target(duals, prices, t, moves) for t in dict.fromkeys(problem.twins)}
    proofs = Proofs(problem, prices, targets, helper)
    clock.charge(TARGETS * moves * price)
    work = SECONDS_PER_WISH_BOUNDED * problem.open_to.size
    passed: list[tuple[float, float]] = []
    while True:
        yield math.floor(proofs.bound + ROUNDING)
        passed.append((clock.spent(), proofs.likely))
        if _forecast(passed, end) > goal or clock.spent() >= end or clock.left() <= 0:
            break
        if proofs.share and (proofs.closed or clock.spent() >= parting):
            proofs.part()
        if proofs.closed:
            break
        if proofs.adds > proofs.slack and end - clock.spent() > clock.spent() - begin:
            break
        clock.charge(work * proofs.expand())
    plans = {t: proof.better_plans for t, proof in proofs.of.items()}
    duals.learn(plans, prices, complete=proofs.closed and not proofs.share)


def _forecast(passed: Sequence[tuple[float, float]], end: float) -> float:
    """Return what a proof will not come below by the `end`, by when it passed which bound.

    It gets slower and slower, so that is where it would come at the pace of its latter half.
    """
    if len(passed) < FEWEST_STEPS:
        return -math.inf
    (before, high), (now, low) = passed[len(passed) // 2], passed[-1]
    return low - (high - low) * (end - now) / max(now - before, 1e-9)


def _target(duals: DualSearch, prices: Prices, t: int, moves: int) -> float:
    """Return the worth of the best plan that can be found for round `t`."""
    return max(duals.worth(prices, t, duals.price(prices, t, moves)) for _ in range(TARGETS))
