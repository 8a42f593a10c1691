"""Steered search: other runs, so that somebody who has little gets more.

The annealing that made the programme goes on from it, with attendances that must be: choices of
somebody who has little, just enough for more than they have. What it finds counts for everybody by
exact sectioning, like any programme of the search.
"""

from __future__ import annotations

import random
from fractions import Fraction

from spilrooster.fairness.shares import Shares
from spilrooster.problem import Problem
from spilrooster.rules import MustAttend
from spilrooster.rules.share_fairly import STEPS
from spilrooster.search.anneal import Annealing
from spilrooster.search.annealing_run import PORTION, work_per_move
from spilrooster.search.candidate import Workshop
from spilrooster.search.nearest import lawful_runs
from spilrooster.search.stage import Context
from spilrooster_models import Programme
from spilrooster_models.event import ParticipantId, SessionId

HEAT = 0.6
"""First temperature, in points of a first choice: it stays near the programme it came from."""

Asked = tuple[tuple[ParticipantId, SessionId], ...]
"""Attendances that must be."""


def asked_for(problem: Problem, programme: Programme, chance: random.Random) -> Asked:
    """Draw somebody who has little, and choices of theirs that are a step more together."""
    event = problem.event
    shares = Shares.of(problem, programme)
    wishing = [i for i in range(len(shares.ideal)) if 0 <= shares.got[i] < shares.ideal[i]]
    if not wishing:
        return ()
    wishing.sort(key=lambda i: Fraction(int(shares.got[i]), int(shares.ideal[i])))
    i = wishing[min(int(chance.expovariate(0.7)), len(wishing) - 1)]
    person, ideal = event.participants[i].id, int(shares.ideal[i])
    wanted = [*problem.choices.points_of(event, person).items()]
    wanted.sort(key=lambda choice: -choice[1] * chance.uniform(0.5, 1.0))
    more = min(ideal, int(shares.got[i]) + -(-ideal // STEPS))
    asked: list[tuple[ParticipantId, SessionId]] = []
    total = 0
    for session, worth in wanted:
        if total < more and worth > 0 and len(asked) < len(event.layout.rounds):
            asked.append((person, session))
            total += worth
    return tuple(asked)


def steered(
    context: Context, programme: Programme, asked: Asked, allowance: float, seed: int
) -> Programme | None:
    """Anneal on from a programme for so long, with these attendances; None if none is found."""
    musts = [MustAttend(participants=(p,), session=s) for p, s in asked]
    problem = context.problem.with_rules(musts)
    clock = context.clock
    workshop = Workshop(problem)
    arrays = workshop.arrays
    occupant, _ = workshop.arrays_of(programme)
    price = work_per_move(arrays)
    portion = max(1, int(PORTION / price))
    moves = max(portion, int(allowance / price))
    annealing = Annealing(arrays, moves, seed, start=occupant, heat=HEAT)
    end = clock.spent() + 1.3 * allowance
    while not annealing.finished and clock.left() > 0 and clock.spent() < end:
        annealing.advance(portion)
        clock.charge(portion * price)
    there = Context(problem, workshop, context.standings, clock, seed)
    return workshop.programme(lawful_runs(there, annealing.best))
