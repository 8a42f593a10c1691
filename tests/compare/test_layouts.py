"""Layouts as files: whole ones, changed parts, combinations, and every reason why not."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import spilrooster as sr

TINY = Path(__file__).parents[2] / "instances" / "tiny"


@pytest.fixture(scope="module")
def tiny() -> sr.Problem:
    return sr.read(TINY)


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def one(problem: sr.Problem, path: Path | str) -> sr.Variant:
    """The variant of one layout, which the event's own one precedes."""
    own, variant = sr.read_layouts(problem, [path])[0]
    assert own.problem == problem
    return variant


def refused(problem: sr.Problem, *paths: Path | str, **vary: list[str]) -> list[str]:
    with pytest.raises(sr.DataError) as error:
        sr.read_layouts(problem, paths, vary)
    return [str(found) for found in error.value.problems]


def test_a_folder_replaces_rooms_or_rounds(tiny: sr.Problem, tmp_path: Path) -> None:
    file(tmp_path, "hall/rooms.csv", 'room,name,seats,price\nH,Hall,20,"250,50"\nI,Inn,9,100\n')
    file(tmp_path, "early/rounds.csv", "round,name,start,end\nR1,One,09:00,09:45\n")
    hall, early = one(tiny, tmp_path / "hall"), one(tiny, tmp_path / "early")
    assert [r.id for r in hall.problem.event.layout.rooms] == ["H", "I"]
    assert hall.problem.event.layout.rounds == tiny.event.layout.rounds
    assert (hall.name, hall.price) == ("hall", Decimal("350.50"))
    assert early.problem.event.layout.round_ids == ("R1",)
    assert [r.id for r in early.problem.event.layout.rooms] == ["ZAAL", "KAMER", "ZOLDER"]
    assert early.price is None


def test_a_file_changes_parts(tiny: sr.Problem, tmp_path: Path) -> None:
    path = file(
        tmp_path,
        "more.toml",
        """
        name = "More of it"
        price = 1500
        without = ["zolder", "Lunch"]
        seats = { KAMER = "+10", ZAAL = 6 }
        max_runs = { S2 = 2, "Samen een buurttuin beginnen" = "+1" }
        [[more_rooms]]
        room = "CELLAR"
        name = "Cellar"
        seats = 5
        price = 200
        closed = ["R2"]
        """,
    )
    variant = one(tiny, path)
    layout = variant.problem.event.layout
    seats = [(r.id, r.seats, r.closed) for r in layout.rooms]
    assert seats == [("ZAAL", 6, ()), ("KAMER", 13, ()), ("CELLAR", 5, ("R2",))]
    assert layout.shared_blocks == ()
    runs = {s.id: s.max_runs for s in variant.problem.event.sessions}
    assert runs == {"S1": 2, "S2": 2, "S3": 2, "S4": 1}
    assert (variant.name, variant.price) == ("More of it", Decimal(1700))


def test_a_file_can_hold_a_whole_layout(tiny: sr.Problem, tmp_path: Path) -> None:
    rooms = file(tmp_path, "venue/rooms.csv", "room;name;seats\nH;Hall;20\n")
    path = file(
        tmp_path,
        "whole.toml",
        f"""
        rooms = "{rooms.parent.name}"
        [[rounds]]
        round = "A"
        name = "First"
        start = 09:00:00
        end = "9.30"
        [[rounds]]
        round = "L"
        name = "Lunch"
        start = "12:00"
        end = "13:00"
        kind = "lunch"
        """,
    )
    variant = one(tiny, path)
    layout = variant.problem.event.layout
    assert (layout.round_ids, [b.id for b in layout.shared_blocks]) == (("A",), ["L"])
    assert [r.id for r in layout.rooms] == ["H"]
    assert not any(p.absent for p in variant.problem.event.participants)


def test_absences_from_what_is_gone_are_told(tiny: sr.Problem, tmp_path: Path) -> None:
    path = file(tmp_path, "less.toml", 'without = ["R1"]')
    _, remarks = sr.read_layouts(tiny, [path])
    told = [str(r.what) for r in remarks if r.column == "absent"]
    assert "Absences from R1 do not count here: this layout has no such block." in told


def test_one_round_less_or_more(tiny: sr.Problem, tmp_path: Path) -> None:
    less = one(tiny, file(tmp_path, "less.toml", "rounds = -1")).problem.event.layout
    more = one(tiny, file(tmp_path, "more.toml", 'rounds = "+2"')).problem.event.layout
    assert less.round_ids == ("R1",)
    assert more.round_ids == ("R1", "R2", "R3", "R4")
    last = more.rounds[-1]
    assert (last.name, last.start.isoformat(), last.end.isoformat()) == (
        "Ronde 4", "15:15:00", "16:05:00",
    )  # fmt: skip


