"""Steering: what the fast search should know of the rules.

The search plays with arrays, not with rules. Each rule that can, writes here what it forbids or
asks. A rule that writes nothing is still kept: CP-SAT enforces it and `check` tests it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from spilrooster_models import Event
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import RoomId, RoundId

Group = tuple[int, ...]
"""Sessions or people that belong together, such as those of one organisation: their positions, in
order."""


class Counted(Enum):
    """What a tally counts, in each set of rounds by itself; `limit` is the tally's.

    Members
    -------
    IN_A_ROW
        Stretches of `limit` + 1 consecutive rounds in all of which one of the sessions runs.
    WAITS
        Rounds in which none of them runs, between two in which one does.
    ROOMS
        Rooms that they use, beyond `limit`.
    AT_ONCE
        Their runs, beyond `limit`.
    TOO_FEW
        Runs that are lacking until there are `limit`.
    PARTS
        Sets of rounds in which none of them runs, although they have a run for each, or runs to
        spare: as many sets should have a run as there are runs.
    """

    IN_A_ROW = "in a row"
    WAITS = "waits"
    ROOMS = "rooms"
    AT_ONCE = "at once"
    TOO_FEW = "too few"
    PARTS = "parts"


@dataclass(frozen=True)
class Tally:
    """A count over the runs of some sessions; `parts` are sets of rounds, each in order.

    Each breach costs `weight` points; none is allowed if that is 0.
    """

    counted: Counted
    sessions: Group
    parts: tuple[tuple[int, ...], ...]
    limit: int = 0
    weight: int = 0


@dataclass(frozen=True)
class Index:
    """Position of every id in the arrays, in the event's order."""

    session: dict[SessionId, int]
    round: dict[RoundId, int]
    room: dict[RoomId, int]
    participant: dict[ParticipantId, int]

    @classmethod
    def of(cls, event: Event) -> Index:
        """Number the ids of an event."""
        return cls(
            session={s: i for i, s in enumerate(event.sessions_by_id)},
            round={t: i for i, t in enumerate(event.layout.round_ids)},
            room={r: i for i, r in enumerate(event.layout.rooms_by_id)},
            participant={p: i for i, p in enumerate(event.participants_by_id)},
        )


@dataclass
class Steering:
    """What rules tell the search, in arrays over sessions S, rounds T, rooms R and people P.

    Attributes
    ----------
    may_run : bool (S, T, R)
        Whether a run may stand there.
    least_runs, most_runs : int (S,)
        How often a session runs.
    least_people, most_people : int (S,)
        Audience of each run; most_people also counts the room's seats, which the search knows.
    present : bool (P, T)
        Whether a person is there.
    may_sit : bool (P, R)
        Whether a person can be in the room.
    only : session index -> people indices
        Who may attend, for sessions that are not for everyone.
    barred, required : (participant index, session index) pairs
        Attendances that may not be, or must be.
    apart, together, ordered : (session index, session index) pairs
        Never in one round; always in the same rounds; all of the first before all of the second.
    followed : (session index, session index) pairs
        Each run of the first has one of the second in the next round, and the other way round.
    continued : (session index, session index) pairs
        The second is the next part of the first: as `followed`, and in the same room.
    pinned : (session index, round index) pairs
        Runs that there must be; a room they must have is in `may_run`.
    one_room : groups of session indices
        All runs of the group's sessions are in one room.
    most_gaps : group of session indices -> number of rounds
        Rounds in which the group has no run, between its first run and its last: no more of them.
    companions : groups of person indices
        They are at the same session in every round, or all free: those of them who are there and
        do not present.
    tallies
        What is counted over the runs of some sessions.
    run_costs : int (S, T, R)
        Points that a run costs where it stands.
    least_rounds, most_rounds : int (P,)
        In how many rounds a person listens or presents.
    least_choices, least_points : int (P,)
        How many choices, and choices worth how much, a person gets at least.
    """

    event: Event
    index: Index
    seats: NDArray[np.int64]
    may_run: NDArray[np.bool_]
    least_runs: NDArray[np.int64]
    most_runs: NDArray[np.int64]
    least_people: NDArray[np.int64]
    most_people: NDArray[np.int64]
    present: NDArray[np.bool_]
    may_sit: NDArray[np.bool_]
    least_rounds: NDArray[np.int64]
    most_rounds: NDArray[np.int64]
    least_choices: NDArray[np.int64]
    least_points: NDArray[np.int64]
    run_costs: NDArray[np.int64]
    presents: list[tuple[int, int]]
    only: dict[int, Collection[int]] = field(default_factory=dict)
    barred: set[tuple[int, int]] = field(default_factory=set)
    required: set[tuple[int, int]] = field(default_factory=set)
    apart: set[tuple[int, int]] = field(default_factory=set)
    together: set[tuple[int, int]] = field(default_factory=set)
    ordered: set[tuple[int, int]] = field(default_factory=set)
    followed: set[tuple[int, int]] = field(default_factory=set)
    continued: set[tuple[int, int]] = field(default_factory=set)
    pinned: set[tuple[int, int]] = field(default_factory=set)
    one_room: set[Group] = field(default_factory=set)
    most_gaps: dict[Group, int] = field(default_factory=dict)
    companions: set[Group] = field(default_factory=set)
    tallies: list[Tally] = field(default_factory=list)

    @classmethod
    def free(cls, event: Event) -> Steering:
        """Steering that forbids nothing yet: rules narrow it."""
        index = Index.of(event)
        s, t = len(index.session), len(index.round)
        r, p = len(index.room), len(index.participant)
        pairs = [(q, s.id) for s in event.sessions for q in s.presenters]
        return cls(
            event=event,
            index=index,
            seats=np.array([room.seats for room in event.layout.rooms], dtype=np.int64),
            may_run=np.ones((s, t, r), dtype=np.bool_),
            least_runs=np.zeros(s, dtype=np.int64),
            most_runs=np.full(s, t, dtype=np.int64),
            least_people=np.zeros(s, dtype=np.int64),
            most_people=np.full(s, p, dtype=np.int64),
            present=np.ones((p, t), dtype=np.bool_),
            may_sit=np.ones((p, r), dtype=np.bool_),
            least_rounds=np.zeros(p, dtype=np.int64),
            most_rounds=np.full(p, t, dtype=np.int64),
            least_choices=np.zeros(p, dtype=np.int64),
            least_points=np.zeros(p, dtype=np.int64),
            run_costs=np.zeros((s, t, r), dtype=np.int64),
            presents=[(index.participant[q], index.session[i]) for q, i in pairs],
        )

    def may_attend(self, person: int, session: int) -> bool:
        """Whether this person may sit in the session's audience at all."""
        if (person, session) in self.barred:
            return False
        return session not in self.only or person in self.only[session]

    def may_listen(self) -> NDArray[np.bool_]:
        """Return (P, S): who may sit in whose audience; `may_attend` of all."""
        people = np.arange(len(self.present))
        listen = np.ones((len(people), len(self.index.session)), dtype=np.bool_)
        for s, invited in self.only.items():
            listen[:, s] = np.isin(people, [*invited])
        for pair in self.barred:
            listen[pair] = False
        return listen
