"""Conflict: a smallest set of hard rules that no programme keeps together.

A deletion filter: leave rules out, more and more at a time while what stays still cannot be kept,
and one at a time where it can. What is left is smallest in the sense that each of its rules is
needed: without that one rule there is a programme, which was found and checked. It need not be the
only such set, nor the one with fewest rules. That the set clashes is proven by a solve of its own.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from spilrooster.problem import Problem
from spilrooster.rules import RULES, Rule
from spilrooster.search.clock import Clock
from spilrooster.search.model import affordable, build_work
from spilrooster.search.solver import Solving
from spilrooster.search.stage import Context
from spilrooster.variables import Literal, Variables
from spilrooster_models import Conflict, ConflictingRule, Event
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import RoundId

STEP = 10.0
"""Most work spent on one set of rules."""

MOST_PAIRS = 200_000
"""With more people x sessions than this, a model with attendances takes far too long to make."""

LEAST_WORK = 0.01
"""Work of posting one set of rules: CP-SAT counts next to nothing for one that is trivial."""

Pair = tuple[ParticipantId, SessionId]


class Answer(enum.Enum):
    """What is known of a set of rules."""

    KEPT = "some programme, found and checked, keeps them all"
    CLASH = "none does: proven, for the attendances that were allowed"
    UNKNOWN = "neither was found in time"


def find_conflict(
    problem: Problem,
    clock: Clock,
    seed: int,
    allowance: float = math.inf,
    *,
    runs_only: bool = False,
) -> Conflict | None:
    """Return hard rules that are proven to clash; None if none are found within the allowance.

    Two models that are much smaller than the whole can show a clash. Without any audience: whoever
    keeps a rule that asks for no attendances also keeps it when nobody listens (`Rule.attendances`
    demands that), so what clashes there clashes everywhere. And with the attendances that rules ask
    for: what clashes there is only suspected, and then proven with every attendance, which is fast
    for few rules. With `runs_only` the first is all that is tried.
    """
    event, hard = problem.event, _hard_rules(problem)
    silent = [rule for rule in rules_without_audience(problem) if type(rule) in RULES]
    pairs = sorted({pair for rule in hard for pair in rule.attendances(event)})
    court = _Court(event, clock, clock.spent() + allowance)
    found = _clash(silent, court.trial((), seed), court.trial((), seed + 1))
    if found is None and pairs and not runs_only and len(_everything(event)) <= MOST_PAIRS:
        proof = court.trial(_everything(event), seed + 1)
        found = _clash(hard, court.trial(pairs, seed), proof)
    return found


def conflict_of(problem: Problem, clock: Clock, seed: int) -> Conflict:
    """Name rules that clash in a problem that is known to have no programme.

    If the time is too short, it is the whole list of hard rules.
    """
    found = find_conflict(problem, clock, seed)
    if found is None:
        event, hard = problem.event, _hard_rules(problem)
        court, everything = _Court(event, clock, math.inf), _everything(event)
        trial, proof = court.trial(everything, seed), court.trial(everything, seed + 1)
        found = _clash(hard, trial, proof) or _conflict(_Found(hard, smallest=False))
    return found


def _hard_rules(problem: Problem) -> list[Rule]:
    """Return the hard rules; standard ones first, so that they are the first to be left out."""
    return sorted((r for r in problem.rules if not r.soft), key=lambda rule: not rule.standard)


def rules_without_audience(problem: Problem) -> list[Rule]:
    """Return the hard rules that ask for no attendances.

    Those of the package are kept without an audience wherever they are kept with one; what others
    demand of an audience is not known.
    """
    hard = _hard_rules(problem)
    return [rule for rule in hard if not any(True for _ in rule.attendances(problem.event))]


def _everything(event: Event) -> list[Pair]:
    return [(p.id, s.id) for p in event.participants for s in event.sessions]


def _clash(rules: list[Rule], trial: _Trial, proof: _Trial) -> Conflict | None:
    """Return the rules that clash in `trial`, once `proof` has said the same of them."""
    if trial.answer(rules) is not Answer.CLASH:
        return None
    found = _filtered(rules, trial.answer)
    parts = [part for rule in found.rules for part in rule.split()]
    if len(parts) > len(found.rules):
        found = _filtered(parts, trial.answer)
    return _conflict(found) if proof.answer(found.rules) is Answer.CLASH else None


@dataclass(frozen=True)
class _Found:
    rules: list[Rule]
    smallest: bool


def _filtered(rules: Sequence[Rule], answer: Callable[[Sequence[Rule]], Answer]) -> _Found:
    """Leave out all that can be left out of rules that clash."""
    needed: list[Rule] = []
    doubtful: list[Rule] = []
    rest, count = list(rules), 1
    while rest:
        count = min(count, len(rest))
        verdict = answer(needed + rest[count:])
        if verdict is Answer.CLASH:
            rest = rest[count:]
            count *= 2
        elif count > 1:
            count //= 2
        else:
            if verdict is Answer.UNKNOWN:
                doubtful.append(rest[0])
            needed.append(rest.pop(0))
    smallest = True
    for rule in doubtful:  # once more, with fewer rules
        others = [r for r in needed if r is not rule]
        verdict = answer(others)
        needed = others if verdict is Answer.CLASH else needed
        smallest &= verdict is not Answer.UNKNOWN
    return _Found(needed, smallest)


@dataclass(frozen=True)
class _Court:
    """Where rules are tried: an event, and the clock with the moment to end."""

    event: Event
    clock: Clock
    end: float

    def left(self) -> float:
        """What may still be spent."""
        return max(0.0, min(self.clock.left(), self.end - self.clock.spent()))

    def trial(self, pairs: Sequence[Pair], seed: int) -> _Trial:
        """Return a trial with these attendances."""
        return _Trial(self, pairs, seed)


@dataclass(frozen=True)
class _Trial:
    """Asks CP-SAT whether rules can be kept together, and checks the programme if so."""

    court: _Court
    pairs: Sequence[Pair]
    seed: int

    def answer(self, rules: Sequence[Rule]) -> Answer:
        """Return what is known of these rules; nothing if no time is left."""
        event, clock = self.court.event, self.court.clock
        places = len(self.pairs) * len(event.layout.rounds)
        if self.court.left() <= 0 or not affordable(places, clock):
            return Answer.UNKNOWN
        clock.charge(build_work(places))
        variables = _LateAttendances(event, self.pairs)
        for rule in rules:
            rule.post(variables)
        solving = Solving(variables.cp, clock, max(1e-3, min(STEP, self.court.left())), self.seed)
        status = solving.run()
        clock.charge(LEAST_WORK)
        if status == cp_model.INFEASIBLE:
            return Answer.CLASH
        if not solving.found:
            return Answer.UNKNOWN
        value: Callable[[Literal], bool] = solving.solver.boolean_value
        programme = variables.extract(value)
        findings = (f for rule in rules for f in rule.findings(event, programme))
        return Answer.UNKNOWN if any(f.broken for f in findings) else Answer.KEPT


class _LateAttendances(Variables):
    """Variables that make attendances when a rule first asks for them.

    Many rules are about runs only, and a model without attendances is made in no time.
    """

    def _make_attendances(self, pairs: Iterable[Pair]) -> None:
        self._wanted: Iterable[Pair] | None = pairs

    def _make(self) -> None:
        if self._wanted is not None:
            pairs, self._wanted = self._wanted, None
            super()._make_attendances(pairs)

    def at(self, participant: ParticipantId, session: SessionId, round_id: RoundId) -> Literal:
        self._make()
        return super().at(participant, session, round_id)

    def people_of(self, session: SessionId) -> tuple[ParticipantId, ...]:
        self._make()
        return super().people_of(session)

    def sessions_of(self, participant: ParticipantId) -> tuple[SessionId, ...]:
        self._make()
        return super().sessions_of(participant)

    def audience(self, session: SessionId, round_id: RoundId) -> list[Literal]:
        self._make()
        return super().audience(session, round_id)


class ClashStage:
    """Prove that there is no programme, where none is found yet.

    Parameters
    ----------
    runs_only
        Whether only rules about runs are tried: that takes a fraction of a second.
    """

    name = "clash"

    def __init__(self, runs_only: bool = False) -> None:
        self.runs_only = runs_only

    def run(self, context: Context, allowance: float) -> None:
        """Look for rules that clash, within the allowance."""
        standings, clock = context.standings, context.clock
        if standings.programme is None and clock.left() > 0:
            standings.conflict = find_conflict(
                context.problem, clock, context.seed, allowance, runs_only=self.runs_only
            )
            standings.infeasible |= standings.conflict is not None


def _conflict(found: _Found) -> Conflict:
    return Conflict(rules=tuple(_named(rule) for rule in found.rules), smallest=found.smallest)


def _named(rule: Rule) -> ConflictingRule:
    fields = rule.model_dump(
        mode="json", exclude_defaults=True, exclude_none=True, exclude={"rule"}
    )
    settings = tuple((name, _in_words(value)) for name, value in fields.items())
    return ConflictingRule(rule=rule.rule, settings=settings)


def _in_words(value: object) -> str:
    """Write the value of a field for people: lists with commas, lists in lists with plus signs."""
    if not isinstance(value, list):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return ", ".join(
        " + ".join(map(str, item)) if isinstance(item, list) else str(item) for item in value
    )
