"""Comparison: what came out of all layouts, as plain facts."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from spilrooster.compare._no_shows import NoShows
from spilrooster_models import InputProblem, Message, RankCount, Satisfaction, Status
from spilrooster_models.layout import BlockId, Fact


class SolvedCell(Fact):
    """One layout with one seed: how that ended. `failed` says why it did not end at all."""

    seed: int
    status: Status | None
    value: int | None = None
    bound: int | None = None
    seconds: float | None = None
    failed: str = ""


class LayoutRow(Fact):
    """One layout. Value and everything below it are of the best programme of all seeds.

    `bound` is the least one proven with any seed: it holds for the layout, whatever the seed.
    Points of different layouts can be compared; shares of the ideal less so, as fewer rounds make
    the ideal smaller.
    """

    name: str
    place: int | None = Field(description="best place it can have; None without a programme")
    worst_place: int | None = Field(description="worst place it can have")
    status: Status | None = Field(description="None if every cell failed")
    value: int | None = None
    mean_value: float | None = Field(default=None, description="over the seeds")
    bound: int | None = None
    gap: float | None = None
    ideal: int | None = None
    share_of_ideal: float | None = None
    satisfaction: Satisfaction | None = None
    ranks: tuple[RankCount, ...] = ()
    seats_used: float | None = Field(default=None, description="people per seat in open rooms")
    rounds: int
    rooms: int
    rooms_used: int | None = None
    seats: int = Field(description="seats in all rooms together")
    lunches: tuple[tuple[BlockId, int], ...] = Field(
        default=(), description="people who eat in each lunch block with places"
    )
    price: Decimal | None = Field(default=None, description="of all rooms, and what is fixed")
    price_used: Decimal | None = Field(default=None, description="without rooms that stay empty")
    conflict: tuple[str, ...] = Field(default=(), description="rules that clash, if it is known")
    best: str | None = Field(default=None, description="key of the best cell")
    cells: tuple[SolvedCell, ...]


class Pair(Fact):
    """Two layouts, the one with more points first, and whether they can be told apart.

    They can only if both hold: it is `proven` that the first can score more than any programme of
    the second, and the difference is `steady`, so not a matter of few people or of the seeds.
    """

    better: str
    other: str
    found: float = Field(description="difference in points, mean over the seeds")
    low: float = Field(description="lower end of its interval")
    high: float
    proven: bool = Field(description="value of the first > bound of the second")
    steady: bool = Field(description="the interval leaves out zero")
    says: Message

    @property
    def distinguishable(self) -> bool:
        """Whether one may be called better."""
        return self.proven and self.steady


class Worth(Fact):
    """What something more would bring to the best layout, found by solving that too.

    `found` is the difference in points, mean over the seeds; `most` is what it can bring at most:
    its bound minus the value without it. `failed` says why there is no answer.
    """

    what: Message
    value: int | None = None
    found: float | None = None
    low: float | None = None
    high: float | None = None
    most: int | None = None
    first_choices: float | None = Field(default=None, description="more people with their first")
    with_nothing: float | None = Field(default=None, description="more people with nothing")
    price: Decimal | None = Field(default=None, description="what it costs more")
    proven: bool = False
    steady: bool = False
    says: Message = Message(template="")
    failed: str = ""


class Comparison(Fact):
    """Everything that `compare` found. Layouts stand in order of their value, best first."""

    event: str
    people: int
    seeds: tuple[int, ...]
    seconds: float | None = Field(description="time limit of each cell; None if work is limited")
    work: float | None = Field(description="work limit of each cell")
    confidence: float
    draws: int
    rows: tuple[LayoutRow, ...]
    pairs: tuple[Pair, ...]
    worth_of: str | None = Field(default=None, description="the layout that got more")
    worth: tuple[Worth, ...] = ()
    no_shows: tuple[NoShows, ...] = Field(default=(), description="in the order of the rows")
    remarks: tuple[InputProblem, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    complete: bool = Field(default=True, description="False if it was stopped before the end")

    @property
    def failures(self) -> tuple[tuple[str, int, str], ...]:
        """Layout, seed and reason of every cell that failed."""
        return tuple((r.name, c.seed, c.failed) for r in self.rows for c in r.cells if c.failed)
