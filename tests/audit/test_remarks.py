"""The audit names whom and what it concerns, with numbers that can be counted by hand."""

from __future__ import annotations

import importlib

import pytest
from tests.rules.tiny import choice, event, person, room, session

from spilrooster.audit import Audit, Ballots, Remark, Topic, audit
from spilrooster.audit._names import near_pairs
from spilrooster.problem import Problem
from spilrooster.rules import MustNot, Rule
from spilrooster_models import Event


def look(case: Event, *rules: Rule, ballots: Ballots | None = None) -> Audit:
    return audit(Problem.of(case, rules), ballots)


def about(found: Audit, words: str) -> Remark:
    (remark,) = [r for r in found.remarks if words in str(r.what)]
    return remark


def test_silent_and_blank_are_told_apart() -> None:
    case = event(["bees"], people=["ada", "ben", "cas"], choices=[choice("ada", "bees", 1)])
    found = look(case, ballots=Ballots(answered=frozenset({"ada", "ben"}), several=("ada",)))
    assert about(found, "not answered").about == ("cas",)
    assert about(found, "blank ballot").about == ("ben",)
    assert about(found, "more than once").about == ("ada",)
    assert (found.people, found.with_choices) == (3, 1)


def test_without_any_answer_that_is_all_there_is_to_say() -> None:
    found = look(event(["bees", "cows"], times=["t1"], rooms=["r1", "r2"], people=["ada"]))
    assert [str(r.what) for r in found.remarks] == ["Nobody has chosen anything yet."]


def test_titles_that_were_left_out_are_listed() -> None:
    found = look(
        event(["bees"], people=["ada"], choices=[choice("ada", "bees", 1)]),
        ballots=Ballots(stale=(("Old", 3), ("Older", 1))),
    )
    remark = about(found, "no session has")
    assert remark.listed == ("Old (3)", "Older (1)")
    assert str(remark.what).endswith(": 4.")


def test_equal_ballots_are_grouped() -> None:
    sessions = [f"s{n}" for n in range(5)]
    same = [choice(p, s, n) for p in ("ada", "cas") for n, s in enumerate(sessions[:4], 1)]
    other = [choice("ben", s, n) for n, s in enumerate(sessions[1:], 1)]
    case = event(sessions, rooms=["r1", "r2", "r3"], people=["ada", "ben", "cas"],
                 choices=[*same, *other])  # fmt: skip
    assert about(look(case), "exactly the same ballot").listed == ("ada = cas",)


def test_choices_that_cannot_be_granted_are_named() -> None:
    case = event(
        [session("bees", only_for=("ada",)), session("cows", rounds=("t1",)), session("dogs")],
        rooms=[room("r1", 9), room("r2", 9)],
        people=["ada", person("ben", absent=("t1",)), person("cas", needs=("ramp",))],
        choices=[choice("ben", "bees", 1), choice("ben", "cows", 2), choice("ben", "dogs", 3),
                 choice("ada", "dogs", 1), choice("cas", "dogs", 1)],
    )  # fmt: skip
    found = look(case, MustNot(participants=("ada",), session="dogs"))
    remark = about(found, "cannot be granted in any programme")
    assert remark.listed == (
        "ben: Bees (bees)", "ben: Cows (cows)", "ada: Dogs (dogs)", "cas: Dogs (dogs)"
    )  # fmt: skip


def test_demand_is_counted_against_places() -> None:
    people = [f"p{n}" for n in range(6)]
    case = event(
        [session("bees", max_people=2), session("cows", min_runs=0), session("dogs", min_people=3)],
        rooms=[room("r1", 3), room("r2", 4)],
        people=people,
        choices=[*(choice(p, "bees", 1) for p in people), choice("p0", "dogs", 2)],
    )
    found = look(case)
    (bees, cows, dogs) = found.demand
    assert (bees.first, bees.best, bees.wanted, bees.places, bees.short) == (6, 6, 6, 2, 4)
    assert (cows.wanted, cows.places) == (0, 4)
    assert (dogs.first, dogs.best, dogs.wanted) == (0, 1, 1)
    remark = about(found, "Bees (bees) is wanted by 6 people")
    assert remark.urgent
    assert str(remark.advice) == "With max_runs = 2 there would be 4 places."
    assert about(found, "nobody wants them").about == ("cows",)
    assert "needs 3 people, and is wanted by 1" in str(about(found, "Dogs (dogs)").what)


