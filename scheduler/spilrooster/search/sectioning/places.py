"""Places: the runs of a programme, and every attendance they allow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spilrooster.search.arrays import Arrays, Bools, Ints
from spilrooster.search.board import EMPTY


@dataclass(frozen=True)
class Runs:
    """The runs of a programme, numbered."""

    session: Ints
    round: Ints
    room: Ints

    @classmethod
    def of(cls, occupant: Ints) -> Runs:
        """Number the runs that stand in `occupant` (T, R)."""
        t, r = np.nonzero(occupant >= 0)
        return cls(session=occupant[t, r], round=t.astype(np.int64), room=r.astype(np.int64))

    def __len__(self) -> int:
        return len(self.session)


def busy_rounds(arrays: Arrays, runs: Runs) -> Bools:
    """Return (P, T): whether each person is absent or presenting."""
    busy = ((arrays.away[:, None] >> np.arange(arrays.rounds)) & 1).astype(np.bool_)
    held = np.zeros((arrays.sessions, arrays.rounds), dtype=np.bool_)
    held[runs.session, runs.round] = True
    person = np.repeat(np.arange(arrays.people), np.diff(arrays.presented_start))
    np.logical_or.at(busy, person, held[arrays.presented])
    return busy


@dataclass(frozen=True)
class Attendances:
    """Every attendance that the runs allow: N rows, by person (choice row, round and run).

    Attributes
    ----------
    runs
        The runs (J).
    seats, least : int (J,)
        Largest and least audience of each run.
    busy : bool (P, T)
        Whether each person is absent or presenting.
    choice, round, run, person : int (N,)
    """

    arrays: Arrays
    runs: Runs
    seats: Ints
    least: Ints
    busy: Bools
    choice: Ints
    round: Ints
    run: Ints
    person: Ints

    def __len__(self) -> int:
        return len(self.choice)

    @classmethod
    def of(cls, arrays: Arrays, occupant: Ints) -> Attendances:
        """List every attendance worth points: chosen, held, free, in a fitting room with seats."""
        runs = Runs.of(occupant)
        busy = busy_rounds(arrays, runs)
        order = np.argsort(runs.session, kind="stable")
        start = np.searchsorted(runs.session[order], np.arange(arrays.sessions + 1))
        count = np.diff(start)[arrays.choice_session]
        choice = np.repeat(np.arange(len(count)), count)
        first = np.repeat(start[arrays.choice_session], count)
        offset = np.arange(len(choice)) - np.repeat(np.cumsum(count) - count, count)
        run = order[first + offset]
        person = arrays.choice_person[choice]
        seats = arrays.seats[runs.session, runs.room]
        possible = ~busy[person, runs.round[run]] & (seats[run] > 0)
        possible &= arrays.kind_sits[arrays.kind[person], runs.room[run]]
        run = run[possible].astype(np.int64)
        return cls(
            arrays=arrays,
            runs=runs,
            seats=seats,
            least=np.minimum(arrays.least_people[runs.session], seats),
            busy=busy,
            choice=choice[possible],
            round=runs.round[run],
            run=run,
            person=person[possible],
        )

    def keep_rules(self, taken: Bools) -> bool:
        """Whether `taken` (N,) has everyone who must attend, and leaves enough people free.

        Enough to fill every run up to its least number of people; who may sit where is not
        looked at. That seats, rounds and sessions are used once is not looked at either.
        """
        arrays = self.arrays
        missing = arrays.must.copy()
        missing[self.choice[taken]] = False
        load = np.bincount(self.run[taken], minlength=len(self.runs))
        lacking = np.bincount(
            self.runs.round, np.maximum(self.least - load, 0), minlength=arrays.rounds
        )
        idle = (~self.busy).sum(0) - np.bincount(self.round[taken], minlength=arrays.rounds)
        return not missing.any() and bool((lacking <= idle).all())

    def at_most_seats(self, taken: Bools) -> bool:
        """Whether nobody stands if the attendances in `taken` (N,) are taken."""
        load = np.bincount(self.run[taken], minlength=len(self.runs))
        return bool((load <= self.seats).all())


@dataclass(frozen=True)
class Sectioning:
    """The best attendances for given runs.

    Attributes
    ----------
    day : int (P, T)
        Session attended for points, or EMPTY. Nothing is filled in for people without a choice.
    points : int
        Sum of points over `day`.
    bound : int
        Proven: no attendances score more for these runs.
    once_price : float (C,)
        Price of attending the session of choice c once, from the linear relaxation: what a
        second attendance would still be worth. Zero for choices that the runs leave out.
    seat_price : float (T, R)
        What one more seat there would be worth in points, from the linear relaxation: 0 where
        seats are left or nothing runs. At these prices everyone has (nearly) their best day.
    """

    day: Ints
    points: int
    bound: int
    once_price: NDArray[np.float64]
    seat_price: NDArray[np.float64]

    @property
    def proven(self) -> bool:
        """Whether no attendances score more for these runs."""
        return self.points >= self.bound

    @classmethod
    def of(
        cls,
        able: Attendances,
        taken: Bools,
        bound: int | None,
        once_price: NDArray[np.float64],
        seat_price: NDArray[np.float64],
    ) -> Sectioning:
        """Write down the attendances `taken` (N,); `seat_price` is per run; bound None = proven."""
        arrays, runs = able.arrays, able.runs
        day = np.full((arrays.people, arrays.rounds), EMPTY, dtype=np.int64)
        day[able.person[taken], able.round[taken]] = runs.session[able.run[taken]]
        points = int(arrays.wish[able.choice[taken]].sum())
        price = np.zeros((arrays.rounds, arrays.rooms))
        price[runs.round, runs.room] = seat_price
        return cls(day, points, points if bound is None else bound, once_price, price)
