"""A small event with a programme, and the worst titles and names that people may write."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from spilrooster.check import check, rule_costs, value_of
from spilrooster.problem import Problem
from spilrooster.report import report_html
from spilrooster_models import (
    BlockKind,
    Choice,
    Event,
    Layout,
    Moment,
    Participant,
    PersonalSchedule,
    Programme,
    Result,
    Room,
    Round,
    Run,
    Session,
    SharedBlock,
    Status,
)
from spilrooster_models.event import Language


@dataclass(frozen=True)
class Sample:
    """A small event with a programme, and what a solve would say of it."""

    problem: Problem
    result: Result

    def html(self, language: Language = "en", **changes: object) -> str:
        return report_html(self.problem, self.result.model_copy(update=changes), language)


NASTY = "<script>alert(1)</script> & 'co'"
LONG = "Vrijwilligerswerkondersteuningsorganisatieoverleg" * 2


def event() -> Event:
    rooms = tuple(Room(id=f"z{i}", name=f"Zaal {i}", seats=4 + i) for i in range(6))
    rounds = tuple(
        Round(id=f"r{i}", name=f"Ronde {i}", start=dt.time(8 + i), end=dt.time(8 + i, 50))
        for i in (1, 2, 3, 4)
    )
    lunch = SharedBlock(
        id="lunch", name="Lunch", start=dt.time(12, 50), end=dt.time(13, 30), kind=BlockKind.LUNCH
    )
    titles = (NASTY, LONG, "Samen eten", "Buurttuin", "Praten", "Gaat niet door")
    people = [Participant(id=f"p{i:02}", municipality="Venlo") for i in range(30)]
    people[0] = Participant(id="p00", name="Zoë Peeters", organisation=LONG, absent=("r4",))
    people[1] = Participant(id=NASTY, organisation="Wonen")
    return Event(
        name=f"Dag van {NASTY}",
        date=dt.date(2026, 11, 19),
        layout=Layout(rooms=rooms, rounds=rounds, shared_blocks=(lunch,)),
        sessions=tuple(
            Session(
                id=f"s{i}",
                title=title,
                theme=f"Thema {i % 2}",
                presenters=("p02",) if i == 2 else (),
                min_runs=0 if i == 5 else 1,
            )
            for i, title in enumerate(titles)
        ),
        participants=tuple(people),
        choices=tuple(
            Choice(participant=p.id, session=f"s{(i + k) % 6}", rank=k + 1)
            for i, p in enumerate(people[:28])
            for k in range(3)
        ),
    )


def programme(event: Event) -> Programme:
    """Session i runs in round i, in room i; the last never. Everyone goes where they can."""
    runs = tuple(Run(session=f"s{i}", round=f"r{1 + i % 4}", room=f"z{i}") for i in range(5))
    rounds = event.layout.round_ids
    days: dict[str, list[str | None]] = {p.id: [None] * 4 for p in event.participants}
    days["p02"][2] = "s2"
    left = {run.session: 4 + i for i, run in enumerate(runs)}
    for choice in event.choices:
        at = next((r.round for r in runs if r.session == choice.session), None)
        day, absent = days[choice.participant], event.participants_by_id[choice.participant].absent
        if at and at not in absent and left[choice.session] and not day[rounds.index(at)]:
            day[rounds.index(at)] = choice.session
            left[choice.session] -= 1
    schedules = (PersonalSchedule(participant=p, sessions=tuple(d)) for p, d in days.items())
    return Programme(rounds=rounds, runs=runs, schedules=tuple(schedules))


def sample() -> Sample:
    problem = Problem.of(event())
    found = programme(problem.event)
    findings = check(problem, found)
    value = value_of(problem, findings)
    moments = (
        Moment(at=0, value=None, bound=problem.ideal, stage="start"),
        Moment(at=1.5, value=value - 20, bound=problem.ideal, stage="search"),
        Moment(at=10, value=value, bound=value + 13, stage="CP-SAT"),
    )
    result = Result(
        status=Status.FEASIBLE,
        programme=found,
        value=value,
        bound=value + 13,
        bound_source="CP-SAT",
        ideal=problem.ideal,
        costs=rule_costs(problem, findings),
        findings=findings,
        seed=7,
        seconds=10.04,
        moments=moments,
        versions=(("spilrooster", "0.1.0"),),
    )
    return Sample(problem, result)


def many_people(count: int) -> Sample:
    """The same event with more people, for how long it takes."""
    small = event()
    people = tuple(
        Participant(id=f"Spil {i:04}", organisation="Welzijn Noord-Limburg", municipality="Venlo")
        for i in range(count)
    )
    choices = tuple(
        Choice(participant=p.id, session=f"s{(i + k) % 6}", rank=k + 1)
        for i, p in enumerate(people)
        for k in range(6)
    )
    sessions = tuple(s.model_copy(update={"presenters": ()}) for s in small.sessions)
    big = Event(
        name=small.name,
        date=small.date,
        layout=small.layout,
        sessions=sessions,
        participants=people,
        choices=choices,
    )
    problem = Problem.of(big)
    runs = tuple(Run(session=f"s{i}", round=f"r{1 + i % 4}", room=f"z{i}") for i in range(5))
    schedules = tuple(
        PersonalSchedule(participant=p.id, sessions=("s0", "s1", "s2", "s3")) for p in people
    )
    full = Programme(rounds=big.layout.round_ids, runs=runs, schedules=schedules)
    return Sample(problem, Result(status=Status.FEASIBLE, programme=full, ideal=1, seed=1))
