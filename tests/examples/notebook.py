"""From DataFrames to DataFrames, as in a notebook: python notebook.py."""

from __future__ import annotations

import pandas as pd

import spilrooster as sr

rounds = pd.DataFrame(
    {
        "round": ["R1", "R2"],
        "name": ["Morning", "Afternoon"],
        "start": ["10:00", "13:30"],
        "end": ["11:00", "14:30"],
    }
)
rooms = pd.DataFrame({"room": ["A", "B"], "name": ["Hall", "Studio"], "seats": [4, 3]})
sessions = pd.DataFrame(
    {
        "session": ["S1", "S2", "S3"],
        "title": ["Neighbourhood gardens", "Working together", "Listening"],
        "presenters": [["P1"], [], ["P2"]],
        "max_runs": [2, 1, 1],
    }
)
people = pd.DataFrame({"participant": [f"P{i}" for i in range(1, 8)]})
choices = pd.DataFrame(
    [(p, s, rank) for p in people["participant"] for rank, s in ((1, "S1"), (2, "S3"))],
    columns=["participant", "session", "rank"],
)

# Everything that is wrong comes in one list, with the row as in iloc.
try:
    sr.read(
        sr.EventFrames(
            date="2026-11-19",
            rounds=rounds,
            rooms=rooms.assign(seats=["four", "3"]),
            sessions=sessions,
            participants=people,
            choices=choices.replace("S3", "S9"),
        )
    )
except sr.DataError as error:
    places = [(p.file, p.row, p.value) for p in error.problems]
    assert places[:2] == [("rooms", 0, "four"), ("choices", 1, "S9")], places
    print(error.problems[0])

problem = sr.read(
    sr.EventFrames(
        date="2026-11-19",
        name="Pilot",
        language="en",
        rounds=rounds,
        rooms=rooms,
        sessions=sessions,
        participants=people,
        choices=choices,
        rules=[{"rule": "order", "pairs": [["S3", "S2"]]}],
    )
)
result = sr.solve(problem, sr.Limits(seconds=20))
frames = sr.result_frames(problem, result)
assert frames.outcome is not None
print(frames.programme)
print(frames.outcome.groupby("rank")["granted"].mean())
assert result.status is sr.Status.OPTIMAL
assert set(frames.programme["session"]) == {"S1", "S2", "S3"}
assert len(frames.schedules) == len(people) * len(rounds)
assert sr.read_programme(problem, frames) == result.require()
