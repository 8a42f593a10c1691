"""The truth about fairness in tiny events, by enumeration and without any code of the engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tests.agreement import programmes

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.rules import MustNot
from spilrooster_models import Event, Programme


def lawful(problem: Problem) -> list[Programme]:
    """Every programme that keeps the hard rules."""
    return [
        programme
        for programme in programmes(problem.event, limit=30_000)
        if not any(finding.broken for finding in check(problem, programme))
    ]


def points(problem: Problem, person: str) -> dict[str, int]:
    return problem.choices.points_of(problem.event, person)


def shares(problem: Problem, programme: Programme) -> dict[str, Fraction]:
    """Everybody's share of their ideal, of those who have one."""
    found = {}
    for p in problem.event.participants:
        ideal = problem.choices.ideal_of(problem.event, p.id)
        if ideal:
            got = set(programme.attended(problem.event, p.id))
            worth = sum(w for s, w in points(problem, p.id).items() if s in got)
            found[p.id] = Fraction(worth, ideal)
    return found


def with_nothing(problem: Problem, programme: Programme) -> int:
    return sum(
        not set(points(problem, p)) & set(programme.attended(problem.event, p))
        for p in shares(problem, programme)
    )


@dataclass(frozen=True)
class Best:
    """The best that any of some programmes reaches."""

    worst: Fraction
    nothing: int

    @classmethod
    def of(cls, problem: Problem, some: Iterable[Programme]) -> Best:
        kept = list(some)
        return cls(
            worst=max(min(shares(problem, p).values()) for p in kept),
            nothing=min(with_nothing(problem, p) for p in kept),
        )


def envious(problem: Problem, programme: Programme) -> list[tuple[str, str]]:
    """The pairs (i, j) in which i would rather have j's day, and could have had it."""
    event, found = problem.event, []
    for i, own in shares(problem, programme).items():
        ideal = problem.choices.ideal_of(event, i)
        for j in event.participants_by_id:
            day = heard(event, programme, j)
            worth = sum(points(problem, i).get(s, 0) for s in day.values())
            if i != j and worth > own * ideal and could_have(problem, programme, i, day):
                found.append((i, j))
    return found


def heard(event: Event, programme: Programme, person: str) -> dict[str, str]:
    """What somebody listens to, by round."""
    day = zip(programme.rounds, programme.schedule_of[person].sessions, strict=True)
    return {t: s for t, s in day if s and person not in event.sessions_by_id[s].presenters}


def could_have(problem: Problem, programme: Programme, i: str, day: dict[str, str]) -> bool:
    """Whether nothing about i alone forbids this day."""
    event = problem.event
    person = event.participants_by_id[i]
    barred = {
        rule.session
        for rule in problem.rules
        if isinstance(rule, MustNot) and {i, *person.groups} & {*rule.participants}
    }
    for t, s in day.items():
        session = event.sessions_by_id[s]
        room = event.layout.rooms_by_id[programme.room_of[s, t]]
        presents = [o.id for o in event.sessions if i in o.presenters]
        busy = any((own, t) in programme.room_of for own in presents)
        if t in person.absent or busy or i in session.presenters or s in barred:
            return False
        if session.only_for and not {i, *person.groups} & set(session.only_for):
            return False
        if not set(person.needs) <= set(room.features):
            return False
    return True
