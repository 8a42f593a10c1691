"""Answers find their person, and the last answer of a person counts."""

from __future__ import annotations

import csv
import io

import pytest
from tests.intake.conftest import TITLES, Desk, became, choices, rows_of, said
from tests.intake.exports import Row

from spilrooster.intake import read_ballots
from spilrooster.intake._write import log_rows

S1, S2, *_ = TITLES.values()
HEAD = ["Tijdstempel", "E-mailadres", "Naam", "Eerste keuze"]
LIST: list[Row] = [
    ["D1", "An Bos", "an@example.org"],
    ["D2", "Bo Dam", ""],
    ["D3", "Cas El", "c@x.nl"],
]


def test_people_are_found_by_address_and_else_by_name(desk: Desk) -> None:
    desk.settle(LIST)
    rows: list[Row] = [
        HEAD,
        ["1-10-2026 10:00", "AN@example.org ", "iemand", S1],
        ["1-10-2026 10:01", "bo@example.org", "bo dam", S2],
    ]
    plan = desk.plan(desk.file("a.csv", rows))
    assert (said(plan), choices(plan)) == ([], [("D1", "S1", "1"), ("D2", "S2", "1")])
    assert "participants.csv" not in plan.result.files


def test_a_strange_address_is_not_overruled_by_a_name(desk: Desk) -> None:
    desk.settle(LIST)
    rows: list[Row] = [HEAD, ["1-10-2026 10:00", "other@x.nl", "Cas El", S1]]
    plan = desk.plan(desk.file("a.csv", rows))
    what = "This person is not among the participants."
    assert said(plan) == [("a.csv", 2, "Cas El", what)]
    assert "Is it D3?" in str(plan.problems[0].advice)
    assert became(plan) == [(2, "unusable")]


def test_newcomers_are_added_where_that_is_asked(desk: Desk) -> None:
    desk.settle(LIST)
    rows: list[Row] = [HEAD, ["1-10-2026 10:00", "dd@x.nl", "Di Kok", S1]]
    plan = desk.plan(desk.file("a.csv", rows), newcomers="add", replace=True)
    assert (said(plan), choices(plan)) == ([], [("P004", "S1", "1")])
    assert rows_of(plan, "participants.csv")[-1] == ("P004", "Di Kok", "dd@x.nl")
    only = desk.plan(desk.file("a.csv", rows), newcomers="only", replace=True)
    assert rows_of(only, "participants.csv") == [("P004", "Di Kok", "dd@x.nl")]
    assert sum("did not answer" in str(p.what) for p in only.remarks) == len(LIST)


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("2-11-2026 10:00:00", "14-11-2026 09:00:00"),  # the day first, since there is a 14
        ("11/2/26 10:00:00", "11/14/26 9:00:00"),  # the month first, since there is a 14
        ("2026/11/02 11:00:00 AM CET", "2026/11/02 1:00:00 PM CET"),
        ("2026-11-02T10:00:00", "2026-11-02 10:00:01"),
        ("46328,40", "46328,41"),  # days of a spreadsheet
    ],
)
def test_the_later_answer_counts_wherever_it_stands(desk: Desk, early: str, late: str) -> None:
    desk.settle()
    rows: list[Row] = [HEAD, [late, "a@x.nl", "An", S2], [early, "a@x.nl", "An", S1]]
    plan = desk.plan(desk.file("a.csv", rows))
    assert choices(plan) == [("P001", "S2", "1")]
    assert became(plan) == [(3, "replaced"), (2, "taken")]


