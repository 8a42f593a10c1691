"""Sharing fairly: the fairest programme within what may be given up, against enumeration."""

from __future__ import annotations

from math import ceil, log

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.fairness.truth import lawful, shares, with_nothing
from tests.rules.tiny import event, person, room
from tests.search.oracles import a_programme
from tests.search.small import Shape, examples, problems

from spilrooster.check import check, value_of
from spilrooster.fairness import Shared, share_fairly, sharing
from spilrooster.problem import Problem
from spilrooster.rules import Choices, Floor, ShareFairly
from spilrooster.rules.share_fairly import LOSS, STEPS
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings
from spilrooster.solve import solve
from spilrooster_models import Choice, Event, Programme

Key = tuple[int, ...]


def worth(**wishes: dict[str, int]) -> list[Choice]:
    return [
        Choice(participant=p, session=s, points=w)
        for p, own in wishes.items()
        for s, w in own.items()
    ]


UNEVEN = event(
    "ab", [room("r1", 1), room("r2", 1)], people="pq",
    choices=worth(p={"a": 10, "b": 6}, q={"a": 5, "b": 1}),
)  # fmt: skip
CROWD = event(
    "abc", [room("r1", 1), room("r2", 1), room("r3", 1)], ("t1",), "pqr",
    worth(p={"a": 9, "b": 8, "c": 2}, q={"a": 7, "c": 1}, r={"a": 10, "b": 6}),
)  # fmt: skip
MODES = [
    ShareFairly(mode=mode, give_up=g) for mode in ("floor", "leximin", "nash") for g in (0, 30)
]


def value(problem: Problem, programme: Programme) -> int:
    return value_of(problem, check(problem, programme))


def unfair(rule: ShareFairly, problem: Problem, programme: Programme) -> Key:
    """How unfair a programme is by the rule's mode: the same story, told without its code."""
    mine = sorted(shares(problem, programme).values())
    if rule.mode == "nash":
        grid = [-log(max(i / 20, 0.01)) * 1000 for i in range(21)]
        found = 0
        for share in mine:
            i = min(19, int(share * 20))
            low, high = round(grid[i]), round(grid[i + 1])
            found += ceil(low + (share * 20 - i) * (high - low))
        return (found,)
    worst = (with_nothing(problem, programme), -int(20 * mine[0]))
    return worst if rule.mode == "floor" else (*worst, *(-int(20 * share) for share in mine))


def shared(problem: Problem, start: Programme, work: float = 50.0) -> Shared:
    clock = Clock(Limits(work=work))
    standings = Standings(problem, clock)
    assert standings.offer(start, "start")
    found = share_fairly(Context(problem, Workshop(problem), standings, clock, 1), work)
    assert found is not None
    return found


def assert_fairest(
    rule: ShareFairly, problem: Problem, found: Shared, some: list[Programme]
) -> None:
    """Among these programmes of enough value, none is fairer, nor as fair and of more value."""
    best = max(value(problem, p) for p in some)
    least = best - rule.give_up * best // 100
    keys = [
        (unfair(rule, problem, p), -value(problem, p)) for p in some if value(problem, p) >= least
    ]
    mine = (unfair(rule, problem, found.programme), -value(problem, found.programme))
    assert mine == min(keys)
    assert found.value == value(problem, found.programme)
    assert found.given_up == best - found.value


