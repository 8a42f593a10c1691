"""Choices in either shape: ids or titles, ranks or points, and every way to get them wrong."""

from __future__ import annotations

import random

import pytest
from tests.tables.good_event import CHOICES, PREFERENCES, EventFolder, place

from spilrooster_models import Choice

HEADER = "participant;session;rank\n"
POINTS = "participant;session;points\n"


def long(event: EventFolder, *rows: str, header: str = HEADER) -> None:
    event.write("choices.csv", header + "\n".join(rows) + "\n")


def wide(event: EventFolder, *rows: str) -> None:
    event.remove("choices.csv")
    event.write("preferences.csv", "\n".join(("participant;choice1;choice2;choice3", *rows)))


def test_wide_and_long_choices_say_the_same(event: EventFolder) -> None:
    wanted = event.read()
    event.remove("choices.csv")
    event.write("preferences.csv", PREFERENCES)
    people = wanted.event.participants_by_id
    assert event.read().event.choices_of.keys() == people.keys()
    assert set(event.read().event.choices) == set(wanted.event.choices)


def test_titles_stand_for_sessions(event: EventFolder) -> None:
    long(event, "P1;Praten over eenzaamheid;1", "P1;een  BUURTTUIN beginnen;2")
    assert [c.session for c in event.read().event.choices] == ["S2", "S3"]
    wide(event, "P1;Praten over eenzaamheid;S3;")
    assert [c.session for c in event.read().event.choices] == ["S2", "S3"]


def test_a_title_of_two_sessions_stands_for_neither(event: EventFolder) -> None:
    event.edit("sessions.csv", "Bestuurstafel", "Een buurttuin beginnen")
    long(event, "P1;Een buurttuin beginnen;1")
    error = event.error()
    assert place(error) == ("choices.csv", 2, "session", "Een buurttuin beginnen")
    assert error.what.template == "Several have this title or id."


def test_ties_are_allowed(event: EventFolder) -> None:
    long(event, "P1;S2;1", "P1;S3;1")
    assert [c.rank for c in event.read().event.choices] == [1, 1]


def test_choices_keep_the_order_of_the_file(event: EventFolder) -> None:
    long(event, "P4;S2;2", "P1;S3;1", "P4;S3;1")
    assert event.read().event.choices == (
        Choice(participant="P4", session="S2", rank=2),
        Choice(participant="P1", session="S3", rank=1),
        Choice(participant="P4", session="S3", rank=1),
    )


@pytest.mark.parametrize("rank", ["0", "-1", "2.5", "2,5", "eerste", "1e9", "=1", "1-2", "9" * 30])
def test_a_rank_that_is_none_is_refused(event: EventFolder, rank: str) -> None:
    long(event, "P1;S2;1", f"P1;S3;{rank}")
    assert place(event.error()) == ("choices.csv", 3, "rank", rank)


@pytest.mark.parametrize("rank", ["1.0", "1,0", "01", "+1", " 1"])
def test_a_rank_may_carry_what_a_spreadsheet_adds(event: EventFolder, rank: str) -> None:
    long(event, f"P1;S2;{rank}")
    assert event.read().event.choices[0].rank == 1


def test_an_empty_rank_is_refused(event: EventFolder) -> None:
    long(event, "P1;S2;")
    assert place(event.error()) == ("choices.csv", 2, "rank", None)


def test_unknown_people_and_sessions_are_listed_with_what_may_be_meant(event: EventFolder) -> None:
    long(event, "P07;S2;1", "P1;Praten over eenzamheid;1", "P06;S3;1", "zomaar;S3;1")
    found = event.errors()
    assert [place(p) for p in found] == [
        ("choices.csv", 2, "participant", "P07"),
        ("choices.csv", 3, "session", "Praten over eenzamheid"),
        ("choices.csv", 4, "participant", "P06"),
        ("choices.csv", 5, "participant", "zomaar"),
    ]
    add = "Correct it, or add it to the table where it belongs."
    assert [str(p.advice) for p in found] == [
        add,
        "Did you mean S2 (Praten over eenzaamheid)?",
        "Did you mean P6?",
        add,
    ]


