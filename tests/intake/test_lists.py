"""Lists of Dutch Excel, and the sessions of pretalx and Indico, become tables of the contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.intake.conftest import Desk, became, rows_of, said
from tests.intake.exports import Row, workbook


def test_dutch_headers_are_understood(desk: Desk) -> None:
    desk.into.mkdir()
    rounds = desk.file("tijden.csv", [["Ronde", "Tijd"], ["Ronde 1", "10.00 - 10.50"]])
    rooms = desk.file("z.csv", [["zaal", "plaatsen", "gesloten"], ["Foyer", "60,0", "ronde 1"]],
                      delimiter=";", encoding="cp1252")  # fmt: skip
    people = desk.file(
        "d.csv",
        [["Voornaam", "Tussenvoegsel", "Achternaam", "E-mail", "Afwezig"],
         ["Zoë", "van", "Dam", "z@x.nl", "Ronde 1"]],
        delimiter=";", encoding="utf-8-sig",
    )  # fmt: skip
    plan = desk.plan(rounds, rooms, people)
    assert said(plan) == []
    assert rows_of(plan, "rounds.csv") == [("Ronde 1", "Ronde 1", "10.00", "10.50")]
    assert rows_of(plan, "rooms.csv") == [("Foyer", "Foyer", "60,0", "Ronde 1")]
    assert rows_of(plan, "participants.csv") == [("P001", "Zoë van Dam", "z@x.nl", "Ronde 1")]
    assert plan.result.missing == ("event.toml", "sessions.csv", "choices.csv")


def test_a_workbook_may_hold_several_tables_and_titles_above_them(desk: Desk) -> None:
    path = workbook(
        desk.home / "alles.xlsx",
        [["Zalen van De Maaspoort"], [], ["Zaal", "Capaciteit"], ["Foyer", 60], ["Atelier", 50]],
        "Zalen",
    )
    plan = desk.plan(path)
    assert said(plan) == []
    assert rows_of(plan, "rooms.csv") == [("Foyer", "Foyer", "60"), ("Atelier", "Atelier", "50")]


def test_presenters_may_be_named(desk: Desk) -> None:
    desk.settle([["D1", "An Bos", "an@x.nl"], ["D2", "Bo Dam", ""]])
    rows: list[Row] = [
        ["Titel", "Sprekers"],
        ["Eten", "an bos; Bo Dam"],
        ["Tuin", "An Bos, Bo Dam"],
        ["Geld", "Cas El"],
    ]
    plan = desk.plan(desk.file("s.csv", rows), replace=True)
    assert [(file, row, value) for file, row, value, _ in said(plan)] == [("s.csv", 4, "Cas El")]
    added = desk.plan(desk.file("s.csv", rows), replace=True, newcomers="add")
    assert said(added) == []
    assert [row[2] for row in rows_of(added, "sessions.csv")] == ["D1|D2", "D1|D2", "P003"]


def test_problems_are_placed_in_the_file_that_was_given(desk: Desk) -> None:
    desk.settle()
    rows: list[Row] = [["Zaal", "Plaatsen"], ["A", "veel"], [], ["B", "-3"]]
    plan = desk.plan(desk.file("zalen.csv", rows), replace=True)
    assert [(file, row, value) for file, row, value, _ in said(plan)] == [
        ("zalen.csv", 2, "veel"), ("zalen.csv", 4, "-3")
    ]  # fmt: skip


def test_nothing_is_replaced_without_being_asked(desk: Desk) -> None:
    desk.settle()
    before = (desk.into / "rooms.csv").read_bytes()
    file = desk.file("zalen.csv", [["Zaal", "Plaatsen"], ["A", "5"]])
    plan = desk.plan(file)
    assert said(plan) == [("rooms.csv", None, None, "This file is in the event already.")]
    with pytest.raises(Exception, match="in the event already"):
        plan.write()
    assert (desk.into / "rooms.csv").read_bytes() == before
    asked = desk.plan(file, replace=True)
    asked.write()
    assert (desk.into / "rooms.csv").read_bytes() != before


def test_what_is_not_recognised_is_said(desk: Desk) -> None:
    plan = desk.plan(desk.file("x.csv", [["appels", "peren"], ["1", "2"]]), desk.home / "weg.csv")
    assert [(file, value) for file, _, value, _ in said(plan)] == [
        ("weg.csv", None), ("x.csv", "appels; peren")
    ]  # fmt: skip


PRETALX: list[Row] = [
    ["ID", "Proposal title", "Proposal state", "Session type", "Track", "Internal notes",
     "Slot Count", "Speaker names"],
    ["AB3XYZ", "Samen eten", "confirmed", "Workshop", "Ontmoeten", "lastig", "2", "An Bos\nBo Dam"],
    ["QR7STU", "Vergaderen", "rejected", "Talk", "", "", "1", "Cas El"],
]  # fmt: skip


def test_sessions_of_pretalx(desk: Desk) -> None:
    plan = desk.plan(desk.file("sessies.csv", PRETALX))
    assert said(plan) == []
    assert became(plan) == [(2, "taken"), (3, "left out")]
    text = plan.result.files["sessions.csv"].decode("utf-8-sig")
    assert text.splitlines() == [
        "session;title;theme;presenters;min_runs;max_runs;type",
        "AB3XYZ;Samen eten;Ontmoeten;P001|P002;2;2;Workshop",
    ]
    assert rows_of(plan, "participants.csv") == [("P001", "An Bos"), ("P002", "Bo Dam")]


def test_sessions_of_pretalx_as_json(desk: Desk) -> None:
    head, *rows = PRETALX
    items = [dict(zip(head, row, strict=True)) for row in rows]
    items[0]["Speaker names"] = ["An Bos", "Bo Dam"]
    path = desk.home / "sessies.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    assert rows_of(desk.plan(path), "sessions.csv")[0][3] == "P001|P002"


def test_sessions_of_indico(desk: Desk) -> None:
    head = ["Id", "Title", "Description", "Date", "Duration", "Type", "Session", "Track",
            "Presenters", "Materials"]  # fmt: skip
    rows: list[Row] = [head, [7, "Samen eten", "Over eten", "", "50m", "Workshop", "Ochtend",
                              "Ontmoeten", "An Bos, Bo Dam", ""]]  # fmt: skip
    plan = desk.plan(desk.file("contributions.csv", rows))
    assert said(plan) == []
    assert plan.result.files["sessions.csv"].decode("utf-8-sig").splitlines() == [
        "session;title;theme;presenters;abstract;duration;type;part of",
        "7;Samen eten;Ontmoeten;P001|P002;Over eten;50m;Workshop;Ochtend",
    ]


def test_contributions_of_indico_as_json(desk: Desk) -> None:
    item = {"id": "7", "title": "Samen eten", "track": "Ontmoeten", "duration": 50,
            "speakers": [{"first_name": "An", "last_name": "Bos", "email": "an@x.nl"}]}  # fmt: skip
    content = {"results": [{"contributions": [], "sessions": [{"contributions": [item]}]}]}
    path = desk.home / "indico.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert rows_of(desk.plan(path), "sessions.csv") == [
        ("7", "Samen eten", "Ontmoeten", "P001", "50")
    ]


@pytest.mark.parametrize("content", [b"[1, 2", b"{}", b"[]", b"\xff\xfe\x00"])
def test_json_of_something_else_is_refused(desk: Desk, content: bytes) -> None:
    path: Path = desk.home / "x.json"
    path.write_bytes(content)
    assert len(said(desk.plan(path))) == 1
