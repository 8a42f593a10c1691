"""Shifts: who eats in which lunch shift and who staffs which stand, by CP-SAT.

People who own no stand differ only in when they are there and which shifts suit them, so they are
counted in classes, and a number per class and shift is enough. Owners have variables of their own.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from spilrooster.problem import Problem
from spilrooster_models import Event, Programme, SharedPlace
from spilrooster_models.event import ParticipantId
from spilrooster_models.layout import BlockId, TableId

WORK = 5.0
"""Most work on each objective, in CP-SAT's deterministic seconds; it takes hundredths of it."""

Class = tuple[tuple[BlockId, ...], tuple[BlockId, ...]]
"""The shifts of a lunch in which somebody is there, and those that do not suit them."""


There = Mapping[BlockId, frozenset[ParticipantId]]
"""Who is there in each shared block."""


@dataclass
class Turns:
    """What was decided: who eats in each lunch block, and who staffs each stand."""

    eaters: dict[BlockId, list[ParticipantId]] = field(default_factory=dict)
    staff: dict[tuple[BlockId, TableId], list[ParticipantId]] = field(default_factory=dict)


def seats_in(event: Event, block: BlockId) -> int:
    """Return the seats of a block: of all its tables, stands left out."""
    tables = event.layout.tables.get(block, {}).values()
    return sum(place.seats for place in tables if not place.is_stand)


def guests_of(event: Event, programme: Programme) -> There:
    """Return who is there in each shared block; stands are staffed by whoever does not miss it."""
    return {
        block: frozenset(p for p in people if programme.is_there(event, p, block))
        for block, people in event.present_in.items()
    }


def is_possible(event: Event) -> bool:
    """Whether everybody can eat and sit and every stand can be staffed, whatever the programme.

    Where people come `only_with_session`, there have to be seats for all who could come.
    """
    if not event.layout.places:
        return True
    model, solver = _Model(event, event.present_in, {}), _solver(1)
    return solver.solve(model.cp) != cp_model.INFEASIBLE


def decide(problem: Problem, programme: Programme, seed: int) -> Turns:
    """Decide shifts and stands: the least waiting and unfair turns, then even shifts.

    `is_possible` has to hold for the event.
    """
    event, wishes = problem.event, problem.wishes
    model = _Model(event, guests_of(event, programme), _unsuited(event, programme))
    objectives: defaultdict[int, list[cp_model.LinearExprT]] = defaultdict(list)
    if wishes.waiting is not None:
        objectives[wishes.waiting.level].append(wishes.waiting.weight * model.waiting())
    if wishes.turns is not None:
        objectives[wishes.turns.level].append(wishes.turns.weight * model.unfair_turns())
    solver = _solver(seed)
    for level in sorted(objectives):
        _minimise(model.cp, solver, sum(objectives[level]))
    _minimise(model.cp, solver, model.fullest())
    return model.turns(solver)


