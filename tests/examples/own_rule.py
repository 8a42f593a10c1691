"""A rule of one's own, soft and with its own data: who comes by train misses the last round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

import spilrooster as sr


class LeaveEarly(sr.SoftRule):
    """These people would rather be free in the last round."""

    rule: Literal["leave_early"] = "leave_early"
    participants: tuple[str, ...]
    weight: int = 50

    def post(self, variables: sr.Variables) -> sr.rules.Cost:
        last = variables.rounds[-1]
        return self.weight * sum(
            variables.at(p, session, last)
            for p in self.participants
            for session in variables.sessions_of(p)
        )

    def findings(self, event: sr.Event, programme: sr.Programme) -> Iterator[sr.Finding]:
        for p in self.participants:
            if programme.schedule_of[p].sessions[-1] is not None:
                yield self.costs(self.weight, (p,), "{who} misses the train.", who=p)


def event() -> sr.Event:
    """Two rooms, two rounds, four people who all want the same two sessions."""
    people = ("ada", "ben", "cas", "dee")
    times = (("R1", dt.time(10), dt.time(11)), ("R2", dt.time(15), dt.time(16)))
    return sr.Event(
        name="A day",
        date=dt.date(2026, 11, 19),
        layout=sr.Layout(
            rooms=tuple(sr.Room(id=r, name=r, seats=4) for r in ("A", "B")),
            rounds=tuple(sr.Round(id=i, name=i, start=s, end=e) for i, s, e in times),
        ),
        sessions=tuple(sr.Session(id=s, title=s) for s in ("S1", "S2")),
        participants=tuple(sr.Participant(id=p) for p in people),
        choices=tuple(
            sr.Choice(participant=p, session=s, rank=rank)
            for p in people
            for rank, s in ((1, "S1"), (2, "S2"))
        ),
    )


def main() -> None:
    """Solve with the rule; it is a wish, so it gives way where points are worth more."""
    free = sr.Problem.of(event())
    early = free.with_rules([LeaveEarly(participants=("ada",))])
    late, soon = sr.solve(free, seed=1), sr.solve(early, seed=1)
    assert [r.status for r in (late, soon)] == [sr.Status.OPTIMAL] * 2
    assert late.require().schedule_of["ada"].sessions[-1] is not None
    assert soon.require().schedule_of["ada"].sessions[-1] is None
    print(sr.check(early, late.require())[-1].message)
    print(soon.costs)


if __name__ == "__main__":
    main()
