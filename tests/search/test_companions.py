"""People who stay together share what they wish for: no programme scores less by that."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.rules.tiny import choice, event, person, room, session
from tests.search.oracles import a_programme, most_points
from tests.search.small import Shape, boards, examples, problems

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.rules import Floor, GroupTogether, MustAttend, MustNot, Rule
from spilrooster.search.arrays import REQUIRED_BONUS, Arrays
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.reseating import offer_reseated
from spilrooster.search.round_plans.bounding import bounds
from spilrooster.search.seats_bound import seats_bound
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings
from spilrooster_models import Event, Programme

TOGETHER = GroupTogether(groups=("g",))
WITH_COMPANY = problems(Shape(people=4)).map(lambda problem: problem.with_rules([TOGETHER]))


def points(arrays: Arrays, problem: Problem, programme: Programme) -> int:
    """Points of all choices granted, as these arrays count them."""
    index, total = problem.steering.index, 0
    for p in problem.event.participants:
        attended = {index.session[s] for s in programme.attended(problem.event, p.id)}
        mine = arrays.choice_person == index.participant[p.id]
        total += int(arrays.wish[mine & np.isin(arrays.choice_session, [*attended])].sum())
    return total


def wishes(problem: Problem) -> dict[str, dict[str, int]]:
    """What the search takes each session to be worth to each person."""
    arrays, index = Workshop(problem).arrays, problem.steering.index
    people, sessions = [*index.participant], [*index.session]
    found: dict[str, dict[str, int]] = {p: {} for p in people}
    table = arrays.choice_person, arrays.choice_session, arrays.choice_points
    for p, s, w in zip(*table, strict=True):
        found[people[p]][sessions[s]] = int(w)
    return found


@examples(100)
@given(WITH_COMPANY, st.integers(0, 9))
def test_no_programme_scores_less_by_shared_wishes(problem: Problem, seed: int) -> None:
    programme = a_programme(problem, seed)
    assume(programme is not None)
    assert programme is not None
    workshop, facts = Workshop(problem), problem.event
    own = points(workshop.own_wishes, problem, programme)
    shared = points(workshop.arrays, problem, programme)
    assert shared >= own
    company = [p for p in facts.participants if "g" in p.groups]
    if not any(p.absent or p.id in facts.presented_by for p in company):
        assert shared == own


@examples(25)
@given(st.data())
def test_no_programme_scores_more_than_a_bound_by_shared_wishes(data: st.DataObject) -> None:
    problem = data.draw(WITH_COMPANY)
    arrays = Workshop(problem).arrays
    found = [*bounds(arrays, data.draw(boards(arrays, whole=True)), Clock(Limits(work=0.003)), 1)]
    truth = most_points(problem)
    assume(truth is not None)
    assert truth is not None
    counted = None if arrays.required or not len(arrays.choice_points) else seats_bound(arrays)
    assert all(bound >= truth for bound in (*found, counted) if bound is not None)


def duo(*rules: Rule, absent: str = "", presents: str = "") -> Problem:
    """Two who come together, one of whom wants a and the other b, and somebody else."""
    away = {absent: ("t1",)}
    people = [person(p, absent=away.get(p, ()), groups=("g",)) for p in "pq"]
    wanted = [choice("p", "a", 1), choice("p", "b", 2), choice("q", "b", 1), choice("r", "c", 1)]
    taught = (presents,) if presents else ()
    sessions = [session("a"), session("b"), session("c", presenters=taught)]
    rooms = [room("r1", 2), room("r2", 2)]
    return Problem.of(
        event(sessions, rooms, ("t1", "t2"), [*people, person("r")], wanted), [TOGETHER, *rules]
    )


def test_two_who_are_always_together_wish_for_the_same() -> None:
    assert wishes(duo()) == {"p": {"a": 10, "b": 18}, "q": {"a": 10, "b": 18}, "r": {"c": 20}}


def test_who_may_be_alone_only_receives() -> None:
    """When p is not there, q chooses alone: b is worth all of its points then."""
    for problem in (duo(absent="p"), duo(presents="p")):
        assert wishes(problem) == {"p": {"a": 10, "b": 16}, "q": {"a": 10, "b": 20}, "r": {"c": 20}}
    apart = duo(absent="q", presents="p")
    assert wishes(apart) == {"p": {"a": 20, "b": 16}, "q": {"b": 20}, "r": {"c": 20}}


def test_what_one_must_not_attend_is_no_wish_of_the_other() -> None:
    problem = duo(MustNot(participants=("q",), session="a"))
    assert wishes(problem) == {"p": {"b": 18}, "q": {"b": 18}, "r": {"c": 20}}
    late = duo(MustNot(participants=("q",), session="a"), absent="p")
    assert wishes(late) == {"p": {"b": 16}, "q": {"b": 20}, "r": {"c": 20}}
    required = duo(MustAttend(participants=("q",), session="c"))
    assert wishes(required)["q"] == {"a": 10, "b": 18, "c": REQUIRED_BONUS}


def test_who_is_promised_choices_keeps_their_own() -> None:
    own = wishes(duo(absent="q", presents="p"))
    assert wishes(duo(Floor(participants=("p",), least_choices=2))) == own
    assert wishes(duo(Floor(participants=("p",), least_share=100))) == own
    assert wishes(duo(Floor(participants=("p",), least_choices=1))) == wishes(duo())


def test_with_a_weight_they_may_go_apart() -> None:
    apart = duo().event
    soft = Problem.of(apart, [GroupTogether(groups=("g",), weight=2)])
    assert wishes(soft) == wishes(Problem.of(apart))


def crowd() -> Event:
    """Three who come together and three steps of wishes: who has more gives down to one level."""
    people = [person("p", groups=("g",)), person("q", groups=("g",), absent=("t1",)),
              person("r", groups=("g",), absent=("t2",)), person("s", groups=("g",))]  # fmt: skip
    wanted = [choice("q", "a", 1), choice("r", "a", 2), choice("p", "a", 4), choice("s", "b", 4)]
    return event("ab", [room("r1", 4)], ("t1", "t2"), people, wanted)


def test_steady_people_come_to_one_level_and_others_give_what_they_have_above_it() -> None:
    """Of a: 11 and 0 are steady; 20 + 16 above their level of (11 + 20 + 16) / 4."""
    found = wishes(Problem.of(crowd(), [TOGETHER]))
    assert found == {"p": {"a": 13, "b": 6}, "q": {"a": 11}, "r": {"a": 11}, "s": {"a": 12, "b": 5}}


def test_companions_are_seated_together_at_once() -> None:
    """Nothing is left for the model with every rule: apart they gain nothing."""
    problem = duo()
    programme = Workshop(problem).programme(np.array([[0, 2], [1, -1]]))
    assert programme is not None
    assert not any(finding.broken for finding in check(problem, programme))
    assert programme.audience(problem.event, "a", "t1") == ("p", "q")


def test_a_floor_that_shared_wishes_hide_is_kept_all_the_same() -> None:
    """By shared wishes q gets two choices at a and b; of their own they have none there."""
    people = [*(person(p, groups=("g",)) for p in "pq"), person("r")]
    wanted = [choice("p", "a", 1), choice("p", "b", 2), choice("q", "c", 3), choice("r", "a", 1)]
    sessions = [session("a"), session("b"), session("c", min_runs=0)]
    day = event(sessions, [room("r1", 3), room("r2", 3)], ("t1", "t2"), people, wanted)
    problem = Problem.of(day, [TOGETHER, Floor(least_choices=1)])
    clock = Clock(Limits(work=50))
    context = Context(problem, Workshop(problem), Standings(problem, clock), clock, 1)
    programme = context.workshop.programme(np.array([[0, 2], [1, -1]]))
    assert programme is not None
    assert [f.rule for f in check(problem, programme) if f.broken] == ["floor"]
    offer_reseated(context, programme, "search")
    assert context.standings.value == 16 + 13 + 20  # p goes to c with q


def test_everything_is_as_it_was_where_nobody_has_company() -> None:
    workshop = Workshop(Problem.of(duo().event))
    assert workshop.arrays is workshop.own_wishes