def test_an_id_written_without_its_zero_gets_a_question(event: EventFolder) -> None:
    for name in ("sessions.csv", "choices.csv", "event.toml"):
        event.write(name, event.text(name).replace("S2", "S02").replace("S3", "S12"))
    event.edit("choices.csv", "P1;S02;1", "P1;S2;1")
    assert str(event.error().advice) == "Did you mean S02?"


def test_an_exact_repetition_is_skipped_and_reported(event: EventFolder) -> None:
    event.write("choices.csv", CHOICES + "P6;S3;1\np6;Een buurttuin beginnen;1.0\n")
    assert len(event.read().event.choices) == 8
    assert [dict(r.what.values)["count"] for r in event.repairs()] == [2, 1]


def test_two_ranks_for_one_session_are_refused(event: EventFolder) -> None:
    event.write("choices.csv", CHOICES + "P6;S3;2\nP6;Een buurttuin beginnen;3\n")
    assert [place(p) for p in event.errors()] == [
        ("choices.csv", 10, "session", "S3"),
        ("choices.csv", 11, "session", "S3"),
    ]


def test_both_files_are_one_too_many(event: EventFolder) -> None:
    event.write("preferences.csv", PREFERENCES)
    assert event.error().file == "choices.csv"


def test_no_file_of_choices_is_noted(event: EventFolder) -> None:
    event.remove("choices.csv")
    assert event.read().event.choices == ()
    assert [str(n.what) for n in event.notes()] == ["There are no choices."]


def test_a_file_of_choices_with_a_slip_in_its_name_gets_a_question(event: EventFolder) -> None:
    (event.path / "choices.csv").rename(event.path / "choises.csv")
    assert [str(n.advice) for n in event.notes()] == ["Did you mean choises.csv?"]


def test_a_header_without_choices_is_no_fault(event: EventFolder) -> None:
    long(event)
    assert event.read().event.choices == ()


def test_gaps_in_ranks_are_kept_and_noted(event: EventFolder) -> None:
    wide(event, "P1;S2;;S3", "P4;S2;S3;", "P5;;;S1")
    assert [c.rank for c in event.read().event.choices] == [1, 3, 1, 2, 3]
    (note,) = [n for n in event.notes() if "skip a number" in n.what.template]
    assert dict(note.what.values) == {"count": 2}
    assert (note.row, note.value) == (2, "P1")


def test_a_session_twice_in_one_row_keeps_its_best_place(event: EventFolder) -> None:
    wide(event, "P1;S3;S2;Een buurttuin beginnen")
    choices = event.read().event.choices
    assert [(c.session, c.rank) for c in choices] == [("S3", 1), ("S2", 2)]
    (repair,) = event.repairs()
    assert (repair.file, repair.row) == ("preferences.csv", 2)


def test_a_person_twice_in_the_wide_file_is_refused(event: EventFolder) -> None:
    wide(event, "P1;S3;;", "P4;S2;;", "p1;S2;;")
    assert place(event.error()) == ("preferences.csv", 4, "participant", "P1")


def test_columns_of_the_wide_file_may_stand_in_any_order(event: EventFolder) -> None:
    event.remove("choices.csv")
    event.write("preferences.csv", "Choice 2,Participant,choice_1,opmerking\nS3,P1,S2,graag\n")
    assert [(c.session, c.rank) for c in event.read().event.choices] == [("S2", 1), ("S3", 2)]
    assert "opmerking" in [n.column for n in event.notes()]


def test_a_wide_file_needs_a_first_choice_and_each_number_once(event: EventFolder) -> None:
    event.remove("choices.csv")
    event.write("preferences.csv", "participant;keuze\nP1;S2\n")
    assert place(event.error()) == ("preferences.csv", 1, "choice1", None)
    event.write("preferences.csv", "participant;choice1;Choice 1\nP1;S2;S3\n")
    assert event.error().file == "preferences.csv"


def test_unknown_sessions_of_the_wide_file_are_found_in_their_cells(event: EventFolder) -> None:
    wide(event, "P1;S3;S9;", "P4;S2;;Buurttuin beginnen")
    first, second = event.errors()
    assert (first.row, first.column, first.value) == (2, "choice2", "S9")
    assert str(second.advice) == "Did you mean S3 (Een buurttuin beginnen)?"


def test_points_may_stand_in_the_place_of_ranks(event: EventFolder) -> None:
    long(event, "P1;S2;60", "P1;S3;40", "P4;S3;0", header=POINTS)
    assert [(c.rank, c.points) for c in event.read().event.choices] == [
        (None, 60),
        (None, 40),
        (None, 0),
    ]


