"""Rules that the search knows nothing of are kept all the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from tests.rules.tiny import choice, event, room, session
from tests.search.oracles import most_points

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.rules import Cost, Rule
from spilrooster.search.annealing_stage import AnnealingStage
from spilrooster.search.clock import Limits
from spilrooster.search.exact_stage import ExactStage
from spilrooster.search.neighbourhoods import NeighbourhoodStage
from spilrooster.search.stage import Stage
from spilrooster.solve import ENGINE, solve
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme, Status


class NotAtTheEnd(Rule):
    """Nothing of a theme runs in the last round."""

    rule: Literal["not_at_the_end"] = "not_at_the_end"
    theme: str

    def post(self, variables: Variables) -> Cost:
        for s in variables.event.sessions:
            if s.theme == self.theme:
                variables.cp.add(variables.held_in(s.id, variables.rounds[-1]) == 0)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for run in programme.runs:
            late = run.round == programme.rounds[-1]
            if late and event.sessions_by_id[run.session].theme == self.theme:
                yield self.broken((run.session,), "{session} is late.", session=run.session)


class AtMostTwice(Rule):
    """Nobody listens more often than twice a day: a rule about people's whole day."""

    rule: Literal["at_most_twice"] = "at_most_twice"

    def post(self, variables: Variables) -> Cost:
        for p in variables.event.participants:
            day = [variables.at(p.id, s, t) for s in variables.sessions_of(p.id)
                   for t in variables.rounds]  # fmt: skip
            variables.cp.add(sum(day) <= 2)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for schedule in programme.schedules:
            if sum(s is not None for s in schedule.sessions) > 2:
                who = schedule.participant
                yield self.broken((who,), "{who} is tired.", who=who)


PEOPLE = [f"p{i}" for i in range(9)]
DAY = event(
    [session(s, theme="care" if s in "abcde" else "", max_runs=2) for s in "abcdef"],
    [room("r1", 3), room("r2", 5)],
    ("t1", "t2", "t3", "t4"),
    PEOPLE,
    [choice(p, "abcdef"[(2 * i + k) % 6], k) for i, p in enumerate(PEOPLE) for k in (1, 2)],
)
RULES = {"runs": NotAtTheEnd(theme="care"), "people": AtMostTwice()}
SEARCH_FIRST: tuple[tuple[Stage, float], ...] = (
    (AnnealingStage(), 0.3),
    (ExactStage(most_places=0, last_resort=True), 0.5),
    (NeighbourhoodStage(), 1.0),
)
"""As in a large event: the exact model comes in only if the search found nothing lawful."""


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("engine", [ENGINE, SEARCH_FIRST], ids=["engine", "search first"])
def test_the_programme_keeps_it(rule: str, engine: tuple[tuple[Stage, float], ...]) -> None:
    problem = Problem.of(DAY, [RULES[rule]])
    result = solve(problem, Limits(work=4), engine=engine)
    assert not any(finding.broken for finding in check(problem, result.require()))
    assert result.value is not None
    assert result.bound is not None
    best = most_points(problem)
    assert best is not None
    assert 0.8 * best <= result.value <= best <= result.bound
    if engine is ENGINE:
        assert (result.status, result.value) == (Status.OPTIMAL, best)


def test_they_do_bind_here() -> None:
    """Without them the search would do what they forbid."""
    free = solve(Problem.of(DAY), Limits(work=4), engine=SEARCH_FIRST).require()
    for rule in RULES.values():
        assert [*rule.findings(DAY, free)]
