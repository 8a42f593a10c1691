"""Reseating: the best attendances at given runs, with every rule.

The search seats people exactly, but by the rules that it knows: seats, presence, what a day must
hold. Rules about who listens beside whom (groups together or apart, mixed audiences, kept seats)
it does not know. At fixed runs, what is left is small enough for CP-SAT with all of them.
"""

from __future__ import annotations

from spilrooster.problem import Problem
from spilrooster.rules import FillFreeSeats, Rule, SoftRule
from spilrooster.search.exact_stage import extracted
from spilrooster.search.model import Model, Pair, affordable, build_work
from spilrooster.search.parts import Part, Parts
from spilrooster.search.solver import Solving
from spilrooster.search.stage import Context
from spilrooster_models import Programme

STEP = 10.0
"""Most work spent on the attendances of one programme."""

MOST_PLACES = 100_000
"""Largest number of attendances x rounds that is modelled."""

NEXT_LEVEL = 1_000
"""A cost of level 1 in costs of level 2: which free places are filled decides between equals."""


def offer_reseated(context: Context, programme: Programme, stage: str) -> None:
    """Offer the best attendances at the programme's runs, if it goes against a rule unknown here.

    Does nothing where the search knows every rule that the programme breaks or pays for.
    """
    if _at_odds(context.problem, programme) and context.clock.left() > 0:
        found = _reseated(context, programme)
        if found is not None:
            context.standings.offer(context.workshop.refill(found), stage)
            context.standings.offer(found, stage)


def _at_odds(problem: Problem, programme: Programme) -> bool:
    """Whether a rule that the search does not know is broken, or costs something on level 1."""
    return any(
        finding.level == 1
        for rule in problem.rules
        if not _is_known(rule)
        for finding in rule.findings(problem.event, programme)
    )


def _is_known(rule: Rule) -> bool:
    later = isinstance(rule, SoftRule) and rule.soft and rule.level > 1
    return later or rule.in_search or type(rule).steer is not Rule.steer


def _reseated(context: Context, programme: Programme) -> Programme | None:
    """Solve the attendances with every rule; None if none are found or if it is too large."""
    clock = context.clock
    pairs = _pairs(context.problem, programme)
    places = len(pairs) * len(context.problem.event.layout.rounds)
    if places > MOST_PLACES or not affordable(places, clock):
        return None
    model = Model.of(context.problem, pairs)
    clock.charge(build_work(places))
    model.variables.hint(programme)
    part = Parts(model, programme).of(Part())
    part.minimize(NEXT_LEVEL * model.costs[1] + model.costs.get(2, 0))
    solving = Solving(part, clock, min(STEP, clock.left()), context.seed)
    solving.run()
    return extracted(model, solving) if solving.found else None


def _pairs(problem: Problem, programme: Programme) -> dict[Pair, None]:
    """Attendances that are worth points, that a rule asks for, or that there are."""
    event = problem.event
    pairs = dict.fromkeys(
        (p.id, s) for p in event.participants for s in problem.choices.points_of(event, p.id)
    )
    for rule in problem.rules:
        if not isinstance(rule, FillFreeSeats):
            pairs.update(dict.fromkeys(rule.attendances(event)))
    for schedule in programme.schedules:
        pairs.update(((schedule.participant, s), None) for s in schedule.sessions if s)
    return pairs
