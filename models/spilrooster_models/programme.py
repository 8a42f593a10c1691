"""Programme: the plan — every run, and where each participant is in every round.

A personal schedule has one place per round and per shared block, and blocks do not overlap, so a
double booking cannot be written down.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from pydantic import model_validator

from spilrooster_models.event import Event, ParticipantId, SessionId
from spilrooster_models.layout import BlockId, Fact, RoomId, RoundId, TableId, duplicates


class Run(Fact):
    """One occurrence of a session: session + round + room."""

    session: SessionId
    round: RoundId
    room: RoomId


class PersonalSchedule(Fact):
    """One participant's day: the session they are at in each round, None where they are free.

    `sessions` follows `Programme.rounds`. A presenter is at the session they present. `places`
    follows `Programme.shared`: the table or stand they are at, None where they have none.
    """

    participant: ParticipantId
    sessions: tuple[SessionId | None, ...]
    places: tuple[TableId | None, ...] = ()


class Programme(Fact):
    """All runs and all personal schedules. `rounds` names the sessions of each schedule.

    `shared` names their places: the shared blocks that have tables or stands, in order of time;
    none as long as nobody has a place yet.
    """

    rounds: tuple[RoundId, ...]
    runs: tuple[Run, ...]
    schedules: tuple[PersonalSchedule, ...]
    shared: tuple[BlockId, ...] = ()

    @model_validator(mode="after")
    def _shape_is_right(self) -> Programme:
        if duplicates(f"{run.session} in {run.round}" for run in self.runs):
            raise ValueError("a session runs twice in one round")
        if duplicates(s.participant for s in self.schedules):
            raise ValueError("a participant has two schedules")
        if any(len(s.sessions) != len(self.rounds) for s in self.schedules):
            raise ValueError("a schedule does not have one place per round")
        if any(len(s.places) != len(self.shared) for s in self.schedules):
            raise ValueError("a schedule does not have one place per shared block")
        return self

    @cached_property
    def schedule_of(self) -> dict[ParticipantId, PersonalSchedule]:
        """Each participant's schedule."""
        return {s.participant: s for s in self.schedules}

    @cached_property
    def room_of(self) -> dict[tuple[SessionId, RoundId], RoomId]:
        """The room of each run, under (session, round)."""
        return {(run.session, run.round): run.room for run in self.runs}

    @cached_property
    def rounds_of(self) -> dict[SessionId, tuple[RoundId, ...]]:
        """The rounds in which each session runs, in order of time; absent if it never does."""
        found: defaultdict[SessionId, list[RoundId]] = defaultdict(list)
        for run in sorted(self.runs, key=lambda run: self.rounds.index(run.round)):
            found[run.session].append(run.round)
        return {session: tuple(rounds) for session, rounds in found.items()}

    @cached_property
    def present_at(self) -> dict[tuple[SessionId, RoundId], tuple[ParticipantId, ...]]:
        """Everybody whose schedule names (session, round), presenters included."""
        found: defaultdict[tuple[SessionId, RoundId], list[ParticipantId]] = defaultdict(list)
        for schedule in self.schedules:
            for round_id, session in zip(self.rounds, schedule.sessions, strict=True):
                if session is not None:
                    found[session, round_id].append(schedule.participant)
        return {place: tuple(people) for place, people in found.items()}

    @cached_property
    def people_at(self) -> dict[tuple[BlockId, TableId], tuple[ParticipantId, ...]]:
        """Everybody at each table or stand that is used, under (shared block, table)."""
        found: defaultdict[tuple[BlockId, TableId], list[ParticipantId]] = defaultdict(list)
        for schedule in self.schedules:
            for block, table in zip(self.shared, schedule.places, strict=True):
                if table is not None:
                    found[block, table].append(schedule.participant)
        return {place: tuple(people) for place, people in found.items()}

    @cached_property
    def table_of(self) -> dict[tuple[ParticipantId, BlockId], TableId]:
        """The table or stand of each person, under (participant, shared block)."""
        return {(p, block): table for (block, table), ps in self.people_at.items() for p in ps}

    def is_there(self, event: Event, participant: ParticipantId, block: BlockId) -> bool:
        """Whether somebody is there in a shared block.

        They are if they do not miss it; if people come `only_with_session`, and there are rounds
        on that day, they also need a session then.
        """
        if participant not in event.present_in[block]:
            return False
        beside = event.rounds_beside[block]
        if not event.only_with_session or not beside:
            return True
        places = zip(self.rounds, self.schedule_of[participant].sessions, strict=True)
        return any(session is not None and t in beside for t, session in places)

    def audience(self, event: Event, session: SessionId, round_id: RoundId) -> tuple[str, ...]:
        """Who listens at a run: everybody present but its presenters."""
        presenters = event.sessions_by_id[session].presenters
        present = self.present_at.get((session, round_id), ())
        return tuple(p for p in present if p not in presenters)

    def attended(self, event: Event, participant: ParticipantId) -> tuple[SessionId, ...]:
        """The sessions in whose audience the participant sits, in order of time."""
        own = event.presented_by.get(participant, ())
        places = self.schedule_of[participant].sessions
        return tuple(s for s in places if s is not None and s not in own)
