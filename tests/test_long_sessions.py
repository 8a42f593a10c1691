"""A session over several rounds is one session: for who chooses it, in the files, and in points."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.agreement import programmes
from tests.rules.tiny import choice, event, person, room, session
from tests.tables.good_event import EventFolder

from spilrooster.check import check, value_of
from spilrooster.problem import Problem
from spilrooster.rules import Floor, MustAttend, Rule
from spilrooster.search.annealing_stage import AnnealingStage
from spilrooster.search.clock import Limits
from spilrooster.search.round_plans.stage import RoundPlansStage
from spilrooster.search.seats_bound import SeatsBoundStage
from spilrooster.solve import solve
from spilrooster.tables import read, read_programme, write_event, write_output
from spilrooster_models import DataError, Event, Session, Status

LONG = session("long", max_runs=2).in_parts(2)
DAY = event(
    [*LONG, session("a", max_runs=2), "b"],
    [room("r1", 1), room("r2", 3)],
    ("t1", "t2", "t3"),
    ["p", "q", person("s", absent=("t3",))],
    [choice(p, s, rank) for p in "pqs" for rank, s in enumerate(("long", "a", "b"), start=1)],
)


def best_of_all(problem: Problem) -> int:
    """The best value of any programme, by looking at all of them."""
    found = (check(problem, p) for p in programmes(problem.event, limit=20_000))
    return max(value_of(problem, f) for f in found if not any(x.broken for x in f))


def test_its_points_count_once_and_the_ideal_knows_its_rounds() -> None:
    problem = Problem.of(DAY)
    assert problem.choices.points_of(DAY, "p") == {"long": 10, "long (2)": 10, "a": 16, "b": 13}
    assert problem.choices.ideal_of(DAY, "p") == 20 + 16
    assert problem.choices.ideal_of(DAY, "s") == 16 + 13
    assert DAY.choosers["long (2)"] == 3


@pytest.mark.parametrize("wanted", [1, 2])
def test_the_best_programme_is_that_of_brute_force(wanted: int) -> None:
    day = event(
        [*session("long").in_parts(2), "a"],
        [room("r1", 1)],
        ("t1", "t2", "t3"),
        "p",
        [choice("p", "long", wanted), choice("p", "a", 3 - wanted)],
    )
    problem = Problem.of(day)
    result = solve(problem, Limits(work=5))
    assert result.status is Status.OPTIMAL
    assert result.value == best_of_all(problem) == 36


@pytest.mark.parametrize("rules", [(), (MustAttend(participants=("q",), session="long"),)])
def test_the_search_keeps_it_whole_and_no_bound_is_below_the_best(rules: tuple[Rule, ...]) -> None:
    best = solve(Problem.of(DAY, rules), Limits(work=5))
    assert best.status is Status.OPTIMAL
    engine = ((SeatsBoundStage(), 0.1), (AnnealingStage(), 0.5), (RoundPlansStage(), 1.0))
    found = solve(Problem.of(DAY, rules), Limits(work=4), engine=engine)
    assert found.value is not None
    assert best.value is not None
    assert found.bound is not None
    assert found.value <= best.value <= found.bound
    assert found.value >= 0.9 * best.value
    programme = found.require()
    for begin in programme.rounds_of["long"]:
        after = DAY.next_round[begin]
        assert programme.room_of["long", begin] == programme.room_of["long (2)", after]
        audience = set(programme.audience(DAY, "long", begin))
        assert audience == set(programme.audience(DAY, "long (2)", after))
        assert not rules or "q" in audience


def test_a_first_choice_is_the_whole_session() -> None:
    problem = Problem.of(DAY, [Floor(first_choice=True, participants=("p",))])
    programme = solve(problem, Limits(work=5)).require()
    assert {"long", "long (2)"} <= {*programme.attended(DAY, "p")}


@pytest.fixture
def long_event(tmp_path: Path) -> EventFolder:
    """S3 takes the two rounds of the morning."""
    (tmp_path / "event").mkdir()
    folder = EventFolder(tmp_path / "event")
    header, *rows = folder.text("sessions.csv").splitlines()
    lengths = [f"{row};{2 if row.startswith('S3') else ''}" for row in rows]
    folder.write("sessions.csv", "\n".join([f"{header};length", *lengths, ""]))
    return folder


def test_files_show_one_session(long_event: EventFolder, tmp_path: Path) -> None:
    problem = read(long_event.path)
    assert problem.event.parts["S3"] == ("S3", "S3 (2)")
    result = solve(problem, Limits(work=5))
    write_output(problem, result, tmp_path / "out", "en")
    rows = (tmp_path / "out" / "programme.csv").read_text("utf-8").splitlines()
    assert [row.split(",")[:3] for row in rows if row.split(",")[1] == "S3"] == [
        ["S3-1", "S3", "R1"],
        ["S3-1.2", "S3", "R2"],
    ]
    assert "(2)" not in (tmp_path / "out" / "schedules.csv").read_text("utf-8")
    assert read_programme(problem, tmp_path / "out") == result.programme
    write_event(problem, tmp_path / "again")
    assert read(tmp_path / "again").event.sessions == problem.event.sessions


def test_files_that_cannot_be_are_refused(long_event: EventFolder) -> None:
    text = long_event.text("sessions.csv").replace("S4;", "S3 (2);")
    long_event.write("sessions.csv", text)
    long_event.write("choices.csv", long_event.text("choices.csv").replace("S4;", "S3;"))
    with pytest.raises(DataError, match="later part"):
        read(long_event.path)


@pytest.mark.parametrize("continues", ["c", "zz"])
def test_a_part_continues_one_earlier_session(continues: str) -> None:
    sessions: list[Session | str] = ["a", session("b", continues="a")]
    with pytest.raises(DataError):
        event([*sessions, session("c", continues=continues)])
    with pytest.raises(DataError):
        event([*sessions, session("c", continues="a")])


def test_rounds_that_follow_each_other_are_on_one_day_with_nothing_in_between() -> None:
    day: Event = event("a", times=("t1", "t2"))
    assert day.next_round == {"t1": "t2"}
