"""Arrays say the same as the event and its rules."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from tests.rules.tiny import choice, event, person, room, session
from tests.search.small import examples, problems

from spilrooster.problem import Problem
from spilrooster.rules import (
    KeepApart,
    KeepTogether,
    MustAttend,
    MustNot,
    Order,
    Pinned,
    PresenterAvailable,
    Rule,
)
from spilrooster.search.arrays import (
    APART,
    BEFORE,
    FOLLOWED,
    PINNED,
    REQUIRED_BONUS,
    TOGETHER,
    Arrays,
)
from spilrooster.search.facts import facts_of
from spilrooster_models import Choice, Event, Session
from spilrooster_models.event import ParticipantId, SessionId


def wishes(arrays: Arrays, p: int) -> list[tuple[int, int]]:
    """Sessions and points of a person's choices, in the order of the arrays."""
    mine = slice(arrays.choice_start[p], arrays.choice_start[p + 1])
    assert set(arrays.choice_person[mine].tolist()) <= {p}
    sessions, points = arrays.choice_session[mine].tolist(), arrays.choice_points[mine].tolist()
    return list(zip(sessions, points, strict=True))


def named(problem: Problem, kind: type[MustAttend] | type[MustNot]) -> set[tuple[str, str]]:
    """Person and session of every rule of a kind, groups spelt out."""
    groups = problem.event.groups
    return {
        (p, rule.session)
        for rule in problem.rules
        if isinstance(rule, kind)
        for name in rule.participants
        for p in groups.get(name, (name,))
    }


def welcome(problem: Problem, p: ParticipantId, s: SessionId) -> bool:
    return problem.event.may_attend(p, s) and (p, s) not in named(problem, MustNot)


@examples(75)
@given(problems())
def test_choices_are_those_that_can_be_granted_best_first(problem: Problem) -> None:
    arrays, at = Arrays.of(problem), problem.steering.index
    presenting = {(p, s.id) for s in problem.event.sessions for p in s.presenters}
    required = named(problem, MustAttend) - presenting
    for name, p in at.participant.items():
        worth = problem.choices.points_of(problem.event, name)
        expected = {
            at.session[s]: w for s, w in worth.items() if w > 0 and welcome(problem, name, s)
        }
        for q, s in required:
            if q == name:
                expected[at.session[s]] = expected.get(at.session[s], 0) + REQUIRED_BONUS
        found = wishes(arrays, p)
        assert dict(found) == expected
        assert [w for _, w in found] == sorted(expected.values(), reverse=True)
    assert arrays.required == {(at.participant[p], at.session[s]) for p, s in required}


def may_stand(problem: Problem, s: SessionId, t: str, r: str) -> bool:
    """Whether rules about single runs allow this one."""
    facts = problem.event
    held, place = facts.sessions_by_id[s], facts.layout.rooms_by_id[r]
    if t in place.closed or (held.rounds and t not in held.rounds):
        return False
    most = min(place.seats, len(facts.participants), held.max_people or place.seats)
    if most < held.min_people:
        return False
    crew = [facts.participants_by_id[p] for p in held.presenters]
    able = all(t not in q.absent and set(q.needs) <= set(place.features) for q in crew)
    rounds = facts.layout.round_ids
    return able and not any(refuses(rule, held, t, r, rounds) for rule in problem.rules)


def refuses(rule: Rule, held: Session, t: str, r: str, rounds: tuple[str, ...]) -> bool:
    """Whether one of the rules that have fields refuses the run."""
    if isinstance(rule, PresenterAvailable):
        return rule.presenter in held.presenters and t not in rule.rounds
    if isinstance(rule, Pinned):
        return rule.room not in {None, r} and (rule.session, rule.round) == (held.id, t)
    if isinstance(rule, Order) and rule.directly:
        edges = {(a, rounds[-1]) for a, _ in rule.pairs} | {(b, rounds[0]) for _, b in rule.pairs}
        return (held.id, t) in edges
    return False


@examples(50)
@given(problems())
def test_runs_may_stand_where_rules_and_presenters_can_be(problem: Problem) -> None:
    arrays, at = Arrays.of(problem), problem.steering.index
    for s, i in at.session.items():
        for t, j in at.round.items():
            for r, k in at.room.items():
                assert arrays.may_run[i, j, k] == may_stand(problem, s, t, r)


@examples(30)
@given(problems())
def test_people_are_away_and_kept_from_rooms_as_the_event_says(problem: Problem) -> None:
    arrays, at, layout = Arrays.of(problem), problem.steering.index, problem.event.layout
    assert arrays.kind_sits[0].all()
    for p in problem.event.participants:
        i = at.participant[p.id]
        away = {t for t, j in at.round.items() if (int(arrays.away[i]) >> j) & 1}
        sits = [set(p.needs) <= set(r.features) for r in layout.rooms]
        assert away == set(p.absent)
        assert arrays.kind_sits[arrays.kind[i]].tolist() == sits
        assert p.needs or arrays.kind[i] == 0


