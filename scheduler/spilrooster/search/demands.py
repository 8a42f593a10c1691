"""Demands: what rules ask of groups of sessions and of people's days, in arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spilrooster.steering import Steering

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
        named = sorted({*steering.one_room, *steering.most_gaps})
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
