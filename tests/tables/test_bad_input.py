"""Everything wrong with an event stands in one list: file, row, column, value, what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.tables.good_event import GOOD, EventFolder, errors_of, place

from spilrooster.tables import read
from spilrooster.tables._report import MOST_PER_FILE
from spilrooster_models import DataError

Edit = tuple[str, str, str]
Where = tuple[str, int | None, str | None, str | None]

ONE_FAULT: list[tuple[str, Edit, Where, str]] = [
    # rounds
    ("end before start", ("rounds.csv", "09:30;10:30", "09:30;09:15"),
     ("rounds.csv", 3, "end", "09:15"), "This end is not after the start, 09:30."),
    ("end at start", ("rounds.csv", "09:30;10:30", "09:30;09:30"),
     ("rounds.csv", 3, "end", "09:30"), "This end is not after the start"),
    ("overlap", ("rounds.csv", "11:00;12:00", "10:15;12:00"),
     ("rounds.csv", 4, "start", "R2"), "starts at 10:15, before R1 has ended at 10:30"),
    ("no start", ("rounds.csv", "R2;Ronde 2;11:00", "R2;Ronde 2;"),
     ("rounds.csv", 4, "start", None), "empty"),
    ("unknown kind", ("rounds.csv", "lunch\n", "lunhc\n"),
     ("rounds.csv", 5, "kind", "lunhc"), "Did you mean lunch?"),
    ("foreign kind", ("rounds.csv", "plenary", "voorstelling"),
     ("rounds.csv", 2, "kind", "voorstelling"), "sessions, lunch, drinks, plenary"),
    ("no name", ("rounds.csv", "LUNCH;Lunch", "LUNCH;"),
     ("rounds.csv", 5, "name", None), "empty"),
    # rooms
    ("no seats", ("rooms.csv", "Aula;6", "Aula;"), ("rooms.csv", 2, "seats", None), "empty"),
    ("negative seats", ("rooms.csv", "Aula;6", "Aula;-6"),
     ("rooms.csv", 2, "seats", "-6"), "below zero"),
    ("seats in words", ("rooms.csv", "Aula;6", "Aula;zes"),
     ("rooms.csv", 2, "seats", "zes"), "not a number"),
    ("half a seat", ("rooms.csv", "Aula;6", "Aula;6,5"),
     ("rooms.csv", 2, "seats", "6,5"), "not a whole number"),
    ("a thousand with a point", ("rooms.csv", "Aula;6", "Aula;1.200"),
     ("rooms.csv", 2, "seats", "1.200"), "not a whole number"),
    ("too many seats", ("rooms.csv", "Aula;6", "Aula;9999999999"),
     ("rooms.csv", 2, "seats", "9999999999"), "too large"),
    ("room twice", ("rooms.csv", "C;Zolder", "A;Zolder"),
     ("rooms.csv", 4, "room", "A"), "stands in row 2 already"),
    ("no room id", ("rooms.csv", "C;Zolder", ";Zolder"),
     ("rooms.csv", 4, "room", None), "no id"),
    ("closed in an unknown round", ("rooms.csv", "Bijgebouw;R2", "Bijgebouw;R3"),
     ("rooms.csv", 4, "closed", "R3"), "No round"),
    ("closed at lunch", ("rooms.csv", "Bijgebouw;R2", "Bijgebouw;LUNCH"),
     ("rooms.csv", 4, "closed", "LUNCH"), "LUNCH is a shared block"),
    # sessions
    ("unknown presenter", ("sessions.csv", "P2|P3", "P2|P9"),
     ("sessions.csv", 3, "presenters", "P9"), "No participant"),
    ("presenter by name", ("sessions.csv", "P2|P3", "P2|Anna Janssen"),
     ("sessions.csv", 3, "presenters", "Anna Janssen"), "Did you mean P1 (Anna Jansen)?"),
    ("presenters with commas", ("sessions.csv", "P2|P3", "P2, P3"),
     ("sessions.csv", 3, "presenters", "P2, P3"), "Put | between"),
    ("least above most", ("sessions.csv", "P2|P3;1;5", "P2|P3;6;5"),
     ("sessions.csv", 3, "min_people", "6"), "min_people is 6"),
    ("most below nothing", ("sessions.csv", "P2|P3;1;5", "P2|P3;1;-5"),
     ("sessions.csv", 3, "max_people", "-5"), "below zero"),
    ("no runs", ("sessions.csv", "1;5;2;", "1;5;0;"),
     ("sessions.csv", 3, "max_runs", "0"), "min_runs is 1"),
    ("unknown room", ("sessions.csv", "A|B", "A|D"),
     ("sessions.csv", 4, "rooms", "D"), "No room"),
    ("unknown round", ("sessions.csv", ";R1;;;", ";R7;;;"),
     ("sessions.csv", 2, "rounds", "R7"), "No round"),
    ("unknown guests", ("sessions.csv", "bestuur|P6", "bestur|P6"),
     ("sessions.csv", 5, "only_for", "bestur"), "Did you mean bestuur?"),
    ("no title", ("sessions.csv", "S3;Een buurttuin beginnen", "S3;"),
     ("sessions.csv", 4, "title", None), "empty"),
    ("bar in an id", ("sessions.csv", "S3;Een", "S3|a;Een"),
     ("sessions.csv", 4, "session", "S3|a"), "cannot contain |"),
    # participants
    ("unknown absence", ("participants.csv", ";R2;", ";R3;"),
     ("participants.csv", 6, "absent", "R3"), "No round"),
    ("participant twice", ("participants.csv", "P5;Eva", "P4;Eva"),
     ("participants.csv", 6, "participant", "P4"), "row 5"),
    ("a need no room meets", ("participants.csv", "drempelvrij", "drempelvij"),
     ("participants.csv", 5, "needs", "drempelvij"), "Did you mean drempelvrij?"),
    # rows
    ("too many cells", ("rooms.csv", "Bijgebouw;R2", "Bijgebouw;R2;extra"),
     ("rooms.csv", 4, None, "extra"), "outside the columns"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "where", "words"), [case[1:] for case in ONE_FAULT], ids=[c[0] for c in ONE_FAULT]
)
def test_a_fault_is_named_with_its_place(
    event: EventFolder, edit: Edit, where: Where, words: str
) -> None:
    event.write("choices.csv", "participant;session;rank\nP1;S2;1\n")
    event.write("event.toml", "name = 'Proefdag'\ndate = 2026-11-19\n")
    event.edit(*edit)
    error = next(p for p in event.errors() if place(p) == where)
    assert words in f"{error.what} {error.advice}"


def test_all_faults_are_listed_at_once_in_the_order_of_the_files(event: EventFolder) -> None:
    event.edit("event.toml", "Europe/Amsterdam", "Europe/Amsterdm")
    event.edit("event.toml", '"S1", "S2"', '"S1", "S9"')
    event.edit("rounds.csv", "LUNCH;Lunch;12:00", "LUNCH;Lunch;twaalf")
    event.edit("rooms.csv", "Aula;6", "Aula;zes")
    event.edit("sessions.csv", "P2|P3", "P2|P9")
    event.edit("participants.csv", ";R2;", ";R3;")
    event.edit("choices.csv", "P2;S1;1", "P2;S8;1")
    assert [place(p) for p in event.errors()] == [
        ("event.toml", 3, "timezone", "Europe/Amsterdm"),
        ("event.toml", 9, "keep_apart.pairs", "S9"),
        ("rounds.csv", 5, "start", "twaalf"),
        ("rooms.csv", 2, "seats", "zes"),
        ("sessions.csv", 3, "presenters", "P9"),
        ("participants.csv", 6, "absent", "R3"),
        ("choices.csv", 4, "session", "S8"),
    ]


def test_every_error_says_what_is_wrong_in_a_sentence(event: EventFolder) -> None:
    event.edit("rooms.csv", "Aula;6", "Aula;zes")
    with pytest.raises(DataError) as caught:
        event.read()
    sentence = "rooms.csv, row 2, column seats ('zes'): This is not a number. Write it in digits."
    assert str(caught.value) == sentence


def test_a_faulty_row_still_defines_its_id(event: EventFolder) -> None:
    """An unreadable number of seats is one fault, not one for each session in that room."""
    event.edit("rooms.csv", "Bibliotheek;4", "Bibliotheek;vier")
    assert place(event.error()) == ("rooms.csv", 3, "seats", "vier")


def test_an_unreadable_file_is_no_reason_to_doubt_what_refers_to_it(event: EventFolder) -> None:
    event.write("participants.csv", b"\x00\x01\x02")
    error = event.error()
    assert place(error) == ("participants.csv", None, None, None)
    assert "not a text file" in str(error.what)


@pytest.mark.parametrize("name", [n for n in GOOD if n != "choices.csv"])
def test_a_missing_file_is_named(event: EventFolder, name: str) -> None:
    event.remove(name)
    assert place(event.error()) == (name, None, None, None)


def test_a_missing_file_with_a_slip_in_its_name_gets_a_question(event: EventFolder) -> None:
    (event.path / "sessions.csv").rename(event.path / "sesions.csv")
    assert str(event.error().advice) == "Did you mean sesions.csv?"


@pytest.mark.parametrize("name", [n for n in GOOD if n.endswith(".csv")])
@pytest.mark.parametrize("content", [b"", b"\n\n", b";;;\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_named(event: EventFolder, name: str, content: bytes) -> None:
    event.write(name, content)
    error = event.error()
    assert (error.file, error.row) == (name, None)
    assert str(error.what) == "This table is empty."


@pytest.mark.parametrize("name", ["rounds.csv", "rooms.csv", "sessions.csv", "participants.csv"])
def test_a_file_with_only_a_header_is_named(event: EventFolder, name: str) -> None:
    event.write(name, GOOD[name].splitlines()[0])
    assert (name, "There are no rows under the header.") in [
        (p.file, str(p.what)) for p in event.errors()
    ]


def test_a_missing_column_is_named_with_the_header_that_may_be_meant(event: EventFolder) -> None:
    event.edit("rooms.csv", "seats", "seat")
    error = event.error()
    assert place(error) == ("rooms.csv", 1, "seats", None)
    assert str(error.advice) == "Is seat meant? Then rename it to seats."


def test_a_missing_column_of_ids_makes_no_further_noise(event: EventFolder) -> None:
    event.edit("rooms.csv", "room;name", "zaalnummer;name")
    assert place(event.error()) == ("rooms.csv", 1, "room", None)


def test_a_file_without_its_header_is_one_problem(event: EventFolder) -> None:
    event.write("rooms.csv", "".join(GOOD["rooms.csv"].splitlines(keepends=True)[1:]))
    error = event.error()
    assert (error.file, error.row) == ("rooms.csv", 1)
    assert str(error.advice) == "Write a header with room, name, seats."


def test_a_column_twice_is_refused(event: EventFolder) -> None:
    event.edit("rooms.csv", "building", "Seats")
    assert place(event.error()) == ("rooms.csv", 1, "seats", None)


def test_a_cell_below_an_empty_header_is_refused(event: EventFolder) -> None:
    event.edit("rooms.csv", "features", "")
    assert (event.errors()[0].file, event.errors()[0].row) == ("rooms.csv", 2)


def test_an_empty_column_without_a_header_is_no_fault(event: EventFolder) -> None:
    wanted = event.read()
    event.write("rooms.csv", GOOD["rooms.csv"].replace("\n", ";\n"))
    assert event.read() == wanted


def test_a_quotation_mark_that_is_not_closed_is_found(event: EventFolder) -> None:
    event.edit("sessions.csv", "Een buurttuin", '"Een buurttuin')
    error = event.error()
    assert (error.file, error.row) == ("sessions.csv", 4)
    assert "quotation marks" in str(error.what)


def test_a_text_behind_a_closed_quotation_mark_is_refused(event: EventFolder) -> None:
    event.edit("sessions.csv", "Een buurttuin", '"Een" buurttuin')
    assert (event.error().file, event.error().row) == ("sessions.csv", 4)


def test_quotation_marks_within_a_cell_are_text(event: EventFolder) -> None:
    event.edit("sessions.csv", "Een buurttuin", 'Een "echte" buurttuin')
    assert event.read().event.sessions_by_id["S3"].title == 'Een "echte" buurttuin beginnen'


def test_a_cell_of_many_pages_is_refused(event: EventFolder) -> None:
    event.edit("sessions.csv", "Een buurttuin", "x" * 200_000)
    error = event.error()
    assert (error.file, error.row) == ("sessions.csv", 4)
    assert "longer" in str(error.what)


def test_a_long_value_is_shown_in_part(event: EventFolder) -> None:
    event.edit("rooms.csv", "Aula;6", f"Aula;{'x' * 50_000}")
    assert len(event.error().value or "") < 300


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\0\0", b"room;name\0;seats", "room;name;seats".encode("utf-16-le")],
)
def test_what_is_no_text_is_refused(event: EventFolder, content: bytes) -> None:
    event.write("rooms.csv", content)
    assert place(event.error()) == ("rooms.csv", None, None, None)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_under_the_name_of_a_csv_file_is_recognised(
    event: EventFolder, start: bytes
) -> None:
    event.write("rooms.csv", start + b"and so on")
    assert "workbook" in str(event.error().what)


def test_a_path_that_does_not_exist_gets_a_question(event: EventFolder) -> None:
    (error,) = errors_of(event.path.parent / "proefdga")
    assert str(error.advice) == "Did you mean proefdag?"


@pytest.mark.parametrize("make", [
    lambda folder: folder / "event.toml",
    lambda folder: folder / "event.toml" / "rooms.csv",
    lambda folder: folder / "nergens" / "nergens",
    lambda folder: folder / "x\0y",
    lambda folder: folder / ("x" * 5_000),
    lambda folder: folder / "\udcff",
])  # fmt: skip
def test_a_path_that_is_no_event_is_refused(
    event: EventFolder, make: Callable[[Path], Path]
) -> None:
    (error,) = errors_of(make(event.path))
    assert error.file


def test_a_folder_in_the_place_of_a_file_is_missing(event: EventFolder) -> None:
    event.remove("rooms.csv")
    (event.path / "rooms.csv").mkdir()
    assert place(event.error()) == ("rooms.csv", None, None, None)


def test_a_file_that_may_not_be_read_is_named(
    event: EventFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "rooms.csv":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DataError) as caught:
        read(event.path)
    assert str(caught.value) == "rooms.csv: This cannot be read: Permission denied."


def test_errors_beyond_a_thousand_are_counted_in_rows_too(event: EventFolder) -> None:
    rows = "".join(f"Q{i};n;;;R9{i};\n" for i in range(MOST_PER_FILE + 50))
    event.write("participants.csv", GOOD["participants.csv"] + rows)
    found = event.errors()
    assert len(found) == MOST_PER_FILE + 1
    assert dict(found[-1].what.values)["count"] == 50


@pytest.mark.parametrize("length", ["0", "9", "1.5", "lang"])
def test_a_length_that_no_session_can_have_is_refused(event: EventFolder, length: str) -> None:
    event.edit("sessions.csv", "theme", "length")
    for theme in ("Werven", "Zorg"):
        event.write("sessions.csv", event.text("sessions.csv").replace(theme, "1"))
    event.write("sessions.csv", event.text("sessions.csv").replace(";Buurt", f";{length}"))
    assert [place(p) for p in event.errors()] == [
        ("sessions.csv", 4, "length", length),
        ("sessions.csv", 5, "length", length),
    ]
