"""What each cell allows and the whole cannot be: places, rooms, presenters, audiences."""

from __future__ import annotations

import pytest
from tests.tables.good_event import GOOD, EventFolder, place

Where = tuple[str, int | None, str | None, str | None]


@pytest.fixture
def event(event: EventFolder) -> EventFolder:
    event.write("event.toml", 'name = "x"\ndate = 2026-11-19\n')
    event.remove("choices.csv")
    return event


def sessions(event: EventFolder, columns: str, *rows: str) -> None:
    event.write("sessions.csv", "\n".join((f"session;title;{columns}", *rows)))


@pytest.mark.parametrize(
    ("columns", "row", "where", "words"),
    [
        ("needs", "podium", ("sessions.csv", 2, "needs", "podium"), "none of the 3 allowed rooms"),
        ("needs", "beemer", ("sessions.csv", 2, "needs", "beemer"), "Did you mean beamer?"),
        ("needs;rooms", "beamer;B|C", ("sessions.csv", 2, "needs", "beamer"),
         "none of the 2 allowed rooms"),
        ("min_people;rooms", "3;C", ("sessions.csv", 2, "min_people", "S1"),
         "the largest room it can use has 2 seats"),
        ("min_people;needs;rooms", "5;drempelvrij;B|C", ("sessions.csv", 2, "min_people", "S1"),
         "the largest room it can use has 4 seats"),
        ("rooms;rounds", "C;R2", ("sessions.csv", 2, "rooms", "S1"), "is closed in the rounds"),
        ("min_runs;max_runs", "3;3", ("sessions.csv", 2, "min_runs", "S1"),
         "run 3 times, and there are only 2 rounds"),
        ("min_runs;max_runs;rounds", "2;2;R1", ("sessions.csv", 2, "min_runs", "S1"),
         "run 2 times, and there are only 1 rounds"),
        ("min_runs;max_runs;rooms", "2;2;C", ("sessions.csv", 2, "rooms", "S1"),
         "run 2 times, and there are only 1 rounds"),
        ("presenters;rounds", "P5;R2", ("sessions.csv", 2, "presenters", "P5"), "absent in every"),
        ("presenters;min_runs;max_runs", "P5;2;2", ("sessions.csv", 2, "presenters", "S1"),
         "only 1 rounds"),
        ("min_people;only_for", "3;bestuur", ("sessions.csv", 2, "min_people", "S1"),
         "only 2 may attend"),
        ("min_people;only_for;presenters", "2;bestuur;P2", ("sessions.csv", 2, "min_people", "S1"),
         "only 1 may attend"),
    ],
)  # fmt: skip
def test_a_session_without_a_place_or_audience_is_named_with_the_reason(
    event: EventFolder, columns: str, row: str, where: Where, words: str
) -> None:
    sessions(event, columns, f"S1;Een;{row}")
    error = event.error()
    assert place(error) == where
    assert words in f"{error.what} {error.advice}"


def test_a_session_that_may_be_left_out_needs_no_place(event: EventFolder) -> None:
    sessions(event, "min_runs;needs", "S1;Een;0;podium")
    assert event.read().event.sessions[0].min_runs == 0


def test_more_runs_than_places_are_refused(event: EventFolder) -> None:
    event.write("rooms.csv", GOOD["rooms.csv"].replace("Hoofdgebouw;\n", "Hoofdgebouw;R1\n"))
    sessions(event, "min_runs", "S1;a;", "S2;b;", "S3;c;", "S4;d;")
    error = event.error()
    assert place(error) == ("sessions.csv", None, "min_runs", None)
    assert "need 4 runs, and there are 3 places" in str(error.what)


def test_a_presenter_of_more_runs_than_rounds_is_named(event: EventFolder) -> None:
    sessions(event, "presenters", "S1;a;P1|P5", "S2;b;P5", "S3;c;P1")
    error = event.error()
    assert place(error) == ("sessions.csv", 3, "presenters", "P5")
    assert "presents 2 runs and is there in 1 rounds" in str(error.what)


def test_blocks_on_different_dates_do_not_overlap(event: EventFolder) -> None:
    event.write(
        "rounds.csv",
        "round;name;start;end;date\nR1;a;10:00;12:00;\nR2;b;11:00;13:00;20-11-2026\n",
    )
    assert event.read().event.layout.round_ids == ("R1", "R2")
    event.edit("rounds.csv", "20-11-2026", "19-11-2026")
    assert event.error().column == "start"


def test_a_block_may_start_when_another_ends(event: EventFolder) -> None:
    assert event.read().event.blocks[0].end == event.read().event.blocks[1].start


def test_an_event_without_session_rounds_is_refused(event: EventFolder) -> None:
    event.write("rounds.csv", GOOD["rounds.csv"].replace("sessions", "plenary"))
    assert ("rounds.csv", None, "kind", None) in [place(p) for p in event.errors()]


def test_what_is_odd_but_possible_is_noted(event: EventFolder) -> None:
    event.edit("rooms.csv", "Bijgebouw;R2", "Bijgebouw;R1|R2")
    event.edit("participants.csv", ";R2;", ";R1|R2;")
    event.edit("sessions.csv", "Bestuurstafel", "Een buurttuin beginnen")
    assert [(n.file, n.row, str(n.what)) for n in event.notes()][:-1] == [
        ("rooms.csv", 4, "This room is closed in every round."),
        ("sessions.csv", 5, "S3 has the same title."),
        ("participants.csv", 6, "This person is absent in every round."),
    ]


def test_a_round_with_fewer_seats_than_people_is_noted(event: EventFolder) -> None:
    event.edit("rooms.csv", "Aula;6", "Aula;1")
    event.edit("sessions.csv", "P2|P3;1;5", "P2|P3;1;1")
    texts = [str(n.what) for n in event.notes()]
    assert "In R2 there are 5 people and at most 5 seats." not in texts
    event.edit("participants.csv", ";R2;", ";;")
    texts = [str(n.what) for n in event.notes()]
    assert "In R2 there are 6 people and at most 5 seats." in texts


def test_doubtful_tables_are_not_judged_as_a_whole(event: EventFolder) -> None:
    """With unreadable seats, nobody can say that no room fits."""
    sessions(event, "min_people", "S1;a;5")
    event.edit("rooms.csv", "Aula;6", "Aula;zes")
    assert place(event.error()) == ("rooms.csv", 2, "seats", "zes")
