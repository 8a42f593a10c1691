"""Variables: every CP-SAT variable of a programme, behind query names.

Rules ask for variables by name (`held_in`, `in_room`, `at`, ...) and never see how they are made.
What cannot be written down in a `Programme` is excluded here: a session has one room per run, a
person one place per round. Everything else is a rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from ortools.sat.python import cp_model

from spilrooster_models import Event, PersonalSchedule, Programme, Run
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import RoomId, RoundId

Literal = cp_model.IntVar


class Variables:
    """The CP-SAT model of one event, restricted to the attendances given.

    Parameters
    ----------
    event
        The facts.
    attendances
        The (participant, session) pairs that may occur. Fewer pairs make a smaller model whose
        solutions are programmes all the same; a bound from it holds only if the pairs left out
        cannot matter. Presenters are always paired with what they present.

    Attributes
    ----------
    cp
        The CP-SAT model that rules post into.
    rounds, rooms, sessions
        The ids, in the event's order.
    """

    def __init__(
        self, event: Event, attendances: Iterable[tuple[ParticipantId, SessionId]]
    ) -> None:
        self.event = event
        self.cp = cp_model.CpModel()
        self.rounds: tuple[RoundId, ...] = event.layout.round_ids
        self.rooms: tuple[RoomId, ...] = tuple(event.layout.rooms_by_id)
        self.sessions: tuple[SessionId, ...] = tuple(event.sessions_by_id)
        self._held: dict[tuple[SessionId, RoundId], Literal] = {}
        self._placed: dict[tuple[SessionId, RoundId, RoomId], Literal] = {}
        self._at: dict[tuple[ParticipantId, SessionId, RoundId], Literal] = {}
        self._people: defaultdict[SessionId, list[ParticipantId]] = defaultdict(list)
        self._sessions_of: defaultdict[ParticipantId, list[SessionId]] = defaultdict(list)
        self._make_runs()
        self._make_attendances(attendances)

    def _make_runs(self) -> None:
        for s in self.sessions:
            for t in self.rounds:
                held = self._held[s, t] = self.cp.new_bool_var(f"{s} in {t}")
                rooms = [self.cp.new_bool_var(f"{s} in {t} in {r}") for r in self.rooms]
                self._placed.update(zip(((s, t, r) for r in self.rooms), rooms, strict=True))
                self.cp.add_exactly_one(*rooms, ~held)

    def _make_attendances(self, pairs: Iterable[tuple[ParticipantId, SessionId]]) -> None:
        presenting = [(p, s.id) for s in self.event.sessions for p in s.presenters]
        for p, s in dict.fromkeys((*presenting, *pairs)):
            self._people[s].append(p)
            self._sessions_of[p].append(s)
            for t in self.rounds:
                at = self._at[p, s, t] = self.cp.new_bool_var(f"{p} at {s} in {t}")
                self.cp.add_implication(at, self._held[s, t])
        for p, sessions in self._sessions_of.items():
            for t in self.rounds:
                self.cp.add_at_most_one(self._at[p, s, t] for s in sessions)

    def held_in(self, session: SessionId, round_id: RoundId) -> Literal:
        """Whether the session runs in the round."""
        return self._held[session, round_id]

    def in_room(self, session: SessionId, round_id: RoundId, room: RoomId) -> Literal:
        """Whether the session runs in the round and in that room."""
        return self._placed[session, round_id, room]

    def at(self, participant: ParticipantId, session: SessionId, round_id: RoundId) -> Literal:
        """Whether the participant is at the session's run in the round, presenting or not.

        Raises KeyError for a pair that the model was made without; see `pairs`.
        """
        return self._at[participant, session, round_id]

    def people_of(self, session: SessionId) -> tuple[ParticipantId, ...]:
        """Who may be at the session in this model, presenters included."""
        return tuple(self._people[session])

    def sessions_of(self, participant: ParticipantId) -> tuple[SessionId, ...]:
        """What the participant may be at in this model, own sessions included."""
        return tuple(self._sessions_of[participant])

    def audience(self, session: SessionId, round_id: RoundId) -> list[Literal]:
        """One literal per person who may listen at the run; presenters are not among them."""
        presenters = self.event.sessions_by_id[session].presenters
        people = self._people[session]
        return [self._at[p, session, round_id] for p in people if p not in presenters]

    def literals(self, programme: Programme) -> list[tuple[Literal, bool]]:
        """Return every variable with its value in `programme`.

        Raises KeyError if the programme holds an attendance that the model was made without.
        """
        on = {self._placed[run.session, run.round, run.room] for run in programme.runs}
        on |= {self._held[run.session, run.round] for run in programme.runs}
        for schedule in programme.schedules:
            for t, s in zip(programme.rounds, schedule.sessions, strict=True):
                if s is not None:
                    on.add(self._at[schedule.participant, s, t])
        return [
            (v, v in on) for kind in (self._held, self._placed, self._at) for v in kind.values()
        ]

    def fix(self, programme: Programme) -> None:
        """Allow this one programme only."""
        for variable, value in self.literals(programme):
            self.cp.add(variable == int(value))

    def hint(self, programme: Programme) -> None:
        """Give CP-SAT the whole programme as a complete hint, in place of any earlier one."""
        self.cp.clear_hints()
        for variable, value in self.literals(programme):
            self.cp.add_hint(variable, value)

    def extract(self, value: Callable[[Literal], bool]) -> Programme:
        """Read the programme from a solution, such as `CpSolver.boolean_value`."""
        runs = tuple(
            Run(session=s, round=t, room=r) for (s, t, r), v in self._placed.items() if value(v)
        )
        place = {(p, t): s for (p, s, t), v in self._at.items() if value(v)}
        schedules = tuple(
            PersonalSchedule(
                participant=p.id, sessions=tuple(place.get((p.id, t)) for t in self.rounds)
            )
            for p in self.event.participants
        )
        return Programme(rounds=self.rounds, runs=runs, schedules=schedules)
