"""Columns of forms are recognised by headers and cells, and every wish arrives at its session."""

from __future__ import annotations

import pytest
from tests.intake.conftest import TITLES, Desk, choices, rows_of, said
from tests.intake.exports import Row

S1, S2, S3, S4 = TITLES.values()
WHO = ["2026-10-01 10:00:00", "an@example.org", "An"]
HEAD = ["Tijdstempel", "E-mailadres", "Naam"]


def test_a_grid_with_a_row_per_rank(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [[*HEAD, "Kies [1e keuze]", "Kies [Tweede keuze]"], [*WHO, S2, S1]]
    assert choices(desk.plan(desk.file("a.csv", rows))) == [
        ("P001", "S2", "1"),
        ("P001", "S1", "2"),
    ]


@pytest.mark.parametrize(
    "cells", [("2", "1"), ("2e keuze", "1e keuze"), ("Second choice", "First")]
)
def test_a_grid_with_a_row_per_session(desk: Desk, cells: tuple[str, str]) -> None:
    desk.settle()
    rows: list[Row] = [[*HEAD, f"Kies [{S1}]", f"Kies [{S3}]"], [*WHO, *cells]]
    assert choices(desk.plan(desk.file("a.csv", rows))) == [
        ("P001", "S3", "1"),
        ("P001", "S1", "2"),
    ]


def test_statements_of_microsoft_forms_are_headers_without_a_question(desk: Desk) -> None:
    desk.settle()
    head = ["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", S1, S4]
    rows: list[Row] = [head, [1, "", "1-10-2026 10:00", "an@example.org", "An", "1", "2"]]
    assert choices(desk.plan(desk.file("a.csv", rows))) == [
        ("P001", "S1", "1"),
        ("P001", "S4", "2"),
    ]


def test_a_ranking_keeps_its_order_and_titles_may_hold_the_separator(desk: Desk) -> None:
    desk.settle()
    head = ["ID", "Start time", "Completion time", "Email", "Name", "Rank them"]
    rows: list[Row] = [
        head,
        [1, "", "10/13/26 10:00:00", "an@example.org", "An", f"{S3};{S1};{S2};"],
    ]
    found = choices(desk.plan(desk.file("a.csv", rows)))
    assert found == [("P001", "S3", "1"), ("P001", "S1", "2"), ("P001", "S2", "3")]


def test_lists_in_everybodys_own_order_are_a_ranking_without_being_told(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [[*HEAD, "Wat wil je doen?"], [*WHO, f"{S2};{S1};"],
            ["2026-10-01 11:00:00", "bo@example.org", "Bo", f"{S1};{S2};"]]  # fmt: skip
    found = choices(desk.plan(desk.file("b.csv", rows)))
    assert [(s, r) for _, s, r in found] == [("S2", "1"), ("S1", "2"), ("S1", "1"), ("S2", "2")]


def test_boxes_that_are_ticked_are_all_first_choices(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [
        [*HEAD, "Welke sessies trekken je?"],
        [*WHO, f"{S1}, {S2}"],
        ["2026-10-01 11:00:00", "bo@example.org", "Bo", f"{S1}, {S2}, {S3}"],
    ]
    found = choices(desk.plan(desk.file("a.csv", rows)))
    assert [(s, r) for _, s, r in found] == [
        ("S1", "1"), ("S2", "1"), ("S1", "1"), ("S2", "1"), ("S3", "1")
    ]  # fmt: skip


def test_a_question_that_is_repeated_counts_up(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [[*HEAD, "Je sessie", "Je sessie2", "Je sessie"], [*WHO, S3, S1, S2]]
    found = choices(desk.plan(desk.file("a.csv", rows)))
    assert [(s, r) for _, s, r in found] == [("S3", "1"), ("S1", "2"), ("S2", "3")]


def test_an_ordinal_in_the_question_goes_before_the_number_behind_it(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [[*HEAD, "Eerste keuze", "Eerste keuze2"], [*WHO, S3, S1]]
    found = choices(desk.plan(desk.file("a.csv", rows)))
    assert sorted((s, r) for _, s, r in found) == [("S1", "1"), ("S3", "1")]


def test_points_with_a_decimal_comma_are_points(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [["Deelnemer", S1, S2], ["An", "2,5", "4"], ["Bo", "1", "1"]]
    plan = desk.plan(desk.file("a.csv", rows, delimiter=";"))
    assert said(plan) == []
    assert choices(plan)[:2] == [("An", "S1", "2,5"), ("An", "S2", "4")]


def test_stars_are_not_taken_for_ranks_without_asking(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [["Naam", S1, S2], ["An", "5", "5"], ["Bo", "3", "3"]]
    file = desk.file("a.csv", rows)
    assert [p.advice is not None for p in desk.plan(file).problems] == [True]
    points = choices(desk.plan(file, numbers_are_ranks=False))
    assert [(s, w) for _, s, w in points] == [("S1", "5"), ("S2", "5"), ("S1", "3"), ("S2", "3")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (" samen  eten, SAMEN sterk ", "S1"),
        ("Het 'goede' gesprek - deel 1", "S4"),
        ("S2", "S2"),
        ("S2: Een buurttuin beginnen", "S2"),
        ("Een buurttuin beginnen (S2)", "S2"),
    ],
)
def test_spelling_that_cannot_mean_another_session_is_understood(
    desk: Desk, written: str, meant: str
) -> None:
    desk.settle()
    rows: list[Row] = [[*HEAD, "Eerste keuze"], [*WHO, written]]
    plan = desk.plan(desk.file("a.csv", rows))
    assert (said(plan), choices(plan)) == ([], [("P001", meant, "1")])


def test_a_near_miss_is_a_question_and_never_a_guess(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [[*HEAD, "Eerste keuze", "Tweede keuze"], [*WHO, "Een buurtuin beginnen", S1]]
    plan = desk.plan(desk.file("a.csv", rows))
    assert said(plan) == [("a.csv", 2, "Een buurtuin beginnen", "No session has this title.")]
    assert str(plan.problems[0].advice) == "Did you mean S2 (Een buurttuin beginnen)?"
    skipped = desk.plan(desk.file("a.csv", rows), lenient=True)
    assert choices(skipped) == [("P001", "S1", "2")]
    assert [(o.became.value, o.value) for o in skipped.outcomes] == [
        ("taken in part", "Een buurtuin beginnen")
    ]


def test_a_column_of_a_session_that_is_gone_is_named(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [
        [*HEAD, f"Kies [{S1}]", "Kies [Zingen op straat]"],
        [*WHO, "1e keuze", ""],
        ["2026-10-01 11:00:00", "bo@example.org", "Bo", "2e keuze", "1e keuze"],
    ]
    assert said(desk.plan(desk.file("a.csv", rows))) == [
        ("a.csv", 3, "Zingen op straat", "No session has this title.")
    ]


def test_no_preference_is_no_choice(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [[*HEAD, "Eerste keuze", "Tweede keuze"], [*WHO, "Geen voorkeur", S1]]
    plan = desk.plan(desk.file("a.csv", rows))
    assert (said(plan), choices(plan)) == ([], [("P001", "S1", "2")])


def test_what_people_say_of_themselves_is_kept(desk: Desk) -> None:
    desk.settle()
    head = [
        *HEAD,
        "In welke gemeente werk je?",
        "Wat is je functie?",
        "Dieetwensen",
        "Eerste keuze",
    ]
    rows: list[Row] = [head, [*WHO, "Venlo", "opbouwwerker", "geen noten", S1]]
    plan = desk.plan(desk.file("a.csv", rows))
    assert rows_of(plan, "participants.csv") == [
        ("P001", "An", "an@example.org", "Venlo", "opbouwwerker", "geen noten")
    ]


def test_a_session_chosen_twice_keeps_its_best_place(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [[*HEAD, "1e keuze", "2e keuze", "3e keuze"], [*WHO, S2, S1, S2]]
    plan = desk.plan(desk.file("a.csv", rows))
    assert choices(plan) == [("P001", "S2", "1"), ("P001", "S1", "2")]
    assert any("chosen twice" in str(p.what) for p in plan.remarks)