@examples(30)
@given(problems())
def test_presenters_and_choosers_are_listed_by_session(problem: Problem) -> None:
    arrays, at = Arrays.of(problem), problem.steering.index
    for s, i in at.session.items():
        presenting = {at.participant[p] for p in problem.event.sessions_by_id[s].presenters}
        choosing = {p for p in at.participant.values() for k, _ in wishes(arrays, p) if k == i}
        touched = arrays.touched[arrays.touched_start[i] : arrays.touched_start[i + 1]]
        assert touched.tolist() == sorted(presenting | choosing)
        starts = arrays.presented_start
        assert presenting == {
            p
            for p in at.participant.values()
            if i in arrays.presented[starts[p] : starts[p + 1]].tolist()
        }


@examples(30)
@given(problems())
def test_numbers_of_seats_runs_and_people_are_those_of_the_event(problem: Problem) -> None:
    arrays, facts = Arrays.of(problem), problem.event
    pins = {(rule.session, rule.round) for rule in problem.rules if isinstance(rule, Pinned)}
    for i, s in enumerate(facts.sessions):
        rounds = int(arrays.may_run[i].any(axis=1).sum())
        assert arrays.least_people[i] == s.min_people
        assert arrays.least_runs[i] == max(s.min_runs, sum(k == s.id for k, _ in pins))
        assert arrays.most_runs[i] == min(s.max_runs, rounds)
        everyone = len(facts.participants)
        most = everyone if s.max_people is None else min(s.max_people, everyone)
        assert arrays.seats[i].tolist() == [min(r.seats, most) for r in facts.layout.rooms]


PAIRED = event(["a", "b", "c", session("d", presenters=("p",)), session("e", presenters=("p",))],
               times=("t1", "t2", "t3"), people="p")  # fmt: skip


def test_pairs_say_how_sessions_stand_to_each_other() -> None:
    problem = Problem.of(
        PAIRED,
        [
            KeepApart(pairs=(("c", "a"),)),
            KeepTogether(pairs=(("a", "b"),)),
            Order(pairs=(("a", "d"),)),
            Order(pairs=(("b", "c"),), directly=True),
            Pinned(session="c", round="t2"),
        ],
    )
    assert {tuple(row) for row in Arrays.of(problem).pairs.tolist()} == {
        (2, 0, APART),
        (3, 4, APART),  # one presenter
        (0, 1, TOGETHER),
        (0, 3, BEFORE),
        (1, 2, FOLLOWED),
        (2, 1, PINNED),
    }


def test_an_event_without_choices_and_presenters_has_empty_arrays() -> None:
    arrays = Arrays.of(Problem.of(event("ab", people="pq")))
    sizes = [len(arrays.choice_points), len(arrays.touched), len(arrays.pairs)]
    assert sizes == [0, 0, 0]
    assert arrays.choice_start.tolist() == [0, 0, 0]


def test_what_somebody_must_not_attend_is_no_choice_of_theirs() -> None:
    both = event("ab", people="pq", choices=[choice(p, s, 1) for p in "pq" for s in "ab"])
    arrays = Arrays.of(Problem.of(both, [MustNot(participants=("q",), session="a")]))
    assert [wishes(arrays, p) for p in (0, 1)] == [[(0, 20), (1, 20)], [(1, 20)]]


def with_points(points: int) -> Event:
    return event(
        ["a", "b"], people="pq", choices=[Choice(participant="p", session="a", points=points)]
    )


def test_a_required_attendance_does_not_change_what_seats_are_worth() -> None:
    """Bug: with an unchosen session required, people too many cost one point instead of six."""
    wish = event("ab", people="pq", choices=[choice("p", "a", 1)])
    plain = facts_of(Arrays.of(Problem.of(wish)))
    rule = MustAttend(participants=("q",), session="b")
    required = facts_of(Arrays.of(Problem.of(wish, [rule])))
    assert plain.penalties.tolist() == required.penalties.tolist() == [3, 20, 1000, 2000, 20, 50]


def test_points_beyond_the_bonus_stay_what_they_are() -> None:
    """Bug: points were taken modulo the bonus, so the bound by round plans was too low."""
    arrays = Arrays.of(Problem.of(with_points(REQUIRED_BONUS + 5)))
    assert arrays.wish.tolist() == [REQUIRED_BONUS + 5]


def test_people_with_equal_needs_are_of_one_kind() -> None:
    rooms = [room("r1", features=("lift",)), room("r2")]
    people = [person("p", needs=("lift",)), person("q"), person("r", needs=("lift",))]
    arrays = Arrays.of(Problem.of(event("a", rooms, people=people)))
    assert np.array_equal(arrays.kind, [1, 0, 1])
    assert arrays.kind_sits.tolist() == [[True, True], [True, False]]
