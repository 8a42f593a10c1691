"""Demands: what rules ask of groups of sessions and of people's days, in arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from spilrooster.steering import Counted, Steering, Tally

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def starts(sorted_keys: Ints, count: int) -> Ints:
    """Return where each of the keys 0 ... count - 1 begins, and the end."""
    return np.searchsorted(sorted_keys, np.arange(count + 1)).astype(np.int64)


@dataclass(frozen=True)
class Groups:
    """Sessions that belong together, such as those of one organisation; G groups.

    Attributes
    ----------
    start, session : int
        The sessions of group g are ``session[start[g]:start[g + 1]]``.
    one_room : bool (G,)
        Whether all runs of the group are in one room.
    most_gaps : int (G,)
        Most rounds without a run of the group between its first and its last run.
    own_start, own : int
        The groups of session s are ``own[own_start[s]:own_start[s + 1]]``.
    """

    start: Ints
    session: Ints
    one_room: Bools
    most_gaps: Ints
    own_start: Ints
    own: Ints

    @classmethod
    def of(cls, steering: Steering) -> Groups:
        """Gather what rules say of groups; a session that runs once is no group of its own."""
        runs, rounds = steering.most_runs, len(steering.index.round)
        named = sorted({*steering.one_room, *steering.most_gaps, *steering.continued})
        kept = [group for group in named if sum(min(int(runs[s]), rounds) for s in group) > 1]
        number = np.repeat(np.arange(len(kept)), [len(group) for group in kept]).astype(np.int64)
        session = np.array([s for group in kept for s in group], dtype=np.int64)
        order = np.argsort(session, kind="stable")
        return cls(
            start=starts(number, len(kept)),
            session=session,
            one_room=np.array([group in steering.one_room for group in kept], dtype=np.bool_),
            most_gaps=np.array([steering.most_gaps.get(g, rounds) for g in kept], dtype=np.int64),
            own_start=starts(session[order], len(runs)),
            own=number[order],
        )


@dataclass(frozen=True)
class Tallies:
    """N tallies in arrays.

    Attributes
    ----------
    what : int (N, 3)
        Kind, limit, and points for each breach; 0 points if there may be none.
    start, session : int
        The sessions of tally i are ``session[start[i]:start[i + 1]]``.
    part_start, part : int
        The sets of rounds of tally i are ``part[part_start[i]:part_start[i + 1]]``, as bits.
    """

    what: Ints
    start: Ints
    session: Ints
    part_start: Ints
    part: Ints

    @classmethod
    def of(cls, steering: Steering) -> Tallies:
        """Gather what rules count, without what cannot go wrong."""
        most = np.minimum(steering.most_runs, len(steering.index.round))
        kept = [t for t in steering.tallies if _can_go_wrong(t, int(most[list(t.sessions)].sum()))]
        kinds = list(Counted)
        rows = [(kinds.index(t.counted), t.limit, t.weight) for t in kept]
        sizes = [len(t.sessions) for t in kept], [len(t.parts) for t in kept]
        bits = [sum(1 << r for r in part) for t in kept for part in t.parts]
        return cls(
            what=np.array(rows, dtype=np.int64).reshape(-1, 3),
            start=np.cumsum([0, *sizes[0]], dtype=np.int64),
            session=np.array([s for t in kept for s in t.sessions], dtype=np.int64),
            part_start=np.cumsum([0, *sizes[1]], dtype=np.int64),
            part=np.array(bits, dtype=np.int64),
        )

    @classmethod
    def none(cls) -> Tallies:
        """Return no tallies."""
        nothing, start = np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
        return cls(nothing.reshape(0, 3), start, nothing, start, nothing)

    @property
    def some_are_hard(self) -> bool:
        """Whether there is a count that may not be."""
        return bool((self.what[:, 2] == 0).any())

    def scaled(self, part: float) -> Tallies:
        """Return the tallies with weights for a part of the people; a cost stays one."""
        what = self.what.copy()
        what[:, 2] = np.ceil(what[:, 2] * part)
        return replace(self, what=what)


def _can_go_wrong(tally: Tally, runs: int) -> bool:
    """Whether so many runs of the tally's sessions can be a breach: most presenters have one."""
    if tally.counted is Counted.TOO_FEW:
        return bool(tally.parts)
    least = 1 if tally.counted in {Counted.WAITS, Counted.PARTS} else tally.limit
    return runs > least and bool(tally.parts)


@dataclass(frozen=True)
class Bounds:
    """What each person's day must hold; see the fields of these names in `Steering`."""

    least_rounds: Ints
    most_rounds: Ints
    least_choices: Ints
    least_points: Ints

    @classmethod
    def of(cls, steering: Steering) -> Bounds | None:
        """Gather what rules say of people's days; None if they say nothing."""
        bounds = cls(
            steering.least_rounds.copy(),
            steering.most_rounds.copy(),
            steering.least_choices.copy(),
            steering.least_points.copy(),
        )
        least = bounds.least_rounds, bounds.least_choices, bounds.least_points
        tight = any(low.any() for low in least)
        tight |= bool((bounds.most_rounds < len(steering.index.round)).any())
        return bounds if tight else None

    def part(self, people: Ints) -> Bounds:
        """Return the bounds of these people."""
        return Bounds(
            self.least_rounds[people],
            self.most_rounds[people],
            self.least_choices[people],
            self.least_points[people],
        )
