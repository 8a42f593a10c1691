"""DataFrames are as good as files: the same events, the same problems, the same results."""

from __future__ import annotations

import datetime as dt
import io
import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.tiny import event as tiny_event
from tests.rules.tiny import programme as tiny_programme
from tests.rules.tiny import session as tiny_session
from tests.tables.events import problems, programmes
from tests.tables.good_event import EventFolder, errors_of, place

import spilrooster as sr

BROKEN = {
    "rounds.csv": ("R2;Ronde 2;11:00", "R2;Ronde 2;10:00"),
    "rooms.csv": ("B;Bibliotheek;4", "B;Bibliotheek;vier"),
    "sessions.csv": ("S1;Vrijwilligers vinden;Werven;P1", "S1;Vrijwilligers vinden;Werven;P9"),
    "participants.csv": ("P5;Eva Willems;Weert;;R2", "P5;Eva Willems;Weert;;R7"),
    "choices.csv": ("P6;S3;1", "P6;S8;0"),
}
ROUNDS = pd.DataFrame({"round": ["R1"], "name": "Ronde", "start": "9:30", "end": "10:30"})
ROOMS = pd.DataFrame({"room": ["A", "B"], "name": ["Aula", "Bar"], "seats": [6, 4]})
SESSIONS = pd.DataFrame({"session": ["S1", "S2"], "title": ["Eén", "Twee"]})
PEOPLE = pd.DataFrame({"participant": ["P1", "P2"]})


def frames(**changes: Any) -> sr.EventFrames:
    given: dict[str, Any] = {
        "date": "2026-11-19",
        "rounds": ROUNDS,
        "rooms": ROOMS,
        "sessions": SESSIONS,
        "participants": PEOPLE,
    }
    return sr.EventFrames(**{**given, **changes})


def filled(frame: pd.DataFrame, **columns: list[Any]) -> pd.DataFrame:
    cells = {name: pd.Series(column, dtype=object) for name, column in columns.items()}
    return frame.assign(**cells)


def frame_of(event: EventFolder, table: str) -> pd.DataFrame:
    text = event.text(f"{table}.csv")
    frame: pd.DataFrame = pd.read_csv(
        io.StringIO(text), sep=";", dtype=str, keep_default_na=False, index_col=False
    )
    return frame


def frames_of(event: EventFolder, **more: Any) -> sr.EventFrames:
    names = ("rounds", "rooms", "sessions", "participants", "choices")
    return frames(**{name: frame_of(event, name) for name in names}, **more)


def errors(given: sr.EventFrames) -> list[tuple[str, int | None, str | None, str | None]]:
    with pytest.raises(sr.DataError) as caught:
        sr.read(given)
    return [place(problem) for problem in caught.value.problems]


def test_frames_have_the_problems_of_files_with_positions_for_rows(event: EventFolder) -> None:
    for name, (old, new) in BROKEN.items():
        event.edit(name, old, new)
    with pytest.raises(sr.DataError) as caught:
        sr.read(frames_of(event))
    found = [p for p in caught.value.problems if p.file != "event"]
    expected = errors_of(event.path)
    assert [p.file for p in expected] == sorted(
        (p.file for p in expected), key=["rounds.csv", *BROKEN][1:].index
    )
    assert [(*place(p), p.what, p.advice) for p in found] == [
        (p.file.removesuffix(".csv"), p.row and p.row - 2, p.column, p.value, p.what, p.advice)
        for p in expected
    ]


def test_frames_of_good_files_give_the_problem_of_the_files(event: EventFolder) -> None:
    rules = [
        {"rule": "keep_apart", "pairs": [["S1", "S2"]]},
        sr.rules.PresenterAvailable(presenter="P1", rounds=("R1",)),
    ]
    given = frames_of(event, name="Proefdag", points=[10, 6, 3], rules=rules)
    assert sr.read(given) == event.read()
    assert sr.language_of(given) == "nl"


@given(problems())
@settings(deadline=None, max_examples=15)
def test_an_event_reads_back_from_its_frames(problem: sr.Problem) -> None:
    assert sr.read(sr.event_frames(problem)) == problem


@given(data=st.data(), problem=problems())
@settings(deadline=None, max_examples=15)
def test_a_programme_reads_back_from_its_frames(data: st.DataObject, problem: sr.Problem) -> None:
    programme = data.draw(programmes(problem.event))
    assert sr.read_programme(problem, sr.result_frames(problem, programme)) == programme


