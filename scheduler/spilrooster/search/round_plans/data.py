"""What the pricing kernels read: choosers by session, seats, and what differs between rounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spilrooster.search.arrays import Arrays, Bools, Ints

Floats = NDArray[np.float64]

MANY_BARRED = 0.1
"""Share of the people who cannot be in every room: from here on, rooms are of different classes.
With fewer, the bound is hardly looser if they may be anywhere, and it is found in half the time."""


class Choosers(NamedTuple):
    """Wishes by session: those of session s are ``start[s]:start[s + 1]``, best first.

    Presenters of session s are ``presenter[presenter_start[s]:presenter_start[s + 1]]``.
    """

    start: Ints
    person: Ints
    weight: Floats
    presenter_start: Ints
    presenter: Ints


class RoundSeats(NamedTuple):
    """One round: seats (S, R) of a session in a room, -1 where it may not run; who is there.

    Rooms (R,) of one class are open to the same people.
    """

    seats: Ints
    present: Bools
    room_class: Ints


@dataclass(frozen=True)
class RoundProblem:
    """The problem as rounds that share sessions.

    Attributes
    ----------
    choosers
        Wishes and presenters.
    rounds
        One entry per round.
    least_runs, most_runs : int (S,)
    most_rounds : int (P,)
        In how many rounds somebody listens at most; the number of rounds if no rule says less.
    repeats : bool (C,)
        Whether that wish is for a session that may run more than once.
    order : int (C,)
        Which choice of `Arrays` each wish is.
    open_to : bool (G, C)
        Whether who has that wish can be in the rooms of each class.
    """

    choosers: Choosers
    rounds: tuple[RoundSeats, ...]
    least_runs: Ints
    most_runs: Ints
    most_rounds: Ints
    repeats: Bools
    order: Ints
    open_to: Bools

    @property
    def people(self) -> int:
        """Number of people."""
        return len(self.rounds[0].present)

    @property
    def sessions(self) -> int:
        """Number of sessions."""
        return len(self.least_runs)

    @cached_property
    def twins(self) -> tuple[int, ...]:
        """For each round the first round that is just like it: one proof serves all of these."""
        firsts = []
        for here in self.rounds:
            same = (
                np.array_equal(here.seats, there.seats)
                and np.array_equal(here.present, there.present)
                for there in self.rounds
            )
            firsts.append(next(t for t, equal in enumerate(same) if equal))
        return tuple(firsts)

    @classmethod
    def of(cls, arrays: Arrays) -> RoundProblem:
        """Turn arrays into a round problem."""
        order = np.lexsort((-arrays.wish, arrays.choice_session))
        session = arrays.choice_session[order]
        bounds = np.arange(arrays.sessions + 1)
        presenter = np.repeat(np.arange(arrays.people), np.diff(arrays.presented_start))
        by_session = np.argsort(arrays.presented, kind="stable")
        choosers = Choosers(
            start=np.searchsorted(session, bounds),
            person=arrays.choice_person[order],
            weight=arrays.wish[order].astype(np.float64),
            presenter_start=np.searchsorted(arrays.presented[by_session], bounds),
            presenter=presenter[by_session],
        )
        classes, room_class = _room_classes(arrays)
        there = ((arrays.away[:, None] >> np.arange(arrays.rounds)) & 1) == 0
        rounds = tuple(
            RoundSeats(
                seats=np.where(arrays.may_run[:, t, :], arrays.seats, -1),
                present=np.ascontiguousarray(there[:, t]),
                room_class=room_class,
            )
            for t in range(arrays.rounds)
        )
        return cls(
            choosers=choosers,
            rounds=rounds,
            least_runs=arrays.least_runs,
            most_runs=arrays.most_runs,
            most_rounds=_most_rounds(arrays),
            repeats=(arrays.most_runs > 1)[session],
            order=order,
            open_to=classes[arrays.kind[choosers.person]].T,
        )

    def margin(self, prices: Prices) -> Floats:
        """Return (G, C) what each wish is worth at these prices in rooms of each class.

        Less than nothing where that person cannot be.
        """
        costs = prices.mu + prices.day[self.choosers.person]
        return np.where(self.open_to, self.choosers.weight - costs, -1.0)


def _room_classes(arrays: Arrays) -> tuple[Bools, Ints]:
    """Return (K, G) which kinds of people can be in rooms of each class; the classes of rooms."""
    free = np.all(arrays.kind_sits, axis=1)[arrays.kind]
    if np.mean(free) > 1 - MANY_BARRED:
        everyone = np.ones((len(arrays.kind_sits), 1), dtype=np.bool_)
        return everyone, np.zeros(arrays.rooms, dtype=np.int64)
    classes, room_class = np.unique(arrays.kind_sits, axis=1, return_inverse=True)
    return classes, room_class.reshape(-1)


def _most_rounds(arrays: Arrays) -> Ints:
    """Return (P,) in how many rounds each may listen: presenting takes up rounds, too."""
    if arrays.bounds is None:
        return np.full(arrays.people, arrays.rounds, dtype=np.int64)
    presenter = np.repeat(np.arange(arrays.people), np.diff(arrays.presented_start))
    presenting = np.zeros(arrays.people, dtype=np.int64)
    np.add.at(presenting, presenter, arrays.least_runs[arrays.presented])
    free: Ints = np.maximum(arrays.bounds.most_rounds - presenting, 0)
    return np.where(arrays.bounds.most_rounds < arrays.rounds, free, arrays.rounds)


@dataclass(frozen=True)
class Prices:
    """Prices that couple the rounds.

    `pi` (S,) per run; at least 0 are `mu` (C,) per attendance and `day` (P,) per round in which
    somebody listens who may not do so in all.
    """

    pi: Floats
    mu: Floats
    day: Floats

    def base(self, problem: RoundProblem) -> float:
        """Return the part of the bound that does not depend on round plans."""
        runs = np.where(self.pi > 0, problem.most_runs, problem.least_runs)
        return float(self.pi @ runs + self.mu.sum() + self.day @ problem.most_rounds)
