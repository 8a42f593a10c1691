"""The tool's own scheduler: turns its talks into an event and asks spilrooster for a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from models import Talk

import spilrooster as sr


def make_day(talks: Sequence[Talk], rooms: dict[str, int], rounds: int) -> sr.Result:
    """Plan the talks, in rounds of three quarters from ten o'clock on."""
    fans = dict.fromkeys(fan for talk in talks for fan in talk.fans)
    event = sr.Event(
        name="Talks",
        date=dt.date(2026, 11, 19),
        layout=sr.Layout(
            rooms=tuple(sr.Room(id=r, name=r, seats=seats) for r, seats in rooms.items()),
            rounds=tuple(
                sr.Round(
                    id=f"R{i}", name=f"Round {i}", start=dt.time(9 + i), end=dt.time(9 + i, 45)
                )
                for i in range(1, rounds + 1)
            ),
        ),
        sessions=tuple(sr.Session(id=t.code, title=t.title) for t in talks),
        participants=tuple(sr.Participant(id=fan) for fan in fans),
        choices=tuple(
            sr.Choice(participant=fan, session=t.code, rank=1) for t in talks for fan in t.fans
        ),
    )
    return sr.solve(sr.Problem.of(event), sr.Limits(work=1))
