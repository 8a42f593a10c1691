"""Rule: a session over several rounds stays whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

from spilrooster.rules._rule import Cost, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Literal as Flag
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import RoundId


class LongSession(Rule):
    """A session over several rounds has one room and one audience, in rounds that follow directly.

    No other day and no lunch comes in between, and nobody comes later or leaves earlier.
    """

    rule: Literal["long_session"] = "long_session"
    standard: ClassVar[bool] = True

    @property
    def seats_in_search(self) -> bool:
        """No: CP-SAT seats the people."""
        return False

    @classmethod
    def applies(cls, event: Event) -> bool:
        return any(session.continues for session in event.sessions)

    def attendances(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        # Who has to be at one part, for whatever reason, must be able to be at the others.
        for parts in event.parts.values():
            if len(parts) > 1:
                for p in event.participants_by_id:
                    if event.may_attend(p, parts[0]):
                        yield from ((p, part) for part in parts)

    def post(self, variables: Variables) -> Cost:
        cp, event = variables.cp, variables.event
        for session in event.sessions:
            if not session.continues:
                continue
            a, b = session.continues, session.id
            following = event.next_round
            for t in variables.rounds:
                if t not in following:
                    cp.add(variables.held_in(a, t) == 0)
                if t not in following.values():
                    cp.add(variables.held_in(b, t) == 0)
            for t, after in following.items():
                for r in variables.rooms:
                    cp.add(variables.in_room(a, t, r) == variables.in_room(b, after, r))
                for p in dict.fromkeys((*variables.people_of(a), *variables.people_of(b))):
                    if p not in session.presenters:
                        early = self._at(variables, p, a, t)
                        cp.add(early == self._at(variables, p, b, after))
        return 0

    def _at(self, variables: Variables, p: ParticipantId, s: SessionId, t: RoundId) -> Flag | int:
        return variables.at(p, s, t) if s in variables.sessions_of(p) else 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for session in event.sessions:
            if session.continues:
                yield from self._torn(event, programme, session.continues, session.id)

    def _torn(
        self, event: Event, programme: Programme, a: SessionId, b: SessionId
    ) -> Iterator[Finding]:
        """Yield runs of a that b does not continue, runs of b out of nowhere, and who is missing.

        A run counts as continued only in the same room and in the round right after it.
        """
        room_of, whole = programme.room_of, event.first_part[a]
        continued = set()
        for t in programme.rounds_of.get(a, ()):
            after = event.next_round.get(t)
            continued.add(after)
            if after is None or room_of[a, t] != room_of.get((b, after)):
                text = "{session} does not go on in the same room in the round after {round}."
                yield self.broken((whole, t), text, session=whole, round=t)
                continue
            early = set(programme.audience(event, a, t))
            late = set(programme.audience(event, b, after))
            for p in sorted(early ^ late):
                text = "{participant} does not attend all of {session} in {rounds}."
                rounds = ", ".join((t, after))
                yield self.broken(
                    (p, whole, t, after), text, participant=p, session=whole, rounds=rounds
                )
        for t in programme.rounds_of.get(b, ()):
            if t not in continued:
                text = "{session} goes on in {round}, but not from the round before it."
                yield self.broken((whole, t), text, session=whole, round=t)

    def steer(self, steering: Steering) -> None:
        event, at = steering.event, steering.index
        last = [t not in event.next_round for t in at.round]
        first = [t not in event.next_round.values() for t in at.round]
        for session in event.sessions:
            if session.continues:
                a, b = at.session[session.continues], at.session[session.id]
                steering.continued.add((a, b))
                steering.may_run[a, last, :] = False
                steering.may_run[b, first, :] = False
