"""Rule: however the sum comes out, nobody is left far behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from spilrooster.rules._people import DayRule
from spilrooster.rules._rule import Cost, GradedRule, excess
from spilrooster.rules.choices import POINTS_PER_RANK, Choices
from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, Programme
from spilrooster_models.event import ParticipantId, SessionId


class Floor(GradedRule, DayRule):
    """Each of these people gets their first choice, so many choices, or such a share of the ideal.

    Who chose fewer than the rule asks for, or has fewer rounds to listen in, gets that many. Where
    several choices are equally good, one of the best is a first choice. A floor that cannot be
    reached for everybody leaves no programme at all: ask for what a solve without it comes near, or
    give a weight. Then a first choice missed, each choice short and a share too small cost it.
    """

    rule: Literal["floor"] = "floor"
    first_choice: bool = Field(default=False, description="whether the first choice is granted")
    least_choices: int = Field(default=0, ge=0, description="least number of choices granted")
    least_share: int = Field(
        default=0, ge=0, le=100, description="least satisfaction: percent of the ideal points"
    )
    points_per_rank: tuple[int, ...] = Field(
        default=POINTS_PER_RANK,
        min_length=1,
        description="points for a granted 1st, 2nd, ... choice; if absent, those of the event",
    )

    @property
    def seats_in_search(self) -> bool:
        """No: whose wishes companions share, the search cannot tell. With a weight it is not worth
        the time to seat people again."""
        return self.soft

    def attendances(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        for p in self.people(event):
            for session in self._points(event, p.id):
                yield p.id, session

    def _points(self, event: Event, person: ParticipantId) -> dict[SessionId, int]:
        return self._choices.worth_of(event, person)

    @property
    def _choices(self) -> Choices:
        return Choices(points_per_rank=self.points_per_rank)

    def _least_points(self, event: Event, person: ParticipantId) -> int:
        """The share of the person's ideal in points, rounded up."""
        return -(-self.least_share * self._choices.ideal_of(event, person) // 100)

    def _least_choices(self, event: Event, person: ParticipantId) -> int:
        """How many choices the person gets; no more than there are, nor than rounds for them."""
        return min(self.least_choices, self._choices.most_choices_of(event, person))

    def post(self, variables: Variables) -> Cost:
        short: list[Cost] = []
        for p in self.people(variables.event):
            points = self._points(variables.event, p.id)
            known = set(variables.sessions_of(p.id))
            gets = {
                s: sum(variables.at(p.id, s, t) for t in variables.rounds) if s in known else 0
                for s in points
            }
            best = max(points.values(), default=0)
            if self.first_choice and points:
                first = sum(gets[s] for s, worth in points.items() if worth == best)
                short.append(excess(variables, 1 - first, 1))
            least = self._least_choices(variables.event, p.id)
            short.append(excess(variables, least - sum(gets.values()), least))
            if self.least_share:
                total = sum(worth * gets[s] for s, worth in points.items())
                lowest = self._least_points(variables.event, p.id)
                under = variables.cp.new_bool_var("")
                variables.cp.add(total + lowest * under >= lowest)
                short.append(under)
        return self.priced(variables, short)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for p in self.people(event):
            points = self._points(event, p.id)
            got = [points[s] for s in programme.attended(event, p.id) if s in points]
            if self.first_choice and points and max(points.values()) not in got:
                yield self.breach(
                    1, (p.id,), "{participant} does not get their first choice.", participant=p.id
                )
            least = self._least_choices(event, p.id)
            if len(got) < least:
                yield self.breach(
                    least - len(got),
                    (p.id,),
                    "{participant} gets {count} of their choices, and it has to be {least}.",
                    participant=p.id, count=len(got), least=least,
                )  # fmt: skip
            lowest = self._least_points(event, p.id)
            if sum(got) < lowest:
                yield self.breach(
                    1,
                    (p.id,),
                    "{participant} gets {got} points, and it has to be at least {least}.",
                    participant=p.id, got=sum(got), least=lowest,
                )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        if self.soft:
            return
        at = steering.index
        for p in self.people(steering.event):
            i = at.participant[p.id]
            points = self._points(steering.event, p.id)
            best = [s for s, worth in points.items() if worth == max(points.values())]
            if self.first_choice and len(best) == 1:
                steering.required.add((i, at.session[best[0]]))
            least = self._least_choices(steering.event, p.id)
            steering.least_choices[i] = max(steering.least_choices[i], least)
            lowest = self._least_points(steering.event, p.id)
            steering.least_points[i] = max(steering.least_points[i], lowest)
