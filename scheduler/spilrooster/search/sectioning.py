"""Sectioning: for a fixed programme of runs, who attends what — solved exactly.

Without repeats every round is a transportation problem; with repeats a person attends a session
once, which couples rounds. One sparse model covers both: its linear relaxation is integral or
nearly so, and what is left fractional is closed by branch and bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver.python import model_builder_helper as linear
from scipy import sparse

from spilrooster.search.arrays import Arrays, Bools, Ints
from spilrooster.search.board import EMPTY


@dataclass(frozen=True)
class Sectioning:
    """The best attendances for given runs.

    Attributes
    ----------
    day : int (P, T)
        Session attended for points, or EMPTY. Nothing is filled in for people without a choice.
    points : int
        Sum of points over `day`.
    proven : bool
        Whether no attendances score more for these runs.
    once_price : float (C,)
        Price of attending the session of choice c once, from the linear relaxation: what a
        second attendance would still be worth. Zero for choices that the runs leave out.
    """

    day: Ints
    points: int
    proven: bool
    once_price: NDArray[np.float64]


@dataclass(frozen=True)
class Attendances:
    """Every attendance that the runs allow: one variable each (choice row and round)."""

    choice: Ints  # (N,) row of the choice
    round: Ints  # (N,)
    run: Ints  # (N,) number of the run

    def __len__(self) -> int:
        return len(self.choice)


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


def busy_rounds(arrays: Arrays, runs: Runs) -> Bools:
    """Return (P, T): whether each person is absent or presenting."""
    busy = ((arrays.away[:, None] >> np.arange(arrays.rounds)) & 1).astype(np.bool_)
    held = np.zeros((arrays.sessions, arrays.rounds), dtype=np.bool_)
    held[runs.session, runs.round] = True
    person = np.repeat(np.arange(arrays.people), np.diff(arrays.presented_start))
    np.logical_or.at(busy, person, held[arrays.presented])
    return busy


def attendances(arrays: Arrays, runs: Runs, busy: Bools) -> Attendances:
    """List every attendance that is worth points: chosen, held, free and in a fitting room."""
    order = np.argsort(runs.session, kind="stable")
    start = np.searchsorted(runs.session[order], np.arange(arrays.sessions + 1))
    count = np.diff(start)[arrays.choice_session]
    choice = np.repeat(np.arange(len(count)), count)
    first = np.repeat(start[arrays.choice_session], count)
    offset = np.arange(len(choice)) - np.repeat(np.cumsum(count) - count, count)
    run = order[first + offset]
    person = arrays.choice_person[choice]
    possible = ~busy[person, runs.round[run]]
    possible &= arrays.kind_sits[arrays.kind[person], runs.room[run]]
    return Attendances(
        choice=choice[possible], round=runs.round[run][possible], run=run[possible].astype(np.int64)
    )


def section(arrays: Arrays, occupant: Ints, seconds: float = 60.0) -> Sectioning | None:
    """Find the best attendances for the runs in `occupant` (T, R).

    Returns None if no attendances satisfy the least people or the required attendances, or if
    none were found within `seconds`. People who stay free may be counted on to fill a run up to
    its least number of people; `filling` gives them their places.
    """
    runs = Runs.of(occupant)
    busy = busy_rounds(arrays, runs)
    able = attendances(arrays, runs, busy)
    relaxed = _Model(arrays, runs, busy, able)
    values = relaxed.solve("GLOP", seconds)
    if values is None:
        return None
    proven = True
    if np.any(np.abs(values - np.round(values)) > 1e-6):
        relaxed.make_whole()
        values = relaxed.solve("SCIP", seconds)
        proven = relaxed.optimal
    if values is None:
        return None
    choice, run = able.choice[values > 0.5], able.run[values > 0.5]
    day = np.full((arrays.people, arrays.rounds), EMPTY, dtype=np.int64)
    day[arrays.choice_person[choice], runs.round[run]] = runs.session[run]
    points = int(arrays.wish[choice].sum())
    return Sectioning(day=day, points=points, proven=proven, once_price=relaxed.once_price)


class _Model:
    """The sparse model: one column per attendance, then one per run for people who fill it."""

    def __init__(self, arrays: Arrays, runs: Runs, busy: Bools, able: Attendances) -> None:
        count = len(able), len(runs.session)
        self.attendances = count[0]
        seats = arrays.seats[runs.session, runs.room].astype(float)
        least = np.minimum(arrays.least_people[runs.session], seats)
        present = (~busy).sum(0).astype(float)
        place = arrays.choice_person[able.choice] * arrays.rounds + able.round
        rows = [
            (_rows(place, arrays.people * arrays.rounds), None, 0.0, 1.0),
            (_rows(able.choice, len(arrays.must)), None, arrays.must.astype(float), 1.0),
            (_rows(able.run, count[1]), sparse.eye_array(count[1]), least, seats),
            (_rows(able.round, arrays.rounds), _rows(runs.round, arrays.rounds), 0.0, present),
        ]
        fillers = [
            sparse.csr_array((a.shape[0], count[1])) if f is None else f for a, f, *_ in rows
        ]
        matrix = sparse.vstack(
            [sparse.hstack([a, f]) for (a, *_), f in zip(rows, fillers, strict=True)], format="csr"
        )
        lower = np.concatenate([np.broadcast_to(low, a.shape[0]) for a, _, low, _ in rows])
        upper = np.concatenate([np.broadcast_to(high, a.shape[0]) for a, _, _, high in rows])
        points = np.concatenate([arrays.choice_points[able.choice], np.zeros(count[1])])
        self._helper = linear.ModelBuilderHelper()
        fill_model: Any = self._helper.fill_model_from_sparse_data  # its type hints are wrong
        fill_model(
            np.zeros(sum(count)),
            np.concatenate([np.ones(count[0]), least]),
            points,
            lower,
            upper,
            sparse.csr_matrix(matrix),
        )
        self._helper.set_maximize(True)
        self.optimal = False
        first = arrays.people * arrays.rounds
        self._once_rows = slice(first, first + len(arrays.must))
        self.once_price = np.zeros(len(arrays.must))

    def make_whole(self) -> None:
        """Demand whole numbers of every attendance."""
        for column in range(self.attendances):
            self._helper.set_var_integrality(column, True)

    def solve(self, solver_name: str, seconds: float) -> NDArray[np.float64] | None:
        """Return the values of the attendances, or None if there is no solution."""
        solver = linear.ModelSolverHelper(solver_name)
        solver.set_time_limit_in_seconds(seconds)
        solver.solve(self._helper)
        self.optimal = solver.status() == linear.SolveStatus.OPTIMAL
        if not solver.has_solution():
            return None
        if solver_name == "GLOP":
            self.once_price = np.maximum(np.asarray(solver.dual_values())[self._once_rows], 0.0)
        return np.asarray(solver.variable_values())[: self.attendances]


def _rows(group: Ints, groups: int) -> sparse.csr_array:
    """Return the 0/1 matrix (groups, N) in which column n has its one in row ``group[n]``."""
    n = len(group)
    return sparse.csr_array((np.ones(n), (group, np.arange(n))), shape=(groups, n))
