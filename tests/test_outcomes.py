"""Every choice has one outcome, and the reason given for it can be seen in the programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spilrooster.outcomes import Outcome, Why, outcomes
from spilrooster.problem import Problem
from spilrooster.rules import MustAttend, MustNot, Rule
from spilrooster_models import (
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
)

ROUNDS = tuple(
    Round(id=f"r{i}", name=f"Round {i}", start=dt.time(8 + i), end=dt.time(8 + i, 50))
    for i in (1, 2, 3)
)
ROUND_IDS = tuple(r.id for r in ROUNDS)
ROOMS = (
    Room(id="hall", name="Hall", seats=3, features=("step-free",)),
    Room(id="attic", name="Attic", seats=1),
    Room(id="shed", name="Shed", seats=2, features=("step-free",)),
)
SESSION_IDS = tuple("abcd")
PEOPLE_IDS = tuple("vwxyz")


def event_of(
    sessions: Iterable[Session], people: Iterable[Participant], choices: Iterable[Choice]
) -> Event:
    return Event(
        name="Small",
        date=dt.date(2026, 11, 19),
        layout=Layout(rooms=ROOMS, rounds=ROUNDS),
        sessions=tuple(sessions),
        participants=tuple(people),
        choices=tuple(choices),
    )


def programme_of(runs: Iterable[str], days: dict[str, str]) -> Programme:
    """Runs as "a r1 hall"; days as "a-c", a letter per round."""
    return Programme(
        rounds=ROUND_IDS,
        runs=tuple(Run(session=s, round=t, room=r) for s, t, r in map(str.split, runs)),
        schedules=tuple(
            PersonalSchedule(participant=p, sessions=tuple(None if x == "-" else x for x in day))
            for p, day in days.items()
        ),
    )


def why_of(
    runs: Iterable[str],
    days: dict[str, str],
    choices: Iterable[tuple[str, int]] = (("a", 1),),
    *,
    person: dict[str, Any] | None = None,
    **sessions: dict[str, Any],
) -> Outcome:
    """Return the outcome of the first of `choices`, all of them v's."""
    event = event_of(
        [Session(id=s, title=s.upper(), **sessions.get(s, {})) for s in SESSION_IDS],
        [Participant(id=p, **((person or {}) if p == "v" else {})) for p in days],
        [Choice(participant="v", session=s, rank=rank) for s, rank in choices],
    )
    return next(outcomes(Problem.of(event), programme_of(runs, days)))


def test_a_granted_choice_names_its_round() -> None:
    found = why_of(["a r2 hall"], {"v": "-a-"})
    assert (found.granted, found.round, found.points) == (True, "r2", 20)
    assert str(found.reason) == "You are there in Round 2."


