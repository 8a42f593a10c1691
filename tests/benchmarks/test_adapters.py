"""Adapters make problems of the sizes that SOURCE.md gives, and their parts fit together."""

from __future__ import annotations

import pytest
from benchmarks.cases import BY_NAME, CASES, PUBLIC, Case
from benchmarks.measure import Loaded, Measure
from benchmarks.own import score
from benchmarks.sets import slalom_2020, slalom_2022
from tests.benchmarks.sets import folder

from spilrooster import (
    Limits,
    PersonalSchedule,
    Programme,
    Run,
    check,
    solve,
    value_of,
)
from spilrooster.rules import PresenterPrefers

SIZES = {  # people, sessions, rounds, rooms
    "bot-aachen-2023": (135, 27, 5, 14),
    "slalom-2022-split": (427, 11, 3, 22),  # a room and a screen per topic
    "slalom-2022-hybrid": (427, 22, 3, 22),  # each topic twice, for its own people
    "slalom-2020": (578, 7, 3, 7),
    "lambdaconf-2015-friday": (108, 17, 4, 5),
    "alpine-2019": (176, 114, 18, 10),
    "alpine-2019-shared": (176, 114, 18, 10),
    "wassign-realistic120": (120, 10, 3, 10),  # no rooms: each choice has one of its own
    "wassign-realistic120-greedy": (120, 10, 3, 10),
    "wassign-realistic300": (300, 50, 5, 50),
    "wassign-realistic300-greedy": (300, 50, 5, 50),
}
LARGE = {"wassign-realistic5000", "wassign-realistic5000-greedy"}


def there(name: str) -> Case:
    case = BY_NAME[name]
    if not case.is_there(PUBLIC):
        pytest.skip(f"{case.folder} is not there")
    return case


def size_of(loaded: Loaded) -> tuple[int, int, int, int]:
    event = loaded.problem.event
    layout = event.layout
    return len(event.participants), len(event.sessions), len(layout.rounds), len(layout.rooms)


def test_every_public_case_has_its_size_here() -> None:
    assert {case.name for case in CASES if case.folder} == SIZES.keys() | LARGE


@pytest.mark.parametrize("name", SIZES)
def test_adapter_makes_a_problem_of_the_published_size(name: str) -> None:
    loaded = there(name).load(PUBLIC)
    assert size_of(loaded) == SIZES[name]
    assert loaded.problem.ideal > 0


def test_the_large_input_of_wassign_has_its_size() -> None:
    loaded = there("wassign-realistic5000-greedy").load(PUBLIC)
    assert size_of(loaded) == (5000, 35, 6, 35)


def test_a_day_with_every_session_once_changes_nothing_else() -> None:
    day, once = BY_NAME["spil500"].load(PUBLIC), BY_NAME["spil500-once"].load(PUBLIC)
    assert {s.max_runs for s in once.problem.event.sessions} == {1}
    assert once.problem.event.choices == day.problem.event.choices
    assert once.problem.rules == day.problem.rules


def test_the_day_with_every_rule_is_measured_without_its_tables() -> None:
    problem = BY_NAME["spil500-full"].load(PUBLIC).problem
    assert {rule.stage for rule in problem.rules} == {"search"}
    assert sum(not rule.standard for rule in problem.rules) > 20


def test_our_own_score_takes_off_what_rules_with_a_weight_cost() -> None:
    plain = BY_NAME["tiny"].load(PUBLIC).problem
    elsewhere = PresenterPrefers(presenter="Spil 1", rooms=("ZOLDER",), rounds=("R1",), weight=7)
    wished = plain.with_rules([elsewhere])
    programme = solve(plain, Limits(work=5)).require()
    assert score(plain, programme).value == 91
    costs = score(wished, programme).value
    assert costs == value_of(wished, check(wished, programme))
    assert costs < 91


def test_a_published_plan_passes_our_check_and_costs_the_same() -> None:
    """The adapter and the scorer were written apart; here they meet on the same plan."""
    loaded = there("slalom-2020").load(PUBLIC)
    places = {(p, t): s for p, s, t in slalom_2020.published(folder("slalom-2020"))}
    programme = programme_of(loaded, places, {})
    findings = check(loaded.problem, programme)
    assert [f for f in findings if f.broken] == []
    assert loaded.measure.of_points(value_of(loaded.problem, findings)) == 0


@pytest.mark.parametrize(("variant", "cost"), [("split", 1068), ("hybrid", 8)])
def test_published_slalom_plans_pass_our_check(variant: str, cost: int) -> None:
    loaded = there(f"slalom-2022-{variant}").load(PUBLIC)
    facts = slalom_2022.facts_of(folder("slalom-2022"))
    taken = slalom_2022.published(folder("slalom-2022"), variant)
    kinds = {(s, t): facts.kind(p) for p, s, t in taken}
    if variant == "split":
        rooms = {(s, t): f"{s}, {kind}" for (s, t), kind in kinds.items()}
        places = {(p, t): s for p, s, t in taken}
    else:
        rooms = {}
        places = {(p, t): f"{s}, {facts.kind(p)}" for p, s, t in taken}
    programme = programme_of(loaded, places, rooms)
    findings = check(loaded.problem, programme)
    assert [f for f in findings if f.broken] == []
    assert loaded.measure.of_points(value_of(loaded.problem, findings)) == cost
    assert loaded.score(programme).value == cost


def programme_of(
    loaded: Loaded, places: dict[tuple[str, str], str], rooms: dict[tuple[str, str], str]
) -> Programme:
    """Write a plan down; a session that nobody attends runs too if its room is clear."""
    event = loaded.problem.event
    times = event.layout.round_ids
    runs = [
        Run(session=s.id, round=t, room=rooms.get((s.id, t), s.rooms[0]))
        for s in event.sessions
        for t in s.rounds or times
    ]
    schedules = [
        PersonalSchedule(participant=p.id, sessions=tuple(places.get((p.id, t)) for t in times))
        for p in event.participants
    ]
    return Programme(rounds=times, runs=tuple(runs), schedules=tuple(schedules))


def test_costs_come_back_from_points() -> None:
    measure = Measure("cost", higher_is_better=False, offset=100)
    assert (measure.of_points(92), measure.of_bound(103)) == (8, 0)
    assert measure.gap(8, 4) == 0.5
    assert measure.gap(0, 0) == 0
    assert measure.gap(8, None) is None


def test_a_gap_of_two_parts_is_open_until_the_first_is_proven() -> None:
    measure = Measure("cost", higher_is_better=False, weight=1000)
    assert measure.gap(43_200, 42_900) is None
    assert measure.gap(43_200, 43_100) == 0.5
    assert measure.text(43_200) == "43 · 200"
