"""The monolith as a mixed-integer program: the same variables, each constraint made linear.

Everything that rules post so far is linear or a clause, and both have an exact linear form; an
enforced linear constraint gets the least sufficient big-M. Other kinds are refused, not guessed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from benchmarks.peers.outcome import NotSupportedError

INFINITE = 1 << 62  # CP-SAT writes "no limit" as the largest whole number there is

Term = tuple[int, int]
"""A coefficient and the number of a variable."""


class Linear:
    """A CP-SAT model as a MathOpt model.

    Attributes
    ----------
    model
        The MathOpt model, minimising the same objective.
    variables
        Its variables, by their number in the CP-SAT model.
    """

    def __init__(self, cp: cp_model.CpModel) -> None:
        self.model = mathopt.Model()
        proto: Any = cp.proto  # the wrapper has no usable type hints
        domains = [tuple(variable.domain) for variable in proto.variables]
        self._limits = [(domain[0], domain[-1]) for domain in domains]
        if any(len(domain) != 2 for domain in domains):
            raise NotSupportedError("a variable with gaps in its domain")
        self.variables = [
            self.model.add_integer_variable(lb=low, ub=high) for low, high in self._limits
        ]
        for constraint in proto.constraints:
            self._add(constraint)
        objective = proto.objective
        terms = zip(objective.coeffs, objective.vars, strict=True)
        factor = objective.scaling_factor or 1.0
        self.model.minimize(factor * (self._sum([*terms]) + objective.offset))

    def _add(self, constraint: Any) -> None:
        given = [*constraint.enforcement_literal]
        if constraint.has_linear():
            body = constraint.linear
            terms = [*zip(body.coeffs, body.vars, strict=True)]
            self._add_linear(terms, [*body.domain], given)
        elif constraint.has_bool_or():
            self._at_least_one([*constraint.bool_or.literals, *map(negated, given)])
        elif constraint.has_bool_and():
            for literal in constraint.bool_and.literals:
                self._at_least_one([literal, *map(negated, given)])
        elif constraint.has_at_most_one() and not given:
            self._count(constraint.at_most_one.literals, most=1)
        elif constraint.has_exactly_one() and not given:
            self._count(constraint.exactly_one.literals, least=1, most=1)
        else:
            raise NotSupportedError(f"a constraint that is not linear: {str(constraint)[:60]}")

    def _add_linear(self, terms: list[Term], domain: list[int], given: list[int]) -> None:
        if len(domain) != 2:
            raise NotSupportedError("a sum with gaps in its domain")
        least, most = domain
        lowest, highest = self._range(terms)
        total, slack = self._sum(terms), self._unmet(given)
        if least > -INFINITE:
            self._at_least(total + (least - lowest) * slack, least)
        if most < INFINITE:
            self._at_least(-total + (highest - most) * slack, -most)

    def _at_least(self, total: mathopt.LinearTypes, least: float) -> None:
        self.model.add_linear_constraint(expr=total, lb=least)

    def _at_least_one(self, literals: Iterable[int]) -> None:
        self._count(literals, least=1)

    def _count(
        self, literals: Iterable[int], least: float = -math.inf, most: float = math.inf
    ) -> None:
        """Limit how many of the literals are true."""
        pairs = [positive(literal) for literal in literals]
        ahead = sum(base for _, base in pairs)
        total = self._sum([term for term, _ in pairs])
        self.model.add_linear_constraint(expr=total, lb=least - ahead, ub=most - ahead)

    def _unmet(self, given: Sequence[int]) -> mathopt.LinearExpression:
        """How many of the enforcement literals are false: 0 means that the constraint holds."""
        pairs = [positive(negated(literal)) for literal in given]
        return self._sum([term for term, _ in pairs]) + sum(base for _, base in pairs)

    def _sum(self, terms: Iterable[Term]) -> mathopt.LinearExpression:
        return mathopt.LinearExpression(
            mathopt.fast_sum(self.variables[v] * float(c) for c, v in terms)
        )

    def _range(self, terms: Sequence[Term]) -> tuple[int, int]:
        """The least and the largest value of a sum."""
        ends = [sorted((c * self._limits[v][0], c * self._limits[v][1])) for c, v in terms]
        return sum(low for low, _ in ends), sum(high for _, high in ends)


def negated(literal: int) -> int:
    """Return the number of the opposite literal, as CP-SAT counts."""
    return -literal - 1


def positive(literal: int) -> tuple[Term, int]:
    """Return a literal as a term and a constant: not-x is 1 - x."""
    return ((1, literal), 0) if literal >= 0 else ((-1, negated(literal)), 1)


def values_of(found: Iterable[float]) -> Iterator[bool]:
    """Round a solution's zeros and ones."""
    return (value > 0.5 for value in found)
