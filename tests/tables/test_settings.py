"""event.toml and the rules in it: what is unknown or unfit is named with its line."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.tables.good_event import EVENT, EventFolder, place

from spilrooster.rules import Choices, FillFreeSeats, KeepApart, Pinned

START = 'name = "x"\ndate = 2026-11-19\n'


def settings(event: EventFolder, text: str) -> None:
    event.write("event.toml", START + text)


def test_only_the_date_has_to_be_there(event: EventFolder) -> None:
    event.write("event.toml", "date = 2026-11-19\n")
    read = event.read().event
    assert (read.name, read.timezone, read.language) == ("proefdag", "Europe/Amsterdam", "nl")
    assert next((n.file, n.column) for n in event.notes()) == ("event.toml", "name")
    event.write("event.toml", 'name = "x"\n')
    assert place(event.error()) == ("event.toml", None, "date", None)


@pytest.mark.parametrize("date", ["2026-11-19", '"19-11-2026"', '"2026-11-19"', '" 19/11/2026 "'])
def test_a_date_may_be_a_date_or_a_text(event: EventFolder, date: str) -> None:
    event.write("event.toml", f'name = "x"\ndate = {date}\n')
    assert event.read().event.date == dt.date(2026, 11, 19)


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ('date = "morgen"', "Write it as 2026-11-19."),
        ("date = 2026-11-19T09:00:00", "Write it as 2026-11-19."),
        ("date = 20261119", "Write it as 2026-11-19."),
    ],
)
def test_a_date_that_is_none_is_refused(event: EventFolder, line: str, advice: str) -> None:
    event.write("event.toml", f'name = "x"\n\n{line}\n')
    error = event.error()
    assert (error.row, error.column, str(error.advice)) == (3, "date", advice)


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ('timezone = "Europe/Amsterdm"', "timezone", "Did you mean Europe/Amsterdam?"),
        ('timezone = "Europe"', "timezone", "no such time zone"),
        ('timezone = "../../etc/passwd"', "timezone", "no such time zone"),
        ("timezone = 1", "timezone", "not a text"),
        ('show_presenters = "soms"', "show_presenters", "neither yes nor no"),
        ('only_with_session = "ja graag"', "only_with_session", "neither yes nor no"),
        ('website = "www.example.org"', "website", "https://www.example.org/programme/"),
        ('website = "https://example.org/?a=1"', "website", "address of a folder"),
        ("website = 3", "website", "not a text"),
        ('language = "fr"', "language", "Write nl or en."),
        ("language = 7", "language", "not a text"),
        ("points = 20", "points", "not a list"),
        ("points = []", "points", "too short"),
        ('points = ["veel"]', "points", "not a whole number"),
        ("points = [2.5]", "points", "not a whole number"),
        ("points = [3, -1]", "points", "below zero"),
        ("points = [99999999999]", "points", "too large"),
        ('tiemzone = "Europe/Amsterdam"', "tiemzone", "Did you mean timezone?"),
        (
            "zaal = 1",
            "zaal",
            "language, points, show_presenters, website, only_with_session, rules",
        ),
    ],
)
def test_an_unfit_key_is_named_with_its_line(
    event: EventFolder, line: str, column: str, words: str
) -> None:
    settings(event, f"# toelichting\n{line}\n")
    error = event.error()
    assert (error.file, error.row, error.column) == ("event.toml", 4, column)
    assert words in f"{error.what} {error.advice}"


def test_an_empty_name_is_refused(event: EventFolder) -> None:
    event.edit("event.toml", '"Proefdag"', '" "')
    assert place(event.error()) == ("event.toml", 1, "name", " ")


def test_the_language_counts_without_capitals(event: EventFolder) -> None:
    settings(event, 'language = "NL"\n')
    assert event.read().event.language == "nl"


def test_points_that_rise_are_noted(event: EventFolder) -> None:
    settings(event, "points = [3, 5]\n")
    assert event.read().choices == Choices(points_per_rank=(3, 5))
    assert "points" in [n.column for n in event.notes()]


def test_points_stand_in_one_place_only(event: EventFolder) -> None:
    settings(event, 'points = [3]\n[[rules]]\nrule = "choices"\npoints_per_rank = [2]\n')
    assert place(event.error()) == ("event.toml", None, "points", None)


@pytest.mark.parametrize(
    ("text", "line"),
    [("name = 'a\n", 1), ("name = 'a'\ndate = 2026-11-19\n\n[[rules]\n", 4), ("a = 1\na = 2\n", 2)],
)
def test_a_slip_in_the_syntax_is_named_with_its_line(
    event: EventFolder, text: str, line: int
) -> None:
    event.write("event.toml", text)
    error = event.error()
    assert (error.file, error.row) == ("event.toml", line)
    assert error.what.template == "This is not valid TOML: {reason}."


@pytest.mark.parametrize("text", [f"a = {'[' * 10_000}", f"a = {'9' * 10_000}"])
def test_settings_that_break_the_parser_are_refused(event: EventFolder, text: str) -> None:
    event.write("event.toml", text)
    assert event.error().file == "event.toml"


def test_settings_with_a_byte_order_mark_are_read(event: EventFolder) -> None:
    wanted = event.read()
    event.write("event.toml", EVENT.encode("utf-8-sig"))
    assert event.read() == wanted


def test_rules_are_read_behind_the_standard_ones(event: EventFolder) -> None:
    settings(event, '[[rules]]\nrule = "pinned"\nsession = "S1"\nround = "R1"\n')
    rules = event.read().rules
    assert rules[-1] == Pinned(session="S1", round="R1")
    assert FillFreeSeats() in rules


def test_a_rule_replaces_the_standard_one_of_its_kind(event: EventFolder) -> None:
    settings(event, '[[rules]]\nrule = "fill_free_seats"\nweight = 7\n')
    rules = [rule for rule in event.read().rules if isinstance(rule, FillFreeSeats)]
    assert rules == [FillFreeSeats(weight=7)]


def test_a_rule_may_be_given_more_than_once(event: EventFolder) -> None:
    pair = '[[rules]]\nrule = "keep_apart"\npairs = [["{}", "{}"]]\n'
    settings(event, pair.format("S1", "S2") + pair.format("S3", "S4"))
    rules = [rule for rule in event.read().rules if isinstance(rule, KeepApart)]
    assert [rule.pairs for rule in rules] == [(("S1", "S2"),), (("S3", "S4"),)]


@pytest.mark.parametrize(
    ("rule", "row", "column", "words"),
    [
        ('rule = "keep_appart"\npairs = []', 5, "rule", "Did you mean keep_apart?"),
        ('rule = "zomaar"', 5, "rule", "There is no such rule."),
        ("pairs = []", 4, "rule", "has no name"),
        ("rule = 5", 5, "rule", "There is no such rule."),
        ('rule = "keep_apart"', 4, "keep_apart.pairs", "sessions to separate"),
        ('rule = "keep_apart"\npairs = "S1"', 6, "keep_apart.pairs", "not a list"),
        ('rule = "keep_apart"\npairs = [["S1"]]', 6, "keep_apart.pairs", "too short"),
        ('rule = "keep_apart"\npairs = [["S1", "S2", "S3"]]', 6, "keep_apart.pairs", "too long"),
        ('rule = "keep_apart"\npairs = [["S1", 2]]', 6, "keep_apart.pairs", "not a text"),
        ('rule = "keep_apart"\npairs = [["S1", "S22"]]', 6, "keep_apart.pairs", "Did you mean S2?"),
        ('rule = "keep_apart"\npares = []\npairs = []', 6, "keep_apart.pares", "mean pairs?"),
        ('rule = "keep_apart"\npairs = []\npoints = 1', 7, "keep_apart.points", "above the first"),
        ('rule = "fill_free_seats"\nweight = -1', 6, "fill_free_seats.weight", "greater than"),
        ('rule = "fill_free_seats"\nweight = 1.5', 6, "fill_free_seats.weight", "whole number"),
        ('rule = "order"\npairs = []\ndirectly = "soms"', 7, "order.directly", "true nor false"),
        ('rule = "pinned"\nsession = "S1"\nround = "LUNCH"', 7, "pinned.round", "No round has"),
        ('rule = "pinned"\nsession = "S1"\nround = "r 1"', 7, "pinned.round", "Did you mean R1?"),
        ('rule = "must_attend"\nsession = "S1"\nparticipants = ["bestur"]', 7,
         "must_attend.participants", "Did you mean bestuur?"),
    ],
)  # fmt: skip
def test_an_unfit_rule_is_named_with_its_line(
    event: EventFolder, rule: str, row: int, column: str, words: str
) -> None:
    settings(event, f"\n[[rules]]\n{rule}\n")
    error = event.error()
    assert (error.file, error.row, error.column) == ("event.toml", row, column)
    assert words in f"{error.what} {error.advice}"


@pytest.mark.parametrize("rules", ["rules = 5", "[rules]\nrule = 'order'", "rules = ['order']"])
def test_rules_that_are_no_list_are_refused(event: EventFolder, rules: str) -> None:
    settings(event, rules)
    assert str(event.error().advice) == "Start each rule with [[rules]]."


def test_every_fault_in_the_rules_is_listed(event: EventFolder) -> None:
    settings(
        event,
        '[[rules]]\nrule = "keep_apart"\npairs = [["S8", "S9"], ["S1", "S2"]]\n'
        '[[rules]]\nrule = "zomaar"\n'
        '[[rules]]\nrule = "pinned"\nsession = "S7"\nround = "R7"\nroom = "Z"\n',
    )
    assert [(p.row, p.column, p.value) for p in event.errors()] == [
        (5, "keep_apart.pairs", "S8"),
        (5, "keep_apart.pairs", "S9"),
        (7, "rule", "zomaar"),
        (10, "pinned.session", "S7"),
        (11, "pinned.round", "R7"),
        (12, "pinned.room", "Z"),
    ]