def test_where_more_runs_do_not_help_other_advice_is_given() -> None:
    people = [f"p{n}" for n in range(6)]
    case = event([session("bees", max_runs=2)], rooms=[room("r1", 2)], people=people,
                 choices=[choice(p, "bees", 1) for p in people])  # fmt: skip
    assert str(about(look(case), "Bees").advice).startswith("Allow larger rooms")


def test_a_round_without_enough_places_is_named() -> None:
    case = event(
        [session("bees", max_runs=2), session("cows", max_people=1, presenters=("p0",))],
        rooms=[room("r1", 3), room("r2", 4, closed=("t2",))],
        people=[*(f"p{n}" for n in range(6)), person("p6", absent=("t1", "t2"))],
        choices=[choice("p1", "bees", 1)],
    )
    found = look(case)
    assert [(r.people, r.presenting, r.places, r.short) for r in found.rounds] == [
        (6, 1, 5, 0), (6, 1, 3, 2)
    ]  # fmt: skip
    assert about(found, "In T2 there are 6 people").topic is Topic.SEATS


def test_the_day_as_a_whole_may_have_too_few_places() -> None:
    case = event(
        ["bees", "cows"], rooms=[room("r1", 4), room("r2", 4)], people=["a", "b", "c", "d", "e"],
        choices=[choice("a", "bees", 1)],
    )  # fmt: skip
    assert [r.short for r in look(case).rounds] == [0, 0]
    assert "at least 10 seats" in str(about(look(case), "Over the whole day").what)


def test_duties_that_leave_no_round_are_a_clash() -> None:
    case = event(
        [session("bees", presenters=("ada",), rounds=("t1",)),
         session("cows", presenters=("ada", "ben"), rounds=("t1", "t2")),
         session("dogs", presenters=("ben",), rounds=("t2",))],
        rooms=["r1", "r2"],
        people=["ada", person("ben", absent=("t1",)), "cas"],
        choices=[choice("cas", "bees", 1)],
    )  # fmt: skip
    (remark,) = [r for r in look(case).remarks if r.topic is Topic.PRESENTERS]
    assert remark.about == ("ben", "cows", "dogs")
    assert str(remark.what).endswith("and they can only be in: T2.")


def test_a_choice_that_stands_while_they_present_is_lost() -> None:
    case = event(
        [session("bees", presenters=("ada",), rounds=("t1",)), session("cows", rounds=("t1",)),
         "dogs"],
        rooms=["r1", "r2"],
        people=["ada", "ben"],
        choices=[choice("ada", "cows", 1), choice("ada", "dogs", 2), choice("ben", "cows", 1)],
    )  # fmt: skip
    (remark,) = [r for r in look(case).remarks if r.topic is Topic.PRESENTERS]
    assert (remark.about, remark.urgent) == (("ada", "cows"), False)
    assert look(case).demand[1].wanted == 1


@pytest.mark.parametrize(
    ("texts", "pairs"),
    [
        (["Marie-José Janssen", "Marie Jose Janssen", "Piet Smeets"], [(0, 1)]),
        (["Jan Peeters", "jan peeters"], [(0, 1)]),
        (["Meer vrijwilligers: deel 1", "Meer vrijwilligers: deel 2"], []),
        (["Deel I", "Deel II"], []),
        (["Anna", "Hanna"], []),
        ([], []),
    ],
)
def test_names_that_differ_in_a_letter_are_near(
    texts: list[str], pairs: list[tuple[int, int]]
) -> None:
    assert near_pairs(texts) == pairs


def test_names_are_compared_with_all_others_also_when_compared_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = ["Jan Jansen", "Piet", "Jan Janssen", "Kees", "Pieter Pietersen", "Pieter Pieterse"]
    whole = near_pairs(texts)
    monkeypatch.setattr(importlib.import_module("spilrooster.audit._names"), "AT_ONCE", 2)
    assert near_pairs(texts) == whole == [(0, 2), (4, 5)]


def test_people_with_one_address_and_nearly_one_name() -> None:
    people = [
        person("p1", name="Gülten Peeters", email="G@x.nl"),
        person("p2", name="Gulten Peeters", email="g@x.nl "),
        person("p3", name="Bas Smeets", email="b@x.nl"),
    ]
    found = look(event(["bees"], people=people, choices=[choice("p1", "bees", 1)]))
    assert about(found, "nearly the same name").about == ("p1", "p2")
    assert about(found, "share an e-mail address").listed == (
        "g@x.nl: Gülten Peeters (p1), Gulten Peeters (p2)",
    )
