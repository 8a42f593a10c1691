"""What is proven for every programme: whatever runs when and where, no more is possible.

For an event of any size by seats alone: a session offers the seats of its largest rooms, rooms are
shared out in fractions, and nothing clashes. A small event is settled by CP-SAT with every rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper as linear
from ortools.sat.python import cp_model
from scipy import sparse

from spilrooster.fairness.here import least_points, least_with_nothing
from spilrooster.fairness.levels import Levels
from spilrooster.fairness.shares import Ints, Shares
from spilrooster.problem import Problem
from spilrooster.search.arrays import Arrays
from spilrooster.search.clock import Clock
from spilrooster.search.exact_stage import round_up
from spilrooster.search.model import Model
from spilrooster.search.seats_bound import rounds_to_listen, seats_offered
from spilrooster.search.solver import Solving

MOST_CHOICES = 20_000
"""With more choices than this the linear model takes too long."""

LINEAR_WORK = 5.0
"""Most work of the linear model, in GLOP's own deterministic seconds; it mostly takes far less."""

MOST_PLACES = 2_000
"""Largest event (people x sessions x rounds) that is settled with every rule."""


def least_with_nothing_by_seats(arrays: Arrays, certain: Ints) -> int:
    """Return a least number of people among `certain` who get nothing, in any programme."""
    worth = arrays.wish > 0
    return least_with_nothing(
        certain, arrays.choice_session[worth], arrays.choice_person[worth], seats_offered(arrays)
    )


def worst_by_seats(arrays: Arrays, shares: Shares, levels: Levels) -> Fraction:
    """Return a share that the worst-off person exceeds in no programme."""
    worth = np.flatnonzero(arrays.wish > 0)
    if len(worth) > MOST_CHOICES:
        return Fraction(1)
    limit = _LevelModel(arrays, shares.ideal, worth).solve()
    return Fraction(1) if limit is None else levels.under(limit)


class _LevelModel:
    """A linear model: the highest level that everybody has, when only seats are short.

    Columns: choices granted (K), how often each session is in each room (S x R), the level.
    """

    def __init__(self, arrays: Arrays, ideal: Ints, worth: Ints) -> None:
        s, r = arrays.sessions, arrays.rooms
        person, session = arrays.choice_person[worth], arrays.choice_session[worth]
        k, stands = len(worth), s * r
        in_room = arrays.may_run.sum(axis=1).astype(float).reshape(-1)
        wish = arrays.wish[worth].astype(float)
        session_of, room_of = np.repeat(np.arange(s), r), np.tile(np.arange(r), s)
        rounds_open = arrays.may_run.any(axis=0).sum(axis=0).astype(float)
        seats = arrays.seats.astype(float).reshape(-1)
        level = np.append(-ideal.astype(float), 0.0)[: arrays.people, None]
        parts: list[tuple[Any, Any, Any, Any, Any]] = [
            (_rows(person, arrays.people), None, None, 0.0, rounds_to_listen(arrays)),
            (_rows(session, s), _rows(session_of, s, -seats), None, -np.inf, 0.0),
            (None, _rows(session_of, s), None, 0.0, arrays.most_runs),
            (None, _rows(room_of, r), None, 0.0, rounds_open),
            (_rows(person, arrays.people, wish), None, level, 0.0, np.inf),
        ]
        sizes = (arrays.people, s, s, r, arrays.people)
        matrix = sparse.vstack(
            [
                sparse.hstack([_or_none(a, n, k), _or_none(b, n, stands), _or_none(c, n, 1)])
                for (a, b, c, *_), n in zip(parts, sizes, strict=True)
            ],
            format="csr",
        )
        lower = [np.broadcast_to(low, n) for (*_, low, _h), n in zip(parts, sizes, strict=True)]
        upper = [np.broadcast_to(high, n) for (*_, high), n in zip(parts, sizes, strict=True)]
        self._helper = linear.ModelBuilderHelper()
        fill_model: Any = self._helper.fill_model_from_sparse_data  # its type hints are wrong
        fill_model(
            np.zeros(k + stands + 1),
            np.concatenate([np.ones(k), in_room, np.ones(1)]),
            np.append(np.zeros(k + stands), 1.0),
            np.concatenate(lower).astype(float),
            np.concatenate(upper).astype(float),
            sparse.csr_matrix(matrix),
        )
        self._helper.set_maximize(True)

    def solve(self) -> float | None:
        """Return the highest level; None if it was not found."""
        solver = linear.ModelSolverHelper("GLOP")
        solver.set_solver_specific_parameters(f"max_deterministic_time: {LINEAR_WORK}")
        solver.solve(self._helper)
        if solver.status() != linear.SolveStatus.OPTIMAL:
            return None
        return float(solver.objective_value())


