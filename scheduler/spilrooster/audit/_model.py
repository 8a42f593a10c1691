"""What the audit finds: remarks in words, and the numbers they rest on."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from spilrooster_models import Message
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import Fact, RoundId


class Topic(StrEnum):
    """What a remark is about."""

    ANSWERS = "answers"
    NAMES = "names"
    SESSIONS = "sessions"
    SEATS = "seats"
    PRESENTERS = "presenters"


class Remark(Fact):
    """Something to look at before solving: what it is, what to do, and whom or what it concerns.

    `urgent` says that people will be disappointed, or nothing can be planned, unless it is mended.
    """

    topic: Topic
    what: Message
    advice: Message | None = None
    about: tuple[str, ...] = Field(default=(), description="ids of what it concerns")
    listed: tuple[str, ...] = Field(default=(), description="the same, as people call it")
    urgent: bool = False


class Ballots(Fact):
    """What is known of the ballots that were handed in, beyond the choices that came of them."""

    answered: frozenset[ParticipantId] = frozenset()
    several: tuple[ParticipantId, ...] = Field(
        default=(), description="people who answered more than once; their last answer counts"
    )
    stale: tuple[tuple[str, int], ...] = Field(
        default=(), description="titles that no session has, and how many ballots name them"
    )


class SessionDemand(Fact):
    """How many people want a session, and how many it can ever hold.

    Only people count who could be in its audience: invited, not presenting it, and there in a
    round in which it may run.
    """

    session: SessionId
    first: int = Field(description="people for whom nothing is above it")
    best: int = Field(description="people who have it among as many best choices as rounds")
    wanted: int = Field(description="people who chose it at all")
    places: int = Field(description="places in all its runs, as often and as large as allowed")

    @property
    def short(self) -> int:
        """How many people who chose it are left out at least, in any programme."""
        return max(0, self.wanted - self.places)


class RoundSeats(Fact):
    """How many people are there in a round, and how many could sit at most."""

    round: RoundId
    people: int = Field(description="people who are there")
    presenting: int = Field(description="of those, how many can be presenting at most")
    places: int = Field(description="the largest audience of all rooms together")

    @property
    def short(self) -> int:
        """How many have no session at least, in any programme."""
        return max(0, self.people - self.presenting - self.places)


class Audit(Fact):
    """Everything that can be said of an event's preferences before it is solved."""

    people: int
    with_choices: int
    remarks: tuple[Remark, ...]
    demand: tuple[SessionDemand, ...]
    rounds: tuple[RoundSeats, ...]
