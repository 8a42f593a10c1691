"""Balancing: attendances for given runs where rules bound what each person's day holds.

Sectioning knows seats and wishes; `filling` gives out what is left. Where a day must hold so many
rounds, or may hold no more, or somebody must not fall below a floor, wishes and fillers compete for
seats, and one sparse model decides between them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver.python import model_builder_helper as linear
from scipy import sparse

from spilrooster.search.arrays import Arrays, Bools, Ints
from spilrooster.search.board import EMPTY
from spilrooster.search.clock import Deadline
from spilrooster.search.demands import Bounds
from spilrooster.search.sectioning import Attendances, Runs, busy_rounds

MOST_COLUMNS = 300_000
"""With more attendances than this the model takes too long; the exact stage may still help."""

SMALL_GAP = 0.002
"""How far from the best attendances an integral answer may be, as a share of the points."""


def keeps_bounds(arrays: Arrays, occupant: Ints, day: Ints) -> bool:
    """Whether everybody's `day` (P, T), with what they present, is within their bounds."""
    bounds = arrays.bounds
    if bounds is None:
        return True
    rounds = (day != EMPTY).sum(1) + presenting(arrays, occupant)
    points, choices = np.zeros(arrays.people), np.zeros(arrays.people)
    there = (day[arrays.choice_person] == arrays.choice_session[:, None]).any(1)
    np.add.at(points, arrays.choice_person[there], arrays.wish[there])
    np.add.at(choices, arrays.choice_person[there], 1)
    kept = (rounds >= bounds.least_rounds) & (rounds <= bounds.most_rounds)
    return bool(np.all(kept & (points >= bounds.least_points) & (choices >= bounds.least_choices)))


def presenting(arrays: Arrays, occupant: Ints) -> Ints:
    """Return (P,) in how many rounds each person presents."""
    busy = busy_rounds(arrays, Runs.of(occupant))
    away = ((arrays.away[:, None] >> np.arange(arrays.rounds)) & 1).astype(np.bool_)
    rounds: Ints = (busy & ~away).sum(1)
    return rounds


def balance(arrays: Arrays, occupant: Ints, welcome: Bools, seconds: float) -> Ints | None:
    """Find attendances (P, T) for the runs in `occupant` (T, R) within all bounds.

    They are the best but for `SMALL_GAP`. Nobody gets more than their bounds ask for beyond their
    wishes: filling does the rest. None if there are no such attendances, or none were found within
    `seconds`.
    """
    assert arrays.bounds is not None
    deadline = Deadline(seconds)
    able = Attendances.of(_with_fillers(arrays, welcome), occupant)
    at_stage = presenting(arrays, occupant)
    if len(able) > MOST_COLUMNS or not len(able) or np.any(at_stage > arrays.bounds.most_rounds):
        return None
    model = _Model(able, arrays.bounds, at_stage, len(arrays.choice_points))
    taken = model.solve(deadline)
    if taken is None:
        return None
    day = np.full((arrays.people, arrays.rounds), EMPTY, dtype=np.int64)
    day[able.person[taken], able.round[taken]] = able.runs.session[able.run[taken]]
    return day


def _with_fillers(arrays: Arrays, welcome: Bools) -> Arrays:
    """Return the problem with everything else that people may attend as choices worth nothing.

    The choices that were there keep their numbers; these are not sorted by person any more.
    """
    assert arrays.bounds is not None
    needy = (arrays.bounds.least_rounds > 0) | bool(arrays.least_people.any())
    extra = welcome & needy[:, None]
    extra[arrays.choice_person, arrays.choice_session] = False
    person, session = (column.astype(np.int64) for column in np.nonzero(extra))
    return replace(
        arrays,
        choice_person=np.concatenate([arrays.choice_person, person]),
        choice_session=np.concatenate([arrays.choice_session, session]),
        choice_points=np.concatenate([arrays.choice_points, np.zeros(len(person), np.int64)]),
    )


class _Model:
    """The sparse model: one column per attendance, wished for or not."""

    def __init__(self, able: Attendances, bounds: Bounds, presenting: Ints, wishes: int) -> None:
        arrays = able.arrays
        place = able.person * arrays.rounds + able.round
        wished = able.choice < wishes
        must = arrays.must.astype(float)
        worth = sparse.csr_array(
            (arrays.wish[able.choice].astype(float), (able.person, np.arange(len(able)))),
            shape=(arrays.people, len(able)),
        )
        free = np.inf
        rows: list[tuple[Any, Any, Any]] = [
            (_rows(place, arrays.people * arrays.rounds), 0.0, 1.0),
            (_rows(able.choice, len(must)), must, 1.0),
            (_rows(able.run, len(able.runs)), able.least.astype(float), able.seats.astype(float)),
            (
                _rows(able.person, arrays.people),
                np.maximum(bounds.least_rounds - presenting, 0).astype(float),
                np.maximum(bounds.most_rounds - presenting, 0).astype(float),
            ),
            (_rows(able.person, arrays.people, wished), bounds.least_choices.astype(float), free),
            (worth, bounds.least_points.astype(float), free),
        ]
        self._columns = len(able)
        self._helper = linear.ModelBuilderHelper()
        fill_model: Any = self._helper.fill_model_from_sparse_data  # its type hints are wrong
        fill_model(
            np.zeros(len(able)),
            np.ones(len(able)),
            arrays.choice_points[able.choice].astype(float),
            np.concatenate([np.broadcast_to(low, a.shape[0]) for a, low, _ in rows]),
            np.concatenate([np.broadcast_to(high, a.shape[0]) for a, _, high in rows]),
            sparse.csr_matrix(sparse.vstack([a for a, *_ in rows], format="csr")),
        )
        self._helper.set_maximize(True)

    def solve(self, deadline: Deadline) -> Bools | None:
        """Return which attendances are taken, or None if there is no answer in time."""
        values = self._solve("GLOP", deadline.left(), "")
        if values is not None and np.any(np.abs(values - np.round(values)) > 1e-6):
            for column in range(self._columns):
                self._helper.set_var_integrality(column, True)
            values = self._solve("SCIP", deadline.left(), f"limits/gap = {SMALL_GAP}")
        return None if values is None else values > 0.5

    def _solve(self, name: str, seconds: float, settings: str) -> NDArray[np.float64] | None:
        if not seconds:
            return None
        solver = linear.ModelSolverHelper(name)
        solver.set_time_limit_in_seconds(seconds)
        if settings:
            solver.set_solver_specific_parameters(settings)
        solver.solve(self._helper)
        return np.asarray(solver.variable_values()) if solver.has_solution() else None


def _rows(group: Ints, groups: int, counted: Bools | None = None) -> sparse.csr_array:
    """Return the 0/1 matrix (groups, N) in which column n has its one in row ``group[n]``."""
    n = len(group)
    ones = np.ones(n) if counted is None else counted.astype(float)
    return sparse.csr_array((ones, (group, np.arange(n))), shape=(groups, n))
