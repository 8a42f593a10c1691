"""Envy: who would rather have somebody else's day, by their own points.

Person i envies person j if the sessions that j listens to are worth more to i than what i got, and
i could lawfully attend all of them: i is there and presents nothing in those rounds, may attend
each session, and can be in its room. People with the same day are looked at once, and people in
blocks, so that memory stays in proportion to the number of people.
"""

from __future__ import annotations

import numpy as np

from spilrooster.fairness.shares import Bools, Ints, Shares
from spilrooster.problem import Problem
from spilrooster.search.candidate import welcome
from spilrooster_models import Envy, Programme

MOST_LOOKS = 50_000_000
"""People times different days times rounds that are gone through: about a second. With more, a
random sample of the people is asked."""

BLOCK = 2_000_000
"""Looks at a time."""

NEVER = -(1 << 40)
"""Points of a session that somebody cannot attend there."""


def envy(problem: Problem, programme: Programme, shares: Shares, seed: int) -> Envy:
    """Count the pairs in a programme, and the people who envy at least one other.

    In a very large event a random sample of the people is asked, about everybody's day; `asked`
    says how many, and pairs and people are those found among them.
    """
    days, held_by = _days(problem, programme)
    worth = _Worth(problem, programme)
    who = np.flatnonzero(shares.wishing)
    each = days.shape[0] * days.shape[1]
    most = max(1, MOST_LOOKS // max(1, each))
    if len(who) > most:
        who = np.sort(np.random.default_rng(seed).permutation(who)[:most])
    pairs = people = 0
    block = max(1, BLOCK // max(1, each))
    for start in range(0, len(who), block):
        some = who[start : start + block]
        better = worth.of(some, days) > shares.got[some, None]
        pairs += int((better * held_by).sum())
        people += int(better.any(axis=1).sum())
    return Envy(pairs=pairs, people=people, asked=len(who))


def _days(problem: Problem, programme: Programme) -> tuple[Ints, Ints]:
    """Return the different days (D, T), -1 where nobody is listened to, and how many have each."""
    index, event = problem.steering.index, problem.event
    day = np.full((len(index.participant), len(index.round)), -1, dtype=np.int64)
    for p, i in index.participant.items():
        own = event.presented_by.get(p, ())
        for t, session in enumerate(programme.schedule_of[p].sessions):
            if session is not None and session not in own:
                day[i, t] = index.session[session]
    days, held_by = np.unique(day, axis=0, return_counts=True)
    return days, held_by


class _Worth:
    """What days are worth to people, by their own points."""

    def __init__(self, problem: Problem, programme: Programme) -> None:
        steering, self._index = problem.steering, problem.steering.index
        self._problem = problem
        self._welcome: Bools = welcome(problem)
        self._sits = steering.may_sit
        self._free = steering.present.copy()
        sessions, rounds = len(self._index.session), len(self._index.round)
        self._room = np.full((rounds, sessions), -1, dtype=np.int64)
        for run in programme.runs:
            place = self._index.round[run.round], self._index.session[run.session]
            self._room[place] = self._index.room[run.room]
        for p, s in steering.presents:
            self._free[p] &= self._room[:, s] < 0
        self._ids = tuple(self._index.participant)

    def of(self, people: Ints, days: Ints) -> Ints:
        """Return (people, days) the points; far below 0 where somebody cannot have that day."""
        rounds, sessions = self._room.shape
        points = np.zeros((len(people), sessions + 1), dtype=np.int64)  # the last: no session
        for row, p in enumerate(people.tolist()):
            chosen = self._problem.choices.points_of(self._problem.event, self._ids[p])
            for session, worth in chosen.items():
                points[row, self._index.session[session]] = worth
        total = np.zeros((len(people), len(days)), dtype=np.int64)
        for t in range(rounds):
            here = points.copy()
            may = self._welcome[people] & self._free[people, t, None]
            may &= self._sits[people][:, self._room[t]]
            here[:, :sessions][~may] = NEVER
            total += here[:, days[:, t]]
        return total
