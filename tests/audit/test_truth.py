"""What the audit says of every programme is true of every programme of tiny events."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise

import pytest
from tests.agreement import programmes
from tests.rules.tiny import choice, event, person, room, session

from spilrooster.audit import Audit, Topic, audit
from spilrooster.audit._facts import Facts
from spilrooster.problem import Problem
from spilrooster.rules import Pinned, PresenterAvailable, Rule
from spilrooster_models import Event, Programme

CROWD = event(
    [session("bees", max_runs=2, max_people=2), session("cows", presenters=("ada",))],
    rooms=[room("hall", 2), room("loft", 1, closed=("t2",))],
    people=["ada", "ben", person("cas", absent=("t1",)), "dan"],
    choices=[
        *(choice(p, "bees", 1) for p in ("ada", "ben", "cas", "dan")),
        *(choice(p, "cows", 2) for p in ("ada", "ben", "cas")),
    ],
)
ONE_ROOM = event(
    [session("bees"), session("cows", min_people=2)],
    rooms=[room("hall", 1), room("loft", 2, features=("ramp",))],
    people=["ada", person("ben", needs=("ramp",)), "cas", "dan"],
    choices=[choice("ada", "cows", 1), choice("ben", "bees", 1)],
)
BUSY = event(
    [session("bees", presenters=("ada",)), session("cows", presenters=("ada",)), "dogs"],
    rooms=[room("hall", 2), room("loft", 2)],
    people=["ada", "ben"],
    choices=[choice("ada", "dogs", 1), choice("ben", "dogs", 1)],
)
CASES: list[tuple[Event, tuple[Rule, ...]]] = [
    (CROWD, ()),
    (ONE_ROOM, ()),
    (BUSY, ()),
    (BUSY, (PresenterAvailable(presenter="ada", rounds=("t1",)),)),
    (CROWD, (Pinned(session="cows", round="t1"),)),
    (CROWD, (PresenterAvailable(presenter="ada", rounds=("t2",)),)),
]


@cache
def feasible(number: int) -> list[Programme]:
    """Every programme of a case that breaks no rule."""
    problem = Problem.of(*CASES[number])
    every = programmes(problem.event, limit=40_000)
    return [
        p
        for p in every
        if not any(f.broken for rule in problem.rules for f in rule.findings(problem.event, p))
    ]


def assert_true(problem: Problem, found: Audit, programme: Programme) -> None:
    event = problem.event
    attended = Counter(s for p in event.participants_by_id for s in programme.attended(event, p))
    wishes = {(c.participant, c.session) for c in event.choices}
    granted = Counter(
        s
        for p in event.participants_by_id
        for s in programme.attended(event, p)
        if (p, s) in wishes
    )
    for d in found.demand:
        assert attended[d.session] <= d.places
        assert granted[d.session] <= min(d.wanted, d.places)
    for seats in found.rounds:
        place = programme.rounds.index(seats.round)
        there = [p.id for p in event.participants if seats.round not in p.absent]
        free = sum(programme.schedule_of[p].sessions[place] is None for p in there)
        assert free >= seats.short


@pytest.mark.parametrize("number", range(len(CASES)))
def test_bounds_hold_for_every_programme(number: int) -> None:
    problem = Problem.of(*CASES[number])
    case, found, possible = problem.event, audit(problem), feasible(number)
    for programme in possible:
        assert_true(problem, found, programme)
    clash = any(r.topic is Topic.PRESENTERS and r.urgent for r in found.remarks)
    assert not (clash and possible)
    facts = Facts(problem)
    for c in case.choices:
        reached = any(c.session in p.attended(case, c.participant) for p in possible)
        assert facts.can_listen(c.participant, c.session) or not reached


def test_the_cases_have_programmes_and_clashes() -> None:
    """Else the test above could not fail."""
    counts = [len(feasible(number)) for number in range(len(CASES))]
    assert [count > 0 for count in counts] == [True, True, True, False, True, True]
    busy = audit(Problem.of(*CASES[3]))
    assert [r.about for r in busy.remarks if r.urgent] == [("ada", "bees", "cows")]
    assert any(a.short != b.short for a, b in pairwise(audit(Problem.of(CROWD)).rounds))
