"""What became of every choice, with one true reason that can be seen in the programme itself.

The reasons are read from the finished programme: who sits where, which runs are full. They do not
retell how the search went.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property

from pydantic import Field

from spilrooster.problem import Problem
from spilrooster_models import Choice, Message, Participant, Programme, Room, message
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import Fact, RoundId


class Why(StrEnum):
    """The kinds of reason, from the most final to the least."""

    GRANTED = "granted"
    PRESENTS = "presents"
    NOT_INVITED = "not_invited"
    BARRED = "barred"  # a rule keeps this person out of this session
    NOT_RUN = "not_run"
    ABSENT = "absent"
    ROOM_NEEDS = "room_needs"
    DUTY = "duty"  # at that time they present something, or a rule wants them elsewhere
    WANTED_MORE = "wanted_more"  # they got something at that time that they wanted more
    FULL = "full"
    WANTED_EQUALLY = "wanted_equally"
    MIXED = "mixed"  # one of the last four in every round, but not the same one
    NEEDED = "needed"  # there is a seat, but the run they are at would become too small
    ELSEWHERE = "elsewhere"  # there is a seat, and the programme has them somewhere else
    SEAT_LEFT = "seat_left"  # there is a seat, and they are free


class Outcome(Fact):
    """What became of one choice."""

    participant: ParticipantId
    session: SessionId
    rank: int | None = Field(description="as given; None where points were given")
    points: int = Field(description="what granting it is worth; 0 if they may not attend it")
    granted: bool
    round: RoundId | None = Field(description="the round in which they have it; None if refused")
    why: Why
    reason: Message


def outcomes(
    problem: Problem, programme: Programme, people: Iterable[Participant] | None = None
) -> Iterator[Outcome]:
    """Yield the outcome of every choice, by participant, in the order their choices were given.

    Of everybody, or of `people` only. `programme` has to fit the event: `check` finds nothing of
    the rule ``programme``.
    """
    halls = _Halls(problem, programme)
    for participant in problem.event.participants if people is None else people:
        points = problem.choices.points_of(problem.event, participant.id)
        day = _Day(halls, participant)
        for choice in problem.event.choices_of[participant.id]:
            why, round_id, reason = day.verdict(choice)
            yield Outcome(
                participant=participant.id,
                session=choice.session,
                rank=choice.rank,
                points=points.get(choice.session, 0),
                granted=why is Why.GRANTED,
                round=round_id,
                why=why,
                reason=reason,
            )


Verdict = tuple[Why, RoundId | None, Message]
_BLOCKED = (Why.DUTY, Why.WANTED_MORE, Why.FULL, Why.WANTED_EQUALLY)


class _Halls:
    """What is the same for everyone: names, and which runs have a seat left."""

    def __init__(self, problem: Problem, programme: Programme) -> None:
        self.problem, self.programme, self.event = problem, programme, problem.event
        self.round_names = {r.id: r.name for r in self.event.layout.rounds}
        ids = {i: p for p, i in problem.steering.index.participant.items()}
        sessions = {i: s for s, i in problem.steering.index.session.items()}
        self.barred = {(ids[p], sessions[s]) for p, s in problem.steering.barred}
        self.required = {(ids[p], sessions[s]) for p, s in problem.steering.required}

    @cached_property
    def audience(self) -> dict[tuple[SessionId, RoundId], int]:
        """People in the audience of each run."""
        return {
            (run.session, run.round): len(
                self.programme.audience(self.event, run.session, run.round)
            )
            for run in self.programme.runs
        }

    def room(self, session: SessionId, round_id: RoundId) -> Room:
        """Return the room of a run."""
        return self.event.layout.rooms_by_id[self.programme.room_of[session, round_id]]

    def full(self, session: SessionId, round_id: RoundId) -> bool:
        """Whether nobody can be added to this run."""
        places = self.room(session, round_id).seats
        most = self.event.sessions_by_id[session].max_people
        return self.audience[session, round_id] >= (places if most is None else min(places, most))

    def names(self, round_ids: Iterable[RoundId]) -> str:
        """Return the names of rounds in one phrase."""
        return ", ".join(self.round_names[t] for t in round_ids)

    def title(self, session: SessionId) -> str:
        """Return a session's title."""
        return self.event.sessions_by_id[session].title


