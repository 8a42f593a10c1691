"""The certificate: how fair a programme is, and what is proven of it."""

from __future__ import annotations

import numpy as np

from spilrooster.fairness.anywhere import (
    Anywhere,
    least_with_nothing_by_seats,
    worst_by_seats,
)
from spilrooster.fairness.envy import envy
from spilrooster.fairness.here import Here
from spilrooster.fairness.levels import Levels
from spilrooster.fairness.shares import Ints, Shares
from spilrooster.fairness.sharing import Shared, rule_of
from spilrooster.problem import Problem
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster_models import Fairness, Programme

MOST_WORK = 1.0
"""Most work on proofs, in units of about a second."""

LARGEST_SHARE = 0.04
"""Of the whole limit, for proofs."""


def reserve(clock: Clock) -> float:
    """Return what to leave of a time limit for proofs; work on them comes on top of a limit."""
    return 0.0 if clock.counts_work else _allowance(clock)


def _allowance(clock: Clock) -> float:
    return min(MOST_WORK, LARGEST_SHARE * clock.total())


def certificate(
    problem: Problem, programme: Programme, clock: Clock, seed: int, shared: Shared | None = None
) -> Fairness | None:
    """Return how fair a programme that keeps the hard rules is; None if nobody has wishes.

    The proofs count work, also under a time limit: the same programme has the same certificate on
    every machine. A clock that was cancelled gives the bounds that cost nothing.
    """
    shares = Shares.of(problem, programme)
    if not shares.wishing.any():
        return None
    searched, rule = problem.for_search, rule_of(problem)
    workshop = Workshop(searched)
    proofs = Clock(Limits(work=_allowance(clock)), clock.cancelled)
    levels = Levels.of(problem)
    certain = sure_people(problem, shares)
    occupant, _ = workshop.arrays_of(programme)
    anywhere = Anywhere(searched, shares, proofs, seed)
    nothing = least_with_nothing_by_seats(workshop.own_wishes, certain)
    worst = worst_by_seats(workshop.own_wishes, shares, levels)
    if anywhere.is_small:
        nothing = max(nothing, anywhere.least_with_nothing())
        worst = min(worst, anywhere.worst(levels))
    here = Here.of(workshop.own_wishes, occupant, shares, proofs, seed)
    return Fairness(
        mode="sum" if rule is None else rule.mode,
        people=int(shares.wishing.sum()),
        worst=float(shares.worst),
        worst_bound_here=float(min(worst, here.worst(levels))),
        worst_bound=float(worst),
        with_nothing=int(shares.nothing.sum()),
        least_with_nothing_here=max(nothing, here.least_with_nothing(certain)),
        least_with_nothing=nothing,
        deciles=shares.deciles(),
        envy=envy(problem, programme, shares, seed),
        fairest_here=None if shared is None else shared.fairest_here,
        fairest=None if shared is None else shared.fairest,
        given_up=0 if shared is None else shared.given_up,
        seed=seed,
    )


def sure_people(problem: Problem, shares: Shares) -> Ints:
    """Return the people with wishes, all of which are worth points.

    Others could be content with a choice that is worth nothing: nothing is proven of them.
    """
    event = problem.event
    found = [
        i
        for i, p in enumerate(event.participants)
        if shares.ideal[i] and all(problem.choices.points_of(event, p.id).values())
    ]
    return np.array(found, dtype=np.int64)
