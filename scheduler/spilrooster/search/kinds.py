"""Kinds of neighbourhoods: which part of a programme to set free next, and how large a one.

A kind draws a part of about a given share of what it could free. What is related is freed together:
sessions that the same people want, everything in one room, what people who got little wished for.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from spilrooster.problem import Problem
from spilrooster.search.parts import Part
from spilrooster_models import Programme
from spilrooster_models.event import ParticipantId, SessionId


@dataclass(frozen=True)
class Scene:
    """What kinds look at: the problem and the programme to improve."""

    problem: Problem
    programme: Programme
    chance: random.Random

    @cached_property
    def sessions(self) -> tuple[SessionId, ...]:
        """All sessions."""
        return tuple(self.problem.event.sessions_by_id)

    @cached_property
    def wanting(self) -> dict[SessionId, set[ParticipantId]]:
        """Who wants each session, or presents it."""
        event = self.problem.event
        wanting = {s.id: set(s.presenters) for s in event.sessions}
        for choice in event.choices:
            wanting[choice.session].add(choice.participant)
        return wanting

    @cached_property
    def missed(self) -> Counter[SessionId]:
        """Points that people did not get, by the session that would have brought them."""
        event, missed = self.problem.event, Counter[SessionId]()
        for p in event.participants:
            attended = self.programme.attended(event, p.id)
            for session, points in self.problem.choices.points_of(event, p.id).items():
                if session not in attended:
                    missed[session] += points
        return missed

    def some(self, share: float, number: int, least: int = 1) -> int:
        """Return how many of `number` things make up the share."""
        return min(number, max(least, round(share * number)))

    def drawn(self, weights: dict[SessionId, float], number: int) -> list[SessionId]:
        """Draw different sessions, more probably those that weigh more."""
        order = sorted(weights, key=lambda s: self.chance.random() ** (1 / max(weights[s], 1e-9)))
        return order[-number:]

    def part_of(self, sessions: Sequence[SessionId]) -> Part:
        """Free the runs of sessions, and everybody."""
        rounds = self.problem.event.layout.round_ids
        return Part(runs=frozenset((s, t) for s in sessions for t in rounds))


def rounds(scene: Scene, share: float) -> Part:
    """Free everything in some rounds."""
    every = scene.problem.event.layout.round_ids
    free = scene.chance.sample(every, scene.some(share, len(every), least=2))
    return Part(runs=frozenset((s, t) for s in scene.sessions for t in free), rounds={*free})


def sessions(scene: Scene, share: float) -> Part:
    """Free some sessions, drawn blindly."""
    number = scene.some(share, len(scene.sessions), least=2)
    return scene.part_of(scene.chance.sample(scene.sessions, number))


def related(scene: Scene, share: float) -> Part:
    """Free a session and those that most of its people want too."""
    first = scene.chance.choice(scene.sessions)
    people = scene.wanting[first]
    weights = {s: 1.0 + len(people & scene.wanting[s]) for s in scene.sessions if s != first}
    others = scene.drawn(weights, scene.some(share, len(scene.sessions), least=2) - 1)
    return scene.part_of([first, *others])


def missed(scene: Scene, share: float) -> Part:
    """Free sessions that people miss most, and a few others to make way."""
    weights = {s: 1.0 + scene.missed[s] for s in scene.sessions}
    return scene.part_of(scene.drawn(weights, scene.some(share, len(scene.sessions), least=2)))


def rooms(scene: Scene, share: float) -> Part:
    """Free every session that stands in some rooms, all day."""
    every = sorted({run.room for run in scene.programme.runs})
    free = scene.chance.sample(every, scene.some(share, len(every), least=2))
    here = {run.session for run in scene.programme.runs if run.room in free}
    return scene.part_of([s for s in scene.sessions if s in here])


def changes_of_room(scene: Scene, share: float) -> Part:
    """Free who is in which room in some rounds, but not what runs when."""
    every = scene.problem.event.layout.round_ids
    free = {*scene.chance.sample(every, scene.some(share, len(every)))}
    return Part(rooms=frozenset((s, t) for s in scene.sessions for t in free))


def people(scene: Scene, share: float) -> Part:
    """Free some people, and what they want: their days can be had otherwise."""
    everybody = tuple(scene.problem.event.participants_by_id)
    free = {*scene.chance.sample(everybody, scene.some(share, len(everybody), least=2))}
    return Part(people=free)


Kind = Callable[[Scene, float], Part]

KINDS: tuple[Kind, ...] = (rounds, sessions, related, missed, rooms, changes_of_room, people)
"""Every kind, in one explicit list."""


class Balance:
    """Which kind to try next and how large, learnt from what the last ones brought."""

    LEAST, FIRST, LARGER, SMALLER = 0.02, 0.2, 1.2, 0.8
    MEMORY, WORTH_TRYING = 0.85, 0.15

    def __init__(self, kinds: Sequence[Kind] = KINDS) -> None:
        self.kinds = kinds
        self.share = dict.fromkeys(kinds, self.FIRST)
        self.promise = dict.fromkeys(kinds, 1.0)

    def next(self, chance: random.Random) -> Kind:
        """Draw a kind: more probably one that improved programmes lately."""
        weights = [self.WORTH_TRYING + self.promise[kind] for kind in self.kinds]
        return chance.choices(self.kinds, weights)[0]

    def learn(self, kind: Kind, improved: bool, exhausted: bool) -> None:
        """Note whether a step improved the programme, and whether all of it was searched."""
        self.promise[kind] = self.MEMORY * self.promise[kind] + (1 - self.MEMORY) * improved
        if exhausted and not improved:
            self.share[kind] = min(1.0, self.LARGER * self.share[kind])
        elif not exhausted:
            self.share[kind] = max(self.LEAST, self.SMALLER * self.share[kind])
