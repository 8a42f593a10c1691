"""Tiny days with lunch, tables, stands and drinks."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.rules.tiny import person, room, rounds, session

from spilrooster.problem import Problem
from spilrooster.rules import Rule
from spilrooster_models import (
    BlockKind,
    Choice,
    Event,
    Layout,
    Participant,
    PersonalSchedule,
    Programme,
    Run,
    SharedBlock,
    SharedPlace,
)

# Rounds t1 (9:00), t2 (10:00), ... each last half an hour; shared blocks fill the other half.
LUNCH = BlockKind.LUNCH
DRINKS = BlockKind.DRINKS


def shared(id: str, hour: int, kind: BlockKind = LUNCH, **facts: Any) -> SharedBlock:
    """A quarter of an hour from half past `hour` on; a name that ends in 2 is a quarter later."""
    minute = 45 if id.endswith("2") else 30
    start, end = dt.time(hour, minute), dt.time(hour, minute + 14)
    return SharedBlock(id=id, name=id.title(), start=start, end=end, kind=kind, **facts)


def tables(name: str, count: int, seats: int, *blocks: str, **facts: Any) -> SharedPlace:
    return SharedPlace(name=name, tables=count, seats=seats, blocks=blocks, **facts)


def stand(name: str, owners: str, *blocks: str, seats: int = 1) -> SharedPlace:
    return SharedPlace(name=name, seats=seats, blocks=blocks, owners=tuple(owners.split()))


def day(
    people: Iterable[Participant | str],
    blocks: Iterable[SharedBlock],
    places: Iterable[SharedPlace],
    times: Iterable[str] = ("t1", "t2"),
    choices: Iterable[Choice] = (),
    sessions: str = "abc",
) -> Event:
    """A day with sessions a, b and c, each in a room of its own, and themes of the same names."""
    return Event(
        name="Tiny",
        date=dt.date(2026, 5, 12),
        layout=Layout(
            rooms=tuple(room(f"r{s}") for s in sessions),
            rounds=rounds(*times),
            shared_blocks=tuple(blocks),
            places=tuple(places),
        ),
        sessions=tuple(session(s, theme=s, max_runs=9, min_runs=0) for s in sessions),
        participants=tuple(person(p) if isinstance(p, str) else p for p in people),
        choices=tuple(choices),
    )


def plan(
    event: Event, attends: Mapping[str, str], seats: Mapping[str, str] | None = None
) -> Programme:
    """Who attends what, such as ``{"ada": "a."}`` (a in t1, free in t2), and who sits where.

    `seats` maps block and table to people, such as ``{"lunch Hall 1": "ada ben"}``.
    """
    sat = {}
    for place, people in (seats or {}).items():
        block, _, table = place.partition(" ")
        sat.update({(p, block): table for p in people.split()})
    held = {(s, i) for sessions in attends.values() for i, s in enumerate(sessions) if s != "."}
    times = event.layout.round_ids
    return Programme(
        rounds=times,
        runs=tuple(Run(session=s, round=times[i], room=f"r{s}") for s, i in sorted(held)),
        schedules=tuple(
            PersonalSchedule(
                participant=p.id,
                sessions=tuple(
                    None if s == "." else s for s in attends.get(p.id, "." * len(times))
                ),
                places=tuple(sat.get((p.id, b)) for b in event.seated if seats is not None),
            )
            for p in event.participants
        ),
        shared=() if seats is None else event.seated,
    )


def seated(problem: Problem, programme: Programme, **places: Iterable[str | None]) -> Programme:
    """The programme with these places in each block, in the event's order of people."""
    columns = [tuple(places[block]) for block in problem.event.seated]
    return Programme(
        rounds=programme.rounds,
        runs=programme.runs,
        schedules=tuple(
            s.model_copy(update={"places": tuple(column[i] for column in columns)})
            for i, s in enumerate(programme.schedules)
        ),
        shared=problem.event.seated,
    )


def every_seating(problem: Problem, programme: Programme) -> Iterator[Programme]:
    """Every way to give everybody a table in every block, as far as the seats go."""
    event = problem.event
    each = []
    for block in event.seated:
        options = event.layout.tables[block]
        each.append(
            [
                column
                for column in itertools.product(options, repeat=len(event.participants))
                if all(column.count(t) <= place.seats for t, place in options.items())
            ]
        )
    for columns in itertools.product(*each):
        yield seated(problem, programme, **dict(zip(event.seated, columns, strict=True)))


def problem_of(event: Event, *rules: Rule) -> Problem:
    return Problem.of(event, rules)
