"""Rule: people get what they chose. The main value of a programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from spilrooster.rules._rule import Cost, SoftRule
from spilrooster.variables import Variables
from spilrooster_models import Choice, Event, Finding, InputProblem, Programme
from spilrooster_models.event import ParticipantId, SessionId

POINTS_PER_RANK = (20, 16, 13, 11, 8, 6, 5, 4, 3, 2, 1)
"""What a granted 1st, 2nd, ... choice is worth unless the organiser says otherwise."""


class Choices(SoftRule):
    """Every person's missed points cost: their ideal minus the points of what they attend.

    A choice is worth its own points, or else those of its rank. The ideal is a person's best
    list as if nothing clashed: as many of their choices as they have rounds to listen in. A
    choice they cannot attend at all (not invited, or presenting it) is worth nothing. Points of
    people in some `tiers` may count several times: then they are more often the ones who get in.
    """

    rule: Literal["choices"] = "choices"
    standard: ClassVar[bool] = True
    in_search: ClassVar[bool] = True
    points_per_rank: tuple[int, ...] = Field(
        default=POINTS_PER_RANK,
        min_length=1,
        description="points for a granted 1st, 2nd, ... choice; later ranks get the last number",
    )

    tiers: tuple[tuple[str, Annotated[int, Field(ge=1)]], ...] = Field(
        default=(), description="tiers whose points count several times, each with how many"
    )

    def refer(self, event: Event) -> Iterator[InputProblem]:
        known = {p.tier for p in event.participants if p.tier}
        yield from self.unknown("tiers", (tier for tier, _ in self.tiers), known, "tier")

    def points(self, choice: Choice) -> int:
        """What granting this choice is worth, not counting the person's tier."""
        if choice.points is not None:
            return choice.points
        assert choice.rank is not None  # a choice has one or the other
        return self.points_per_rank[min(choice.rank, len(self.points_per_rank)) - 1]

    def points_of(self, event: Event, participant: ParticipantId) -> dict[SessionId, int]:
        """Points of each session that this participant chose and may attend.

        Those of a session over several rounds are divided among its parts, as evenly as whole
        numbers are: who attends all of it, and nobody attends less, gets them once.
        """
        shared = {}
        for session, points in self.worth_of(event, participant).items():
            parts = event.parts[session]
            least, more = divmod(points, len(parts))
            shared.update({part: least + (i < more) for i, part in enumerate(parts)})
        return shared

    def worth_of(self, event: Event, participant: ParticipantId) -> dict[SessionId, int]:
        """Points of each session that this participant chose and may attend, parts together."""
        times = dict(self.tiers).get(event.participants_by_id[participant].tier, 1)
        own, invited = event.presented_by.get(participant, ()), event.invited
        return {
            choice.session: times * self.points(choice)
            for choice in event.choices_of[participant]
            if choice.session not in own
            and (choice.session not in invited or participant in invited[choice.session])
        }

    def most_points(self, event: Event) -> int:
        """Return the points of the choice that is worth most, of anybody."""
        times = max((number for _, number in self.tiers), default=1)
        return times * max((self.points(choice) for choice in event.choices), default=0)

    def ideal_of(self, event: Event, participant: ParticipantId) -> int:
        """Return the most points this participant could get if nothing clashed."""
        return self._ideal(event, participant, self.worth_of(event, participant))

    def most_choices_of(self, event: Event, participant: ParticipantId) -> int:
        """Return the most of their choices this participant could get if nothing clashed."""
        return self._ideal(event, participant, dict.fromkeys(self.worth_of(event, participant), 1))

    def _ideal(self, event: Event, participant: ParticipantId, points: dict[SessionId, int]) -> int:
        own = event.presented_by.get(participant, ())
        listening = len(event.layout.rounds)
        listening -= len(set(event.participants_by_id[participant].absent))
        listening -= sum(event.sessions_by_id[session].min_runs for session in own)
        return _most_points(
            [(worth, len(event.parts[s])) for s, worth in points.items()], max(0, listening)
        )

    def post(self, variables: Variables) -> Cost:
        event = variables.event
        ideal = sum(self.ideal_of(event, p.id) for p in event.participants)
        got: list[Cost] = []
        for p in event.participants:
            modelled = set(variables.sessions_of(p.id))
            for session, points in self.points_of(event, p.id).items():
                if session in modelled:
                    got += [points * variables.at(p.id, session, t) for t in variables.rounds]
        return ideal - sum(got)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        for p in event.participants:
            points = self.points_of(event, p.id)
            got = sum(points.get(s, 0) for s in programme.attended(event, p.id))
            ideal = self.ideal_of(event, p.id)
            if got != ideal:
                yield self.costs(
                    ideal - got,
                    (p.id,),
                    "{participant} gets {got} of {ideal} points.",
                    participant=p.id, got=got, ideal=ideal,
                )  # fmt: skip


def _most_points(sessions: list[tuple[int, int]], rounds: int) -> int:
    """Return the most points of sessions, each given with its rounds, that fit into `rounds`."""
    if all(length == 1 for _, length in sessions):
        return sum(sorted((points for points, _ in sessions), reverse=True)[:rounds])
    best = [0] * (rounds + 1)
    for points, length in sessions:
        for free in range(rounds, length - 1, -1):
            best[free] = max(best[free], best[free - length] + points)
    return best[rounds]
