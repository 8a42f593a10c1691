"""Sharing fairly: from the best programme that was found to the fairest one near it.

The rule `share_fairly` says what is fair, and how much of the value that may take. Attendances of
the runs that were found are chosen anew by CP-SAT, with every rule: that is a small model, mostly
solved to the end. If some of the value may be given up, the search then looks for other runs. In a
small event everything is chosen anew at once.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from spilrooster.check import check, value_of
from spilrooster.fairness.anywhere import MOST_PLACES
from spilrooster.fairness.shares import Shares
from spilrooster.fairness.steered import Asked, asked_for, steered
from spilrooster.problem import Problem
from spilrooster.rules import (
    Cost,
    Floor,
    KeepApart,
    KeepTogether,
    MustAttend,
    MustNot,
    NoGap,
    Order,
    Pinned,
    PresenterAvailable,
    SameRoom,
    ShareFairly,
    SoftRule,
    StayInRoom,
)
from spilrooster.rules.share_fairly import STEPS
from spilrooster.search.clock import Clock
from spilrooster.search.model import Model, affordable, build_work, worthwhile
from spilrooster.search.parts import Part, Parts, without_strangers
from spilrooster.search.solver import Solving
from spilrooster.search.stage import Context
from spilrooster_models import Finding, Programme

LARGEST_SHARE, SMALLER_SHARE = 0.3, 0.1
"""Of the whole limit, kept for sharing fairly: if some of the value may be given up, so that other
runs come into question, and if not."""

MOST_MODELLED = 150_000
"""With more attendances x rounds than this, nothing is shared anew."""

STEP = 1.0
"""Most work on one search for other runs."""

SAME_WITHOUT_FILLERS = (
    Floor, KeepApart, KeepTogether, MustAttend, MustNot, NoGap, Order, Pinned,
    PresenterAvailable, SameRoom, ShareFairly, StayInRoom,
)  # fmt: skip
"""Rules that an attendance which nobody asked for never helps, as it never helps standard rules:
what is proven without such attendances holds with them."""

TRIES = 30
"""Searches in a row that bring nothing, after which it ends."""


@dataclass(frozen=True)
class Shared:
    """The fairest programme found.

    Attributes
    ----------
    value, given_up
        Its value, and how much of the value that was found first it took.
    fairest_here, fairest
        Whether it is proven that none is fairer, within what may be given up: none with the same
        runs; none at all.
    """

    programme: Programme
    value: int
    given_up: int = 0
    fairest_here: bool = False
    fairest: bool = False


def rule_of(problem: Problem) -> ShareFairly | None:
    """Return the rule that asks for fairness, if there is one."""
    return next((rule for rule in problem.rules if isinstance(rule, ShareFairly)), None)


def reserve(problem: Problem, clock: Clock) -> float:
    """Return what to leave of the clock for sharing fairly."""
    rule = rule_of(problem)
    if rule is None:
        return 0.0
    return (LARGEST_SHARE if rule.give_up else SMALLER_SHARE) * clock.total()


def share_fairly(context: Context, allowance: float) -> Shared | None:
    """Return the fairest programme found within the allowance.

    None if nothing asks for one, or there is no programme to start from.
    """
    rule, programme = rule_of(context.problem), context.standings.programme
    if rule is None or programme is None:
        return None
    sharing = _Sharing(context, rule, programme)
    return sharing.run(context.clock.spent() + allowance)


@dataclass(frozen=True)
class _Model:
    """A model of all other rules, what unfairness costs in it, and whether nothing is left out."""

    model: Model
    unfair: Cost
    whole: bool


class _Sharing:
    """One stay: what is allowed, and the fairest programme so far."""

    def __init__(self, context: Context, rule: ShareFairly, programme: Programme) -> None:
        self._context, self._rule = context, rule
        self._problem = context.problem
        others = tuple(r for r in context.problem.rules if r is not rule)
        self._others = Problem(event=context.problem.event, rules=others)
        self._chance = random.Random(context.seed)
        findings = check(self._problem, programme)
        self._value = value_of(self._problem, findings)
        self._found = Shared(programme, self._value)
        self._least_value = self._value - rule.give_up * max(0, self._value) // 100
        levels = {level for r in others if isinstance(r, SoftRule) for level in r.levels}
        self._limits = {n: _cost(findings, n) for n in levels if 1 < n < rule.level}
        self._later = sorted(n for n in levels if n >= rule.level)
        self._key = self._key_of(programme, findings)

    def run(self, end: float) -> Shared:
        """Share anew what there is; then look for other runs, until nothing comes of it."""
        event, clock = self._problem.event, self._context.clock
        places = len(event.participants) * len(event.sessions) * len(event.layout.rounds)
        if places <= MOST_PLACES and affordable(places, clock):
            clock.charge(build_work(places))
            whole = Model.whole(self._others)
            fairest = self._improve(self._posted(whole, True), None, end)
            return replace(self._found, fairest_here=fairest, fairest=fairest)
        model = self._modelled()
        if model is None:
            return self._found
        fairest = self._improve(model, Part(), self._part(end, 0.4))
        if self._rule.give_up and self._change_runs(self._part(end, 0.6)):
            fairest = self._improve(model, Part(), end)
        return replace(self._found, fairest_here=fairest and model.whole)

    def _part(self, end: float, share: float) -> float:
        """Return when so much of what is left until the end is spent."""
        now = self._context.clock.spent()
        return now + share * (end - now)

    def _posted(self, model: Model, whole: bool) -> _Model:
        return _Model(model, self._rule.post(model.variables), whole)

    def _modelled(self) -> _Model | None:
        """Return a model for attendances of given runs; None if it is too large."""
        problem, clock = self._others, self._context.clock
        rounds = max(1, len(problem.event.layout.rounds))
        pairs = worthwhile(problem, MOST_MODELLED // rounds, self._chance)
        whole = len(pairs) == len(dict.fromkeys(problem.attendances()))
        whole &= all(r.standard or isinstance(r, SAME_WITHOUT_FILLERS) for r in problem.rules)
        for schedule in self._found.programme.schedules:
            pairs.update(((schedule.participant, s), None) for s in schedule.sessions if s)
        if len(pairs) * rounds > MOST_MODELLED or not affordable(len(pairs) * rounds, clock):
            return None
        clock.charge(build_work(len(pairs) * rounds))
        return self._posted(Model.of(problem, pairs), whole)

    # Other runs ---------------------------------------------------------------------------------

    def _change_runs(self, end: float) -> bool:
        """Look for runs that give more to who has little. Returns whether there are any."""
        clock, helped, failed = self._context.clock, False, 0
        kept: Asked = ()
        while failed < TRIES and clock.left() > 0 and clock.spent() < end and self._key[0] > 0:
            asked = asked_for(self._problem, self._found.programme, self._chance)
            seed = self._chance.randrange(1 << 30)
            allowance = min(STEP, end - clock.spent())
            found = steered(self._context, self._found.programme, (*kept, *asked), allowance, seed)
            if found is not None and self._offer(found):
                kept, helped, failed = (*kept, *asked), True, 0
            else:
                failed += 1
        return helped

    # Solving --------------------------------------------------------------------------------------

    def _improve(self, fair: _Model, part: Part | None, end: float) -> bool:
        """Make the part as fair as can be; None = everything. Returns whether that is proven."""
        model = fair.model
        held = without_strangers(self._found.programme, model)
        model.variables.hint(held)
        cp = model.clone() if part is None else Parts(model, held).of(part)
        cp.add(model.costs[1] <= self._problem.ideal - self._least_value)
        for level, most in self._limits.items():
            if level in model.costs:
                cp.add(model.costs[level] <= most)
        proven = self._descend(model, cp, fair.unfair, end)
        if proven and self._rule.mode == "leximin":
            proven = all(self._descend(model, cp, goal, end) for goal in self._steps(model, cp))
        if proven:
            self._descend(model, cp, model.costs[1], end)
        return proven

    def _steps(self, model: Model, cp: cp_model.CpModel) -> Iterator[Cost]:
        """Yield for each step, from low to high, the number of people who stay under it."""
        lower = 0
        for step in range(1, STEPS + 1):
            now = self._key[step]
            low = []
            for takes, ideal in self._wishes(model):
                low.append(cp.new_bool_var(""))
                total = cp_model.LinearExpr.sum([x * worth for x, worth in takes])
                cp.add(STEPS * total + step * ideal * low[-1] >= step * ideal)
            number = cp_model.LinearExpr.sum(low)
            if now == lower:  # nobody but who is under the last step too: fewer is not possible
                cp.add(number <= now)
            else:
                yield number
                lower = self._key[step]

    def _wishes(self, model: Model) -> Iterator[tuple[list[tuple[cp_model.IntVar, int]], int]]:
        v, event = model.variables, self._problem.event
        for p in event.participants:
            ideal = self._problem.choices.ideal_of(event, p.id)
            if ideal:
                known = {*v.sessions_of(p.id)}
                points = self._problem.choices.points_of(event, p.id)
                yield (
                    [
                        (v.at(p.id, s, t), worth)
                        for s, worth in points.items()
                        if s in known
                        for t in v.rounds
                    ],
                    ideal,
                )

    def _descend(self, model: Model, cp: cp_model.CpModel, goal: Cost, end: float) -> bool:
        """Make one goal as small as can be, and keep it there. Returns whether that is proven."""
        clock = self._context.clock
        allowance = min(end - clock.spent(), clock.left())
        if allowance <= 0:
            return False
        cp.minimize(goal)
        solving = Solving(cp, clock, allowance, self._chance.randrange(1 << 30))
        status = solving.run()
        if solving.found:
            self._offer(model.variables.extract(solving.solver.boolean_value))
            cp.clear_hints()
            for i, value in enumerate(solving.solver.response_proto.solution):
                cp.add_hint(cp.get_int_var_from_proto_index(i), value)
        if status == cp_model.OPTIMAL:
            cp.add(goal <= round(solving.solver.objective_value))
        return status in {cp_model.OPTIMAL, cp_model.INFEASIBLE}

    # What is kept ---------------------------------------------------------------------------------

    def _offer(self, programme: Programme) -> bool:
        """Keep a programme if it is allowed and better, with free places filled if it can be."""
        before = self._key
        for one in (self._context.workshop.refill(programme), programme):
            findings = check(self._problem, one)
            value = value_of(self._problem, findings)
            held = all(_cost(findings, level) <= most for level, most in self._limits.items())
            if any(f.broken for f in findings) or value < self._least_value or not held:
                continue
            key = self._key_of(one, findings)
            if key < self._key:
                self._key = key
                self._found = replace(
                    self._found,
                    programme=one,
                    value=value,
                    given_up=max(0, self._value - value),
                )
        return self._key < before

    def _key_of(self, programme: Programme, findings: tuple[Finding, ...]) -> tuple[int, ...]:
        """What a programme is judged by, most important first: lower is better."""
        mine = sum(f.cost or 0 for f in findings if f.rule == self._rule.rule)
        steps: list[int] = []
        if self._rule.mode == "leximin":
            shares = Shares.of(self._problem, programme)
            who = shares.wishing
            height = STEPS * shares.got[who] // shares.ideal[who]
            steps = [int((height < step).sum()) for step in range(1, STEPS + 1)]
        rest = [_cost(findings, level) for level in self._later]
        return (mine, *steps, -value_of(self._problem, findings), *rest)


def _cost(findings: tuple[Finding, ...], level: int) -> int:
    return sum(f.cost or 0 for f in findings if f.level == level)
