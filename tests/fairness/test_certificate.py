"""The certificate tells the truth: every figure and every proof against enumeration."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.fairness.truth import Best, envious, lawful, shares, with_nothing
from tests.rules.tiny import choice, event, person, programme, room, session
from tests.search.oracles import a_programme
from tests.search.small import Shape, examples, problems

from spilrooster.fairness import certificate
from spilrooster.fairness import envy as envy_module
from spilrooster.fairness.anywhere import least_with_nothing_by_seats, worst_by_seats
from spilrooster.fairness.certificate import sure_people
from spilrooster.fairness.levels import Levels
from spilrooster.fairness.shares import Shares
from spilrooster.problem import Problem
from spilrooster.rules import Choices, GroupTogether, MustNot, Rule
from spilrooster.search.arrays import Arrays
from spilrooster.search.clock import Clock, Limits
from spilrooster_models import Choice, Event, Fairness, Programme

CLOCK = Clock(Limits(work=50))


def ranked(**wishes: str) -> list[Choice]:
    return [choice(p, s, i) for p, list_ in wishes.items() for i, s in enumerate(list_, 1)]


SCARCE = event("ab", [room("r1", 1), room("r2", 1)], people="pq", choices=ranked(p="ab", q="ab"))
ONE_WISH = event("ab", [room("r1", 1), room("r2", 2)], ("t1",), "pqr", ranked(p="a", q="a", r="a"))
PRESENTED = event(
    [session("a", presenters=("p",)), session("b", max_people=1)],
    ["r1"],
    people=["p", person("q", absent=("t2",)), "r"],
    choices=ranked(p="b", q="ab", r="ba"),
)
PROBLEMS = [
    Problem.of(SCARCE),
    Problem.of(ONE_WISH, [Choices(points_per_rank=(7, 3))]),
    Problem.of(PRESENTED),
    Problem.of(SCARCE, [MustNot(participants=("p",), session="a")]),
]


def certified(problem: Problem, found: Programme) -> Fairness:
    made = certificate(problem, found, CLOCK, 1)
    assert made is not None
    return made


@pytest.mark.parametrize("problem", PROBLEMS)
def test_small_events_are_certified_exactly(problem: Problem) -> None:
    every = lawful(problem)
    best = Best.of(problem, every)
    for one in islice(every, 0, None, max(1, len(every) // 8)):
        made = certified(problem, one)
        same_runs = [p for p in every if set(p.runs) == set(one.runs)]
        here = Best.of(problem, same_runs)
        assert made.worst == float(min(shares(problem, one).values()))
        assert made.with_nothing == with_nothing(problem, one)
        assert (made.worst_bound, made.least_with_nothing) == (float(best.worst), best.nothing)
        assert made.worst_bound_here == float(here.worst)
        assert made.least_with_nothing_here == here.nothing
        assert made.envy.pairs == len(envious(problem, one))
        assert made.envy.people == len({i for i, _ in envious(problem, one)})


@pytest.mark.parametrize("problem", PROBLEMS)
def test_bounds_by_seats_hold_for_every_programme(problem: Problem) -> None:
    every = lawful(problem)
    best = Best.of(problem, every)
    arrays, mine = Arrays.of(problem), Shares.of(problem, every[0])
    assert worst_by_seats(arrays, mine, Levels.of(problem)) >= best.worst
    assert least_with_nothing_by_seats(arrays, sure_people(problem, mine)) <= best.nothing


def test_bounds_by_seats_see_a_session_with_too_few_seats() -> None:
    # Two seats at most for what three people want, and nothing else will do for them.
    problem = PROBLEMS[1]
    mine = Shares.of(problem, lawful(problem)[0])
    assert least_with_nothing_by_seats(Arrays.of(problem), sure_people(problem, mine)) == 1
    assert worst_by_seats(Arrays.of(problem), mine, Levels.of(problem)) == 0


SMALL = Shape(sessions=4, people=4, rounds=2, rooms=3, days=True)


@examples(40)
@given(problems(SMALL), st.integers(0, 99))
def test_certificates_hold_for_other_programmes_of_any_event(problem: Problem, seed: int) -> None:
    one, other = a_programme(problem, seed), a_programme(problem, seed + 100)
    assume(one is not None)
    assert one is not None
    assert other is not None
    made = certificate(problem, one, CLOCK, 1)
    mine = shares(problem, one)
    assert (made is None) == (not mine)
    if made is None:
        return
    pairs = envious(problem, one)
    assert (made.envy.pairs, made.envy.people) == (len(pairs), len({i for i, _ in pairs}))
    assert made.worst == float(min(mine.values()))
    assert made.worst <= made.worst_bound_here <= made.worst_bound
    assert made.with_nothing >= made.least_with_nothing_here >= made.least_with_nothing
    assert float(min(shares(problem, other).values())) <= made.worst_bound
    assert with_nothing(problem, other) >= made.least_with_nothing


# By hand ------------------------------------------------------------------------------------------

CROWD: Event = event(
    "ab", [room("r1", 2), room("r2", 5)], ("t1",), [f"p{i}" for i in range(5)],
    [choice(f"p{i}", s, k) for i in range(5) for k, s in enumerate("ab", 1)],
)  # fmt: skip
TWO_IN_A = programme(CROWD, {"a t1 r1": "p0 p1", "b t1 r2": "p2 p3 p4"})


def test_who_envies_whom() -> None:
    made = certified(Problem.of(CROWD), TWO_IN_A)
    assert (made.envy.pairs, made.envy.people, made.envy.asked) == (3 * 2, 3, 5)
    assert made.deciles == (0.8,) * 6 + (1.0,) * 3
    assert made.worst_bound_here == 0.8  # two seats for five people who want a most


def test_with_too_many_people_only_some_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envy_module, "MOST_LOOKS", 6)  # 3 people x 2 different days x 1 round
    found = certified(Problem.of(CROWD), TWO_IN_A).envy
    assert found.asked == 3
    assert found.pairs == 2 * found.people <= 6


def test_nothing_is_certified_where_nobody_wishes_anything() -> None:
    quiet = event("a", people="p")
    assert certificate(Problem.of(quiet), programme(quiet, {"a t1 r1": "p"}), CLOCK, 1) is None


def test_what_is_worth_nothing_is_something_all_the_same() -> None:
    # The only choice of p has no seat for p, but q's second one is worth 0 points: q has it.
    rules: list[Rule] = [Choices(points_per_rank=(5, 0))]
    day = event("ab", [room("r1", 1), room("r2", 1)], ("t1",), "pq", ranked(p="a", q="ab"))
    made = certified(Problem.of(day, rules), programme(day, {"a t1 r1": "p", "b t1 r2": "q"}))
    assert (made.with_nothing, made.least_with_nothing, made.worst) == (0, 0, 0.0)


def test_a_cancelled_solve_still_has_a_certificate() -> None:
    problem = Problem.of(CROWD)
    made = certificate(problem, TWO_IN_A, Clock(Limits(work=50), lambda: True), 1)
    assert made is not None
    assert made.worst <= made.worst_bound_here <= made.worst_bound


def test_a_grid_of_levels_stays_a_limit() -> None:
    grid = Levels((Fraction(0), Fraction(1, 2), Fraction(1)), every=False)
    assert grid.limit(Fraction(0), lambda level: level <= Fraction(1, 3)) == Fraction(1, 2)
    assert grid.under(0.3) >= Fraction(3, 10)


def test_people_who_come_together_are_counted_by_their_own_wishes() -> None:
    """The search shares their wishes out: then p would have half of what p wished for at most."""
    people = [person(p, groups=("g",)) for p in "pq"]
    pair = event("ab", [room("r1", 2), room("r2", 2)], ("t1",), people, ranked(p="a"))
    problem = Problem.of(pair, [GroupTogether(groups=("g",))])
    for there, worst in (("a", 1.0), ("b", 0.0)):
        runs = {"a t1 r1": "", "b t1 r2": ""}
        runs |= {run: "p q" for run in runs if run.startswith(there)}
        found = certified(problem, programme(pair, runs))
        assert (found.worst, found.worst_bound_here, found.worst_bound) == (worst, 1.0, 1.0)