def test_points_with_decimals_are_all_multiplied(event: EventFolder) -> None:
    long(event, "P1;S2;2,5", "P1;S3;1.25", "P4;S3;3", header=POINTS)
    assert [c.points for c in event.read().event.choices] == [250, 125, 300]
    (note,) = [n for n in event.notes() if n.column == "points"]
    assert dict(note.what.values) == {"factor": 100}


def test_points_with_only_zeros_behind_the_comma_stay(event: EventFolder) -> None:
    long(event, "P1;S2;20,00", "P1;S3;100", header=POINTS)
    assert [c.points for c in event.read().event.choices] == [20, 100]


def test_points_with_too_many_decimals_are_refused(event: EventFolder) -> None:
    long(event, "P1;S2;2,5", "P1;S3;1.23456", header=POINTS)
    assert (event.error().row, event.error().column) == (3, "points")


def test_ranks_and_whole_points_may_be_mixed_but_not_in_one_row(event: EventFolder) -> None:
    both = "participant;session;rank;points\n"
    long(event, "P1;S2;1;", "P1;S3;;7", header=both)
    assert [(c.rank, c.points) for c in event.read().event.choices] == [(1, None), (None, 7)]
    long(event, "P1;S2;1;7", "P1;S3;;", header=both)
    assert [(p.row, p.column) for p in event.errors()] == [(2, "points"), (3, "rank")]


def test_ranks_and_points_with_decimals_are_not_mixed(event: EventFolder) -> None:
    long(event, "P1;S2;1;", "P1;S3;;7,5", header="participant;session;rank;points\n")
    assert (event.error().row, event.error().column) == (2, "rank")


def test_a_row_with_several_faults_is_named_with_each(event: EventFolder) -> None:
    long(event, "P1;S3;1", "P77;S99;nul", "P4;S3;2")
    assert [place(p)[1:] for p in event.errors()] == [
        (3, "participant", "P77"),
        (3, "session", "S99"),
        (3, "rank", "nul"),
    ]
    wide(event, "P77;S99;S3;", "P1;S3;;S98")
    assert [place(p)[1:] for p in event.errors()] == [
        (2, "participant", "P77"),
        (2, "choice1", "S99"),
        (3, "choice3", "S98"),
    ]


@pytest.mark.parametrize(
    ("header", "column"), [("participant;session", "rank"), ("participant;rank", "session")]
)
def test_a_missing_column_of_choices_is_named(event: EventFolder, header: str, column: str) -> None:
    event.write("choices.csv", f"\n\n{header}\nP1;1\n")
    assert place(event.error()) == ("choices.csv", 3, column, None)


def test_a_hundred_thousand_choices_are_read(event: EventFolder) -> None:
    chance = random.Random(1)
    people = [f"D{i:05}" for i in range(5_000)]
    titles = [f"Titel {i}" for i in range(40)]
    event.write("event.toml", "name = 'Groot'\ndate = 2026-11-19\n")
    event.write("participants.csv", "participant\n" + "\n".join(people))
    event.write(
        "sessions.csv",
        "session;title\n" + "\n".join(f"T{i:02};{title}" for i, title in enumerate(titles)),
    )
    event.write("rooms.csv", "room;name;seats\n" + "\n".join(f"Z{i};z;300" for i in range(20)))
    rows = [
        f"{person};{title};{rank}"
        for person in people
        for rank, title in enumerate(chance.sample(titles, 20), start=1)
    ]
    long(event, *rows, rows[0])
    read = event.read().event
    assert len(read.choices) == 100_000
    assert [c.rank for c in read.choices_of["D04999"]] == list(range(1, 21))
    assert len({c.session for c in read.choices}) == 40


def test_a_flood_of_errors_is_capped_and_counted(event: EventFolder) -> None:
    long(event, *(f"X{i};S{i};nul" for i in range(5_000)))
    found = event.errors()
    assert len(found) == 1_001
    assert [p.row for p in found[:3]] == [2, 3, 4]
    assert found[-1].row is None
    left_out = {"people": 4_000, "sessions, of which 4 exist": 4_996, "ranks": 5_000}
    assert dict(found[-1].what.values)["count"] == sum(left_out.values())
