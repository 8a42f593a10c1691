"""Hypothesis strategies: problems that can be written to files, and programmes of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from spilrooster.problem import Problem
from spilrooster.rules import Choices, FillFreeSeats, KeepApart, MustAttend, Pinned, Rule
from spilrooster.tables._text import in_one_line, tidy, without_decimal_zero
from spilrooster_models import (
    BlockKind,
    Choice,
    Event,
    Layout,
    Participant,
    PersonalSchedule,
    Programme,
    Room,
    Round,
    Run,
    Session,
    SharedBlock,
    SharedPlace,
)

AWKWARD = (
    "=1+1", "-", "+31 6", "@home", "'=x", "''", "'s-Gravenhage", 'zeg "ja"', "a;b", "a,b", "a\tb",
    "twee\nregels", "ënt", "😀 👩‍👩‍👧", "NULL", "nan", "TRUE", "007", "1e5", "#N/A", "[1]", "{x}",
    '"', "''=1", "\\", "%s", "sep=;", "ﬁ", "ẞ", "עברית",
)  # fmt: skip

texts = (st.sampled_from(AWKWARD) | st.text(max_size=12)).map(tidy)
words = texts.map(lambda text: in_one_line(text.replace("|", "/"))).filter(bool)
ids = words.filter(lambda text: without_decimal_zero(text) == text)
lists = st.lists(words, max_size=3, unique=True).map(tuple)


def several(
    strategy: st.SearchStrategy[str], least: int, most: int
) -> st.SearchStrategy[list[str]]:
    return st.lists(strategy, min_size=least, max_size=most, unique=True)


def some(choices: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """A list cell: different items out of `choices`, perhaps none."""
    return st.lists(st.sampled_from(choices), unique=True).map(tuple) if choices else st.just(())


attributes = st.lists(
    st.tuples(st.sampled_from(["etage", "=kleur", "dieet; bijzonder", "Ä"]), texts.filter(bool)),
    unique_by=lambda pair: pair[0],
    max_size=3,
).map(lambda pairs: tuple(sorted(pairs)))


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    names = draw(several(ids, 1, 5))
    dated = draw(st.booleans())
    rounds, shared = [], []
    for hour, name in enumerate(names):
        block: dict[str, Any] = {
            "id": name,
            "name": draw(texts.filter(bool)),
            "start": dt.time(9 + hour, draw(st.integers(0, 29)), draw(st.sampled_from([0, 15]))),
            "end": dt.time(9 + hour, draw(st.integers(30, 59))),
            "date": dt.date(2026, 11, 19) if dated else None,
        }
        if hour and draw(st.booleans()):
            kinds = [kind for kind in BlockKind if kind is not BlockKind.SESSIONS]
            shared.append(SharedBlock(**block, kind=draw(st.sampled_from(kinds))))
        else:
            rounds.append(Round(**block))
    rooms = [
        Room(
            id=name,
            name=draw(texts.filter(bool)),
            seats=draw(st.integers(0, 400)),
            features=draw(lists),
            building=draw(texts),
            closed=draw(some([r.id for r in rounds[1:]])),
            attributes=draw(attributes),
        )
        for name in draw(several(ids, 1, 4))
    ]
    places = [
        SharedPlace(
            name=draw(words),
            blocks=(block.id,),
            tables=draw(st.integers(0, 3)),
            seats=draw(st.integers(4, 400)),
        )
        for block in shared
        if draw(st.booleans())
    ]
    return Layout(
        rooms=tuple(rooms),
        rounds=tuple(rounds),
        shared_blocks=tuple(shared),
        places=tuple(places),
    )


@st.composite
def participants(draw: st.DrawFn, layout: Layout) -> tuple[Participant, ...]:
    features = sorted({feature for room in layout.rooms for feature in room.features})
    fields = ("name", "email", "organisation", "municipality", "sector", "role", "tier")
    return tuple(
        Participant(
            id=name,
            **{field: draw(texts) for field in fields},
            groups=draw(lists),
            absent=draw(some(list(layout.round_ids))),
            misses=draw(some([block.id for block in layout.shared_blocks])),
            needs=draw(some(features)),
            attributes=draw(attributes),
        )
        for name in draw(several(ids, 1, 4))
    )


@st.composite
def sessions(
    draw: st.DrawFn, layout: Layout, people: tuple[Participant, ...]
) -> tuple[Session, ...]:
    """Sessions; those with limits may be left out, so that the event makes sense."""
    found = []
    for name in draw(several(ids, 1, len(layout.rooms))):
        limits: dict[str, Any] = {}
        if draw(st.booleans()):
            most = draw(st.none() | st.integers(5, 90))
            limits = {
                "min_runs": 0,
                "max_runs": draw(st.integers(0, 3)),
                "min_people": draw(st.integers(0, 5)),
                "max_people": most,
                "rounds": draw(some(list(layout.round_ids))),
                "rooms": draw(some([room.id for room in layout.rooms])),
                "needs": draw(lists),
                "presenters": draw(some([p.id for p in people])),
                "only_for": draw(some([*(p.id for p in people), *people[0].groups])),
            }
        found.append(
            Session(
                id=name,
                title=draw(texts.filter(bool)),
                theme=draw(texts),
                language=draw(texts),
                attributes=draw(attributes),
                **limits,
            )
        )
    return tuple(found)


@st.composite
def choices(
    draw: st.DrawFn, offered: tuple[Session, ...], people: tuple[Participant, ...]
) -> tuple[Choice, ...]:
    pairs = [(p.id, s.id) for p in people for s in offered]
    worth = st.tuples(st.sampled_from(["rank", "points"]), st.integers(1, 99))
    return tuple(
        Choice(participant=p, session=s, **{kind: number})
        for p, s in draw(st.lists(st.sampled_from(pairs), unique=True))
        for kind, number in [draw(worth)]
    )


@st.composite
def rules(draw: st.DrawFn, event: Event) -> list[Rule]:
    session = st.sampled_from([s.id for s in event.sessions])
    people = some([p.id for p in event.participants])
    points = st.lists(st.integers(0, 99), min_size=1).map(tuple)
    return draw(
        st.lists(
            st.one_of(
                st.builds(KeepApart, pairs=st.lists(st.tuples(session, session)).map(tuple)),
                st.builds(MustAttend, participants=people, session=session),
                st.builds(Choices, points_per_rank=points, level=st.integers(1, 2)),
                st.builds(FillFreeSeats, weight=st.integers(0, 5)),
                st.builds(
                    Pinned,
                    session=session,
                    round=st.sampled_from(event.layout.round_ids),
                    room=st.none() | st.sampled_from([room.id for room in event.layout.rooms]),
                ),
            ),
            max_size=3,
            unique_by=lambda rule: rule.rule,
        )
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    layout = draw(layouts())
    people = draw(participants(layout))
    offered = draw(sessions(layout, people))
    event = Event(
        name=draw(texts.filter(bool)),
        date=draw(st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1))),
        timezone=draw(st.sampled_from(["Europe/Amsterdam", "UTC", "America/Curacao"])),
        language=draw(st.sampled_from(["nl", "en"])),
        show_presenters=draw(st.booleans()),
        only_with_session=draw(st.booleans()),
        layout=layout,
        sessions=offered,
        participants=people,
        choices=draw(choices(offered, people)),
    )
    return Problem.of(event, draw(rules(event)))


@st.composite
def programmes(draw: st.DrawFn, event: Event) -> Programme:
    rounds = event.layout.round_ids
    offered = [s.id for s in event.sessions]
    rooms = st.sampled_from([room.id for room in event.layout.rooms])
    pairs = [(s, t) for s in offered for t in rounds]
    held = draw(st.lists(st.sampled_from(pairs), unique=True))
    place = st.none() | st.sampled_from(offered)
    seats = [st.none() | st.sampled_from(list(event.layout.tables[b])) for b in event.seated]
    return Programme(
        rounds=rounds,
        runs=tuple(Run(session=s, round=t, room=draw(rooms)) for s, t in held),
        schedules=tuple(
            PersonalSchedule(
                participant=p.id,
                sessions=tuple(draw(place) for _ in rounds),
                places=tuple(draw(seat) for seat in seats),
            )
            for p in draw(st.permutations(event.participants))
        ),
        shared=event.seated,
    )
