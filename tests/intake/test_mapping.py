"""A mapping says what was found, can be changed, and is obeyed the next time."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.intake.conftest import TITLES, Desk, choices, rows_of, said
from tests.intake.exports import Row

S1, S2, *_ = TITLES.values()
ROWS: list[Row] = [
    ["Tijdstempel", "E-mailadres", "Naam", "Eerste keuze", "Tweede keuze", "Dieet"],
    ["1-10-2026 10:00", "an@x.nl", "An", "Een buurtuin beginnen", S1, "vegan"],
    ["1-10-2026 10:01", "bo@x.nl", "Bo", "Zingen op straat", S1, ""],
]


def save(desk: Desk, text: str) -> Path:
    path = desk.home / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_it_shows_what_was_found_and_asks_what_is_open(desk: Desk) -> None:
    desk.settle()
    text = desk.plan(desk.file("a.csv", ROWS)).mapping
    assert tomllib.loads(text)["columns"]["answers"] == {
        "Tijdstempel": "time", "E-mailadres": "email", "Naam": "name", "Eerste keuze": "choice 1",
        "Tweede keuze": "choice 2", "Dieet": "attribute",
    }  # fmt: skip
    assert '# "Een buurtuin beginnen" = "S2"\n' in text
    assert '# "Zingen op straat" = ""\n' in text


def test_it_is_obeyed(desk: Desk) -> None:
    desk.settle()
    file = desk.file("a.csv", ROWS)
    answered = desk.plan(file).mapping.replace('# "', '"').replace('"attribute"', '"ignore"')
    plan = desk.plan(file, mapping=save(desk, answered))
    assert said(plan) == []
    assert choices(plan) == [("P001", "S2", "1"), ("P001", "S1", "2"), ("P002", "S1", "2")]
    assert rows_of(plan, "participants.csv") == [
        ("P001", "An", "an@x.nl"),
        ("P002", "Bo", "bo@x.nl"),
    ]
    again = desk.plan(file, mapping=save(desk, plan.mapping))
    assert (again.result.files, again.mapping) == (plan.result.files, plan.mapping)


def test_people_can_be_told_apart(desk: Desk) -> None:
    desk.settle([["D1", "An Bos", "werk@x.nl"]])
    rows: list[Row] = [ROWS[0][:4], ["1-10-2026 10:00", "thuis@x.nl", "An Bos", S2]]
    file = desk.file("a.csv", rows)
    assert '# "An Bos" = "D1"' in desk.plan(file).mapping
    plan = desk.plan(file, mapping=save(desk, '[people]\n"thuis@x.nl" = "D1"\n'))
    assert choices(plan) == [("D1", "S2", "1")]


def test_a_kind_can_be_given(desk: Desk) -> None:
    desk.settle()
    file = desk.file("a.csv", [["Zaal", "hoeveel"], ["Foyer", "60"]])
    text = '[kinds]\n"a.csv" = "rooms"\n[columns.rooms]\nhoeveel = "seats"\n'
    plan = desk.plan(file, mapping=save(desk, text), replace=True)
    assert rows_of(plan, "rooms.csv") == [("Foyer", "Foyer", "60")]


def test_what_is_wrong_with_it_is_said(desk: Desk) -> None:
    desk.settle()
    text = """
    title = {}
    [kinds]
    "a.csv" = "tafels"
    [columns.answers]
    "Dieet" = "choise 1"
    [titles]
    "Oud" = "S99"
    """
    found = said(desk.plan(desk.file("a.csv", ROWS), mapping=save(desk, text)))
    assert {(file, value) for file, _, value, _ in found} >= {
        ("mapping.toml", None), ("mapping.toml", "S99"), ("a.csv", "tafels")
    }  # fmt: skip
    for broken in ("x = ", "kinds = 3"):
        assert said(desk.plan(mapping=save(desk, broken)))[0][0] == "mapping.toml"
