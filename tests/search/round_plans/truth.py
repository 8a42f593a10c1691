"""The truth about one round at given prices: every plan, with the best attendances of each."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from spilrooster.search.arrays import Bools, Ints
from spilrooster.search.board import EMPTY
from spilrooster.search.round_plans.data import Floats, Prices, RoundProblem


def plans(problem: RoundProblem, t: int) -> Iterator[Ints]:
    """Yield every plan (R,) of a round: no session twice, no presenter in two places."""
    seats = problem.rounds[t].seats
    rooms = [[EMPTY, *np.flatnonzero(seats[:, r] >= 0).tolist()] for r in range(seats.shape[1])]
    for plan in itertools.product(*rooms):
        held = [s for s in plan if s != EMPTY]
        crew = [p for s in held for p in presenters(problem, s)]
        if len(set(held)) == len(held) and len(set(crew)) == len(crew):
            yield np.array(plan, dtype=np.int64)


def presenters(problem: RoundProblem, s: int) -> list[int]:
    """Who presents session `s`."""
    start = problem.choosers.presenter_start
    found: list[int] = problem.choosers.presenter[start[s] : start[s + 1]].tolist()
    return found


def margins(problem: RoundProblem, prices: Prices, t: int, plan: Ints) -> Floats:
    """What each person (row) brings in each room (column) of the plan; 0 if it is no gain."""
    here, choosers = problem.rounds[t], problem.choosers
    gain = np.zeros((problem.people, len(plan)))
    busy = {p for s in plan if s != EMPTY for p in presenters(problem, s)}
    for r, s in enumerate(plan):
        if s != EMPTY:
            for e in range(choosers.start[s], choosers.start[s + 1]):
                p = choosers.person[e]
                sits = problem.open_to[here.room_class[r], e]
                if here.present[p] and p not in busy and sits:
                    gain[p, r] = max(0.0, choosers.weight[e] - prices.mu[e] - prices.day[p])
    return gain


def most_worth(problem: RoundProblem, prices: Prices, t: int, plan: Ints) -> float:
    """What a plan is worth with the best attendances its seats allow."""
    rooms = np.flatnonzero(plan != EMPTY)
    seats = problem.rounds[t].seats[plan[rooms], rooms]
    gain = np.repeat(margins(problem, prices, t, plan)[:, rooms], seats, axis=1)
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return float(gain[rows, columns].sum() - prices.pi[plan[rooms]].sum())


def best_plan(problem: RoundProblem, prices: Prices, t: int) -> float:
    """What the best plan of a round is worth."""
    return max(most_worth(problem, prices, t, plan) for plan in plans(problem, t))


def priced(problem: RoundProblem, pi: Sequence[float]) -> Prices:
    """Return prices of runs alone."""
    mu, day = np.zeros(len(problem.choosers.weight)), np.zeros(problem.people)
    return Prices(pi=np.array(pi, dtype=float), mu=mu, day=day)


@st.composite
def prices(draw: st.DrawFn, problem: RoundProblem) -> Prices:
    """Prices of any size and sign; `mu` and `day` at least 0, and 0 where they price nothing."""
    whole = draw(st.booleans())
    number = st.integers(-8, 30) if whole else st.floats(-8, 30)
    pi = draw(st.lists(number, min_size=problem.sessions, max_size=problem.sessions))
    count = len(problem.choosers.weight)
    mu = draw(st.lists(st.integers(0, 12), min_size=count, max_size=count))
    day = draw(st.lists(st.integers(0, 9), min_size=problem.people, max_size=problem.people))
    return Prices(
        pi=np.array(pi, dtype=float),
        mu=np.where(problem.repeats, mu, 0.0),
        day=np.where(problem.most_rounds < len(problem.rounds), day, 0.0),
    )


def is_possible(problem: RoundProblem, t: int, plan: Ints, taken: Bools) -> bool:
    """Whether the wishes in `taken` (C,) can all be granted by the plan."""
    choosers, here = problem.choosers, problem.rounds[t]
    session = np.repeat(np.arange(problem.sessions), np.diff(choosers.start))
    people = choosers.person[taken].tolist()
    busy = {p for s in plan if s != EMPTY for p in presenters(problem, s)}
    seats = {int(s): here.seats[s, r] for r, s in enumerate(plan) if s != EMPTY}
    load = np.bincount(session[taken], minlength=problem.sessions)
    room_class = {int(s): here.room_class[r] for r, s in enumerate(plan) if s != EMPTY}
    return (
        len(set(people)) == len(people)
        and not busy & set(people)
        and bool(here.present[people].all())
        and all(load[s] <= seats.get(s, 0) for s in range(problem.sessions))
        and all(problem.open_to[room_class[session[e]], e] for e in np.flatnonzero(taken))
    )