CASES: tuple[tuple[str, Outcome, Why, str], ...] = (
    (
        "presents it",
        why_of(["a r1 hall"], {"v": "a--"}, a={"presenters": ("v",)}),
        Why.PRESENTS,
        "You present this session yourself.",
    ),
    (
        "not invited",
        why_of(["a r1 hall"], {"v": "---", "w": "a--"}, a={"only_for": ("w",)}),
        Why.NOT_INVITED,
        "This session is only for people on its list.",
    ),
    ("does not run", why_of([], {"v": "---"}), Why.NOT_RUN, "This session does not take place."),
    (
        "away in all its rounds",
        why_of(["a r1 hall", "a r3 hall"], {"v": "---"}, person={"absent": ("r1", "r3")}),
        Why.ABSENT,
        "You are away when it takes place: Round 1, Round 3.",
    ),
    (
        "the only room in reach does not suit",
        why_of(
            ["a r1 hall", "a r2 attic"],
            {"v": "---"},
            person={"absent": ("r1",), "needs": ("step-free",)},
        ),
        Why.ROOM_NEEDS,
        "Its room in Round 2 does not have all that you need: step-free.",
    ),
    (
        "presents something else then",
        why_of(["a r1 hall", "b r1 shed"], {"v": "b--"}, b={"presenters": ("v",)}),
        Why.DUTY,
        "It is in Round 1. Then you have to be at B.",
    ),
    (
        "has a better choice then, although it is full as well",
        why_of(["a r1 attic", "b r1 hall"], {"v": "b--", "w": "a--"}, [("a", 2), ("b", 1)]),
        Why.WANTED_MORE,
        "It is in Round 1. Then you are at something you wanted more: B.",
    ),
    (
        "has a choice with the same rank then",
        why_of(["a r1 hall", "b r1 shed"], {"v": "b--"}, [("a", 1), ("b", 1)]),
        Why.WANTED_EQUALLY,
        "It is in Round 1. Then you are at something you wanted as much: B.",
    ),
    (
        "full in every round in reach",
        why_of(
            ["a r1 attic", "a r2 attic", "a r3 hall"],
            {"v": "---", "w": "a--", "x": "-a-"},
            person={"absent": ("r3",)},
        ),
        Why.FULL,
        "It is full in every round in which you could go: Round 1, Round 2.",
    ),
    (
        "full by the session's own limit",
        why_of(["a r1 hall"], {"v": "---", "w": "a--"}, a={"max_people": 1}),
        Why.FULL,
        "It is full in every round in which you could go: Round 1.",
    ),
    (
        "full in one round, a better choice in the other",
        why_of(
            ["a r1 attic", "a r2 hall", "b r2 shed"],
            {"v": "-b-", "w": "a--"},
            [("a", 2), ("b", 1)],
        ),
        Why.MIXED,
        "It is full in Round 1. In Round 2 you are at B.",
    ),
    (
        "a duty in one round, a better choice in the other",
        why_of(
            ["a r1 hall", "a r2 hall", "b r2 shed", "c r1 shed"],
            {"v": "cb-"},
            [("a", 2), ("b", 1)],
            c={"presenters": ("v",)},
        ),
        Why.MIXED,
        "It is in Round 1, Round 2. Then you are at C, B.",
    ),
    (
        "the run they are at would become too small",
        why_of(["a r1 hall", "b r1 shed"], {"v": "b--"}, b={"min_people": 1}),
        Why.NEEDED,
        "There is a seat left in Round 1, but B needs you then "
        "to reach its least number of people: 1.",
    ),
    (
        "placed elsewhere although a seat is left",
        why_of(["a r1 hall", "b r1 shed"], {"v": "b--"}, [("a", 1), ("b", 2)]),
        Why.ELSEWHERE,
        "There is a seat left in Round 1, but in the programme as a whole you are at B then.",
    ),
    (
        "free although a seat is left",
        why_of(["a r1 hall"], {"v": "---"}),
        Why.SEAT_LEFT,
        "There is a seat left in Round 1 and you are free then: ask if you can join.",
    ),
)


