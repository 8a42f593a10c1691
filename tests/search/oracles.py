"""Oracles: the truth about tiny problems, by enumeration or by CP-SAT with the rules themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ortools.sat.python import cp_model

from spilrooster.problem import Problem
from spilrooster.rules import (
    AccessibleRoom,
    Choices,
    FillFreeSeats,
    Floor,
    LeastPeople,
    MustAttend,
    MustNot,
    NoFreeRound,
    NoRepeat,
    OnlyFor,
    PersonPresent,
    PresenterInOnePlace,
    RoomSeats,
    Rule,
    TakesPart,
)
from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.board import EMPTY
from spilrooster.variables import Variables
from spilrooster_models import Programme

OF_PEOPLE = (
    AccessibleRoom, Choices, Floor, LeastPeople, MustAttend, MustNot, NoFreeRound, NoRepeat,
    OnlyFor, PersonPresent, PresenterInOnePlace, RoomSeats, TakesPart,
)  # fmt: skip
"""The rules that say who may sit where, once it is known what runs where."""


def most_points(problem: Problem) -> int | None:
    """The most points any programme that keeps every rule scores; None if there is none."""
    variables = _variables(problem)
    return _most_points(problem, variables, problem.rules)


def most_points_of_runs(problem: Problem, occupant: Ints) -> int | None:
    """The most points for the runs in `occupant` (T, R), by rules about people only."""
    variables = _variables(problem)
    steering = problem.steering
    for s, i in steering.index.session.items():
        for t, j in steering.index.round.items():
            for r, k in steering.index.room.items():
                variables.cp.add(variables.in_room(s, t, r) == int(occupant[j, k] == i))
    rules = [rule for rule in problem.rules if isinstance(rule, OF_PEOPLE)]
    return _most_points(problem, variables, rules)


def a_programme(problem: Problem, seed: int) -> Programme | None:
    """Some programme that keeps every rule, other for other seeds; None if there is none."""
    variables = _variables(problem)
    for rule in problem.rules:
        rule.post(variables)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.randomize_search = True
    status = solver.solve(variables.cp)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL, solver.status_name(status)
    value: Callable[[cp_model.IntVar], bool] = solver.boolean_value
    return variables.extract(value)


def _variables(problem: Problem) -> Variables:
    event = problem.event
    return Variables(event, [(p.id, s.id) for p in event.participants for s in event.sessions])


def _most_points(problem: Problem, variables: Variables, rules: Iterable[Rule]) -> int | None:
    costs = [rule.post(variables) for rule in rules if not isinstance(rule, FillFreeSeats)]
    variables.cp.minimize(cp_model.LinearExpr.sum(costs))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(variables.cp)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL, solver.status_name(status)
    return problem.ideal - round(solver.objective_value)


def best_day(points: Mapping[int, int], rounds: Sequence[Sequence[int]], most: int) -> int:
    """The most points of a day with one session of `rounds[t]`, or none, in each round t.

    It holds `most` sessions at most.
    """
    if not rounds or most == 0:
        return 0
    best = best_day(points, rounds[1:], most)
    for s in rounds[0]:
        if s in points:
            others = {other: worth for other, worth in points.items() if other != s}
            best = max(best, points[s] + best_day(others, rounds[1:], most - 1))
    return best


def reachable(arrays: Arrays, occupant: Ints, p: int) -> list[list[int]]:
    """The sessions that person `p` can sit in, for each round."""
    busy = rounds_away(arrays, occupant, p)
    sits = arrays.kind_sits[arrays.kind[p]]
    return [
        [] if t in busy else [int(s) for r, s in enumerate(occupant[t]) if s != EMPTY and sits[r]]
        for t in range(arrays.rounds)
    ]


def rounds_away(arrays: Arrays, occupant: Ints, p: int) -> set[int]:
    """The rounds in which person `p` is absent or presents."""
    first, last = arrays.presented_start[p], arrays.presented_start[p + 1]
    own = set(arrays.presented[first:last].tolist())
    return {
        t
        for t in range(arrays.rounds)
        if (int(arrays.away[p]) >> t) & 1 or own & set(occupant[t].tolist())
    }


def points_of(arrays: Arrays, p: int) -> dict[int, int]:
    """What each session is worth to person `p` in the arrays."""
    mine = slice(arrays.choice_start[p], arrays.choice_start[p + 1])
    return dict(
        zip(arrays.choice_session[mine].tolist(), arrays.choice_points[mine].tolist(), strict=True)
    )


def granted(problem: Problem, programme: Programme) -> int:
    """The points of everybody's choices in a programme."""
    event = problem.event
    return sum(
        problem.choices.points_of(event, p.id).get(s, 0)
        for p in event.participants
        for s in programme.attended(event, p.id)
    )