def test_cells_hold_what_python_and_pandas_put_there() -> None:
    problem = sr.read(
        frames(
            date=pd.Timestamp("2026-11-19"),
            rounds=pd.DataFrame(
                {
                    "round": [1.0, 2.0],
                    "name": ["Een", "Twee"],
                    "start": [pd.Timestamp("2026-11-19 08:30", tz="UTC"), dt.time(11)],
                    "end": [dt.datetime(2026, 11, 19, 10, 30), pd.Timedelta(hours=12)],
                }
            ),
            rooms=filled(ROOMS, seats=[6.0, np.nan], features=[["=1", "wifi"], None])[:1],
            sessions=filled(
                SESSIONS,
                max_people=[np.nan, 5],
                presenters=[{"P2", "P1"}, ()],
                theme=[pd.NA, "Zorg"],
            ).set_index("session"),
            participants=filled(PEOPLE, absent=[np.array([2]), None], age=[pd.NaT, 40.0]),
            choices=pd.DataFrame({"participant": ["P1"], "session": ["Twee"], "rank": [1.0]}),
        )
    ).event
    assert [r.id for r in problem.layout.rounds] == ["1", "2"]
    assert [r.start for r in problem.layout.rounds] == [dt.time(9, 30), dt.time(11)]
    assert [r.end for r in problem.layout.rounds] == [dt.time(10, 30), dt.time(12)]
    assert problem.layout.rooms[0].features == ("=1", "wifi")
    assert [(s.id, s.max_people, s.theme) for s in problem.sessions] == [
        ("S1", None, ""),
        ("S2", 5, "Zorg"),
    ]
    assert problem.sessions[0].presenters == ("P1", "P2")
    assert problem.participants[0].absent == ("2",)
    assert [p.attributes for p in problem.participants] == [(), (("age", "40"),)]
    assert problem.choices == (sr.Choice(participant="P1", session="S2", rank=1),)


def test_other_settings_are_those_of_event_toml() -> None:
    given = frames(settings={"website": "https://example.org", "nonsense": 1})
    assert errors(given) == [("event", None, "nonsense", None)]
    right = sr.read(frames(settings={"website": "https://example.org"}))
    assert right.event.website.startswith("https://example.org")
    assert sr.read(sr.event_frames(right)) == right


def test_what_is_no_frame_and_what_a_list_cannot_hold_are_named_at_once() -> None:
    bad: Any = {"room": ["A"]}
    given = frames(rooms=bad, sessions=filled(SESSIONS, needs=[["a|b"], None]), date="gisteren")
    assert errors(given) == [
        ("event", None, "date", "gisteren"),
        ("rooms", None, None, None),
        ("sessions", 0, "needs", "a|b"),
    ]
    assert errors(frames(rooms=ROOMS.rename(columns={"seats": "stoelen"}))) == [
        ("rooms", None, "seats", None)
    ]


def test_rules_that_do_not_exist_are_named_by_their_position() -> None:
    apart = sr.rules.KeepApart(pairs=(("S1", "S9"),))
    assert errors(frames(rules=[{"rule": "keep_appart"}, apart])) == [
        ("rules", 0, "rule", "keep_appart"),
        ("rules", 1, "keep_apart.pairs", "S9"),
    ]


def test_facts_made_in_code_are_looked_at_as_a_whole() -> None:
    good = tiny_event("ab", people="pq")
    assert sr.find_problems(good) == ()
    day = tiny_event([tiny_session("a", min_people=9, needs=("stage",)), "b"], people="pq")
    found = sr.find_problems(day)
    assert [(p.file, p.column, p.value) for p in found] == [
        ("sessions", "min_people", "a"),
        ("sessions", "needs", "stage"),
    ]
    with pytest.raises(sr.DataError) as caught:
        sr.read(sr.event_frames(sr.Problem.of(day)))
    assert [p.what for p in caught.value.problems] == [p.what for p in found]


def test_a_result_in_frames_is_what_the_files_say() -> None:
    day = tiny_event("ab", people="pq", choices=[sr.Choice(participant="p", session="a", rank=2)])
    programme = tiny_programme(day, {"a t1 r1": "p", "b t2 r1": "q"})
    problem = sr.Problem.of(day)
    found = sr.result_frames(problem, programme, "en")
    assert found.programme["attending"].tolist() == [1, 1]
    assert found.schedules["rank"].dtype == "Int64"
    there = found.schedules[found.schedules["participant"] == "p"]
    assert there["session"].tolist()[0] == "a"
    assert there["rank"].tolist() == [2, pd.NA]
    assert found.outcome is not None
    assert found.outcome.to_dict("records") == [
        {
            "participant": "p",
            "session": "a",
            "rank": 2,
            "points": 16,
            "granted": True,
            "round": "t1",
            "why": "granted",
            "reason": "You are there in T1.",
        }
    ]
    nothing = sr.result_frames(problem, sr.Result(status="unknown", ideal=0, seed=1))
    assert [len(f) for f in (nothing.programme, nothing.schedules)] == [0, 0]
    assert list(nothing.programme) == ["run", "session", "round", "room", "seats", "attending"]


def test_an_error_keeps_its_problems_on_the_way_out_of_another_process() -> None:
    problem = sr.InputProblem(file="rooms", what=sr.message("This is missing."))
    for kind in (sr.DataError, sr.UnknownId):
        again = pickle.loads(pickle.dumps(kind([problem])))
        assert type(again) is kind
        assert again.problems == (problem,)
