"""One good programme, and for each rule a programme that breaks that rule and no other."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from tests.rules.broken import Broken, altered
from tests.rules.broken_wishes import BROKEN_WISHES
from tests.rules.broken_wishes import GOOD as GOOD_FOR_WISHES
from tests.rules.examples_of_runs import on_two_days
from tests.rules.tiny import choice, event, person, programme, room, session

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.rules import (
    RULES,
    AccessibleRoom,
    AllowedRooms,
    AllowedRounds,
    Choices,
    FillFreeSeats,
    FixedPlace,
    Floor,
    KeepApart,
    KeepTogether,
    LeastPeople,
    LongSession,
    MustAttend,
    MustNot,
    NeedsFeatures,
    NoFreeRound,
    NoGap,
    NoRepeat,
    NoRun,
    OneRunPerRoom,
    OnlyFor,
    Order,
    PersonPresent,
    Pinned,
    PresenterAvailable,
    PresenterInOnePlace,
    RoomOpen,
    RoomSeats,
    Rule,
    RunsBetween,
    ShareFairly,
    StayClose,
    StayInRoom,
    TakesPart,
)
from spilrooster.rules.travel_time import minutes_between
from spilrooster_models import Event

DAY = event(
    [
        session("bees", presenters=("ada",), needs=("screen",)),
        session("soup", min_people=2, max_people=4, max_runs=2),
        session("song", rounds=("evening",), rooms=("barn", "attic"), only_for=("choir",)),
        session("walk", min_runs=0, max_runs=2),
    ],
    [
        room("hall", 4, features=("screen", "lift")),
        room("barn", 3, features=("lift",)),
        room("attic", 2, closed=("evening",)),
    ],
    ("morning", "evening"),
    [
        "ada",
        "ben",
        person("cas", needs=("lift",)),
        person("dee", groups=("choir",)),
        person("eva", absent=("evening",)),
        "fay",
    ],
    [choice("ben", "bees", 1), choice("ben", "soup", 2), choice("dee", "song", 1)],
)

MORNING = {
    "bees morning hall": "ada ben cas",
    "soup morning attic": "dee eva",
    "walk morning barn": "fay",
}
EVENING = {"soup evening hall": "ada ben cas fay", "song evening barn": "dee"}
GOOD = MORNING | EVENING


LONG = event(["bees", "soup", "walk"], ["hall"], ("morning", "noon", "evening"))
IN_A_ROW = {"bees morning hall": "", "soup noon hall": "", "walk evening hall": ""}
WITH_A_GAP = {"bees morning hall": "", "walk noon hall": "", "soup evening hall": ""}


# For the rule choices, ranks 11 and 12 are worth one point each.
WORST_OFF = event("ab", ["r1", "r2"], ("t1",), ["q"], [choice("q", "a", 11), choice("q", "b", 12)])
SUPPER = event(
    [session("soup"), session("pie", continues="soup", max_runs=2)],
    ["hall", "barn"],
    ("morning", "noon", "evening"),
    ["ada", "ben"],
)
WHOLE = {"soup morning hall": "ada", "pie noon hall": "ada"}


def on_day(
    rule: Rule,
    plan: Mapping[str, str],
    says: str,
    day: Event = DAY,
    good: Mapping[str, str] = GOOD,
) -> Broken:
    return Broken(rule, plan, says, day, good)


BROKEN = (
    *BROKEN_WISHES,
    on_day(
        RoomOpen(),
        MORNING | {"soup evening attic": "ada ben", "song evening barn": "dee"},
        "soup is in room attic in evening, but the room is closed then.",
    ),
    on_day(
        OneRunPerRoom(),
        MORNING | {"soup evening barn": "ada ben cas", "song evening barn": "dee"},
        "Room barn has more than one session in evening: soup, song.",
    ),
    on_day(
        RoomSeats(),
        {"bees morning hall": "ada ben cas dee eva fay"} | EVENING,
        "bees in morning: 5 people in room hall with 4 seats.",
    ),
    on_day(
        RunsBetween(),
        MORNING | {"bees evening hall": "ada", "song evening barn": "dee"},
        "bees has too many runs: 2, and it may have at most 1.",
    ),
    on_day(
        RunsBetween(),
        {"soup morning attic": "dee eva", "walk morning barn": "fay cas"} | EVENING,
        "bees has too few runs: 0, and it needs at least 1.",
    ),
    on_day(
        AllowedRounds(),
        {"bees morning hall": "ada ben cas eva", "song morning barn": "dee"}
        | {"soup evening hall": "ada ben cas fay"},
        "song runs in morning, and it may not run then.",
    ),
    on_day(
        AllowedRooms(),
        MORNING | {"soup evening barn": "ada ben cas", "song evening hall": "dee"},
        "song is in room hall in evening, and it may not be in that room.",
    ),
    on_day(
        NeedsFeatures(),
        {"bees morning barn": "ada ben cas", "soup morning attic": "dee eva"} | EVENING,
        "bees is in room barn in morning, but that room does not have: screen.",
    ),
    on_day(
        PresenterInOnePlace(),
        altered(GOOD, bees_morning="ben cas", walk_morning="ada fay"),
        "ada presents bees in morning, but is at walk then.",
    ),
    on_day(
        PresenterInOnePlace(),
        altered(GOOD, bees_morning="ben cas"),
        "ada presents bees in morning, but is not there.",
    ),
    on_day(
        LeastPeople(),
        altered(GOOD, soup_morning="dee"),
        "soup in morning has too few people: 1, and it needs 2.",
    ),
    on_day(
        NoRepeat(),
        altered(GOOD, soup_evening="ada ben dee", song_evening=""),
        "dee attends soup 2 times.",
    ),
    on_day(
        OnlyFor(),
        altered(GOOD, soup_evening="ada ben cas", song_evening="dee fay"),
        "fay attends song in evening and is not invited.",
    ),
    on_day(
        PersonPresent(),
        MORNING | {"walk evening hall": "eva ben", "song evening barn": "dee"},
        "eva is at walk in evening, but is away then.",
    ),
    on_day(
        AccessibleRoom(),
        altered(GOOD, bees_morning="ada ben", soup_morning="cas eva", soup_evening="ada ben fay"),
        "cas is in room attic in morning; it does not have: lift.",
    ),
    on_day(
        Pinned(session="soup", round="evening"),
        MORNING | {"song evening barn": "dee"},
        "soup has to run in evening and does not.",
    ),
    on_day(
        Pinned(session="walk", round="morning", room="barn"),
        {"bees morning hall": "ada ben cas", "walk morning attic": "fay"} | EVENING,
        "walk has to be in room barn in morning and is in room attic.",
    ),
    on_day(
        PresenterAvailable(presenter="ada", rounds=("morning",)),
        {"soup morning hall": "dee eva"}
        | {"bees evening hall": "ada ben", "song evening barn": ""},
        "ada presents bees and is not available in evening.",
    ),
    on_day(
        KeepApart(pairs=(("walk", "song"),)),
        MORNING | {"walk evening hall": "ben", "song evening barn": "dee"},
        "walk and song are both in evening.",
    ),
    on_day(
        KeepTogether(pairs=(("walk", "bees"),)),
        {"bees morning hall": "ada ben cas", "soup morning attic": "dee eva"} | EVENING,
        "bees runs in morning without walk.",
    ),
    on_day(
        Order(pairs=(("bees", "song"),)),
        {"soup morning hall": "dee eva"}
        | {"bees evening hall": "ada ben", "song evening barn": ""},
        "bees has to come before song, but bees runs in evening and song in evening.",
    ),
    on_day(
        Order(pairs=(("walk", "song"),), directly=True),
        {"bees morning hall": "ada ben cas", "soup morning attic": "dee eva"} | EVENING,
        "song runs in evening, and walk does not run in the round before it.",
    ),
    on_day(
        MustAttend(participants=("choir",), session="song"),
        altered(GOOD, song_evening=""),
        "dee has to attend song and does not.",
    ),
    on_day(
        FixedPlace(participants=("ben", "fay"), round="morning", session="walk"),
        GOOD,
        "ben has to be at walk in morning and is not.",
        good=altered(GOOD, bees_morning="ada cas", walk_morning="ben fay"),
    ),
    on_day(
        FixedPlace(participants=("fay",), round="evening"),
        GOOD,
        "fay is at soup in evening, and has to be free then.",
        good=altered(GOOD, soup_evening="ada ben cas"),
    ),
    on_day(
        NoRun(session="walk", rounds=("morning", "evening")),
        GOOD,
        "walk runs in morning, and was taken out of it.",
        good={"bees morning hall": "ada ben cas", "soup morning attic": "dee eva"} | EVENING,
    ),
    on_day(
        StayClose(places=(("ben", "morning", "bees"), ("fay", "morning", "walk"))),
        altered(GOOD, bees_morning="ada ben cas fay", walk_morning=""),
        "fay was told something else for morning.",
    ),
    on_day(
        StayClose(places=(), runs=(("walk", "morning", "barn"), ("bees", "morning", "hall"))),
        {"bees morning hall": "ada ben cas", "soup morning barn": "dee eva"}
        | {"walk morning attic": "fay"}
        | EVENING,
        "walk was in room barn in morning before.",
    ),
    on_day(
        MustNot(participants=("ben", "choir"), session="walk"),
        altered(GOOD, bees_morning="ada cas", walk_morning="ben fay"),
        "ben attends walk in morning and may not.",
    ),
    on_day(
        StayInRoom(groups=(("walk", "song"),)),
        MORNING | {"walk evening hall": "ada ben cas", "song evening barn": "dee"},
        "All runs of walk, song have to be in one room, and they are in barn, hall.",
    ),
    on_day(
        Floor(first_choice=True, participants=("ben",)),
        altered(GOOD, bees_morning="ada cas", walk_morning="ben fay"),
        "ben does not get their first choice.",
    ),
    on_day(
        Floor(least_choices=3),
        altered(GOOD, bees_morning="ada cas", walk_morning="ben fay"),
        "ben gets 1 of their choices, and it has to be 2.",
    ),
    on_day(
        Floor(least_share=50),
        altered(GOOD, bees_morning="ada cas", walk_morning="ben fay"),
        "ben gets 16 points, and it has to be at least 18.",
    ),
    on_day(
        NoFreeRound(),
        altered(GOOD, walk_morning="", soup_evening="ada ben cas fay"),
        "fay has to have a session in every round, but has none in morning.",
    ),
    on_day(
        TakesPart(least=1),
        altered(GOOD, walk_morning="", soup_evening="ada ben cas"),
        "fay takes part in 0 rounds, and it must be at least 1.",
    ),
    on_day(
        TakesPart(most=1, participants=("eva", "fay")),
        MORNING | {"soup evening hall": "ada ben cas fay", "song evening barn": "dee"},
        "fay takes part in 2 rounds, and it may be at most 1.",
        good=altered(GOOD, soup_evening="ada ben cas"),
    ),
    on_day(
        NoGap(groups=(("soup", "bees"),)),
        WITH_A_GAP,
        "Between the runs of soup, bees is a gap in noon; allowed: 0.",
        day=LONG,
        good=IN_A_ROW,
    ),
    on_day(
        LongSession(),
        {"soup morning hall": "ada ben", "pie noon hall": "ben"},
        "ada does not attend all of soup in morning, noon.",
        day=SUPPER,
        good=WHOLE,
    ),
    on_day(
        LongSession(),
        {"soup morning hall": "ada", "pie noon barn": "ada"},
        "soup does not go on in the same room in the round after morning.",
        day=SUPPER,
        good=WHOLE,
    ),
    on_day(
        LongSession(),
        {"soup morning hall": "ada", "pie noon hall": "ada", "pie evening hall": ""},
        "soup goes on in evening, but not from the round before it.",
        day=SUPPER,
        good=WHOLE,
    ),
    on_day(
        Choices(points_per_rank=(20, 10)),
        altered(GOOD, bees_morning="ada cas", walk_morning="ben fay"),
        "ben gets 10 of 30 points.",
    ),
    Broken(
        ShareFairly(points_per_rank=(*[10] * 11, 4)),
        {"a t1 r1": "", "b t1 r2": "q"},
        "q is worst off: 40 % of what was possible at best.",
        WORST_OFF,
        {"a t1 r1": "q", "b t1 r2": ""},
    ),
    on_day(
        FillFreeSeats(weight=2),
        altered(GOOD, walk_morning="", soup_evening="ada ben cas"),
        "fay has no session in morning, evening.",
    ),
)
HARD = [b for b in BROKEN if not b.rule.soft]
SOFT = [b for b in BROKEN if b.rule.soft]


def name(case: Broken) -> str:
    return case.rule.rule


def test_every_rule_is_broken_once() -> None:
    searched = {kind for kind in RULES if kind.stage == "search"}
    assert {type(case.rule) for case in BROKEN} == searched  # tests/seating has the others


@pytest.mark.parametrize("case", BROKEN, ids=name)
def test_check_is_silent_on_the_good_programme(case: Broken) -> None:
    findings = check(Problem.of(case.day, [case.rule]), programme(case.day, case.good))
    at_no_cost = case.good in (GOOD, GOOD_FOR_WISHES)
    assert not [f for f in findings if f.broken or at_no_cost]


@pytest.mark.parametrize("case", HARD, ids=name)
def test_check_reports_the_broken_rule_and_no_other(case: Broken) -> None:
    findings = check(Problem.of(case.day, [case.rule]), programme(case.day, case.plan))
    broken = [f for f in findings if f.broken]
    assert [f.rule for f in broken] == [case.rule.rule]
    assert [str(f.message) for f in broken] == [case.says]


@pytest.mark.parametrize("case", SOFT, ids=name)
def test_check_reports_the_cost_of_a_soft_rule_and_of_no_other(case: Broken) -> None:
    findings = check(Problem.of(case.day, [case.rule]), programme(case.day, case.plan))
    assert [(f.rule, str(f.message)) for f in findings] == [(case.rule.rule, case.says)]
    assert findings[0].cost is not None
    assert findings[0].cost > 0


@pytest.mark.parametrize("case", BROKEN, ids=name)
def test_a_finding_names_the_ids_it_is_about_in_its_sentence(case: Broken) -> None:
    ids = {*case.day.participants_by_id, *case.day.sessions_by_id}
    ids |= {*case.day.layout.rooms_by_id, *case.day.layout.round_ids}
    for finding in check(Problem.of(case.day, [case.rule]), programme(case.day, case.plan)):
        sentence = str(finding.message)
        assert sentence[-1] == "."
        assert not set("{}") & set(sentence)
        assert set(finding.about) <= ids
        assert {word for word in re.findall(r"\w+", sentence) if word in ids} <= set(finding.about)


def sentences(rule: Rule, day: Event, plan: Mapping[str, str]) -> list[str]:
    return [str(f.message) for f in rule.findings(day, programme(day, plan))]


def test_no_repeat_names_only_what_is_repeated() -> None:
    day = event("ab", times=("t1", "t2", "t3"), people="p")
    plan = {"a t1 r1": "p", "b t2 r1": "p", "a t3 r1": "p"}
    assert sentences(NoRepeat(), day, plan) == ["p attends a 2 times."]


def test_order_names_the_two_runs_that_clash_most() -> None:
    day = event("ab", times=("t1", "t2", "t3"))
    plan = {"a t1 r1": "", "a t3 r1": "", "b t2 r2": "", "b t3 r2": ""}
    assert sentences(Order(pairs=(("a", "b"),)), day, plan) == [
        "a has to come before b, but a runs in t3 and b in t2."
    ]


def test_two_sessions_of_one_presenter_in_one_round_break_one_place() -> None:
    day = event([session(s, presenters=("p",)) for s in "ab"], ["r1", "r2"], people="p")
    assert sentences(PresenterInOnePlace(), day, {"a t1 r1": "p", "b t1 r2": ""}) == [
        "p presents b in t1, but is at a then."
    ]


def test_days_are_counted_apart() -> None:
    day = on_two_days(event(["a"], times=("t1", "t2", "t3"), people="p"), "t2")
    assert day.days == (("t1",), ("t2", "t3"))


def test_time_to_travel_is_from_the_end_of_one_round_to_the_start_of_the_next() -> None:
    day = event("ab", [room("r1", building="x"), room("r2", building="y")], people="p")
    early, later = day.layout.rounds
    assert minutes_between(day, early, later) == 30
    assert minutes_between(day, later, early) == -90
    apart = on_two_days(day, "t2")
    assert minutes_between(apart, *apart.layout.rounds) is None