@pytest.mark.parametrize(
    ("found", "why", "text"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_refused_choice_has_the_reason(found: Outcome, why: Why, text: str) -> None:
    assert (found.granted, found.round) == (False, None)
    assert (found.why, str(found.reason)) == (why, text)


def test_points_decide_what_was_wanted_more_where_there_are_no_ranks() -> None:
    event = event_of(
        [Session(id="a", title="A"), Session(id="b", title="B")],
        [Participant(id="v")],
        [
            Choice(participant="v", session="a", points=3),
            Choice(participant="v", session="b", points=7),
        ],
    )
    programme = programme_of(["a r1 hall", "b r1 shed"], {"v": "b--"})
    first, second = outcomes(Problem.of(event), programme)
    assert (first.why, first.points, first.rank) == (Why.WANTED_MORE, 3, None)
    assert (second.why, second.points) == (Why.GRANTED, 7)


def test_rules_of_the_organisers_are_reasons_too() -> None:
    event = event_of(
        [Session(id=s, title=s.upper()) for s in "abc"],
        [Participant(id="v")],
        [Choice(participant="v", session=s, rank=1) for s in "ac"],
    )
    rules = (
        MustNot(participants=("v",), session="a"),
        MustAttend(participants=("v",), session="b"),
    )
    programme = programme_of(["a r1 hall", "b r2 hall", "c r2 shed"], {"v": "-b-"})
    barred, busy = outcomes(Problem.of(event, rules), programme)
    assert (barred.why, busy.why) == (Why.BARRED, Why.DUTY)
    assert str(busy.reason) == "It is in Round 2. Then you have to be at B."


@st.composite
def events(draw: st.DrawFn) -> Event:
    some = st.lists(st.sampled_from(PEOPLE_IDS), unique=True, max_size=2).map(tuple)
    sessions = [
        Session(
            id=s,
            title=s.upper(),
            presenters=draw(some),
            only_for=draw(st.one_of(st.just(()), some)),
            min_people=draw(st.integers(0, 1)),
            max_people=draw(st.sampled_from((None, 1, 2))),
        )
        for s in SESSION_IDS
    ]
    people = [
        Participant(
            id=p,
            absent=draw(st.lists(st.sampled_from(ROUND_IDS), unique=True, max_size=2).map(tuple)),
            needs=draw(st.sampled_from(((), (), ("step-free",)))),
        )
        for p in PEOPLE_IDS
    ]
    choices = [
        Choice(participant=p, session=s, rank=draw(st.integers(1, 3)))
        if draw(st.booleans())
        else Choice(participant=p, session=s, points=draw(st.integers(0, 20)))
        for p in PEOPLE_IDS
        for s in draw(st.lists(st.sampled_from(SESSION_IDS), unique=True))
    ]
    return event_of(sessions, people, choices)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    rules: list[Rule] = []
    for kind in (MustAttend, MustNot):
        names = draw(st.lists(st.sampled_from(PEOPLE_IDS), unique=True, max_size=2))
        if names:
            session = draw(st.sampled_from(SESSION_IDS))
            rules.append(kind(participants=tuple(names), session=session))
    return Problem.of(draw(events()), rules)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    """Any runs and any attendance of them, kept rules or not."""
    runs = [
        Run(session=s, round=t, room=draw(st.sampled_from([r.id for r in ROOMS])))
        for s in SESSION_IDS
        for t in draw(st.lists(st.sampled_from(ROUND_IDS), unique=True))
    ]
    schedules = []
    for p in PEOPLE_IDS:
        on_offer = ([None, *(r.session for r in runs if r.round == t)] for t in ROUND_IDS)
        day = tuple(draw(st.sampled_from(options)) for options in on_offer)
        schedules.append(PersonalSchedule(participant=p, sessions=day))
    return Programme(rounds=ROUND_IDS, runs=tuple(runs), schedules=tuple(schedules))


class Facts:
    """What the programme says about one outcome, looked up in the plainest way."""

    def __init__(self, problem: Problem, programme: Programme, outcome: Outcome) -> None:
        self.problem, self.event = problem, problem.event
        self.programme, self.outcome = programme, outcome
        self.person = self.event.participants_by_id[outcome.participant]
        self.session = self.event.sessions_by_id[outcome.session]
        self.runs = [r for r in programme.runs if r.session == outcome.session]
        day = next(s for s in programme.schedules if s.participant == outcome.participant)
        self.at = dict(zip(ROUND_IDS, day.sessions, strict=True))
        self.reach = [
            r.round
            for r in self.runs
            if r.round not in self.person.absent and not self.lacking(r.room)
        ]

    def lacking(self, room: str) -> set[str]:
        return set(self.person.needs) - set(self.event.layout.rooms_by_id[room].features)

    def presents(self, session: str | None) -> bool:
        return session is not None and (
            self.person.id in self.event.sessions_by_id[session].presenters
        )

    def ruled(self, kind: type[MustAttend | MustNot], session: str | None) -> bool:
        return any(
            isinstance(rule, kind)
            and rule.session == session
            and self.person.id in rule.participants
            for rule in self.problem.rules
        )

    def duty(self, session: str | None) -> bool:
        return self.presents(session) or self.ruled(MustAttend, session)

    def listeners(self, session: str, t: str) -> int:
        presenters = self.event.sessions_by_id[session].presenters
        return sum(
            s.sessions[ROUND_IDS.index(t)] == session and s.participant not in presenters
            for s in self.programme.schedules
        )

    def full(self, t: str) -> bool:
        (room,) = (r.room for r in self.runs if r.round == t)
        most = (self.event.layout.rooms_by_id[room].seats, self.session.max_people)
        return any(m is not None and self.listeners(self.session.id, t) >= m for m in most)

    def wanted(self, session: str | None) -> int | None:
        """+1 = they want what they are at more than this, 0 = as much; None = not chosen."""
        mine = {c.session: c for c in self.event.choices_of[self.person.id]}
        if session not in mine:
            return None
        here, this = mine[session], mine[self.session.id]
        if here.rank and this.rank:
            return (here.rank < this.rank) - (here.rank > this.rank)
        a, b = self.problem.choices.points(here), self.problem.choices.points(this)
        return (a > b) - (a < b)

    def blocked(self, t: str) -> bool:
        at = self.at[t]
        return self.duty(at) or self.full(t) or self.wanted(at) in (0, 1)

    def named(self, key: str) -> list[str]:
        """The round ids or titles that the sentence names under `key`."""
        text = str(dict(self.outcome.reason.values)[key])
        ids = {r.name: r.id for r in ROUNDS}
        return [ids.get(name, name) for name in text.split(", ") if name]

    def seat_left(self) -> bool:
        (t,) = self.named("round")
        return t in self.reach and not self.blocked(t)

    def taken(self, test: Callable[[str | None], bool]) -> bool:
        """Whether the sentence names all rounds in reach, and in each what they are at."""
        titles = [str(self.at[t]).upper() for t in self.reach]
        return (
            set(self.named("rounds")) == set(self.reach)
            and sorted(self.named("others")) == sorted(titles)
            and all(test(self.at[t]) for t in self.reach)
        )

    def mixed(self) -> bool:
        full = [t for t in self.named("full") if self.full(t)] if "full" in self.values else []
        taken = self.named("rounds")
        return (
            set(full) | set(taken) == set(self.reach)
            and not set(full) & set(taken)
            and all(self.blocked(t) for t in self.reach)
            and sorted(self.named("others")) == sorted(str(self.at[t]).upper() for t in taken)
        )

    @property
    def values(self) -> dict[str, str | int]:
        return dict(self.outcome.reason.values)


TRUE: dict[Why, Callable[[Facts], bool]] = {
    Why.GRANTED: lambda f: f.at[str(f.outcome.round)] == f.session.id
    and not f.presents(f.session.id),
    Why.PRESENTS: lambda f: f.presents(f.session.id),
    Why.NOT_INVITED: lambda f: bool(f.session.only_for) and f.person.id not in f.session.only_for,
    Why.BARRED: lambda f: f.ruled(MustNot, f.session.id),
    Why.NOT_RUN: lambda f: not f.runs,
    Why.ABSENT: lambda f: all(r.round in f.person.absent for r in f.runs),
    Why.ROOM_NEEDS: lambda f: not f.reach
    and all(f.lacking(r.room) or r.round in f.person.absent for r in f.runs),
    Why.DUTY: lambda f: f.taken(f.duty),
    Why.WANTED_MORE: lambda f: f.taken(lambda s: f.wanted(s) == 1),
    Why.WANTED_EQUALLY: lambda f: f.taken(lambda s: f.wanted(s) == 0),
    Why.FULL: lambda f: set(f.named("rounds")) == set(f.reach) and all(map(f.full, f.reach)),
    Why.MIXED: Facts.mixed,
    Why.NEEDED: lambda f: f.seat_left()
    and f.listeners(f.named("other")[0].lower(), f.named("round")[0]) <= int(f.values["least"]),
    Why.ELSEWHERE: lambda f: f.seat_left()
    and f.named("other") == [str(f.at[f.named("round")[0]]).upper()],
    Why.SEAT_LEFT: lambda f: f.seat_left() and f.at[f.named("round")[0]] is None,
}  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(problems(), programmes())
def test_every_choice_has_one_outcome_with_a_true_reason(
    problem: Problem, programme: Programme
) -> None:
    event = problem.event
    found = list(outcomes(problem, programme))
    assert sorted((o.participant, o.session) for o in found) == sorted(
        (c.participant, c.session) for c in event.choices
    )
    for outcome in found:
        facts = Facts(problem, programme, outcome)
        assert TRUE[outcome.why](facts), outcome
        attended = outcome.session in programme.attended(event, outcome.participant)
        assert outcome.granted == attended == (outcome.round is not None)
