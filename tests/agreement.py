"""The agreement test: `post` and `findings` of a rule say the same of every programme.

Every programme of a tiny event is written down, fixed in CP-SAT and shown to the checker. They
must give the same verdict and the same cost. Nothing here knows any rule.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from spilrooster.rules import Rule
from spilrooster.variables import Variables
from spilrooster_models import Event, PersonalSchedule, Programme, Run
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import RoomId

ENOUGH = 5000  # programmes of one event: all of them if there are no more, else a sample
Pairs = Iterable[tuple[ParticipantId, SessionId]]
RoundPlan = tuple[dict[SessionId, RoomId], tuple[SessionId | None, ...]]


def programmes(event: Event, limit: int = ENOUGH, seed: int = 0) -> Iterator[Programme]:
    """Yield every programme that can be written down; a seeded sample if they exceed `limit`.

    Facts are ignored on purpose: people attend while they are absent, rooms are shared, presenters
    stay away, sessions run too often or never. Telling good from bad is the rules' work.
    """
    plans = list(_round_plans(event))
    rounds = len(event.layout.rounds)
    if len(plans) ** rounds <= limit:
        days: Iterable[Sequence[RoundPlan]] = itertools.product(plans, repeat=rounds)
    else:
        dice = random.Random(seed)
        days = ([dice.choice(plans) for _ in range(rounds)] for _ in range(limit))
    for day in days:
        yield _programme(event, day)


def _round_plans(event: Event) -> Iterator[RoundPlan]:
    """Yield all that can happen in one round: a room or none per session, a place per person."""
    rooms = (None, *event.layout.rooms_by_id)
    for chosen in itertools.product(rooms, repeat=len(event.sessions)):
        stands = {
            s.id: room for s, room in zip(event.sessions, chosen, strict=True) if room is not None
        }
        for places in itertools.product((None, *stands), repeat=len(event.participants)):
            yield stands, places


def _programme(event: Event, day: Sequence[RoundPlan]) -> Programme:
    rounds = event.layout.round_ids
    runs = tuple(
        Run(session=s.id, round=t, room=stands[s.id])
        for s in event.sessions
        for t, (stands, _) in zip(rounds, day, strict=True)
        if s.id in stands
    )
    schedules = tuple(
        PersonalSchedule(participant=p.id, sessions=tuple(places[i] for _, places in day))
        for i, p in enumerate(event.participants)
    )
    return Programme(rounds=rounds, runs=runs, schedules=schedules)


def all_pairs(event: Event) -> list[tuple[ParticipantId, SessionId]]:
    """Everybody with everything."""
    return [(p.id, s.id) for p in event.participants for s in event.sessions]


class Judge:
    """The CP-SAT model of some rules, built once and asked about many programmes."""

    def __init__(self, rules: Iterable[Rule], event: Event, pairs: Pairs | None = None) -> None:
        self.variables = Variables(event, all_pairs(event) if pairs is None else pairs)
        costs = [rule.post(self.variables) for rule in rules]
        self.variables.cp.minimize(cp_model.LinearExpr.sum(costs))
        self.solver = cp_model.CpSolver()
        self.solver.parameters.num_workers = 1
        self.solver.parameters.cp_model_presolve = False  # nothing is left to presolve
        self.solver.parameters.symmetry_level = 0
        self.solver.parameters.linearization_level = 0

    def cost(self, programme: Programme) -> int | None:
        """Return the least cost of this very programme; None if CP-SAT refuses it."""
        proto = self.variables.cp.proto
        for variable, value in self.variables.literals(programme):
            domain = proto.variables[variable.index].domain
            domain.clear()
            domain.extend((int(value), int(value)))
        return self.least_cost()

    def least_cost(self) -> int | None:
        """Return the least cost of any programme that is still allowed; None if there is none."""
        status = self.solver.solve(self.variables.cp)
        if status == cp_model.INFEASIBLE:
            return None
        assert status == cp_model.OPTIMAL, self.solver.status_name(status)
        return round(self.solver.objective_value)


def checked_cost(rules: Iterable[Rule], event: Event, programme: Programme) -> int | None:
    """Return the cost that the checker finds; None if it finds something broken."""
    findings = [f for rule in rules for f in rule.findings(event, programme)]
    if any(f.broken for f in findings):
        return None
    return sum(f.cost or 0 for f in findings)


@dataclass
class Verdicts:
    """What was seen while both sides agreed."""

    compared: int = 0
    rejected: int = 0
    costs: set[int] = field(default_factory=set)

    def add(self, cost: int | None) -> None:
        """Count one programme."""
        self.compared += 1
        if cost is None:
            self.rejected += 1
        else:
            self.costs.add(cost)


def assert_agrees(rule: Rule, event: Event) -> Verdicts:
    """Demand that CP-SAT and the checker say the same of every programme of the event."""
    return assert_all_agree((rule,), event, programmes(event))


def assert_all_agree(
    rules: Sequence[Rule],
    event: Event,
    candidates: Iterable[Programme],
    pairs: Pairs | None = None,
) -> Verdicts:
    """Demand that rules together agree on the candidates, in a model of the pairs given."""
    judge = Judge(rules, event, pairs)
    verdicts = Verdicts()
    different = []
    for programme in candidates:
        solver, checker = judge.cost(programme), checked_cost(rules, event, programme)
        verdicts.add(checker)
        if solver != checker:
            different.append(f"CP-SAT: {solver}, checker: {checker} (None = refused)\n{programme}")
    names = ", ".join(rule.rule for rule in rules)
    first = "\n".join(different[:3])
    assert not different, (
        f"{names}: CP-SAT and checker disagree on {len(different)} of {verdicts.compared}:\n{first}"
    )
    return verdicts