def test_days_and_months_are_told_apart_by_the_order_in_which_answers_came(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [HEAD, ["3/12/26 10:00", "a@x.nl", "An", S1],
                       ["4/1/26 9:00", "a@x.nl", "An", S2]]  # fmt: skip
    assert choices(desk.plan(desk.file("a.csv", rows))) == [("P001", "S2", "1")]


def test_the_last_change_counts_in_microsoft_forms(desk: Desk) -> None:
    desk.settle()
    head = ["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam",
            "Tijd van laatste wijziging", "Eerste keuze"]  # fmt: skip
    rows: list[Row] = [
        head,
        [1, "", "2026-10-01 10:00", "a@x.nl", "An", "2026-10-09 10:00", S1],
        [2, "", "2026-10-02 10:00", "a@x.nl", "An", "", S2],
    ]
    assert choices(desk.plan(desk.file("a.csv", rows))) == [("P001", "S1", "1")]


def test_times_that_nobody_can_read_leave_the_order_of_the_rows(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [HEAD, ["gisteren", "a@x.nl", "An", S1], ["vandaag", "a@x.nl", "An", S2]]
    plan = desk.plan(desk.file("a.csv", rows))
    assert choices(plan) == [("P001", "S2", "1")]
    assert any("times cannot be read" in str(p.what) for p in plan.remarks)


def test_answers_of_two_forms_are_one_persons(desk: Desk) -> None:
    desk.settle()
    first = desk.file("a.csv", [HEAD, ["2-10-2026 10:00", "a@x.nl", "An", S1]])
    head = ["ID", "Start time", "Completion time", "Email", "Name", "First choice"]
    second = desk.file("b.csv", [head, [1, "", "2026-10-01 10:00", "A@x.nl", "An", S2]])
    assert choices(desk.plan(first, second)) == [("P001", "S1", "1")]


def test_anonymous_rows_are_people_of_their_own(desk: Desk) -> None:
    desk.settle()
    head = ["ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Eerste keuze"]
    rows: list[Row] = [head, *([n, "", "2026-10-01 10:00", "anonymous", "", S1] for n in (1, 2))]
    plan = desk.plan(desk.file("a.csv", rows))
    assert rows_of(plan, "participants.csv") == [("P001",), ("P002",)]
    desk.into.joinpath("participants.csv").write_text("participant\nD1\n")
    refused = desk.plan(desk.file("a.csv", rows))
    assert {what for *_, what in said(refused)} == {"This answer does not say whose it is."}


def test_a_blank_answer_is_an_answer(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [HEAD, ["1-10-2026 10:00", "a@x.nl", "An", S1],
                       ["2-10-2026 10:00", "a@x.nl", "An", ""]]  # fmt: skip
    plan = desk.plan(desk.file("a.csv", rows))
    assert (choices(plan), became(plan)) == ([], [(2, "replaced"), (3, "blank")])
    assert any("an earlier one did" in str(p.what) for p in plan.remarks)


def test_every_row_is_in_the_log(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [
        HEAD,
        *(["1-10-2026 10:00", f"{n % 7}@x.nl", f"{n % 7}", S1] for n in range(40)),
    ]
    plan = desk.plan(desk.file("a.csv", rows))
    log = plan.result.files["import.csv"].decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(log), delimiter=";"))
    assert [row["row"] for row in found] != []
    assert sorted(int(row["row"]) for row in found) == list(range(2, 42))
    assert [row["became"] for row in found].count("replaced") == 33
    (table,) = plan.tables
    assert sum(count for _, count in table.became) == table.rows == 40


def test_a_newcomer_is_as_they_last_said(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [
        [*HEAD, "Gemeente"],
        ["2-10-2026 10:00", "a@x.nl", "An Bos", S2, "Weert"],
        ["1-10-2026 10:00", "a@x.nl", "An", S1, "Venlo"],
    ]
    plan = desk.plan(desk.file("a.csv", rows))
    assert rows_of(plan, "participants.csv") == [("P001", "An Bos", "a@x.nl", "Weert")]


def test_a_form_without_sessions_is_a_list_of_participants(desk: Desk) -> None:
    desk.settle()
    head = ["Tijdstempel", "E-mailadres", "Naam [verplicht]", "Gemeente", "Dieet [optioneel]"]
    rows: list[Row] = [
        [*head[:2], "Naam", *head[3:]],
        ["1-10-2026 10:00", "a@x.nl", "An", "Venlo", ""],
        ["3-10-2026 10:00", "a@x.nl", "An Bos", "Weert", "vegan"],
        ["2-10-2026 10:00", "b@x.nl", "Bo", "Venlo", ""],
    ]
    signed_up = desk.file("aanmelding.csv", rows)
    answers = desk.file(
        "a.csv",
        [HEAD, ["1-10-2026 10:00", "B@x.nl", "Bo", S1], ["1-10-2026 10:00", "c@x.nl", "Cas", S1]],
    )
    alone = desk.plan(signed_up)
    assert (said(alone), became(alone)) == ([], [(2, "replaced"), (3, "taken"), (4, "taken")])
    assert rows_of(alone, "participants.csv") == [
        ("P001", "An Bos", "a@x.nl", "Weert", "vegan"),
        ("P002", "Bo", "b@x.nl", "Venlo", ""),
    ]
    both = desk.plan(answers, signed_up)
    assert choices(both) == [("P002", "S1", "1")]
    assert [value for _, _, value, _ in said(both)] == ["Cas"]


def test_only_who_answered_or_presents_can_be_kept(desk: Desk) -> None:
    desk.settle(LIST)
    (desk.into / "sessions.csv").write_text("session,title,presenters\nS1,Eten,D3\n")
    rows: list[Row] = [HEAD, ["1-10-2026 10:00", "", "Bo Dam", "Eten"]]
    plan = desk.plan(desk.file("a.csv", rows), newcomers="only", replace=True)
    assert [row[0] for row in rows_of(plan, "participants.csv")] == ["D2", "D3"]


def test_the_log_keeps_the_answers_of_an_earlier_import(desk: Desk) -> None:
    desk.settle(LIST)
    desk.plan(desk.file("a.csv", [HEAD, ["1-10-2026 10:00", "", "An Bos", ""]])).write()
    desk.plan(desk.file("z.csv", [["Zaal", "Plaatsen"], ["A", 9], ["B", 9]]), replace=True).write()
    assert read_ballots(desk.into).answered == {"D1"}
    kinds = [row["kind"] for row in log_rows(desk.into / "import.csv")]
    assert kinds == ["answers", "rooms", "rooms"]


def test_titles_left_out_are_told_to_the_audit(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [
        [*HEAD, "Tweede keuze"],
        ["1-10-2026 10:00", "", "An", "Weg; heel ver", "Op"],
        ["1-10-2026 10:00", "", "Bo", "Op", S1],
    ]
    desk.plan(desk.file("a.csv", rows), lenient=True).write()
    assert read_ballots(desk.into).stale == (("Op", 2), ("Weg; heel ver", 1))
