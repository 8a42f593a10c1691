"""What the board counts for a rule is what the rule finds, after any moves."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.tiny import event, session
from tests.search.small import boards, examples
from tests.search.test_board import board_of, do, moves

from spilrooster.problem import Problem
from spilrooster.rules import (
    FewRooms,
    GradedRule,
    MixPerRound,
    PresenterCompact,
    PresenterPause,
    PresenterPrefers,
    SameRoom,
    SoftRule,
    Spread,
    ThemeKeepsRoom,
    ThemesApart,
)
from spilrooster.search.arrays import Arrays
from spilrooster.search.board import EMPTY, Board
from spilrooster.search.candidate import Workshop
from spilrooster.search.demands import Tallies
from spilrooster.search.facts import Facts
from spilrooster.search.penalties import cost_of_runs
from spilrooster.search.tallies import tally
from spilrooster_models import Event

SESSIONS = [
    session(s, theme=theme, presenters=presenters, min_runs=0, max_runs=5)
    for s, theme, presenters in (
        ("a", "care", ("p",)),
        ("b", "care", ("p", "q")),
        ("c", "home", ("q",)),
        ("d", "home", ()),
    )
]


def two_days() -> Event:
    """Three rounds on one day and two on the next."""
    plain = event(SESSIONS, ["r1", "r2", "r3"], ["t1", "t2", "t3", "t4", "t5"], "pq")
    later = plain.date + dt.timedelta(days=1)
    rounds = tuple(
        r.model_copy(update={"date": later}) if r.id in {"t4", "t5"} else r
        for r in plain.layout.rounds
    )
    return plain.model_copy(update={"layout": plain.layout.model_copy(update={"rounds": rounds})})


GRADED = (
    PresenterPause(weight=3),
    PresenterPause(weight=3, most=2, presenters=("q",)),
    PresenterCompact(weight=3),
    ThemeKeepsRoom(weight=3),
    FewRooms(most=1, weight=3),
    MixPerRound(column="theme", least=2, weight=3),
    MixPerRound(column="theme", values=("care",), rounds=("t2", "t4"), weight=3),
    Spread(weight=3),
    Spread(weight=3, sessions=("a",), parts=(("t1", "t3"), ("t2",), ("t4",))),
    ThemesApart(most=2, weight=3),
)
"""Hard, they are counted in the same way on more than one day."""

SOFT: tuple[SoftRule, ...] = (
    *GRADED,
    PresenterPrefers(presenter="p", rounds=("t1", "t4"), rooms=("r2",), weight=3),
    SameRoom(weight=3),
    ThemesApart(weight=3),
)


def counted(facts: Facts, board: Board) -> tuple[int, int]:
    """Breaches that may not be, and costs, as the search knows them."""
    wrong, cost = tally(facts, board)
    here = [(board.occupant[t, r], t, r) for t in range(5) for r in range(3)]
    return wrong, cost + sum(int(facts.run_costs[s, t, r]) for s, t, r in here if s != EMPTY)


@pytest.mark.parametrize("rule", SOFT, ids=lambda rule: rule.rule)
@examples(12)
@given(data=st.data())
def test_the_board_counts_what_the_rule_finds(rule: SoftRule, data: st.DataObject) -> None:
    problem = Problem.of(two_days(), [rule])
    hard = rule.model_copy(update={"weight": None}) if isinstance(rule, GradedRule) else None
    workshop = Workshop(problem)
    facts, board = board_of(workshop.arrays, data.draw(boards(workshop.arrays)))
    firm = Arrays.of(Problem.of(two_days(), [hard])) if hard and rule in GRADED else None
    for move in (None, *data.draw(st.lists(moves(workshop.arrays), max_size=5))):
        if move is not None:
            do(facts, board, move)
        programme = workshop.unattended(board.occupant)
        cost = sum(f.cost or 0 for f in rule.findings(problem.event, programme))
        assert counted(facts, board) == (0, cost)
        if firm is not None:
            assert counted(*board_of(firm, board.occupant)) == (cost // 3, 0)


def test_costs_and_breaches_count_as_what_runs_cost() -> None:
    day = event([session(s, presenters=("p",)) for s in "ab"], people="p")
    losses = {}
    for weight in (None, 7):
        arrays = Arrays.of(Problem.of(day, [PresenterPause(weight=weight)]))
        facts, board = board_of(arrays, np.array([[0], [1]]))
        losses[weight] = cost_of_runs(facts, board), int(board.wrong[0])
    assert losses[7] == (7, 0)
    assert losses[None][1] == 1


def test_what_cannot_go_wrong_and_wishes_of_later_levels_are_left_out() -> None:
    day = event([session("a", presenters=("p",)), "b"], people="p")
    for rule in (PresenterPause(), SameRoom(weight=1), ThemesApart(most=2), Spread(weight=2)):
        assert not len(Arrays.of(Problem.of(day, [rule])).tallies.what)
    late = PresenterPause(weight=1, level=2)
    assert not len(Arrays.of(Problem.of(two_days(), [late])).tallies.what)


def test_a_sample_of_the_people_weighs_costs_less_but_never_nothing() -> None:
    arrays = Arrays.of(Problem.of(two_days(), [PresenterPause(weight=9), FewRooms(most=1)]))
    assert arrays.tallies.scaled(0.5).what[:, 2].tolist() == [5, 5, 0]
    assert arrays.tallies.scaled(0.01).what[:, 2].tolist() == [1, 1, 0]
    assert not len(Tallies.none().what)
