"""Sectioning by a sparse model of everything at once, for small events.

Its linear relaxation is integral or nearly so, and what is left fractional is closed by branch and
bound.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver.python import model_builder_helper as linear
from scipy import sparse

from spilrooster.search.arrays import Ints
from spilrooster.search.clock import Deadline
from spilrooster.search.sectioning.places import Attendances, Sectioning


def section_by_linear_model(able: Attendances, seconds: float) -> Sectioning | None:
    """Return the best attendances; None if there are none or none were found within `seconds`."""
    deadline = Deadline(seconds)
    relaxed = _Model(able)
    values = relaxed.solve("GLOP", deadline.left())
    if values is None:
        return None
    if np.any(np.abs(values - np.round(values)) > 1e-6):
        relaxed.make_whole()
        values = relaxed.solve("SCIP", deadline.left())
    if values is None:
        return None
    must = int(np.count_nonzero(able.arrays.must))
    bound = math.floor(relaxed.bound + 1e-6) - must * able.arrays.bonus
    return Sectioning.of(able, values > 0.5, bound, relaxed.once_price, relaxed.seat_price)


class _Model:
    """The sparse model: one column per attendance, then one per run for people who fill it."""

    def __init__(self, able: Attendances) -> None:
        arrays, runs = able.arrays, able.runs
        count = len(able), len(runs)
        self.attendances = count[0]
        seats, least = able.seats.astype(float), able.least.astype(float)
        present = (~able.busy).sum(0).astype(float)
        place = able.person * arrays.rounds + able.round
        rows: list[tuple[Any, Any, Any, Any]] = [
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
        first = arrays.people * arrays.rounds
        last = first + len(arrays.must)
        self._once_rows, self._seat_rows = slice(first, last), slice(last, last + count[1])
        self.once_price, self.seat_price = np.zeros(len(arrays.must)), np.zeros(count[1])
        self.bound = float(arrays.choice_points.sum())

    def make_whole(self) -> None:
        """Demand whole numbers of every attendance."""
        for column in range(self.attendances):
            self._helper.set_var_integrality(column, True)

    def solve(self, solver_name: str, seconds: float) -> NDArray[np.float64] | None:
        """Return the values of the attendances, or None if there is no solution in `seconds`."""
        if not seconds:
            return None
        solver = linear.ModelSolverHelper(solver_name)
        solver.set_time_limit_in_seconds(seconds)
        solver.solve(self._helper)
        if not solver.has_solution():
            return None
        if solver.status() == linear.SolveStatus.OPTIMAL:
            self.bound = solver.objective_value()
        if solver_name == "GLOP":
            prices = np.maximum(np.asarray(solver.dual_values()), 0.0)
            self.once_price, self.seat_price = prices[self._once_rows], prices[self._seat_rows]
        return np.asarray(solver.variable_values())[: self.attendances]


def _rows(group: Ints, groups: int) -> sparse.csr_array:
    """Return the 0/1 matrix (groups, N) in which column n has its one in row ``group[n]``."""
    n = len(group)
    return sparse.csr_array((np.ones(n), (group, np.arange(n))), shape=(groups, n))
