"""What rules tell the fast search is true: it never forbids what the rule accepts.

For most rules it is also enough: what the rule refuses, steering forbids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from tests.agreement import checked_cost, programmes
from tests.rules.examples import EXAMPLES
from tests.rules.tiny import choice, event, session

from spilrooster.rules import (
    RULES,
    AccessibleRoom,
    AllowedRooms,
    AllowedRounds,
    Choices,
    Floor,
    KeepApart,
    KeepTogether,
    Language,
    LeastPeople,
    MustAttend,
    MustNot,
    NeedsFeatures,
    NoGap,
    NoRun,
    OnlyFor,
    Order,
    PersonPresent,
    Pinned,
    PresenterAvailable,
    PresenterInOnePlace,
    RoomOpen,
    RoomSeats,
    Rule,
    RunsBetween,
    SameRoom,
    StayInRoom,
    TakesPart,
)
from spilrooster.steering import Steering
from spilrooster_models import Programme

# Steering says all that these rules say. It has no place for rooms that are shared, for seats
# (which the search knows), for repeats, for a presenter who stays away, or for which rounds count.
COMPLETE = (
    RoomOpen, RunsBetween, AllowedRounds, AllowedRooms, NeedsFeatures, LeastPeople, OnlyFor,
    PersonPresent, AccessibleRoom, Pinned, PresenterAvailable, KeepApart, KeepTogether, Order,
    MustAttend, MustNot, StayInRoom, NoGap, NoRun, TakesPart, SameRoom, Language,
)  # fmt: skip


@pytest.mark.parametrize(
    "kind", [k for k in RULES if k.stage == "search"], ids=lambda kind: kind.__name__
)
def test_steering_never_forbids_what_the_rule_accepts(kind: type[Rule]) -> None:
    for rule, example in EXAMPLES.get(kind, ()):
        steering = Steering.free(example)
        rule.steer(steering)
        for programme in programmes(example):
            if checked_cost([rule], example, programme) is not None:
                assert not list(forbidden(steering, programme)), programme


@pytest.mark.parametrize("kind", COMPLETE, ids=lambda kind: kind.__name__)
def test_steering_forbids_all_that_the_rule_refuses(kind: type[Rule]) -> None:
    for rule, example in EXAMPLES[kind]:
        steering = Steering.free(example)
        rule.steer(steering)
        for programme in programmes(example):
            if checked_cost([rule], example, programme) is None:
                assert list(forbidden(steering, programme)), programme


def forbidden(steering: Steering, programme: Programme) -> Iterator[str]:
    """Yield the name of each field of steering that a programme goes against."""
    yield from _forbidden_runs(steering, programme)
    yield from _forbidden_pairs(steering, programme)
    yield from _forbidden_people(steering, programme)


def _forbidden_runs(steering: Steering, programme: Programme) -> Iterator[str]:
    at, event = steering.index, steering.event
    for run in programme.runs:
        s = at.session[run.session]
        if not steering.may_run[s, at.round[run.round], at.room[run.room]]:
            yield "may_run"
        people = len(programme.audience(event, run.session, run.round))
        if not steering.least_people[s] <= people <= steering.most_people[s]:
            yield "least_people, most_people"
    for name, s in at.session.items():
        runs = len(programme.rounds_of.get(name, ()))
        if not steering.least_runs[s] <= runs <= steering.most_runs[s]:
            yield "least_runs, most_runs"


def _forbidden_pairs(steering: Steering, programme: Programme) -> Iterator[str]:
    at = steering.index
    held = {
        s: {at.round[t] for t in programme.rounds_of.get(name, ())}
        for name, s in at.session.items()
    }
    if any(held[a] & held[b] for a, b in steering.apart):
        yield "apart"
    if any(held[a] != held[b] for a, b in steering.together):
        yield "together"
    if any(i >= k for a, b in steering.ordered for i in held[a] for k in held[b]):
        yield "ordered"
    if any({i + 1 for i in held[a]} != held[b] for a, b in steering.followed):
        yield "followed"
    rooms = {(at.session[r.session], at.round[r.round]): r.room for r in programme.runs}
    for a, b in steering.continued:
        before = {(t + 1, rooms[a, t]) for t in held[a]}
        if before != {(t, rooms[b, t]) for t in held[b]}:
            yield "continued"
    if any(t not in held[s] for s, t in steering.pinned):
        yield "pinned"
    for group in steering.one_room:
        names = {name for name, s in at.session.items() if s in group}
        if len({run.room for run in programme.runs if run.session in names}) > 1:
            yield "one_room"
    for group, most in steering.most_gaps.items():
        used = set().union(*(held[s] for s in group))
        if used and max(used) - min(used) + 1 - len(used) > most:
            yield "most_gaps"


def _forbidden_people(steering: Steering, programme: Programme) -> Iterator[str]:
    at, event = steering.index, steering.event
    for (held, t), people in programme.present_at.items():
        room = at.room[programme.room_of[held, t]]
        for p in (at.participant[person] for person in people):
            if not steering.present[p, at.round[t]]:
                yield "present"
            if not steering.may_sit[p, room]:
                yield "may_sit"
    listening = {
        (p, at.session[heard])
        for person, p in at.participant.items()
        for heard in programme.attended(event, person)
    }
    if not all(steering.may_attend(p, s) for p, s in listening):
        yield "only, barred"
    if not steering.required <= listening:
        yield "required"
    for person, p in at.participant.items():
        rounds = sum(s is not None for s in programme.schedule_of[person].sessions)
        if not steering.least_rounds[p] <= rounds <= steering.most_rounds[p]:
            yield "least_rounds, most_rounds"
        points = Choices().points_of(event, person)
        got = [points[s] for s in programme.attended(event, person) if s in points]
        if len(got) < steering.least_choices[p]:
            yield "least_choices"


def steered(rules: Iterable[Rule]) -> Steering:
    steering = Steering.free(event([session("a", min_runs=1, max_runs=2)], people="p"))
    for rule in rules:
        rule.steer(steering)
    return steering


def test_rules_only_narrow_what_other_rules_wrote() -> None:
    pins: list[Rule] = [Pinned(session="a", round="t1"), Pinned(session="a", round="t2")]
    for rules in ([*pins, RunsBetween()], [RunsBetween(), *pins]):
        steering = steered(rules)
        assert steering.least_runs.tolist() == [2]
        assert steering.most_runs.tolist() == [2]


def test_a_pair_that_follows_directly_is_kept_from_the_edges_of_the_day() -> None:
    steering = Steering.free(event("abc", times=("t1", "t2", "t3")))
    Order(pairs=(("a", "b"),), directly=True).steer(steering)
    assert steering.may_run[:, :, 0].tolist() == [
        [True, True, False],
        [False, True, True],
        [True, True, True],
    ]


def test_the_largest_audience_is_known() -> None:
    steering = Steering.free(event(["a", session("b", max_people=1)], people="pqr"))
    RoomSeats().steer(steering)
    assert steering.most_people.tolist() == [3, 1]


def test_presenters_are_not_in_their_own_audience() -> None:
    steering = Steering.free(event([session("a", presenters=("q",)), "b"], people="pq"))
    PresenterInOnePlace().steer(steering)
    assert [[steering.may_attend(p, s) for s in (0, 1)] for p in (0, 1)] == [
        [True, True],
        [False, True],
    ]


def test_a_floor_is_known_in_choices_and_in_points() -> None:
    day = event("abc", people="pq", choices=[choice("p", s, i) for i, s in enumerate("cab", 1)])
    steering = Steering.free(day)
    Floor(first_choice=True, least_choices=2, least_share=50, participants=("p",)).steer(steering)
    assert steering.required == {(0, 2)}
    assert steering.least_choices.tolist() == [2, 0]
    assert steering.least_points.tolist() == [18, 0]  # half of 20 + 16


def test_a_floor_with_a_weight_tells_the_search_nothing() -> None:
    day = event("abc", people="pq", choices=[choice("p", s, i) for i, s in enumerate("cab", 1)])
    steering = Steering.free(day)
    Floor(first_choice=True, least_choices=2, least_share=50, weight=9).steer(steering)
    assert not steering.required
    assert not steering.least_choices.any()
    assert not steering.least_points.any()
