"""What every rule has: a name like its file's, described fields, known ids, a way to be written."""

from __future__ import annotations

import importlib

import pytest
from pydantic import TypeAdapter
from tests.rules.examples import EXAMPLES, GROUPS

from spilrooster import rules as catalogue
from spilrooster.problem import Problem
from spilrooster.rules import (
    RULES,
    STANDARD_RULES,
    AllOf,
    AnyRule,
    Choices,
    GroupApart,
    GroupTogether,
    KeepApart,
    KeepTogether,
    KeptSeats,
    Language,
    LargestShare,
    LeastOf,
    Mix,
    MixPerRound,
    MustAttend,
    MustNot,
    NotAllAtOnce,
    OneOf,
    Order,
    Pinned,
    PresenterAvailable,
    PresenterCompact,
    PresenterPause,
    PresenterPrefers,
    RoomSeats,
    Rule,
    SameRoom,
    SoftRule,
    Spread,
    ThemeKeepsRoom,
    ThemesApart,
    TravelTime,
)
from spilrooster_models import UnknownId

each_rule = pytest.mark.parametrize("kind", RULES, ids=lambda kind: kind.__name__)


@each_rule
def test_a_rule_is_named_after_its_file(kind: type[Rule]) -> None:
    name = kind.model_fields["rule"].default
    assert getattr(importlib.import_module(f"spilrooster.rules.{name}"), kind.__name__) is kind
    assert kind.__name__ in catalogue.__all__


@each_rule
def test_a_rule_describes_itself_and_each_of_its_fields(kind: type[Rule]) -> None:
    assert kind.__doc__
    described = {name: f.description for name, f in kind.model_fields.items() if name != "rule"}
    assert all(described.values()), described


@each_rule
def test_a_rule_comes_back_from_json_as_it_was(kind: type[Rule]) -> None:
    reader: TypeAdapter[Rule] = TypeAdapter(AnyRule)
    for rule, _ in EXAMPLES.get(kind, ()):
        assert reader.validate_json(rule.model_dump_json()) == rule


@each_rule
def test_a_rule_refers_only_to_ids_of_its_event(kind: type[Rule]) -> None:
    for rule, event in EXAMPLES.get(kind, ()):
        assert list(rule.refer(event)) == []


def test_standard_rules_need_nothing_to_be_told() -> None:
    assert [kind.model_validate({}).rule for kind in STANDARD_RULES]
    assert [kind.__name__ for kind in STANDARD_RULES if issubclass(kind, SoftRule)] == [
        "Choices",
        "FillFreeSeats",
        "LunchShift",
        "MarketStand",
        "TableMix",
        "DrinksGroups",
    ]


@pytest.mark.parametrize(
    ("rule", "places"),
    [
        (KeepApart(pairs=(("a", "zz"),)), [("keep_apart.pairs", "zz")]),
        (KeepTogether(pairs=(("zz", "b"),)), [("keep_together.pairs", "zz")]),
        (Order(pairs=(("a", "b"), ("y", "z"))), [("order.pairs", "y"), ("order.pairs", "z")]),
        (
            Pinned(session="x", round="y", room="z"),
            [("pinned.session", "x"), ("pinned.round", "y"), ("pinned.room", "z")],
        ),
        (
            PresenterAvailable(presenter="x", rounds=("t1", "y")),
            [("presenter_available.presenter", "x"), ("presenter_available.rounds", "y")],
        ),
        (
            MustAttend(participants=("p", "g", "x"), session="y"),
            [("must_attend.participants", "x"), ("must_attend.session", "y")],
        ),
        (
            MustNot(participants=("h", "x"), session="y"),
            [("must_not.participants", "x"), ("must_not.session", "y")],
        ),
        (Choices(tiers=(("x", 2),)), [("choices.tiers", "x")]),
        (PresenterPause(presenters=("p", "x")), [("presenter_pause.presenters", "x")]),
        (
            PresenterPrefers(presenter="x", rounds=("y",), rooms=("z",)),
            [
                ("presenter_prefers.presenter", "x"),
                ("presenter_prefers.rounds", "y"),
                ("presenter_prefers.rooms", "z"),
            ],
        ),
        (PresenterCompact(presenters=("x",)), [("presenter_compact.presenters", "x")]),
        (SameRoom(sessions=("a", "x")), [("same_room.sessions", "x")]),
        (
            Spread(sessions=("x",), parts=(("t1",), ("y",))),
            [("spread.sessions", "x"), ("spread.parts", "y")],
        ),
        (ThemesApart(themes=("x",)), [("themes_apart.themes", "x")]),
        (ThemeKeepsRoom(themes=("x",)), [("theme_keeps_room.themes", "x")]),
        (
            MixPerRound(column="level", values=("x",), rounds=("y",)),
            [
                ("mix_per_round.column", "level"),
                ("mix_per_round.values", "x"),
                ("mix_per_round.rounds", "y"),
            ],
        ),
        (
            TravelTime(between=(("x", "y", 5),)),
            [("travel_time.between", "x"), ("travel_time.between", "y")],
        ),
        (
            GroupTogether(groups=("g", "x"), column="trio"),
            [("group_together.groups", "x"), ("group_together.column", "trio")],
        ),
        (GroupApart(column="trio"), [("group_apart.column", "trio")]),
        (
            Mix(column="town", least=2, sessions=("x",)),
            [("mix.sessions", "x"), ("mix.column", "town")],
        ),
        (LargestShare(column="town", percent=50), [("largest_share.column", "town")]),
        (LeastOf(column="role", value="x", least=1), [("least_of.value", "x")]),
        (KeptSeats(tiers=("x",), percent=5), [("kept_seats.tiers", "x")]),
        (OneOf(sessions=("a", "x")), [("one_of.sessions", "x")]),
        (
            OneOf(sessions=("a", "x"), participants=("y",)),
            [("one_of.sessions", "x"), ("one_of.participants", "y")],
        ),
        (NotAllAtOnce(column="trio"), [("not_all_at_once.column", "trio")]),
        (AllOf(sessions=("x", "a")), [("all_of.sessions", "x")]),
        (Language(), [("language.column", "languages")]),
    ],
    ids=lambda value: value.rule if isinstance(value, Rule) else "",
)
def test_unknown_ids_are_named_with_their_place(rule: Rule, places: list[tuple[str, str]]) -> None:
    with pytest.raises(UnknownId) as error:
        Problem.of(GROUPS, [rule])
    problems = error.value.problems
    assert [(p.column, p.value) for p in problems] == places
    assert {p.file for p in problems} == {"event.toml"}
    assert "No " in str(error.value)


def test_a_given_rule_replaces_the_standard_one_of_its_kind() -> None:
    given = RoomSeats()
    problem = Problem.of(GROUPS, [given])
    assert [r for r in problem.rules if isinstance(r, RoomSeats)] == [given]
    assert len(problem.rules) == sum(kind.applies(GROUPS) for kind in STANDARD_RULES)