@pytest.mark.parametrize("rule", MODES, ids=lambda rule: f"{rule.mode} {rule.give_up}")
@pytest.mark.parametrize("day", [UNEVEN, CROWD], ids=["uneven", "crowd"])
def test_in_a_small_event_the_fairest_programme_is_found_and_proven(
    rule: ShareFairly,
    day: Event,
    every: dict[str, list[Programme]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = Problem.of(day, [rule])
    some = every[day.sessions[-1].id]
    best = max(some, key=lambda p: value(problem, p))
    found = shared(problem, best)
    assert found.fairest
    assert found.fairest_here
    assert_fairest(rule, problem, found, some)
    # A larger event: first with the same runs, and if something may be given up, with others.
    monkeypatch.setattr(sharing, "MOST_PLACES", 0)
    monkeypatch.setattr(sharing, "TRIES", 0)
    here = shared(problem, best)
    assert here.fairest_here
    assert not here.fairest
    assert set(here.programme.runs) == set(best.runs)
    same = [p for p in some if set(p.runs) == set(best.runs)]
    assert_fairest(rule, problem, here, same)


@pytest.fixture(scope="module")
def every() -> dict[str, list[Programme]]:
    """All lawful programmes of the two events, under their last session."""
    return {day.sessions[-1].id: lawful(Problem.of(day)) for day in (UNEVEN, CROWD)}


def test_fairness_has_its_price(every: dict[str, list[Programme]]) -> None:
    rule = ShareFairly(give_up=30)
    problem = Problem.of(CROWD, [rule])
    best = max(every["c"], key=lambda p: value(problem, p))
    found = shared(problem, best)
    assert 0 < found.given_up <= 0.3 * value(problem, best)
    assert unfair(rule, problem, found.programme) < unfair(rule, problem, best)


def test_other_runs_are_found_for_who_has_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    # Both want b, and are never there together. It is worth more to p, who has a as well.
    monkeypatch.setattr(sharing, "MOST_PLACES", 0)
    rule = ShareFairly(mode="floor", give_up=20)
    people = [person("p", absent=("t2",)), person("q", absent=("t1",))]
    wishes = worth(p={"a": 4, "b": 10}, q={"b": 5})
    day = event("ab", ["r1"], ("t1", "t2"), people, wishes)
    problem = Problem.of(day, [rule])
    some = lawful(problem)
    best = max(some, key=lambda p: value(problem, p))
    monkeypatch.setattr(sharing, "STEP", 0.1)
    found = shared(problem, best, work=3.0)
    assert with_nothing(problem, best) == 1
    assert with_nothing(problem, found.programme) == 0


@examples(25)
@given(
    problems(Shape(sessions=4, people=4, rounds=2, days=True)),
    st.sampled_from(MODES),
    st.booleans(),
    st.integers(0, 99),
)
def test_nothing_is_lost_but_what_may_be_given_up(
    problem: Problem, rule: ShareFairly, large: bool, seed: int
) -> None:
    problem = problem.with_rules([rule])
    start = a_programme(problem, seed)
    assume(start is not None and shares(problem, start))
    assert start is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharing, "MOST_PLACES", 0 if large else 2000)
        patch.setattr(sharing, "TRIES", 2)
        patch.setattr(sharing, "STEP", 0.1)
        found = shared(problem, start, work=5.0)
    before = value(problem, start)
    assert not any(f.broken for f in check(problem, found.programme))
    assert found.value == value(problem, found.programme)
    assert found.value >= before - rule.give_up * max(0, before) // 100
    assert unfair(rule, problem, found.programme) <= unfair(rule, problem, start)


def test_the_line_through_the_logarithm_bends_one_way() -> None:
    drops = [LOSS[i] - LOSS[i + 1] for i in range(STEPS)]
    assert drops == sorted(drops, reverse=True)
    assert LOSS[STEPS] == 0


def test_a_solve_says_what_it_gave_up() -> None:
    problem = Problem.of(CROWD, [ShareFairly(give_up=30)])
    result = solve(problem, Limits(work=4))
    assert result.fairness is not None
    assert result.programme is not None
    assert (result.fairness.mode, result.fairness.fairest) == ("leximin", True)
    assert result.value == value(problem, result.programme)
    assert result.bound is not None
    assert result.fairness.given_up == result.bound - (result.value or 0) > 0
    assert result.status == "feasible"
    assert result.moments[-1].value == result.value


def test_points_are_those_of_the_event_unless_the_rule_says_otherwise() -> None:
    own = (5, 3)
    asked = [Choices(points_per_rank=own), ShareFairly(), Floor(), Floor(points_per_rank=(2, 1))]
    rules = Problem.of(CROWD, asked).rules
    assert [getattr(r, "points_per_rank", None) for r in rules[-4:]] == [own, own, own, (2, 1)]
    assert Problem.of(CROWD, [ShareFairly()]).rules[-1] == ShareFairly()
