"""The numbers people read: ranks granted, satisfaction, and seats used.

Everything is counted from the event and the programme, never from a model, so that these numbers
also hold for a programme that somebody changed by hand. All of it is linear in choices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
from pydantic import Field

from spilrooster.problem import Problem
from spilrooster_models import Programme, RankCount, Satisfaction
from spilrooster_models.event import SessionId
from spilrooster_models.layout import Fact, RoomId, RoundId


class SeatsUsed(Fact):
    """How full a room is in one round. An open room without a run has no session."""

    round: RoundId
    room: RoomId
    session: SessionId | None
    attending: int = Field(description="people in the audience; presenters take no seat")
    places: int = Field(description="seats, or the session's max_people where that is less")
    seats: int = Field(description="seats in the room")

    @property
    def full(self) -> bool:
        """Whether nobody can be added."""
        return self.attending >= self.places


def rank_counts(problem: Problem, programme: Programme) -> tuple[RankCount, ...]:
    """Count per rank who asked and who got it. Choices given as points have no rank.

    Somebody with two choices of one rank counts once, and has it if either is granted.
    """
    asked: Counter[int] = Counter()
    granted: Counter[int] = Counter()
    for participant, choices in problem.event.choices_of.items():
        attended = programme.attended(problem.event, participant)
        asked.update({c.rank for c in choices if c.rank is not None})
        granted.update({c.rank for c in choices if c.rank is not None and c.session in attended})
    return tuple(RankCount(rank=r, asked=asked[r], granted=granted[r]) for r in sorted(asked))


def satisfaction(problem: Problem, programme: Programme) -> Satisfaction | None:
    """Return how much of their own ideal people got; None if nobody could get anything.

    The tenth percentile is somebody's real figure: at least nine in ten people have as much.
    """
    found = tuple(_shares(problem, programme))
    shares = [share for share, _ in found]
    with_nothing = sum(not got for _, got in found)
    if not shares:
        return None
    return Satisfaction(
        worst=min(shares),
        tenth_percentile=float(np.quantile(shares, 0.1, method="inverted_cdf")),
        median=float(np.median(shares)),
        mean=float(np.mean(shares)),
        people=len(shares),
        with_nothing=with_nothing,
    )


def satisfactions(problem: Problem, programme: Programme) -> tuple[float, ...]:
    """Return how much of their own ideal each person got, over who could get anything."""
    return tuple(share for share, _ in _shares(problem, programme))


def _shares(problem: Problem, programme: Programme) -> Iterator[tuple[float, bool]]:
    """Yield each share of an ideal, and whether any choice was granted."""
    for participant in problem.event.participants_by_id:
        ideal = problem.choices.ideal_of(problem.event, participant)
        if ideal:
            points = problem.choices.points_of(problem.event, participant)
            got = points.keys() & programme.attended(problem.event, participant)
            yield sum(points[session] for session in got) / ideal, bool(got)


def seats_used(problem: Problem, programme: Programme) -> tuple[SeatsUsed, ...]:
    """Return every run, and every open room without one, by round and then by room."""
    event = problem.event
    held: dict[tuple[RoundId, RoomId], list[SessionId | None]] = {
        (t, room.id): [] for t in event.layout.round_ids for room in event.layout.rooms
    }
    for run in programme.runs:
        held[run.round, run.room].append(run.session)
    closed = {(t, room.id) for room in event.layout.rooms for t in room.closed}
    return tuple(
        _seats_used(problem, programme, place, session)
        for place, sessions in held.items()
        for session in sessions or ([] if place in closed else [None])
    )


def share_used(used: Iterable[SeatsUsed]) -> float | None:
    """Return people per seat over these rooms and rounds; None if they have no seat."""
    everything = tuple(used)
    seats = sum(u.seats for u in everything)
    return sum(u.attending for u in everything) / seats if seats else None


def _seats_used(
    problem: Problem,
    programme: Programme,
    place: tuple[RoundId, RoomId],
    session: SessionId | None,
) -> SeatsUsed:
    round_id, room = place
    seats = problem.event.layout.rooms_by_id[room].seats
    most, attending = None, 0
    if session is not None:
        most = problem.event.sessions_by_id[session].max_people
        attending = len(programme.audience(problem.event, session, round_id))
    return SeatsUsed(
        round=round_id,
        room=room,
        session=session,
        attending=attending,
        places=seats if most is None else min(seats, most),
        seats=seats,
    )
