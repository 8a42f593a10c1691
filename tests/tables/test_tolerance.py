"""Input that people and spreadsheets make: read as meant, and what was mended is reported."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.tables.good_event import EVENT, GOOD, ROUNDS, EventFolder, place

from spilrooster.tables import read
from spilrooster_models import BlockKind, InputProblem


def templates(problems: list[InputProblem]) -> list[str]:
    return [p.what.template for p in problems]


def test_a_good_event_is_read_without_a_repair(event: EventFolder) -> None:
    problem = event.read()
    assert problem.event.name == "Proefdag"
    assert problem.event.layout.round_ids == ("R1", "R2")
    assert [b.kind for b in problem.event.layout.shared_blocks] == [
        BlockKind.PLENARY,
        BlockKind.LUNCH,
    ]
    assert problem.event.sessions_by_id["S2"].presenters == ("P2", "P3")
    assert problem.event.layout.rooms_by_id["C"].closed == ("R2",)
    assert problem.choices.points_per_rank == (10, 6, 3)
    assert event.repairs() == []


def test_an_event_may_be_named_by_a_text_path(event: EventFolder) -> None:

    assert read(str(event.path)) == event.read()


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_other_delimiters_are_recognised_by_the_header(event: EventFolder, delimiter: str) -> None:
    wanted = event.read()
    for name, text in GOOD.items():
        if name.endswith(".csv"):
            event.write(name, text.replace(";", delimiter))
    assert event.read() == wanted


def test_the_delimiter_is_the_one_that_yields_known_headers(event: EventFolder) -> None:
    """A title with many commas does not make a comma the delimiter."""
    event.edit("sessions.csv", "Vrijwilligers vinden", "Zoeken, vinden, binden, houden, loslaten")
    title = "Zoeken, vinden, binden, houden, loslaten"
    assert event.read().event.sessions[0].title == title


def test_the_line_that_tells_excel_the_delimiter_is_skipped(event: EventFolder) -> None:
    wanted = event.read()
    event.write("rooms.csv", "sep=;\n" + GOOD["rooms.csv"])
    assert event.read() == wanted


@pytest.mark.parametrize("code", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_files_with_a_byte_order_mark_are_read(event: EventFolder, code: str) -> None:
    wanted = event.read()
    for name, text in GOOD.items():
        mark = "\ufeff" if code in {"utf-16-le", "utf-16-be"} else ""
        event.write(name, (mark + text).encode(code))
    assert event.read() == wanted
    assert event.repairs() == []


def test_a_file_of_older_excel_is_read_as_windows_1252_with_a_note(event: EventFolder) -> None:
    text = GOOD["participants.csv"].replace("Yılmaz", "Björn")
    event.write("participants.csv", text.encode("cp1252"))
    assert event.read().event.participants[2].name == "Çelik Björn"
    assert "This file is not UTF-8; it was read as Windows-1252." in templates(event.notes())


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_of_any_system_are_read(event: EventFolder, line_end: str) -> None:
    wanted = event.read()
    for name in ("rooms.csv", "choices.csv"):
        event.write(name, GOOD[name].replace("\n", line_end))
    assert event.read() == wanted


def test_headers_count_without_capitals_and_spaces(event: EventFolder) -> None:
    wanted = event.read()
    event.edit("sessions.csv", "session;title", " Session ;TITLE")
    event.edit("sessions.csv", "min_people;max_people", "Min people;max-people")
    assert event.read() == wanted


def test_file_names_count_without_capitals(event: EventFolder) -> None:
    wanted = event.read()
    (event.path / "rooms.csv").rename(event.path / "Rooms.CSV")
    (event.path / "event.toml").rename(event.path / "Event.toml")
    assert event.read() == wanted


def test_blank_rows_are_skipped_and_rows_keep_their_numbers(event: EventFolder) -> None:
    event.edit("rooms.csv", "B;Biblio", "\n;;;;;\nB;Biblio")
    event.edit("rooms.csv", "C;Zolder;2", "C;Zolder;twee")
    assert place(event.error()) == ("rooms.csv", 6, "seats", "twee")
    event.edit("rooms.csv", "twee", "2")
    (repair,) = event.repairs()
    assert place(repair) == ("rooms.csv", 3, None, None)
    assert dict(repair.what.values) == {"count": 2}


def test_blank_rows_at_the_end_are_nobodys_business(event: EventFolder) -> None:
    event.write("rooms.csv", GOOD["rooms.csv"] + ";;;;;\n\n;;;;;\n")
    assert event.repairs() == []


@pytest.mark.parametrize("space", [" ", "  ", "\u00a0", "\u2003", "\t", "\u200b", "\ufeff"])
def test_stray_spaces_are_removed_and_counted_once(event: EventFolder, space: str) -> None:
    wanted = event.read()
    event.edit("choices.csv", "P2;S1;1", f"{space}P2{space};S1{space};1")
    assert event.read() == wanted
    (repair,) = event.repairs()
    assert (repair.file, repair.row) == ("choices.csv", 4)
    assert "spaces" in str(repair.what)


def test_spaces_within_a_text_become_one(event: EventFolder) -> None:
    event.edit("sessions.csv", "Een buurttuin", "Een \u00a0 buurttuin")
    assert event.read().event.sessions_by_id["S3"].title == "Een buurttuin beginnen"


def test_a_letter_in_two_pieces_is_the_same_letter(event: EventFolder) -> None:
    event.edit("participants.csv", "Eva Willems", "Zoe\u0308 Willems")
    assert event.read().event.participants_by_id["P5"].name == "Zoë Willems"


def test_ids_in_other_capitals_are_recognised_and_reported(event: EventFolder) -> None:
    wanted = event.read()
    event.edit("choices.csv", "P4;S4;2", "p4;s 4;2")
    event.edit("sessions.csv", "P2|P3", "p2|P 3")
    event.edit("rooms.csv", "Bijgebouw;R2", "Bijgebouw;r2")
    assert event.read() == wanted
    assert {(r.file, r.row, r.column) for r in event.repairs()} == {
        ("rooms.csv", 4, "closed"),
        ("sessions.csv", 3, "presenters"),
        ("choices.csv", 6, "participant"),
    }


def test_thousands_of_repairs_make_one_line_per_kind(event: EventFolder) -> None:
    event.write("choices.csv", GOOD["choices.csv"].replace("P", "p").replace("p4", " p4"))
    assert [dict(r.what.values)["count"] for r in event.repairs()] == [8, 3]


def test_an_id_that_differs_from_another_in_capitals_only_needs_its_own(
    event: EventFolder,
) -> None:
    event.write("participants.csv", GOOD["participants.csv"] + "p6;Fred;Weert;;;\n")
    event.edit("choices.csv", "P6;S3;1", "p6;S3;1")
    assert event.read().event.choices[-1].participant == "p6"
    assert "Another id differs from this one only in capitals or spaces." in templates(
        event.notes()
    )
    event.edit("choices.csv", "p6;S3;1", "p 6;S3;1")
    error = event.error()
    assert error.what.template == "Several have this title or id."
    assert place(error) == ("choices.csv", 9, "participant", "p 6")


def test_numeric_ids_that_excel_made_decimal_are_read_as_whole(event: EventFolder) -> None:
    for name in ("sessions.csv", "choices.csv", "event.toml"):
        event.write(name, event.text(name).replace("S1", "7"))
    event.write("choices.csv", event.text("choices.csv").replace(";7;", ";7.0;"))
    assert event.read().event.choices_of["P2"][0].session == "7"
    event.write("sessions.csv", event.text("sessions.csv").replace("\n7;", "\n7.0;"))
    assert event.read().event.sessions[0].id == "7"
    assert [r.file for r in event.repairs()] == ["sessions.csv", "choices.csv"]


def test_ids_with_meaning_behind_the_point_stay(event: EventFolder) -> None:
    event.write("choices.csv", "participant;session;rank\nP1;1.0;1\n")
    event.write("sessions.csv", "session;title\nS1;a\nS2;b\n1.0;Deel 1\n1.1;Deel 2\n")
    assert "1.0" in event.read().event.sessions_by_id


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9:30", dt.time(9, 30)),
        ("09:30", dt.time(9, 30)),
        ("09:30:00", dt.time(9, 30)),
        ("09:30:15", dt.time(9, 30, 15)),
        ("9.30", dt.time(9, 30)),
        ("9u30", dt.time(9, 30)),
        ("9U30", dt.time(9, 30)),
        ("9h30", dt.time(9, 30)),
        ("9:30 uur", dt.time(9, 30)),
        ("10 uur", dt.time(10)),
        ("10u", dt.time(10)),
        ("0.395833333333333", dt.time(9, 30)),
        ("0,395833333333333", dt.time(9, 30)),
        ("0,4", dt.time(9, 36)),
        ("1899-12-31 09:30:00", dt.time(9, 30)),
        ("2026-11-19T09:30:00", dt.time(9, 30)),
    ],
)
def test_times_are_read_as_people_and_spreadsheets_write_them(
    event: EventFolder, text: str, time: dt.time
) -> None:
    event.write("rounds.csv", ROUNDS.replace("R1;Ronde 1;09:30", f"R1;Ronde 1;{text}"))
    assert event.read().event.layout.rounds[0].start == time


@pytest.mark.parametrize(
    "text", ["9", "25:00", "24:00", "9:60", "0.50", "0.25", "half tien", "9.3", "1.5", "-1:00"]
)
def test_times_that_could_mean_two_things_are_refused(event: EventFolder, text: str) -> None:
    event.write("rounds.csv", ROUNDS.replace("R1;Ronde 1;09:30", f"R1;Ronde 1;{text}"))
    assert place(event.error()) == ("rounds.csv", 3, "start", text)


@pytest.mark.parametrize(
    "text", ["20-11-2026", "20/11/2026", "20.11.2026", "2026-11-20", "2026-11-20 00:00:00"]
)
def test_rounds_may_have_dates_with_the_day_or_the_year_first(
    event: EventFolder, text: str
) -> None:
    rows = [f"{row};{text if row.startswith('R2') else ''}" for row in ROUNDS.splitlines()]
    event.write("rounds.csv", "\n".join(["round;name;start;end;kind;date", *rows[1:]]))
    assert event.read().event.layout.rounds[1].date == dt.date(2026, 11, 20)


@pytest.mark.parametrize("text", ["20-11-26", "31-02-2026", "2026-02-31", "morgen", "46345"])
def test_dates_that_do_not_exist_are_refused(event: EventFolder, text: str) -> None:
    rows = f"R1;a;9:30;10:30;{text}\nR2;b;11:00;12:00;\n"
    event.write("rounds.csv", f"round;name;start;end;date\n{rows}")
    assert place(event.error()) == ("rounds.csv", 2, "date", text)


def test_rounds_are_put_in_order_of_time(event: EventFolder) -> None:
    rows = ROUNDS.splitlines()
    event.write("rounds.csv", "\n".join([rows[0], *reversed(rows[1:])]))
    assert event.read().event.layout.round_ids == ("R1", "R2")


@pytest.mark.parametrize("seats", ["6.0", "6,0", "06", "+6", " 6 "])
def test_whole_numbers_may_carry_what_a_spreadsheet_adds(event: EventFolder, seats: str) -> None:
    event.edit("rooms.csv", "Aula;6", f"Aula;{seats}")
    assert event.read().event.layout.rooms[0].seats == 6


def test_missing_optional_columns_take_the_defaults(event: EventFolder) -> None:
    event.write("event.toml", EVENT.partition("[[rules]]")[0])
    event.write(
        "rounds.csv", "round;name;start;end\nR1;Ronde 1;9:30;10:30\nR2;Ronde 2;11:00;12:00\n"
    )
    event.write("rooms.csv", "room;name;seats\nA;Aula;6\nB;Bieb;4\n")
    event.write("sessions.csv", "session;title\nS1;a\nS2;b\nS3;c\nS4;d\n")
    event.write("participants.csv", "participant\nP1\nP2\nP4\nP5\nP6\n")
    session = event.read().event.sessions[0]
    assert (session.min_runs, session.max_runs, session.min_people) == (1, 1, 0)
    assert session.max_people is None


def test_rows_that_miss_their_last_cells_are_filled_up(event: EventFolder) -> None:
    event.edit("rooms.csv", "B;Bibliotheek;4;drempelvrij;Hoofdgebouw;", "B;Bibliotheek;4")
    assert event.read().event.layout.rooms[1].features == ()
    assert [place(r) for r in event.repairs()] == [("rooms.csv", 3, None, None)]


def test_unknown_columns_become_attributes_with_a_note(event: EventFolder) -> None:
    event.write(
        "rooms.csv", "room;name;seats;etage\nA;Aula;6;begane grond\nB;Bieb;4;\nC;Zolder;2;3\n"
    )
    event.edit("sessions.csv", ";;;beamer;", ";;;;")
    event.edit("participants.csv", ";;drempelvrij", ";;")
    rooms = event.read().event.layout.rooms
    assert [room.attributes for room in rooms] == [
        (("etage", "begane grond"),),
        (),
        (("etage", "3"),),
    ]
    assert [place(n) for n in event.notes() if n.file == "rooms.csv"] == [
        ("rooms.csv", 1, "etage", None)
    ]


def test_a_header_that_is_almost_known_gets_a_question(event: EventFolder) -> None:
    event.edit("sessions.csv", "presenters", "presentor")
    note = next(n for n in event.notes() if n.column == "presentor")
    assert str(note.advice) == "Did you mean presenters?"


def test_a_header_in_another_language_gets_no_question(event: EventFolder) -> None:
    event.edit("rooms.csv", "building", "zitplaatsen")
    note = next(n for n in event.notes() if n.column == "zitplaatsen")
    assert note.advice is None


def test_something_twice_in_a_list_is_read_once(event: EventFolder) -> None:
    event.edit("sessions.csv", "P2|P3", "P2|P3||P2")
    assert event.read().event.sessions_by_id["S2"].presenters == ("P2", "P3")
    assert [place(r) for r in event.repairs()] == [("sessions.csv", 3, "presenters", "P2|P3||P2")]


def test_a_cell_that_would_run_as_a_formula_is_read_without_its_guard(event: EventFolder) -> None:
    event.edit("participants.csv", "Anna Jansen", "'=Anna")
    event.edit("participants.csv", "Bram Peters", "'s-Gravenhage")
    people = event.read().event.participants
    assert [p.name for p in people[:2]] == ["=Anna", "'s-Gravenhage"]


def test_choices_that_count_for_nothing_are_noted(event: EventFolder) -> None:
    event.write("choices.csv", GOOD["choices.csv"] + "P1;S1;3\nP1;S4;4\n")
    (note,) = [n for n in event.notes() if "not invited" in n.what.template]
    assert dict(note.what.values) == {"participant": "P1", "session": "S1", "count": 2}


def test_people_without_choices_are_counted(event: EventFolder) -> None:
    (note,) = [n for n in event.notes() if "chose nothing" in n.what.template]
    assert dict(note.what.values) == {"participant": "P3", "count": 1}
