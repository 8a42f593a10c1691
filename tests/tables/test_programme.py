"""A programme read back: what fits no programme, and figures that contradict each other."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.tables.damage import IN_ANY_FILE, IN_TABLES
from tests.tables.good_event import EventFolder, place, problems_in

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.tables import read_programme
from spilrooster_models import DataError, InputProblem

PROGRAMME = """\
run;session;round;room;seats;attending
S1-1;S1;R1;B;4;2
S2-1;S2;R1;A;6;1
S3-1;S3;R2;B;4;3
"""

SCHEDULES = """\
participant;round;session;room;rank
P1;OPEN;Opening;;
P1;R1;S1;B;
P1;R2;S3;B;2
P1;LUNCH;Lunch;;
P2;R1;S2;A;
P2;R2;;;
P3;R1;S2;A;
P3;R2;;;
P4;R1;S2;A;1
P4;R2;S3;B;3
P5;R1;S1;B;1
P5;R2;;;
P6;R1;S1;B;
P6;R2;S3;B;1
"""

Edit = tuple[str, str, str]
Where = tuple[str, int | None, str | None, str | None]


class Output:
    def __init__(self, path: Path, problem: Problem) -> None:
        self.path, self.problem = path, problem
        self.write("programme.csv", PROGRAMME)
        self.write("schedules.csv", SCHEDULES)

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.path / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.write(name, text.replace(old, new))

    def errors(self) -> tuple[InputProblem, ...]:
        with pytest.raises(DataError) as caught:
            read_programme(self.problem, self.path)
        return caught.value.problems


@pytest.fixture
def output(event: EventFolder, tmp_path: Path) -> Output:
    folder = tmp_path / "uit"
    folder.mkdir()
    return Output(folder, event.read())


def test_files_of_another_tool_are_read(output: Output) -> None:
    """What follows from the rest may be missing, and so may shared blocks."""
    whole = read_programme(output.problem, output.path)
    output.write("programme.csv", "RUN,Session,Round,Room\nx,s1,r1,b\ny,S2,R1,A\nz,S3,R2,B\n")
    rows = [row.split(";")[:3] for row in SCHEDULES.splitlines() if "OPEN" not in row]
    output.write("schedules.csv", "\n".join("\t".join(row) for row in rows))
    assert read_programme(output.problem, output.path) == whole
    assert [f.rule for f in check(output.problem, whole) if f.rule == "programme"] == []


def test_people_where_nothing_runs_are_left_to_check(output: Output) -> None:
    output.edit("schedules.csv", "P3;R2;;", "P3;R2;S4;")
    programme = read_programme(output.problem, output.path)
    assert [f.rule for f in check(output.problem, programme)] == ["programme"]


@pytest.mark.parametrize(
    ("edit", "where", "words"),
    [
        (("programme.csv", "S1-1;S1;R1", "S1-1;S9;R1"), ("programme.csv", 2, "session", "S9"),
         "No session"),
        (("programme.csv", "S1;R1;B", "S1;R9;B"), ("programme.csv", 2, "round", "R9"), "No round"),
        (("programme.csv", "S1;R1;B", "S1;LUNCH;B"), ("programme.csv", 2, "round", "LUNCH"),
         "No round"),
        (("programme.csv", "S1;R1;B", "S1;R1;Z"), ("programme.csv", 2, "room", "Z"), "No room"),
        (("programme.csv", "S1;R1;B", "S1;R1;"), ("programme.csv", 2, "room", None), "empty"),
        (("programme.csv", "S2-1;", "S1-1;"), ("programme.csv", 3, "run", "S1-1"), "row 2"),
        (("programme.csv", "S3;R2;B;4", "S3;R2;B;5"), ("programme.csv", 4, "seats", "5"),
         "This room has 4 seats."),
        (("programme.csv", "B;4;2", "B;4;3"), ("programme.csv", 2, "attending", "3"),
         "The schedules have 2 people in the audience."),
        (("programme.csv", "B;4;2", "B;vier;2"), ("programme.csv", 2, "seats", "vier"),
         "not a number"),
        (("schedules.csv", "P6;R1;S1", "P9;R1;S1"), ("schedules.csv", 14, "participant", "P9"),
         "No participant"),
        (("schedules.csv", "P6;R1;S1", "P6;R1;S9"), ("schedules.csv", 14, "session", "S9"),
         "No session"),
        (("schedules.csv", "P6;R1;S1", "P6;R7;S1"), ("schedules.csv", 14, "round", "R7"),
         "No round"),
        (("schedules.csv", "P6;R1;S1", "P6;R2;S1"), ("schedules.csv", 15, "round", "R2"),
         "already, in row 14"),
        (("schedules.csv", "P6;R1;S1;B;\n", ""), ("schedules.csv", None, "participant", "P6"),
         "no row for R1"),
        (("schedules.csv", "P6;R1;S1;B", "P6;R1;S1;A"), ("schedules.csv", 14, "room", "A"),
         "in room B"),
        (("schedules.csv", "P6;R1;S1;B", "P6;R1;S1;Q"), ("schedules.csv", 14, "room", "Q"),
         "No room"),
        (("schedules.csv", "P5;R2;;", "P5;R2;;B"), ("schedules.csv", 13, "room", "B"), "no room"),
        (("schedules.csv", "P6;R2;S3;B;1", "P6;R2;S3;B;2"), ("schedules.csv", 15, "rank", "2"),
         "gave it rank 1"),
        (("schedules.csv", "P6;R1;S1;B;", "P6;R1;S1;B;2"), ("schedules.csv", 14, "rank", "2"),
         "no ranked choice"),
        (("schedules.csv", "P2;R1;S2;A;", "P2;R1;S2;A;1"), ("schedules.csv", 6, "rank", "1"),
         "no ranked choice"),
    ],
)  # fmt: skip
def test_a_contradiction_is_named_with_its_place(
    output: Output, edit: Edit, where: Where, words: str
) -> None:
    output.edit(*edit)
    found = next(p for p in output.errors() if place(p) == where)
    assert words in str(found.what)


def test_a_session_twice_in_one_round_is_refused(output: Output) -> None:
    output.edit("programme.csv", "S3-1;S3;R2;B;4;3\n", "S3-1;S3;R2;B;4;3\nS3-2;S3;R2;A;6;0\n")
    assert [place(p) for p in output.errors()] == [("programme.csv", 5, "session", "S3")]


def test_everything_is_listed_at_once(output: Output) -> None:
    output.edit("programme.csv", "S1;R1;B", "S1;R1;Z")
    output.edit("schedules.csv", "P6;R1;S1", "P9;R1;S1")
    output.edit("schedules.csv", "P4;R2;S3", "P4;R2;S33")
    assert [place(p) for p in output.errors()] == [
        ("programme.csv", 2, "room", "Z"),
        ("schedules.csv", 11, "session", "S33"),
        ("schedules.csv", 14, "participant", "P9"),
    ]


def test_a_person_without_any_row_is_named(output: Output) -> None:
    rows = [row for row in SCHEDULES.splitlines() if not row.startswith("P5")]
    output.write("schedules.csv", "\n".join(rows))
    output.edit("programme.csv", "B;4;2", "B;4;1")
    (error,) = output.errors()
    assert (error.value, str(error.what)) == ("P5", "This person has no row for R1, R2.")


@pytest.mark.parametrize("name", ["programme.csv", "schedules.csv"])
def test_a_missing_file_is_named(output: Output, name: str) -> None:
    (output.path / name).unlink()
    assert (name, "This is missing.") in [(p.file, str(p.what)) for p in output.errors()]


@pytest.mark.parametrize("seed", range(150))
def test_damaged_output_is_read_or_explained(output: Output, seed: int) -> None:
    chance = random.Random(seed)
    name, text = chance.choice([("programme.csv", PROGRAMME), ("schedules.csv", SCHEDULES)])
    damage = chance.choice(IN_TABLES + IN_ANY_FILE)
    (output.path / name).write_bytes(damage(chance, text.encode()))

    def read_and_check() -> None:
        check(output.problem, read_programme(output.problem, output.path))

    assert all(problem.file for problem in problems_in(read_and_check))


def test_an_empty_output_is_no_programme(output: Output) -> None:
    """What is written for a result without a programme does not read back as one."""
    output.write("programme.csv", PROGRAMME.splitlines()[0])
    output.write("schedules.csv", SCHEDULES.splitlines()[0])
    assert len(output.errors()) == 6
