"""Random tiny problems and boards: all that can be awkward, small enough for brute force."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from tests.rules.tiny import event, person, room, session

from spilrooster.problem import Problem
from spilrooster.rules import (
    Floor,
    KeepApart,
    KeepTogether,
    MustAttend,
    MustNot,
    NoFreeRound,
    NoGap,
    Order,
    Pinned,
    PresenterAvailable,
    Rule,
    StayInRoom,
    TakesPart,
)
from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.board import EMPTY
from spilrooster_models import Choice, Participant, Room, Session

IDS = "abcdefgh"


@dataclass(frozen=True)
class Shape:
    """What random problems may have. `sessions`, `people`, `rounds`, `rooms` are most numbers.

    `dense` days are full: everybody is there, wants nearly everything, and rooms are open.
    """

    sessions: int = 5
    people: int = 5
    rounds: int = 3
    rooms: int = 3
    repeats: bool = True
    presenters: bool = True
    least_people: bool = True
    needs: bool = True
    invitations: bool = True
    required: bool = True
    pairs: bool = True
    groups: bool = False
    days: bool = False
    dense: bool = False


ANY = Shape()
LOOSE = Shape(least_people=False, required=False, pairs=False)
"""Without what can leave runs no attendances at all."""


FACTOR = int(os.environ.get("SPILROOSTER_TEST_FACTOR", "1"))
"""How many times as many examples to try: 1 for every day, 20 for a night."""


def examples(number: int) -> settings:
    """So many examples; slow ones are allowed, as other work may share the machine."""
    return settings(
        max_examples=FACTOR * number,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


@st.composite
def problems(draw: st.DrawFn, shape: Shape = ANY) -> Problem:
    """A problem with at least one session, round, room and person."""
    rounds = tuple(f"t{i}" for i in range(draw(st.integers(1 + shape.dense, shape.rounds))))
    sessions = tuple(IDS[: draw(st.integers(1 + 2 * shape.dense, shape.sessions))])
    people = tuple(f"p{i}" for i in range(draw(st.integers(1, shape.people))))
    rooms = tuple(f"r{i}" for i in range(draw(st.integers(1, shape.rooms))))
    tiny = event(
        [_session(draw, shape, s, people, rounds) for s in sessions],
        [_room(draw, shape, r, rounds) for r in rooms],
        rounds,
        [_person(draw, shape, p, rounds) for p in people],
        [choice for p in people for choice in _choices(draw, shape, p, sessions)],
    )
    return Problem.of(tiny, _rules(draw, shape, sessions, people, rounds))


def _some(draw: st.DrawFn, ids: tuple[str, ...], one_in: int = 3) -> tuple[str, ...]:
    """Some of the ids, but mostly none."""
    if draw(st.integers(1, one_in)) > 1:
        return ()
    return tuple(i for i in ids if draw(st.booleans()))


def _session(
    draw: st.DrawFn, shape: Shape, id: str, people: tuple[str, ...], rounds: tuple[str, ...]
) -> Session:
    least_runs = draw(st.integers(0, 1))
    return session(
        id,
        min_runs=least_runs,
        max_runs=draw(st.integers(max(1, least_runs), 3)) if shape.repeats else 1,
        min_people=draw(st.sampled_from((0, 0, 1, 2))) if shape.least_people else 0,
        max_people=draw(st.sampled_from((None, None, 2, 3))),
        presenters=_some(draw, people[:2]) if shape.presenters else (),
        rounds=() if shape.dense else _some(draw, rounds),
        only_for=_some(draw, ("g", *people), 4) if shape.invitations else (),
    )


def _room(draw: st.DrawFn, shape: Shape, id: str, rounds: tuple[str, ...]) -> Room:
    return room(
        id,
        seats=draw(st.sampled_from((1, 2, 3, 5, 0))),
        closed=() if shape.dense else _some(draw, rounds, 4),
        features=_some(draw, ("lift", "loop"), 2) if shape.needs else (),
    )


def _person(draw: st.DrawFn, shape: Shape, id: str, rounds: tuple[str, ...]) -> Participant:
    return person(
        id,
        absent=() if shape.dense else _some(draw, rounds),
        groups=("g",) if draw(st.booleans()) or id == "p0" else (),
        needs=_some(draw, ("lift", "loop"), 4) if shape.needs else (),
    )


def _choices(draw: st.DrawFn, shape: Shape, person: str, sessions: tuple[str, ...]) -> list[Choice]:
    """Choices by rank, by rank with ties, or by points; often fewer than there are sessions."""
    least = len(sessions) - 1 if shape.dense else 0
    wanted = draw(st.permutations(sessions))[: draw(st.integers(least, len(sessions)))]
    how = draw(st.sampled_from(("ranks", "ties", "points")))
    if how == "points":
        return [
            Choice(participant=person, session=s, points=draw(st.integers(0, 30))) for s in wanted
        ]
    step = 1 if how == "ranks" else 2
    return [Choice(participant=person, session=s, rank=1 + i // step) for i, s in enumerate(wanted)]


def _rules(
    draw: st.DrawFn,
    shape: Shape,
    sessions: tuple[str, ...],
    people: tuple[str, ...],
    rounds: tuple[str, ...],
) -> list[Rule]:
    s, p, t = st.sampled_from(sessions), st.sampled_from(("g", *people)), st.sampled_from(rounds)
    kinds: list[st.SearchStrategy[Rule]] = []
    if shape.required:
        kinds.append(st.builds(MustAttend, participants=st.tuples(p), session=s))
        kinds.append(st.builds(MustNot, participants=st.tuples(p), session=s))
    if shape.pairs and len(sessions) > 1:
        pairs = st.tuples(st.permutations(sessions).map(lambda order: (order[0], order[1])))
        kinds += [
            st.builds(KeepApart, pairs=pairs),
            st.builds(KeepTogether, pairs=pairs),
            st.builds(Order, pairs=pairs, directly=st.booleans()),
            st.builds(Pinned, session=s, round=t),
            st.builds(PresenterAvailable, presenter=st.sampled_from(people), rounds=st.tuples(t)),
        ]
    if shape.groups:
        some = st.lists(s, min_size=1, max_size=3, unique=True).map(tuple)
        groups = st.lists(some, min_size=1, max_size=2).map(tuple)
        kinds.append(st.builds(StayInRoom, groups=groups, presenters=st.booleans()))
        kinds.append(st.builds(NoGap, groups=groups, most=st.integers(0, 1)))
    if shape.days:
        whom = st.sampled_from(((), ("g",)))
        few = st.integers(0, 2)
        kinds += [
            st.builds(NoFreeRound, participants=whom),
            st.builds(TakesPart, participants=whom, least=few, most=st.integers(2, 3)),
            st.builds(TakesPart, most=few),
            st.builds(Floor, first_choice=st.booleans(), least_choices=few),
            st.builds(Floor, participants=whom, least_share=st.integers(0, 100)),
        ]
    return draw(st.lists(st.one_of(kinds), max_size=2 + shape.groups)) if kinds else []


@st.composite
def boards(draw: st.DrawFn, arrays: Arrays, whole: bool = False) -> Ints:
    """Runs (T, R) where runs may stand: once in a round, no presenter twice in it.

    `whole` keeps the most runs of each session too.
    """
    occupant = np.full((arrays.rounds, arrays.rooms), EMPTY, dtype=np.int64)
    for t in range(arrays.rounds):
        for r in range(arrays.rooms):
            fitting = [s for s in range(arrays.sessions) if may_join(arrays, occupant, s, t, r)]
            if whole:
                fitting = [s for s in fitting if (occupant == s).sum() < arrays.most_runs[s]]
            occupant[t, r] = draw(st.sampled_from((EMPTY, *fitting, *fitting)))
    return occupant


def may_join(arrays: Arrays, occupant: Ints, s: int, t: int, r: int) -> bool:
    """Whether session `s` may stand there beside the other runs of the round."""
    here = {int(other) for other in occupant[t] if other != EMPTY}
    crowd = {q for other in here for q in presenters(arrays, other)}
    free = s not in here and not crowd & presenters(arrays, s)
    return free and bool(arrays.may_run[s, t, r])


def presenters(arrays: Arrays, s: int) -> set[int]:
    """Who presents session `s`."""
    own = np.repeat(np.arange(arrays.people), np.diff(arrays.presented_start))
    return set(own[arrays.presented == s].tolist())
