"""Reseating: the best attendances at given runs, with every rule.

The search seats people exactly, but by the rules that it knows: seats, presence, what a day must
hold. Rules about who listens beside whom (groups together or apart, mixed audiences, kept seats)
it does not know. At fixed runs, what is left is small enough for CP-SAT with all of them.
"""

from __future__ import annotations

import random

from spilrooster.check import check, value_of
from spilrooster.problem import Problem
from spilrooster.rules import FillFreeSeats, Rule, SoftRule
from spilrooster.search.exact_stage import extracted
from spilrooster.search.model import Model, Pair, affordable, build_work
from spilrooster.search.parts import Part, Parts
from spilrooster.search.solver import Solving
from spilrooster.search.stage import Context
from spilrooster_models import Programme
from spilrooster_models.event import ParticipantId

STEP = 3.0
"""Most work spent on the attendances of some of the people."""

FIRST_SHARES = (0.25, 1.0)
"""Share of all people who may make way, from one attempt to the next."""

FEWEST = 30
"""So many people, or everybody, are always seated together."""

IMPROVING, MORE, IN_VAIN = 4.0, 0.35, 2
"""Most work spent on seating people better, what share of them at a time, and how many times in a
row that may bring nothing."""

LEAST_WORK = 0.5
"""Work of setting up one part."""

MOST_PLACES = 100_000
"""Largest number of attendances x rounds that is modelled."""

NEXT_LEVEL = 1_000
"""A cost of level 1 in costs of level 2: which free places are filled decides between equals."""


def offer_reseated(context: Context, programme: Programme, stage: str) -> None:
    """Offer the best attendances at the programme's runs, if it goes against a rule unknown here.

    Does nothing where the search knows every rule that the programme breaks or pays for, nor at
    runs at which people were seated again before. Where it only pays, only programmes that are
    better than those before are worth the time.
    """
    workshop, runs = context.workshop, frozenset(programme.runs)
    if runs in workshop.reseated_at or context.clock.left() <= 0:
        return
    if not _at_odds(context.problem, programme):
        return
    value, known = _value(context.problem, programme), workshop.reseated
    if value is not None and known is not None and value <= known:
        return
    if value is not None:
        workshop.reseated = value
    workshop.reseated_at.add(runs)
    found = _reseated(context, programme)
    if found is not None:
        context.offer(found, stage)


def _at_odds(problem: Problem, programme: Programme) -> bool:
    """Whether a rule that the search does not know is broken, or costs something on level 1."""
    return any(
        finding.level == 1
        for rule in problem.rules
        if not _is_known(rule)
        for finding in rule.findings(problem.event, programme)
    )


def _value(problem: Problem, programme: Programme) -> int | None:
    """Return the value of a programme; None if it breaks a rule."""
    findings = check(problem, programme)
    return None if any(finding.broken for finding in findings) else value_of(problem, findings)


def _is_known(rule: Rule) -> bool:
    later = isinstance(rule, SoftRule) and rule.soft and rule.level > 1
    told = type(rule).steer is not Rule.steer and rule.seats_in_search
    return later or rule.in_search or told


def _reseated(context: Context, programme: Programme) -> Programme | None:
    """Solve attendances with every rule; None if none are found or if there are too many.

    First whoever a rule complains of finds a place, and some others make way: that is quick. Then
    parts of the people, drawn at random, are seated better.
    """
    clock, chance = context.clock, random.Random(context.seed)
    pairs = _pairs(context.problem, programme)
    places = len(pairs) * len(context.problem.event.layout.rounds)
    if places > MOST_PLACES or not affordable(places, clock):
        return None
    model = Model.of(context.problem, pairs)
    clock.charge(build_work(places))
    concerned = _concerned(context, programme)
    for share in FIRST_SHARES:
        found = _seated(context, model, programme, concerned, share, chance, linear=share < 1)
        if found is not None:
            return _improved(context, model, found, chance)
    return None


def _improved(
    context: Context, model: Model, programme: Programme, chance: random.Random
) -> Programme:
    """Seat parts of the people better until that brings nothing or the allowance is spent."""
    end = context.clock.spent() + IMPROVING
    value, in_vain = _value(context.problem, programme), 0
    while in_vain < IN_VAIN and context.clock.spent() < end:
        better = _seated(context, model, programme, set(), MORE, chance)
        if better is None:
            break
        before, value = value, _value(context.problem, better)
        in_vain = in_vain + 1 if value == before else 0
        programme = better
    return programme


def _seated(
    context: Context,
    model: Model,
    programme: Programme,
    concerned: set[ParticipantId],
    share: float,
    chance: random.Random,
    *,
    linear: bool = True,
) -> Programme | None:
    """Seat these people, and a share of all, as well as can be; the others stay where they are."""
    clock, everybody = context.clock, tuple(context.problem.event.participants_by_id)
    if clock.left() <= 0:
        return None
    number = max(round(share * len(everybody)), min(FEWEST, len(everybody)))
    free = concerned.union(chance.sample(everybody, number))
    model.variables.hint(programme)
    part = Parts(model, programme).of(Part(people=free))
    part.minimize(NEXT_LEVEL * model.costs[1] + model.costs.get(2, 0))
    solving = Solving(part, clock, min(STEP, clock.left()), context.seed, linear=linear)
    solving.run()
    clock.charge(LEAST_WORK)
    return extracted(model, solving) if solving.found else None


def _concerned(context: Context, programme: Programme) -> set[ParticipantId]:
    """Return whom a broken rule names that the search does not know, and who is at its runs."""
    event = context.problem.event
    found: set[ParticipantId] = set()
    for rule in context.problem.rules:
        if _is_known(rule) or rule.soft:
            continue
        for finding in rule.findings(event, programme):
            about = set(finding.about)
            found |= about & event.participants_by_id.keys()
            for (s, t), people in programme.present_at.items():
                if s in about and t in about:
                    found.update(people)
    return found


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
