"""Candidate: from arrays back to a programme, with exact attendances and filled places."""

from __future__ import annotations

import numpy as np

from spilrooster.problem import Problem
from spilrooster.rules import FillFreeSeats
from spilrooster.search.arrays import Arrays, Bools, Ints
from spilrooster.search.balancing import balance, keeps_bounds
from spilrooster.search.board import EMPTY
from spilrooster.search.clock import Deadline
from spilrooster.search.companions import with_shared_wishes
from spilrooster.search.filling import fill
from spilrooster.search.sectioning import Runs, section
from spilrooster_models import PersonalSchedule, Programme, Run


class Workshop:
    """Turns placements of runs into whole programmes of one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.own_wishes = Arrays.of(problem)
        """The problem with what each person wished for: for figures about people."""
        self.arrays = with_shared_wishes(self.own_wishes, problem.steering)
        """The problem that is searched; the points of people in it mean nothing one by one."""
        self.tried: Ints | None = None
        """The runs (T, R) that were last made into a programme, or into none."""
        self.points: int | None = None
        """Points of the best attendances at these runs."""
        self.reseated: int | None = None
        """Value of the best programme that was seated again with every rule, before that."""
        self.reseated_at: set[frozenset[Run]] = set()
        """All runs at which people were seated again."""
        self._welcome = welcome(problem)
        self._everyone = any(
            isinstance(rule, FillFreeSeats) and rule.weight > 0 for rule in problem.rules
        )

    def programme(
        self, occupant: Ints, seconds: float = 60.0, least: int | None = None
    ) -> Programme | None:
        """Return the programme with these runs (T, R) and the best attendances.

        None if the runs leave no attendances that keep the rules the search knows, or if their
        points are below `least`: other rules only take points off. Nor if that takes longer than
        `seconds`.
        """
        deadline = Deadline(seconds)
        self.tried, self.points = occupant, None
        sectioning = section(self.arrays, occupant, deadline.left())
        if sectioning is not None:
            self.points = sectioning.points
            if least is not None and sectioning.points < least:
                return None
            filled = self._filled(occupant, sectioning.day)
            if keeps_bounds(self.arrays, occupant, filled):
                return self._complete(occupant, filled)
        if self.arrays.bounds is None:
            return None
        day = balance(self.arrays, occupant, self._welcome, deadline.left())
        return None if day is None else self.complete(occupant, day)

    def near(self, occupant: Ints) -> Programme:
        """Return a programme with these runs (T, R) that may break any rule about people."""
        found = self.programme(occupant)
        if found is not None:
            return found
        sectioning = section(self.arrays, occupant)
        if sectioning is not None:
            return self.complete(occupant, sectioning.day)
        nobody = np.full((self.arrays.people, self.arrays.rounds), EMPTY, dtype=np.int64)
        return self.complete(occupant, nobody)

    def unattended(self, occupant: Ints) -> Programme:
        """Return the programme with these runs (T, R) to which only the presenters come."""
        nobody = np.full((self.arrays.people, self.arrays.rounds), EMPTY, dtype=np.int64)
        return self._complete(occupant, nobody)

    def complete(self, occupant: Ints, day: Ints) -> Programme:
        """Fill free places and write the result down with ids; presenters are at their runs."""
        return self._complete(occupant, self._filled(occupant, day))

    def _filled(self, occupant: Ints, day: Ints) -> Ints:
        return fill(self.arrays, occupant, day, self._welcome, self._everyone)

    def _complete(self, occupant: Ints, filled: Ints) -> Programme:
        runs = Runs.of(occupant)
        held = np.zeros((self.arrays.sessions, self.arrays.rounds), dtype=np.bool_)
        held[runs.session, runs.round] = True
        for p, s in self.problem.steering.presents:
            filled[p, held[s]] = s
        return self._written(runs, filled)

    def refill(self, programme: Programme) -> Programme:
        """Give up every place that is worth no points and fill the free places again."""
        occupant, day = self.arrays_of(programme)
        return self.complete(occupant, day)

    def arrays_of(self, programme: Programme) -> tuple[Ints, Ints]:
        """Return runs (T, R) and attendances that were chosen or required (P, T)."""
        index = self.problem.steering.index
        occupant = np.full((self.arrays.rounds, self.arrays.rooms), EMPTY, dtype=np.int64)
        for run in programme.runs:
            place = index.round[run.round], index.room[run.room]
            occupant[place] = index.session[run.session]
        a = self.arrays
        wanted = set(zip(a.choice_person.tolist(), a.choice_session.tolist(), strict=True))
        day = np.full((a.people, a.rounds), EMPTY, dtype=np.int64)
        for schedule in programme.schedules:
            p = index.participant[schedule.participant]
            for t, session in enumerate(schedule.sessions):
                if session is not None and (p, index.session[session]) in wanted:
                    day[p, t] = index.session[session]
        return occupant, day

    def _written(self, runs: Runs, day: Ints) -> Programme:
        event = self.problem.event
        sessions = [*event.sessions_by_id, None]  # EMPTY is -1: the last
        rounds, rooms = event.layout.round_ids, tuple(event.layout.rooms_by_id)
        places = zip(runs.session.tolist(), runs.round.tolist(), runs.room.tolist(), strict=True)
        return Programme(
            rounds=rounds,
            runs=tuple(
                Run(session=str(sessions[s]), round=rounds[t], room=rooms[r]) for s, t, r in places
            ),
            schedules=tuple(
                PersonalSchedule(participant=p, sessions=tuple(sessions[s] for s in row))
                for p, row in zip(event.participants_by_id, day.tolist(), strict=True)
            ),
        )


def welcome(problem: Problem) -> Bools:
    """Return (P, S): who may be given a free place at what."""
    steering = problem.steering
    welcome = steering.may_listen()
    for pair in steering.continued:
        welcome[:, pair] = False  # who did not ask for all of it gets none of it
    for p, s in steering.presents:
        welcome[p, s] = False
    return welcome
