"""No-shows: what becomes of a programme if not everybody comes.

Everybody comes, or stays away for the whole day, with the probability of their tier, independent
of others. Presenters come. A run with fewer people than its session's least number is off, and who
came for it has nothing in its place. Nobody takes a seat that stayed empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from spilrooster.problem import Problem
from spilrooster_models import DataError, InputProblem, Programme, Run, message
from spilrooster_models.event import SessionId
from spilrooster_models.layout import Fact, RoomId, RoundId

Floats = NDArray[np.float64]

DRAWS = 2_000
CHUNK = 250
RISK = 0.05
"""How likely it may be that a run that is overbooked gets more people than it has places."""


class RunShows(Fact):
    """One run: who is planned, and how many come. `under` is the chance of too few people."""

    session: SessionId
    title: str
    round: RoundId
    room: RoomId
    planned: int
    places: int = Field(description="seats, or the session's max_people where that is less")
    expected: float
    low: int = Field(description="at least so many come in 95 % of the draws")
    under: float = Field(description="chance of fewer people than the session's least number")


class Overbooking(Fact):
    """How many people more than its places a session can take, over all its full runs."""

    session: SessionId
    title: str
    waiting: int = Field(description="people who chose it, could attend it and do not")
    extra: int
    risk: float = Field(description="largest chance of too many people in a run, with the extra")


class NoShows(Fact):
    """What is to be expected of the best programme of one layout."""

    layout: str
    people: float = Field(description="expected number of people who come")
    empty: float = Field(description="expected number of empty places in all runs together")
    empty_low: float
    empty_high: float
    places: int = Field(description="places in all runs together")
    runs_under: float = Field(description="expected number of runs with too few people")
    satisfaction: float | None = Field(description="expected mean over who comes and chose")
    planned_satisfaction: float | None
    runs: tuple[RunShows, ...]
    overbooking: tuple[Overbooking, ...]


@dataclass(frozen=True)
class ShowRates:
    """How likely people are to come: by tier, and else `default`."""

    default: float | None
    tiers: Mapping[str, float]

    @classmethod
    def read(cls, text: str, problem: Problem) -> ShowRates:
        """Read ``0.88``, ``gold=0.95,silver=0.8`` or ``0.88,gold=0.95``.

        Raises
        ------
        DataError
            If a rate is not above 0 and at most 1, if nobody has a tier, or if somebody's tier
            has no rate.
        """
        default, tiers, problems = None, dict[str, float](), []
        known = {p.tier for p in problem.event.participants}
        for part in filter(None, (p.strip() for p in text.split(","))):
            tier, equals, number = part.rpartition("=")
            try:
                rate = float(number)
            except ValueError:
                rate = -1.0
            if not 0 < rate <= 1:
                problems.append((part, message("Write a share above 0 and at most 1, as 0.88.")))
            elif not equals:
                default = rate
            elif tier.strip() not in known:
                problems.append((part, message("Nobody has this tier.")))
            else:
                tiers[tier.strip()] = rate
        if not problems and default is None and (without := sorted(known - tiers.keys())):
            names = ", ".join(tier or "(none)" for tier in without)
            problems.append((text, message("These tiers have no rate: {tiers}.", tiers=names)))
        if problems:
            raise DataError(
                InputProblem(file="--show-rate", value=value, what=what) for value, what in problems
            )
        return cls(default, tiers)

    def of(self, problem: Problem) -> Floats:
        """Return the rate of each person, in the event's order."""
        default = 1.0 if self.default is None else self.default
        tiers = (p.tier for p in problem.event.participants)
        return np.array([self.tiers.get(tier, default) for tier in tiers])


def no_shows(
    layout: str,
    problem: Problem,
    programme: Programme,
    rates: ShowRates,
    *,
    draws: int = DRAWS,
    seed: int = 1,
) -> NoShows:
    """Simulate many days; the same seed gives the same numbers."""
    day, titles = _Day.of(problem, programme), problem.event.sessions_by_id
    rate = rates.of(problem)
    came, shares, present = day.simulated(rate, draws, np.random.default_rng(seed))
    empty = (day.places - np.minimum(came, day.places)).sum(axis=1)
    under = came < day.least
    shares = shares[np.isfinite(shares)]
    planned = day.worth.sum(axis=1)[day.has_ideal]
    return NoShows(
        layout=layout,
        people=round(float(present.mean()), 1),
        empty=round(float(empty.mean()), 1),
        empty_low=float(np.quantile(empty, 0.025)),
        empty_high=float(np.quantile(empty, 0.975)),
        places=int(day.places.sum()),
        runs_under=round(float(under.sum(axis=1).mean()), 2),
        satisfaction=float(shares.mean()) if len(shares) else None,
        planned_satisfaction=float(planned.mean()) if len(planned) else None,
        runs=tuple(
            RunShows(
                session=run.session, title=titles[run.session].title,
                round=run.round, room=run.room,
                planned=int(day.sits[:, r].sum()), places=int(day.places[r]),
                expected=round(float(came[:, r].mean()), 1),
                low=int(np.quantile(came[:, r], 0.05)),
                under=round(float(under[:, r].mean()), 4),
            )
            for r, run in enumerate(programme.runs)
        ),
        overbooking=tuple(day.overbooking(problem, programme, rate)),
    )  # fmt: skip


