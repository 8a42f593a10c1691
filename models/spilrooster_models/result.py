"""Result: what a solve gives back — the programme, and how good it provably is."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from spilrooster_models.errors import NoProgramme
from spilrooster_models.layout import Fact
from spilrooster_models.message import Message
from spilrooster_models.programme import Programme


class Finding(Fact):
    """What a rule says about a programme: a broken hard rule, or a cost of a soft one."""

    rule: str
    cost: int | None = Field(description="points lost; None = a hard rule is broken")
    level: int = Field(default=1, ge=1, description="priority level that the cost counts for")
    about: tuple[str, ...] = Field(description="ids of what it concerns")
    message: Message

    @property
    def broken(self) -> bool:
        """Whether a rule that must hold does not."""
        return self.cost is None


class Status(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"  # value equals the proven bound
    FEASIBLE = "feasible"  # every hard rule holds; better may exist
    INFEASIBLE = "infeasible"  # proven: no programme keeps every hard rule
    UNKNOWN = "unknown"  # a limit came first; neither a programme nor a proof


class RankCount(Fact):
    """How many participants got the choice they gave this rank."""

    rank: int
    asked: int = Field(description="participants who gave a choice this rank")
    granted: int = Field(description="of those, how many got it")


class RuleCost(Fact):
    """What a rule costs in the programme found, in points of its level."""

    rule: str
    level: int
    cost: int


class Satisfaction(Fact):
    """Points got as a share of each person's own ideal, over everyone who chose something."""

    worst: float
    tenth_percentile: float
    median: float
    mean: float
    people: int = Field(description="people who chose something they could get")
    with_nothing: int = Field(description="of those, how many got nothing they chose")


class Envy(Fact):
    """Who would rather have somebody else's day.

    A pair (i, j) counts if the sessions that j listens to are worth more to i, by i's own points,
    than what i got, and i could lawfully attend all of them: i is there and presents nothing in
    those rounds, may attend each session, and can be in its room. Rules about who comes together
    are not looked at.
    """

    pairs: int
    people: int = Field(description="people who envy at least one other")
    asked: int = Field(
        description="people whose points were tried on everybody's day; drawn at random if not all"
    )


class Fairness(Fact):
    """How evenly people got what they wished for, and what is proven of it: a certificate.

    About the people who chose something they could get; shares are of each person's own ideal.
    `worst_bound` and `least_with_nothing` hold for every programme that keeps the hard rules;
    those that end in `here` hold for the runs of this programme, whoever attends them. A figure
    that equals its bound is proven to be the best possible.
    """

    mode: str = Field(description="mode of the rule `share_fairly`; sum without that rule")
    people: int
    worst: float = Field(description="share of the person who got the smallest part")
    worst_bound_here: float
    worst_bound: float
    with_nothing: int = Field(description="people who got nothing they chose")
    least_with_nothing_here: int
    least_with_nothing: int
    deciles: tuple[float, ...] = Field(
        description="nine real shares: one in ten has at most the first, two in ten the second, ..."
    )
    envy: Envy
    fairest_here: bool | None = Field(
        default=None,
        description="whether it is proven that other attendances of these runs are no fairer, "
        "within what may be given up; None without a rule that asks for it",
    )
    fairest: bool | None = Field(
        default=None, description="the same of any programme: proven in small events only"
    )
    given_up: int = Field(default=0, description="points of level 1 that fairness took")
    seed: int = Field(description="what decided between people with equal rights")


class ConflictingRule(Fact):
    """A hard rule that takes part in a conflict, with its settings as name and text."""

    rule: str
    settings: tuple[tuple[str, str], ...] = ()


class Conflict(Fact):
    """Hard rules of which it is proven that no programme keeps them all."""

    rules: tuple[ConflictingRule, ...]
    smallest: bool = Field(
        description="whether each of them is needed: without it, some programme keeps the others"
    )


class Meetings(Fact):
    """Pairs at one table who meet although somebody wished otherwise, over all seatings of a rule.

    No table plan for the people who are in each block, given the sessions they attend, has fewer
    than `bound`; `count` equal to `bound` is therefore proven to be the least.
    """

    rule: str
    reason: str = Field(description="why they had better not meet; any = at least one reason")
    pairs: int = Field(description="all pairs of people at one table")
    count: int
    bound: int


class Moment(Fact):
    """A point on the way: the best value and the best bound known then."""

    at: float = Field(description="seconds since the start, or work done if only work is limited")
    value: int | None
    bound: int | None
    stage: str


class Result(Fact):
    """The outcome of `solve`.

    `value` and `bound` are points of level 1: `value` is the ideal minus all costs of that
    level, `bound` is proven: no programme that keeps every rule scores more.
    """

    status: Status
    programme: Programme | None = None
    value: int | None = None
    bound: int | None = None
    bound_source: str = Field(default="", description="which argument proves the bound")
    ideal: int
    costs: tuple[RuleCost, ...] = ()
    ranks: tuple[RankCount, ...] = ()
    satisfaction: Satisfaction | None = None
    findings: tuple[Finding, ...] = ()
    nearest: tuple[Finding, ...] = Field(
        default=(),
        description="if there is no programme: what the one that came nearest breaks",
    )
    conflict: Conflict | None = Field(default=None, description="why it is infeasible, if it is")
    seed: int
    work: float | None = Field(default=None, description="work limit; None = limited by time")
    seconds: float | None = Field(default=None, description="wall time; None if limited by work")
    meetings: tuple[Meetings, ...] = ()
    fairness: Fairness | None = None
    moments: tuple[Moment, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()

    @property
    def gap(self) -> float | None:
        """How much better than `value` a programme could be at most, as a share of `value`."""
        if self.value is None or self.bound is None or self.value <= 0:
            return None
        return (self.bound - self.value) / self.value

    def require(self) -> Programme:
        """Return the programme, or raise `NoProgramme` with the status."""
        if self.programme is None:
            raise NoProgramme(f"no programme: {self.status.value}")
        return self.programme
