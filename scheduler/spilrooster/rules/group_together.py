"""Rule: people who come together stay together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from spilrooster.rules._rule import Cost, excess
from spilrooster.rules._sets import People, SetsRule
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import RoundId


class GroupTogether(SetsRule):
    """In every round the people of a set are at the same session, or all free.

    Whoever is away or presents in a round is left out of account then. With a weight, a set that
    is in three places in a round costs twice. Each of them has a seat of their own.
    """

    rule: Literal["group_together"] = "group_together"

    @property
    def seats_in_search(self) -> bool:
        """No: CP-SAT seats the people."""
        return False

    def attendances(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        for people in self.sets_of(event):
            chosen = dict.fromkeys(c.session for p in people for c in event.choices_of[p])
            for p in people:
                for s in chosen:
                    if event.may_attend(p, s):
                        yield p, s

    def steer(self, steering: Steering) -> None:
        if not self.soft:
            at = steering.index.participant
            steering.companions.update(
                tuple(at[p] for p in people) for people in self.sets_of(steering.event)
            )

    def post(self, variables: Variables) -> Cost:
        places = [
            self._places(variables, people, t)
            for people in self.sets_of(variables.event)
            for t in variables.rounds
        ]
        return self.priced(variables, places)

    def _places(self, variables: Variables, people: People, t: RoundId) -> Cost:
        """Return how many places beyond the first the people of a set are in."""
        cp, event = variables.cp, variables.event
        present = [p for p in people if t not in event.participants_by_id[p].absent]
        sessions = dict.fromkeys(s for p in present for s in variables.sessions_of(p))
        used = {s: cp.new_bool_var(f"{people} in {s} in {t}") for s in sessions}
        free = cp.new_bool_var(f"{people} free in {t}")
        for p in present:
            own = event.presented_by.get(p, ())
            at = {s: variables.at(p, s, t) for s in variables.sessions_of(p)}
            cp.add(free >= 1 - sum(at.values()))
            for s, literal in at.items():
                if s not in own:
                    cp.add_implication(literal, used[s])
        return excess(variables, sum(used.values()) + free - 1, len(people) - 1)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for people in self.sets_of(event):
            days = {p: programme.schedule_of[p].sessions for p in people}
            for i, t in enumerate(programme.rounds):
                places = {
                    days[p][i]
                    for p in people
                    if t not in event.participants_by_id[p].absent
                    and days[p][i] not in event.presented_by.get(p, ())
                }
                if len(places) > 1:
                    yield self.breach(
                        len(places) - 1,
                        (t, *people),
                        "{people} are not together in {round}.",
                        people=", ".join(people), round=t,
                    )  # fmt: skip