def test_a_grid_makes_all_combinations(tiny: sr.Problem, tmp_path: Path) -> None:
    file(tmp_path, "event/layouts/hall/rooms.csv", "room,name,seats\nH,Hall,20\n")
    vary = {"rooms": ["event", "hall"], "rounds": ["1", "2"], "runs": ["2"]}
    variants, _ = sr.read_layouts(tiny, (), vary, home=tmp_path / "event")
    shape = [(len(v.problem.event.layout.rooms), len(v.problem.event.layout.rounds))
             for v in variants]  # fmt: skip
    assert shape == [(3, 1), (3, 2), (1, 1), (1, 2)]
    assert {s.max_runs for v in variants for s in v.problem.event.sessions} == {2}
    assert len({v.name for v in variants}) == 4


def test_the_folder_layouts_of_an_event_is_taken_by_itself(
    tiny: sr.Problem, tmp_path: Path
) -> None:
    file(tmp_path, "layouts/a.toml", "rounds = 1")
    file(tmp_path, "layouts/b/rooms.csv", "room,name,seats\nH,Hall,20\n")
    file(tmp_path, "layouts/readme.txt", "nothing")
    variants, _ = sr.read_layouts(tiny, home=tmp_path)
    assert [v.name for v in variants] == ["a", "b"]


def test_every_problem_of_every_layout_is_in_one_list(tiny: sr.Problem, tmp_path: Path) -> None:
    file(tmp_path, "a/rooms.csv", "room,name,seats\nH,Hall,many\nH,Hall,3\n")
    bad = file(
        tmp_path,
        "b.toml",
        'sets = 3\nrounds = [1]\nprice = "dear"\nwithout = ["ZAL"]\nseats = { ZOLDER = "-9" }\n'
        "[[more_rooms]]\nroom = 'X'\nname = 'X'\nseats = -1\n",
    )
    found = refused(tiny, tmp_path / "a", bad, tmp_path / "no.toml", vary_it=["1"], rounds=["99"])
    for part in (
        "a/rooms.csv, row 2, column seats ('many'): This is not a number.",
        "a/rooms.csv, row 3, column room ('H'): This id stands in row 2 already.",
        "b.toml, column sets: There is no such key.",
        "b.toml, column rounds ('[1]'): This key has another form",
        "no.toml: There is no such layout.",
        "--vary ('vary_it'): This cannot be varied.",
        "rounds=99, column rounds ('99'): A day cannot have so many rounds, or so few.",
    ):
        assert any(part in text for text in found), (part, found)
    mended = file(tmp_path, "b.toml", bad.read_text().replace("sets = 3\nrounds = [1]\n", ""))
    found = refused(tiny, mended)
    for part in (
        "[[more_rooms]], row 1, column seats ('-1'): This number is below zero.",
        "column price ('dear'): This is not a number.",
        "column without ('ZAL'): This layout has nothing with this id or name. Did you mean",
        "column seats.ZOLDER ('-9'): Write a number such as 40",
    ):
        assert any(part in text for text in found), (part, found)


def test_what_the_event_needs_of_its_layout_is_missed(tiny: sr.Problem, tmp_path: Path) -> None:
    only = tiny.event.sessions[0].model_copy(update={"rooms": ("ZAAL",)})
    event = tiny.event.model_copy(update={"sessions": (only, *tiny.event.sessions[1:])})
    pinned = sr.rules.Pinned(session="S2", round="R2")
    found = refused(sr.Problem.of(event), file(tmp_path, "a.toml", 'without = ["ZAAL"]'))
    assert any("S1 is only allowed in ZAAL" in text for text in found)
    found = refused(tiny.with_rules([pinned]), file(tmp_path, "b.toml", "rounds = 1"))
    assert any("The rule pinned names what this layout does not have" in f for f in found)


def test_layouts_need_names_of_their_own(tiny: sr.Problem, tmp_path: Path) -> None:
    one_, two = (file(tmp_path, f"{d}/same.toml", "rounds = 1") for d in "ab")
    assert any("Two layouts have this name." in text for text in refused(tiny, one_, two))


def test_blocks_may_not_overlap(tiny: sr.Problem, tmp_path: Path) -> None:
    rows = "round,name,start,end\nR1,One,09:00,09:45\nR2,Two,09:30,10:15\n"
    file(tmp_path, "odd/rounds.csv", rows)
    assert any("before R1 has ended" in text for text in refused(tiny, tmp_path / "odd"))
