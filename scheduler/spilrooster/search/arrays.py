"""Arrays: the problem as the search sees it — numbers only, no ids, no rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from spilrooster.problem import Problem
from spilrooster.search.demands import Bounds, Groups, Tallies, starts
from spilrooster.steering import Steering

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

APART, TOGETHER, BEFORE, FOLLOWED, CONTINUED, PINNED = range(6)
"""How two sessions stand: never in one round, in the same rounds, one before the other, one in the
round right after the other, or there and in the same room; and a session that must run in a round.
"""

REQUIRED_BONUS = 10_000
"""Least extra points of an attendance that must be; more where choices are worth much."""


@dataclass(frozen=True)
class Arrays:
    """Problem in arrays; S sessions, T rounds, R rooms, P people, C choices, K kinds of needs.

    Attributes
    ----------
    seats : int (S, R)
        Largest audience of the session in the room: seats, cut by most people.
    may_run : bool (S, T, R)
        Whether a run may stand there, all presenters able to be there and seats for its least
        people.
    least_runs, most_runs, least_people : int (S,)
    choice_start : int (P + 1,)
        A person's choices are ``choice_start[p]:choice_start[p + 1]``, best first.
    choice_session, choice_points : int (C,)
    choice_person : int (C,)
    away : int (P,)
        Bit t is set if the person is absent in round t.
    kind : int (P,)
        Which kind of needs a person has: row of `kind_sits`.
    kind_sits : bool (K, R)
        Whether people of that kind can be in the room. Row 0 is for those without needs.
    presented_start, presented : int
        What a person presents is ``presented[presented_start[p]:presented_start[p + 1]]``.
    touched_start, touched : int
        Who chose or presents session s: ``touched[touched_start[s]:touched_start[s + 1]]``.
    pairs : int (N, 3)
        Rows (a, b, what), `what` being one of the constants below. For PINNED, b is a round.
    required : (person, session) pairs
        Attendances that must be; each has `bonus` on top of its points.
    groups
        Sessions that share a room or have no gap between their runs; None if there are none.
    bounds
        What people's days must hold; None if nothing.
    tallies
        What rules count over the runs of sessions.
    run_costs : int (S, T, R)
        Points that a run costs where it stands.
    worth
        Points by which places differ, as far as is known; see `calibrating`. None = those of a
        first choice.
    crowding
        Points that a person too many in a run loses on a good board, as far as is known.
    """

    seats: Ints
    may_run: Bools
    least_runs: Ints
    most_runs: Ints
    least_people: Ints
    choice_start: Ints
    choice_session: Ints
    choice_points: Ints
    choice_person: Ints
    away: Ints
    kind: Ints
    kind_sits: Bools
    presented_start: Ints
    presented: Ints
    touched_start: Ints
    touched: Ints
    pairs: Ints
    tallies: Tallies
    run_costs: Ints
    required: frozenset[tuple[int, int]]
    bonus: int = REQUIRED_BONUS
    groups: Groups | None = None
    bounds: Bounds | None = None
    worth: int | None = None
    crowding: float = 0.0

    @property
    def sessions(self) -> int:
        """Number of sessions."""
        return int(self.may_run.shape[0])

    @property
    def rounds(self) -> int:
        """Number of rounds."""
        return int(self.may_run.shape[1])

    @property
    def rooms(self) -> int:
        """Number of rooms."""
        return int(self.may_run.shape[2])

    @property
    def people(self) -> int:
        """Number of people."""
        return len(self.away)

    @property
    def hard_to_place(self) -> bool:
        """Whether rules speak of pairs, groups or days: a short search may miss what they ask."""
        ruled = len(self.pairs) > 0 or self.tallies.some_are_hard
        return ruled or self.groups is not None or self.bounds is not None

    @cached_property
    def must(self) -> Bools:
        """Whether each choice (C,) is a required attendance."""
        required = np.array(sorted(self.required), dtype=np.int64).reshape(-1, 2)
        keys = required[:, 0] * self.sessions + required[:, 1]
        return np.isin(self.choice_person * self.sessions + self.choice_session, keys)

    @cached_property
    def wish(self) -> Ints:
        """Points of each choice (C,) without the bonus of a required attendance."""
        return self.choice_points - self.bonus * self.must

    def with_choices(self, person: Ints, session: Ints, points: Ints) -> Arrays:
        """Return the problem with other choices (C,), in any order."""
        order = np.lexsort((session, -points, person))
        presenter = np.repeat(np.arange(self.people), np.diff(self.presented_start))
        start, touched = _touching(session, person, self.presented, presenter, self.sessions)
        return replace(
            self,
            choice_start=starts(person[order], self.people),
            choice_session=session[order],
            choice_points=points[order],
            choice_person=person[order],
            touched_start=start,
            touched=touched,
        )

    def sample(self, people: int, seed: int) -> Arrays:
        """Return the problem for a random part of the people, with as large a part of the seats.

        Good runs for a sample are good runs for all, and are found much sooner. Presenters are
        busy in the sample only if they are drawn; that their sessions do not clash is in `pairs`.
        """
        part = people / self.people
        drawn = np.sort(np.random.default_rng(seed).permutation(self.people)[:people])
        kept = np.zeros(self.people, dtype=np.bool_)
        kept[drawn] = True
        position = np.cumsum(kept) - 1
        wishes = kept[self.choice_person]
        person, session = position[self.choice_person[wishes]], self.choice_session[wishes]
        presenter = np.repeat(np.arange(self.people), np.diff(self.presented_start))
        presents = kept[presenter]
        presenter, presented = position[presenter[presents]], self.presented[presents]
        start, touched = _touching(session, person, presented, presenter, self.sessions)
        return replace(
            self,
            seats=np.ceil(self.seats * part).astype(np.int64),
            least_people=np.floor(self.least_people * part).astype(np.int64),
            choice_start=starts(person, people),
            choice_session=session,
            choice_points=self.choice_points[wishes],
            choice_person=person,
            away=self.away[drawn],
            kind=self.kind[drawn],
            presented_start=starts(presenter, people),
            presented=presented,
            touched_start=start,
            touched=touched,
            tallies=self.tallies.scaled(part),
            run_costs=np.ceil(self.run_costs * part).astype(np.int64),
            required=frozenset((int(position[p]), s) for p, s in self.required if kept[p]),
            bounds=None if self.bounds is None else self.bounds.part(drawn),
        )

    @classmethod
    def of(cls, problem: Problem) -> Arrays:
        """Turn a problem into arrays."""
        steering = problem.steering
        most = problem.choices.most_points(problem.event)
        bonus = max(REQUIRED_BONUS, 100 * most)  # outweighs any day that one seat may cost
        person, session, points = _choices(problem, bonus)
        people, sessions = len(steering.index.participant), len(steering.index.session)
        presents = np.array(sorted(steering.presents), dtype=np.int64).reshape(-1, 2)
        kinds, kind = _kinds(steering)
        seats = np.minimum(steering.seats[None, :], steering.most_people[:, None])
        may_run = _may_run(steering, seats)
        start, touched = _touching(session, person, presents[:, 1], presents[:, 0], sessions)
        return cls(
            seats=seats,
            may_run=may_run,
            least_runs=steering.least_runs,
            most_runs=np.minimum(steering.most_runs, may_run.any(2).sum(1)),
            least_people=steering.least_people,
            choice_start=starts(person, people),
            choice_session=session,
            choice_points=points,
            choice_person=person,
            away=(~steering.present).astype(np.int64) @ (1 << np.arange(steering.present.shape[1])),
            kind=kind,
            kind_sits=kinds,
            presented_start=starts(presents[:, 0], people),
            presented=presents[:, 1].copy(),
            touched_start=start,
            touched=touched,
            pairs=_pairs(steering),
            tallies=Tallies.of(steering),
            run_costs=steering.run_costs,
            required=frozenset(steering.required),
            bonus=bonus,
            groups=Groups.of(steering) if _speaks_of_groups(steering) else None,
            bounds=Bounds.of(steering),
        )


def _speaks_of_groups(steering: Steering) -> bool:
    return bool(steering.one_room or steering.most_gaps or steering.continued)


def _touching(
    session: Ints, person: Ints, presented: Ints, presenter: Ints, sessions: int
) -> tuple[Ints, Ints]:
    """Return who chose or presents each session: where each begins, and the people."""
    people = 1 + max(int(person.max(initial=0)), int(presenter.max(initial=0)))
    keys = np.concatenate([session * people + person, presented * people + presenter])
    keys = np.unique(keys)
    return starts(keys // people, sessions), keys % people


def _choices(problem: Problem, bonus: int) -> tuple[Ints, Ints, Ints]:
    """Return person, session and points of every useful attendance; best first per person."""
    steering, index = problem.steering, problem.steering.index
    rows: dict[tuple[int, int], int] = {}
    for participant, p in index.participant.items():
        for session, points in problem.choices.points_of(problem.event, participant).items():
            s = index.session[session]
            if points > 0 and steering.may_attend(p, s):
                rows[p, s] = points
    for pair in steering.required:
        rows[pair] = rows.get(pair, 0) + bonus
    table = np.array([(p, s, w) for (p, s), w in rows.items()], dtype=np.int64).reshape(-1, 3)
    table = table[np.lexsort((table[:, 1], -table[:, 2], table[:, 0]))]
    return table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy()


def _kinds(steering: Steering) -> tuple[Bools, Ints]:
    everyone = np.ones((1, steering.may_sit.shape[1]), dtype=np.bool_)
    rows, kind = np.unique(
        np.concatenate([everyone, steering.may_sit]), axis=0, return_inverse=True
    )
    kind = kind.reshape(-1)
    order = np.argsort(np.arange(len(rows)) != kind[0], kind="stable")  # row 0: no needs
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rows[order], rank[kind[1:]].astype(np.int64)


def _may_run(steering: Steering, seats: Ints) -> Bools:
    """Where runs may stand, given also that every presenter and the least people can be there."""
    may = steering.may_run & (seats >= steering.least_people[:, None])[:, None, :]
    for p, s in steering.presents:
        may[s] &= steering.present[p][:, None] & steering.may_sit[p][None, :]
    return may


def _pairs(steering: Steering) -> Ints:
    apart = set(steering.apart)
    by_presenter: dict[int, list[int]] = {}
    for p, s in steering.presents:
        by_presenter.setdefault(p, []).append(s)
    for own in by_presenter.values():
        apart.update((a, b) for a in own for b in own if a < b)
    rows = [(a, b, APART) for a, b in sorted(apart)]
    rows += [(a, b, TOGETHER) for a, b in sorted(steering.together)]
    rows += [(a, b, BEFORE) for a, b in sorted(steering.ordered)]
    rows += [(a, b, FOLLOWED) for a, b in sorted(steering.followed)]
    rows += [(a, b, CONTINUED) for a, b in sorted(steering.continued)]
    rows += [(s, t, PINNED) for s, t in sorted(steering.pinned)]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)
