"""No-shows: exact where it can be worked out by hand, and every wrong rate is named."""

from __future__ import annotations

from math import comb

import pytest
from tests.rules.tiny import choice, event, person, room, session

import spilrooster as sr
from spilrooster.compare._no_shows import RISK, no_shows
from spilrooster_models import PersonalSchedule, Run

PEOPLE = [f"p{i}" for i in range(30)]
SEATS = 20


@pytest.fixture(scope="module")
def day() -> tuple[sr.Problem, sr.Programme]:
    """Twenty people at a, which is full and which ten more want; three at b, of whom one presents
    it and which needs two to listen."""
    listeners = PEOPLE[:SEATS]
    facts = event(
        [session("a"), session("b", min_people=2, presenters=("host",))],
        [room("r1", seats=SEATS), room("r2", seats=5)],
        ["t1"],
        [*(person(p, tier="late" if p == "p0" else "") for p in PEOPLE), "x", "y", "host"],
        [*(choice(p, "a", 1) for p in PEOPLE), choice("x", "b", 1), choice("y", "b", 1)],
    )
    at = dict.fromkeys(listeners, "a") | {"x": "b", "y": "b", "host": "b"}
    programme = sr.Programme(
        rounds=("t1",),
        runs=(Run(session="a", round="t1", room="r1"), Run(session="b", round="t1", room="r2")),
        schedules=tuple(
            PersonalSchedule(participant=p.id, sessions=(at.get(p.id),)) for p in facts.participants
        ),
    )
    return sr.Problem.of(facts), programme


def test_if_everybody_comes_it_is_as_planned(day: tuple[sr.Problem, sr.Programme]) -> None:
    problem, programme = day
    found = no_shows("x", *day, sr.ShowRates.read("1", problem), draws=50)
    assert (found.people, found.empty, found.places, found.runs_under) == (33, 3, 25, 0)
    assert found.satisfaction == found.planned_satisfaction == pytest.approx(22 / 32)
    assert found.overbooking == ()
    assert [(r.planned, r.expected) for r in found.runs] == [(20, 20), (2, 2)]
    assert programme.runs[0].session == found.runs[0].session


def test_the_chances_are_those_worked_out_by_hand(day: tuple[sr.Problem, sr.Programme]) -> None:
    problem, _ = day
    found = no_shows("x", *day, sr.ShowRates.read("0.8", problem), draws=20_000)
    assert found.people == pytest.approx(1 + 0.8 * 32, abs=0.2)  # who presents comes
    assert found.empty == pytest.approx(25 - 0.8 * 22, abs=0.1)
    assert found.runs[1].under == pytest.approx(1 - 0.8**2, abs=0.02)
    assert found.runs_under == pytest.approx(1 - 0.8**2, abs=0.02)
    # x has b on the days on which y comes too; the twenty have a; ten have nothing
    assert found.satisfaction == pytest.approx((20 + 2 * 0.8) / 32, abs=0.01)


def test_overbooking_is_as_much_as_the_risk_allows(day: tuple[sr.Problem, sr.Programme]) -> None:
    problem, _ = day
    (found,) = no_shows("x", *day, sr.ShowRates.read("0.8", problem), draws=10).overbooking

    def too_many(planned: int) -> float:
        return sum(comb(planned, k) * 0.8**k * 0.2 ** (planned - k) for k in range(21, planned + 1))

    assert (found.session, found.waiting) == ("a", 10)
    assert too_many(SEATS + found.extra) <= RISK < too_many(SEATS + found.extra + 1)
    assert found.risk == pytest.approx(too_many(SEATS + found.extra), abs=1e-4)


def test_the_same_seed_gives_the_same_days(day: tuple[sr.Problem, sr.Programme]) -> None:
    rates = sr.ShowRates.read("0.7,late=0.1", day[0])
    assert no_shows("x", *day, rates, draws=300) == no_shows("x", *day, rates, draws=300)
    assert no_shows("x", *day, rates, seed=2) != no_shows("x", *day, rates)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0", "Write a share"),
        ("88%", "Write a share"),
        ("nan", "Write a share"),
        ("0.9,gold=0.5", "Nobody has this tier"),
        ("late=0.5", r"These tiers have no rate: \(none\)"),
    ],
)
def test_a_wrong_rate_is_refused(day: tuple[sr.Problem, sr.Programme], text: str, why: str) -> None:
    with pytest.raises(sr.DataError, match=why):
        sr.ShowRates.read(text, day[0])