class _Day:
    """One participant's place in each round, and what it says about their choices."""

    def __init__(self, halls: _Halls, participant: Participant) -> None:
        self.halls, self.participant = halls, participant
        schedule = halls.programme.schedule_of[participant.id]
        self.at = dict(zip(halls.programme.rounds, schedule.sessions, strict=True))
        self.wishes = {c.session: c for c in halls.event.choices_of[participant.id]}

    def verdict(self, choice: Choice) -> Verdict:
        """Return the best single reason for what became of `choice`."""
        if choice.session in self.halls.event.presented_by.get(self.participant.id, ()):
            return Why.PRESENTS, None, message("You present this session yourself.")
        for t, place in self.at.items():
            if place == choice.session:
                name = self.halls.round_names[t]
                return Why.GRANTED, t, message("You are there in {round}.", round=name)
        return self._out_of_reach(choice.session) or self._within_reach(choice)

    def _out_of_reach(self, session: SessionId) -> Verdict | None:
        """Return why they could not go whatever the others do, if so."""
        halls, person = self.halls, self.participant
        if not halls.event.may_attend(person.id, session):
            return Why.NOT_INVITED, None, message("This session is only for people on its list.")
        if (person.id, session) in halls.barred:
            return Why.BARRED, None, message("A rule of the organisers keeps you out of this.")
        held = halls.programme.rounds_of.get(session, ())
        if not held:
            return Why.NOT_RUN, None, message("This session does not take place.")
        present = [t for t in held if t not in person.absent]
        if not present:
            template = "You are away when it takes place: {rounds}."
            return Why.ABSENT, None, message(template, rounds=halls.names(held))
        if not self._open_rounds(session):
            reason = message(
                "Its room in {rounds} does not have all that you need: {needs}.",
                rounds=halls.names(present), needs=", ".join(person.needs),
            )  # fmt: skip
            return Why.ROOM_NEEDS, None, reason
        return None

    def _open_rounds(self, session: SessionId) -> list[RoundId]:
        """Return the rounds in which they are there and the run's room has what they need."""
        person = self.participant
        return [
            t
            for t in self.halls.programme.rounds_of[session]
            if t not in person.absent
            and set(person.needs) <= set(self.halls.room(session, t).features)
        ]

    def _within_reach(self, choice: Choice) -> Verdict:
        """Return what stands in the way in the rounds in which they could go."""
        obstacles = {t: self._obstacle(choice, t) for t in self._open_rounds(choice.session)}
        for t, obstacle in obstacles.items():
            if obstacle not in _BLOCKED:
                return obstacle, None, self._seat_left(obstacle, t)
        kinds = set(obstacles.values())
        why = kinds.pop() if len(kinds) == 1 else Why.MIXED
        return why, None, self._blocked(why, obstacles)

    def _obstacle(self, choice: Choice, t: RoundId) -> Why:
        """Return the strongest thing that stands in the way in round `t`."""
        other = self.at[t]
        if other is not None and self._is_duty(other):
            return Why.DUTY
        preferred = -1 if other not in self.wishes else self._prefer(self.wishes[other], choice)
        if preferred > 0:
            return Why.WANTED_MORE
        if self.halls.full(choice.session, t):
            return Why.FULL
        if preferred == 0:
            return Why.WANTED_EQUALLY
        if other is None:
            return Why.SEAT_LEFT
        least = self.halls.event.sessions_by_id[other].min_people
        return Why.NEEDED if self.halls.audience[other, t] <= least else Why.ELSEWHERE

    def _prefer(self, a: Choice, b: Choice) -> int:
        """Return > 0 if they want `a` more than `b`, < 0 if less, 0 if as much."""
        if a.rank is not None and b.rank is not None:
            return b.rank - a.rank
        worth = self.halls.problem.choices.points
        return worth(a) - worth(b)

    def _is_duty(self, session: SessionId) -> bool:
        own = self.halls.event.presented_by.get(self.participant.id, ())
        return session in own or (self.participant.id, session) in self.halls.required

    def _seat_left(self, why: Why, t: RoundId) -> Message:
        name, other = self.halls.round_names[t], self.at[t]
        if other is None:
            return message(
                "There is a seat left in {round} and you are free then: ask if you can join.",
                round=name,
            )
        title = self.halls.title(other)
        if why is Why.NEEDED:
            return message(
                "There is a seat left in {round}, but {other} needs you then "
                "to reach its least number of people: {least}.",
                round=name, other=title, least=self.halls.event.sessions_by_id[other].min_people,
            )  # fmt: skip
        return message(
            "There is a seat left in {round}, but in the programme as a whole "
            "you are at {other} then.",
            round=name, other=title,
        )  # fmt: skip

    def _blocked(self, why: Why, obstacles: dict[RoundId, Why]) -> Message:
        full = [t for t, obstacle in obstacles.items() if obstacle is Why.FULL]
        taken = [t for t in obstacles if t not in full]
        if not taken:
            template = "It is full in every round in which you could go: {rounds}."
            return message(template, rounds=self.halls.names(full))
        others = ", ".join(self.halls.title(s) for t in taken if (s := self.at[t]) is not None)
        rounds = self.halls.names(taken)
        if full:
            template = "It is full in {full}. In {rounds} you are at {others}."
            return message(template, full=self.halls.names(full), rounds=rounds, others=others)
        if why is Why.DUTY:
            template = "It is in {rounds}. Then you have to be at {others}."
        elif why is Why.WANTED_MORE:
            template = "It is in {rounds}. Then you are at something you wanted more: {others}."
        elif why is Why.WANTED_EQUALLY:
            template = "It is in {rounds}. Then you are at something you wanted as much: {others}."
        else:
            template = "It is in {rounds}. Then you are at {others}."
        return message(template, rounds=rounds, others=others)