def _solver(seed: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = WORK
    solver.parameters.catch_sigint_signal = False
    return solver


def _minimise(
    cp: cp_model.CpModel, solver: cp_model.CpSolver, objective: cp_model.LinearExprT
) -> None:
    """Minimise, and keep the value found for what comes after."""
    cp.minimize(objective)
    status = solver.solve(cp)
    assert status in {cp_model.OPTIMAL, cp_model.FEASIBLE}, solver.status_name(status)
    cp.add(objective <= round(solver.objective_value))


def _unsuited(event: Event, programme: Programme) -> dict[tuple[ParticipantId, BlockId], bool]:
    """Return the shifts that are next to no session of somebody, if another one is."""
    order = [(event.day_of(block), block.id) for block in event.blocks]
    beside: defaultdict[BlockId, set[BlockId]] = defaultdict(set)
    for (day, one), (other_day, other) in itertools.pairwise(order):
        if day == other_day:
            beside[one].add(other)
            beside[other].add(one)
    found = {}
    for schedule in programme.schedules:
        busy = {
            t
            for t, session in zip(programme.rounds, schedule.sessions, strict=True)
            if session is not None
        }
        for lunch in event.lunches:
            there = [b for b in lunch if schedule.participant in event.present_in[b]]
            suited = [b for b in there if not busy.isdisjoint(beside[b])]
            for b in there:
                found[schedule.participant, b] = bool(suited) and b not in suited
    return found


class _Model:
    """Variables and hard rules."""

    def __init__(
        self, event: Event, there: There, unsuited: dict[tuple[ParticipantId, BlockId], bool]
    ) -> None:
        self.event, self.there, self.unsuited = event, there, unsuited
        self.cp = cp_model.CpModel()
        self.stands: list[SharedPlace] = [p for p in event.layout.places if p.is_stand]
        self.owners = {p for stand in self.stands for p in event.owners(stand)}
        self.classes: defaultdict[Class, list[ParticipantId]] = defaultdict(list)
        self.number: dict[tuple[Class, BlockId], cp_model.IntVar] = {}
        self.eats: dict[tuple[ParticipantId, BlockId], cp_model.IntVar] = {}
        self.staffs: dict[tuple[ParticipantId, BlockId, TableId], cp_model.IntVar] = {}
        self._make_staff()
        for lunch in event.lunches:
            self._make_eaters(lunch)
        self._make_owners_free()
        self._make_room()

    def _make_staff(self) -> None:
        for stand in self.stands:
            for block in stand.blocks:
                there = [p for p in self.event.owners(stand) if p in self.event.present_in[block]]
                for p in there:
                    name = f"{p} at {stand.name} in {block}"
                    self.staffs[p, block, stand.name] = self.cp.new_bool_var(name)
                staff = [self.staffs[p, block, stand.name] for p in there]
                self.cp.add(sum(staff) == stand.seats)

    def _make_eaters(self, lunch: tuple[BlockId, ...]) -> None:
        for p in self.event.participants_by_id:
            there = tuple(b for b in lunch if p in self.there[b])
            if p in self.owners and there:
                for b in there:
                    self.eats[p, b] = self.cp.new_bool_var(f"{p} eats in {b}")
                self.cp.add_exactly_one(self.eats[p, b] for b in there)
            elif there:
                unsuited = tuple(b for b in there if self.unsuited.get((p, b)))
                self.classes[there, unsuited].append(p)
        for kind, people in self.classes.items():
            if not set(kind[0]) <= set(lunch):
                continue
            for b in kind[0]:
                self.number[kind, b] = self.cp.new_int_var(0, len(people), f"{kind} in {b}")
            self.cp.add(sum(self.number[kind, b] for b in kind[0]) == len(people))

    def _make_owners_free(self) -> None:
        """Let nobody be in two places of one block."""
        places: defaultdict[tuple[ParticipantId, BlockId], list[cp_model.IntVar]]
        places = defaultdict(list)
        for (p, b), eats in self.eats.items():
            places[p, b].append(eats)
        for (p, b, _), staffs in self.staffs.items():
            places[p, b].append(staffs)
        for literals in places.values():
            self.cp.add_at_most_one(literals)

    def _make_room(self) -> None:
        """Let no block have more people than seats."""
        lunches = {b for lunch in self.event.lunches for b in lunch}
        for block in self.event.seated:
            seats = seats_in(self.event, block)
            if block in lunches:
                self.cp.add(self._eaters_in(block) <= seats)
            elif not all(p.is_stand for p in self.event.layout.tables[block].values()):
                staff = sum(v for (_, b, _), v in self.staffs.items() if b == block)
                self.cp.add(len(self.event.present_in[block]) - staff <= seats)

    def _eaters_in(self, block: BlockId) -> cp_model.LinearExprT:
        owners = [v for (_, b), v in self.eats.items() if b == block]
        others = [v for (_, b), v in self.number.items() if b == block]
        return cp_model.LinearExpr.sum([*owners, *others])

    def waiting(self) -> cp_model.LinearExprT:
        """Return how many people eat in a shift that does not suit them."""
        owners = [v for place, v in self.eats.items() if self.unsuited.get(place)]
        others = [v for (kind, b), v in self.number.items() if b in kind[1]]
        return cp_model.LinearExpr.sum([*owners, *others])

    def unfair_turns(self) -> cp_model.LinearExprT:
        """Return, over all stands, the most turns less the least, beyond one."""
        unfair = []
        for stand in self.stands:
            most = len(stand.blocks)
            high, low = (self.cp.new_int_var(0, most, f"{stand.name} {i}") for i in "hl")
            for owner in self.event.owners(stand):
                mine = [self.staffs.get((owner, b, stand.name), 0) for b in stand.blocks]
                self.cp.add(high >= sum(mine))
                self.cp.add(low <= sum(mine))
            more = self.cp.new_int_var(0, most, f"{stand.name} unfair")
            self.cp.add(more >= high - low - 1)
            unfair.append(more)
        return cp_model.LinearExpr.sum(unfair)

    def fullest(self) -> cp_model.LinearExprT:
        """Return the fullest shift, in thousandths of its seats."""
        peak = self.cp.new_int_var(0, 1000, "fullest")
        for lunch in self.event.lunches:
            for b in lunch:
                seats = seats_in(self.event, b)
                self.cp.add(1000 * self._eaters_in(b) <= seats * peak)
        return peak

    def turns(self, solver: cp_model.CpSolver) -> Turns:
        """Read who eats and staffs; members of a class are dealt out, colleagues apart."""
        turns = Turns()
        for (p, b), eats in self.eats.items():
            if solver.boolean_value(eats):
                turns.eaters.setdefault(b, []).append(p)
        for kind, people in self.classes.items():
            numbers = {b: solver.value(self.number[kind, b]) for b in kind[0]}
            for p, b in zip(self._mixed(people), dealt(numbers), strict=True):
                turns.eaters.setdefault(b, []).append(p)
        for (p, b, stand), staffs in self.staffs.items():
            if solver.boolean_value(staffs):
                turns.staff.setdefault((b, stand), []).append(p)
        return turns

    def _mixed(self, people: list[ParticipantId]) -> list[ParticipantId]:
        facts = self.event.participants_by_id
        return sorted(people, key=lambda p: (facts[p].organisation, facts[p].municipality))


def dealt(numbers: dict[BlockId, int]) -> list[BlockId]:
    """Return each block as often as its number says, spread as evenly as can be."""
    moments = (((2 * i + 1) / n, -n, b) for b, n in numbers.items() for i in range(n))
    return [b for _, _, b in sorted(moments)]