@dataclass(frozen=True)
class _Day:
    """A programme as arrays: people by runs.

    Attributes
    ----------
    sits : float (people, runs)
        1 where somebody is in the audience.
    worth : float (people, runs)
        The share of somebody's ideal that a run brings them.
    """

    runs: tuple[Run, ...]
    sits: Floats
    worth: Floats
    has_ideal: NDArray[np.bool_]
    places: Floats
    least: Floats
    presents: NDArray[np.bool_]

    @classmethod
    def of(cls, problem: Problem, programme: Programme) -> _Day:
        event = problem.event
        people = {p: i for i, p in enumerate(event.participants_by_id)}
        ideal = np.array([problem.choices.ideal_of(event, p) for p in people], dtype=np.float64)
        sits = np.zeros((len(people), len(programme.runs)))
        worth = np.zeros_like(sits)
        points = {p: problem.choices.points_of(event, p) for p in people}
        for r, run in enumerate(programme.runs):
            for p in programme.audience(event, run.session, run.round):
                sits[people[p], r] = 1
                worth[people[p], r] = points[p].get(run.session, 0) / max(ideal[people[p]], 1)
        sessions = [event.sessions_by_id[run.session] for run in programme.runs]
        seats = [event.layout.rooms_by_id[run.room].seats for run in programme.runs]
        return cls(
            runs=programme.runs,
            sits=sits,
            worth=worth,
            has_ideal=ideal > 0,
            places=np.array(
                [n if s.max_people is None else min(n, s.max_people)
                 for s, n in zip(sessions, seats, strict=True)], dtype=np.float64
            ),
            least=np.array([s.min_people for s in sessions], dtype=np.float64),
            presents=np.array([p in event.presented_by for p in people]),
        )  # fmt: skip

    def simulated(
        self, rate: Floats, draws: int, rng: np.random.Generator
    ) -> tuple[Floats, Floats, Floats]:
        """Return who comes to each run, the mean satisfaction, and how many people come."""
        came, shares, present = [], [], []
        whole = self.worth.sum(axis=1)
        comes = np.where(self.presents, 1.0, rate)
        for begin in range(0, draws, CHUNK):
            shape = (min(CHUNK, draws - begin), len(rate))
            shows = (rng.random(shape) < comes).astype(np.float64)
            here = shows @ self.sits
            lost = ((shows @ self.worth) * (here < self.least)).sum(axis=1)
            with_ideal = shows @ self.has_ideal
            total = shows @ whole - lost
            shares.append(np.divide(total, with_ideal, out=np.full(shape[0], np.nan),
                                    where=with_ideal > 0))  # fmt: skip
            came.append(here)
            present.append(shows.sum(axis=1))
        return np.concatenate(came), np.concatenate(shares), np.concatenate(present)

    def overbooking(
        self, problem: Problem, programme: Programme, rate: Floats
    ) -> Iterator[Overbooking]:
        """Yield how many people more each session that is full can take."""
        waiting = _waiting(problem, programme)
        for session, people in waiting.items():
            left, extra, risk = len(people), 0, 0.0
            theirs = float(rate[people].mean())
            for r, run in enumerate(self.runs):
                if run.session == session and self.sits[:, r].sum() >= self.places[r]:
                    audience = np.where(self.presents, 1.0, rate)[self.sits[:, r] > 0]
                    more, chance = _room_for(audience, int(self.places[r]), theirs, left)
                    left, extra, risk = left - more, extra + more, max(risk, chance)
            if extra:
                title = problem.event.sessions_by_id[session].title
                yield Overbooking(session=session, title=title, waiting=len(people), extra=extra,
                                  risk=round(risk, 4))  # fmt: skip


def _waiting(problem: Problem, programme: Programme) -> dict[SessionId, list[int]]:
    """Return who chose each session, could be in its audience and is not, by number."""
    event = problem.event
    found: dict[SessionId, list[int]] = {}
    for i, person in enumerate(event.participants_by_id):
        got = programme.attended(event, person)
        for session in problem.choices.points_of(event, person):
            if session not in got and session in programme.rounds_of:
                found.setdefault(session, []).append(i)
    return found


def _room_for(audience: Floats, places: int, rate: float, waiting: int) -> tuple[int, float]:
    """Return how many more fit such that too many come with a chance of at most `RISK`.

    Exact: the distribution of a sum of independent people, each with a probability of their own.
    """
    chances = np.ones(1)
    for p in audience:
        chances = np.convolve(chances, (1 - p, p))
    more, risk = 0, 0.0
    while more < waiting:
        chances = np.convolve(chances, (1 - rate, rate))
        too_many = float(chances[places + 1 :].sum())
        if too_many > RISK:
            break
        more, risk = more + 1, too_many
    return more, risk
