"""Facts that several parts of the audit count with. Everything comes from event and rules."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from spilrooster.audit._matching import matching
from spilrooster.problem import Problem
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import RoundId


class Facts:
    """What can be, according to the rules that say so before there is a programme."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.event = problem.event
        self._steering = problem.steering
        self._index = problem.steering.index
        self._rounds = problem.event.layout.round_ids

    def name(self, person: ParticipantId) -> str:
        """Return what people call somebody: the name, with the id where there is a name."""
        name = self.event.participants_by_id[person].name
        return f"{name} ({person})" if name else person

    def title(self, session: SessionId) -> str:
        """Return what people call a session: its title, with the id."""
        return f"{self.event.sessions_by_id[session].title} ({session})"

    def round_names(self, rounds: Collection[RoundId]) -> str:
        """Return the names of rounds in order of time, in one phrase."""
        names = [r.name for r in self.event.layout.rounds if r.id in rounds]
        return ", ".join(names) or "-"

    @cached_property
    def present(self) -> dict[ParticipantId, frozenset[RoundId]]:
        """The rounds in which each person is there."""
        found = self._steering.present.tolist()
        return {
            p: frozenset(t for t, there in zip(self._rounds, found[i], strict=True) if there)
            for p, i in self._index.participant.items()
        }

    @cached_property
    def audience(self) -> dict[SessionId, dict[RoundId, int]]:
        """The largest audience of each session in each round in which it may run."""
        return {s: dict(self._audience_of(s)) for s in self.event.sessions_by_id}

    def _audience_of(self, session: SessionId) -> list[tuple[RoundId, int]]:
        steering, s = self._steering, self._index.session[session]
        presenters = self.event.sessions_by_id[session].presenters
        found = []
        for t, round_id in enumerate(self._rounds):
            rooms = steering.may_run[s, t]
            if rooms.any() and all(round_id in self.present[p] for p in presenters):
                seats = int(steering.seats[rooms].max())
                found.append((round_id, min(seats, int(steering.most_people[s]))))
        return found

    def room_audiences(self, round_id: RoundId) -> list[int]:
        """Return the largest audience of each room in which something may run in this round."""
        steering, t = self._steering, self._index.round[round_id]
        held = [s for s in self._index.session if round_id in self.audience[s]]
        places = [self._index.session[s] for s in held]
        found = []
        for r, seats in enumerate(steering.seats.tolist()):
            most = [int(steering.most_people[s]) for s in places if steering.may_run[s, t, r]]
            if most:
                found.append(min(seats, max(most)))
        return found

    def least_runs(self, session: SessionId) -> int:
        """How often a session has to run."""
        return int(self._steering.least_runs[self._index.session[session]])

    def most_runs(self, session: SessionId) -> int:
        """How often a session may run, in different rounds."""
        most = int(self._steering.most_runs[self._index.session[session]])
        return min(most, len(self.audience[session]))

    def places(self, session: SessionId, runs: int) -> int:
        """Return the places in this many runs, each in a round in which it has most."""
        return sum(sorted(self.audience[session].values(), reverse=True)[:runs])

    def pinned(self, session: SessionId) -> list[RoundId]:
        """Return the rounds in which a session has to run."""
        s = self._index.session[session]
        return [self._rounds[t] for other, t in sorted(self._steering.pinned) if other == s]

    def duties(self, presenter: ParticipantId) -> list[tuple[SessionId, frozenset[RoundId]]]:
        """Return each run that somebody has to present, and the rounds in which it can be."""
        found = []
        for session in self.event.presented_by.get(presenter, ()):
            pinned = self.pinned(session)
            found += [(session, frozenset({t}) & self.audience[session].keys()) for t in pinned]
            free = max(0, self.least_runs(session) - len(pinned))
            left = frozenset(self.audience[session].keys() - set(pinned))
            found += [(session, left)] * free
        return found

    def may_listen(self, person: ParticipantId, session: SessionId) -> frozenset[RoundId]:
        """Return the rounds in which somebody could be in a session's audience, duties or not."""
        p, s = self._index.participant[person], self._index.session[session]
        barred = not self.event.may_attend(person, session) or not self._steering.may_attend(p, s)
        if barred:
            return frozenset()
        sits = self._steering.may_sit[p]
        return frozenset(
            t
            for t in self.audience[session]
            if t in self.present[person]
            and (self._steering.may_run[s, self._index.round[t]] & sits).any()
        )

    @cached_property
    def _free_rounds(self) -> dict[ParticipantId, frozenset[RoundId]]:
        """The rounds that each presenter can have free, if all they present is elsewhere."""
        found = {}
        for presenter in self.event.presented_by:
            duties = [rounds for _, rounds in self.duties(presenter)]
            found[presenter] = frozenset(
                t for t in self.present[presenter]
                if matching([rounds - {t} for rounds in duties]) is not None
            )  # fmt: skip
        return found

    def can_listen(self, person: ParticipantId, session: SessionId) -> bool:
        """Whether any programme could have this person in the session's audience."""
        rounds = self.may_listen(person, session)
        return bool(rounds & self._free_rounds.get(person, rounds))
