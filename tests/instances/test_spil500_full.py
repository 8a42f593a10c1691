"""The whole day with every wish switched on: solved once, and read back from its files."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from tests.instances.written import Solved, Written

import spilrooster as sr


@pytest.fixture(scope="module")
def day(solved: Solved) -> Written:
    return solved("spil500-full", 8.0)


def test_no_hard_rule_is_broken_and_little_is_lost(day: Written) -> None:
    problem = sr.read(day.event)
    findings = sr.check(problem, sr.read_programme(problem, day.out))
    assert not [str(f.message) for f in findings if f.broken]
    lost = sum(f.cost or 0 for f in findings if f.rule == "choices")
    assert problem.ideal - lost >= 0.9 * 25_117  # what spil500 without these wishes reached
    assert day.result["value"] <= day.result["bound"]


def test_who_came_together_is_together_all_day(day: Written) -> None:
    couples = defaultdict(list)
    for person, row in day.people.items():
        if row["samen"]:
            couples[row["samen"]].append(day.day_of(person))
    assert len(couples) == 12
    assert all(one == other for one, other in couples.values())


def test_the_board_is_at_its_table_and_nobody_else(day: Written) -> None:
    board = {p for p, row in day.people.items() if row["groups"] == "bestuur"}
    (audience,) = [set(people) for s, t, people in day.runs() if s == "S40"]
    assert audience == board
    assert Counter(day.facts(sorted(board), "organisation")).most_common(1)[0][1] <= len(board) / 4


def test_presenters_have_a_pause_and_audiences_are_mixed(day: Written) -> None:
    number = {t: i for i, t in enumerate(day.rounds)}
    presents = defaultdict(set)
    for session, round_id, audience in day.runs():
        for presenter in day.sessions[session]["presenters"].split("|"):
            presents[presenter].add(number[round_id])
        towns = {*day.facts(audience, "municipality")}
        assert len(towns) >= min(5, len(audience))
    assert not [p for p, rounds in presents.items() if any(t + 1 in rounds for t in rounds)]


def test_everybody_eats_once_and_stands_are_staffed(day: Written) -> None:
    places = defaultdict(list)
    staff = Counter[str]()
    for row in day.schedules:
        if row["round"] in {"LUNCH1", "LUNCH2"} and row["room"]:
            if row["room"].startswith("Stand"):
                staff[row["round"]] += 1
            else:
                places[row["participant"]].append(row["room"])
    assert len(places) == 500
    assert all(len(tables) == 1 for tables in places.values())
    assert staff == {"LUNCH1": 6, "LUNCH2": 6}