def _rows(group: Ints, groups: int, value: Any = None) -> sparse.csr_array:
    """Return the matrix (groups, N) in which column n has its value, or 1, in row ``group[n]``."""
    n = len(group)
    values = np.ones(n) if value is None else value
    return sparse.csr_array((values, (group, np.arange(n))), shape=(groups, n))


def _or_none(part: Any, rows: int, columns: int) -> Any:
    return sparse.csr_array((rows, columns)) if part is None else sparse.csr_array(part)


@dataclass
class Anywhere:
    """A small event with every rule in one model: what CP-SAT proves of it.

    Attributes
    ----------
    shares
        Of a programme that keeps every rule: what it reaches is possible.
    """

    problem: Problem
    shares: Shares
    clock: Clock
    seed: int

    @property
    def is_small(self) -> bool:
        """Whether the event is small enough."""
        event = self.problem.event
        places = len(event.participants) * len(event.sessions) * len(event.layout.rounds)
        return places <= MOST_PLACES

    def least_with_nothing(self) -> int:
        """Return a least number of people who get nothing they chose, by every rule."""
        if not self.shares.nothing.any() or self.clock.left() <= 0:
            return 0
        model = Model.whole(self.problem)
        cp = model.variables.cp
        nobody = []
        for p, wishing in zip(self.problem.event.participants, self.shares.wishing, strict=True):
            if wishing:
                takes = [x for x, _ in self._takes(model, p.id)]
                nobody.append(cp.new_bool_var(f"nothing for {p.id}"))
                cp.add_bool_or([*takes, nobody[-1]])
        cp.minimize(cp_model.LinearExpr.sum(nobody))
        solving = Solving(cp, self.clock, self.clock.left() / 2, self.seed)
        status = solving.run()
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN}:
            return 0
        return max(0, round_up(solving.solver.best_objective_bound))

    def worst(self, levels: Levels) -> Fraction:
        """Return a share that the worst-off person cannot exceed, by every rule."""
        if self.clock.left() <= 0:
            return Fraction(1)
        model = Model.whole(self.problem)
        return levels.limit(self.shares.worst, lambda level: self._possible(model, level))

    def _possible(self, model: Model, level: Fraction) -> bool | None:
        if self.clock.left() <= 0:
            return None
        part = model.clone()
        least = least_points(self.shares.ideal, level)
        for p, points in zip(self.problem.event.participants, least.tolist(), strict=True):
            if points > 0:
                takes = self._takes(model, p.id)
                part.add(cp_model.LinearExpr.sum([x * worth for x, worth in takes]) >= points)
        status = Solving(part, self.clock, self.clock.left() / 2, self.seed).run()
        return {cp_model.INFEASIBLE: False, cp_model.OPTIMAL: True, cp_model.FEASIBLE: True}.get(
            status
        )

    def _takes(self, model: Model, person: str) -> list[tuple[cp_model.IntVar, int]]:
        """Return every attendance that a person wished for, with its points."""
        v = model.variables
        points = self.problem.choices.points_of(self.problem.event, person)
        known = {*v.sessions_of(person)}
        return [
            (v.at(person, s, t), worth)
            for s, worth in points.items()
            if s in known
            for t in v.rounds
        ]
