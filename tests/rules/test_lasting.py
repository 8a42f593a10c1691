"""What a rule that says so refuses, it also refuses after more runs and people have come."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest
from tests.agreement import programmes
from tests.rules.examples import EXAMPLES

from spilrooster.rules import RULES, Rule
from spilrooster_models import Event, Programme

LASTING = [kind for kind in RULES if kind.lasting is not None]
ENOUGH = 2000


@pytest.mark.parametrize("kind", LASTING, ids=lambda kind: kind.__name__)
def test_taking_something_away_never_breaks_the_rule(kind: type[Rule]) -> None:
    for rule, example in EXAMPLES[kind]:
        for programme in islice(programmes(example), ENOUGH):
            if not any(f.broken for f in rule.findings(example, programme)):
                for smaller in less(example, programme):
                    assert not list(rule.findings(example, smaller)), (programme, smaller)


def less(event: Event, programme: Programme) -> Iterator[Programme]:
    """Yield the programme without one listener, and without one run and all who are there."""
    for run in programme.runs:
        here = run.session, run.round
        for p in programme.audience(event, *here)[:1]:
            yield without(programme, (p,), *here)
        empty = without(programme, programme.present_at.get(here, ()), *here)
        runs = tuple(r for r in programme.runs if r != run)
        yield empty.model_copy(update={"runs": runs})


def without(
    programme: Programme, people: tuple[str, ...], session: str, round_id: str
) -> Programme:
    def day(participant: str, sessions: tuple[str | None, ...]) -> tuple[str | None, ...]:
        if participant not in people:
            return sessions
        there = zip(programme.rounds, sessions, strict=True)
        return tuple(None if (t, s) == (round_id, session) else s for t, s in there)

    schedules = tuple(
        s.model_copy(update={"sessions": day(s.participant, s.sessions)})
        for s in programme.schedules
    )
    return Programme(rounds=programme.rounds, runs=programme.runs, schedules=schedules)
