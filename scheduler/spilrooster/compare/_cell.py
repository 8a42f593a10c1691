"""Cell: one layout solved with one seed, and the figures of it that a comparison needs."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

import spilrooster_models
from spilrooster.numbers import seats_used, share_used
from spilrooster.problem import Problem
from spilrooster.search.anneal import Annealing
from spilrooster.search.clock import Limits
from spilrooster.search.readiness import get_ready
from spilrooster.search.round_plans.bounding import toy_arrays
from spilrooster.solve import solve, versions
from spilrooster_models import (
    Event,
    Moment,
    Programme,
    RankCount,
    Result,
    Satisfaction,
    Status,
)
from spilrooster_models.layout import BlockId, Fact, RoomId

SOURCES = (Path(__file__).parents[1], Path(spilrooster_models.__file__).parent)
NO_MATTER = frozenset({"cli", "export", "intake", "privacy", "report"})
"""Parts that no solve uses: a cell stays what it is when they change."""


class OtherVersion(RuntimeError):
    """A worker runs another spilrooster, or other libraries, than whoever asked."""


@dataclass(frozen=True)
class Task:
    """What a worker needs to know. The key says all of it in a few letters."""

    key: str
    problem: Problem
    limits: Limits
    seed: int
    engine: str


class Figures(Fact):
    """What a comparison wants to know of a solve; small, as thousands are kept in memory."""

    status: Status
    value: int | None
    bound: int | None
    ideal: int
    ranks: tuple[RankCount, ...] = ()
    satisfaction: Satisfaction | None = None
    points: tuple[int, ...] = Field(
        default=(), description="points of each person's granted choices, in the event's order"
    )
    seats_used: float | None = Field(default=None, description="people per seat in open rooms")
    rooms_used: tuple[RoomId, ...] = ()
    lunches: tuple[tuple[BlockId, int], ...] = Field(
        default=(), description="people who eat in each lunch block with places"
    )
    conflict: tuple[str, ...] = Field(default=(), description="rules that clash, if it is known")
    seconds: float | None = Field(default=None, description="None if limited by work")

    @classmethod
    def of(cls, problem: Problem, result: Result) -> Figures:
        """Work out the figures of a result."""
        conflict = () if result.conflict is None else result.conflict.rules
        known = {
            "status": result.status,
            "value": result.value,
            "bound": result.bound,
            "ideal": result.ideal,
            "ranks": result.ranks,
            "satisfaction": result.satisfaction,
            "conflict": tuple(rule.rule for rule in conflict),
            "seconds": result.seconds,
        }
        if result.programme is None:
            return cls(**known)
        used = seats_used(problem, result.programme)
        return cls(
            **known,
            points=tuple(_points(problem, result.programme)),
            seats_used=share_used(used),
            rooms_used=tuple(sorted({run.room for run in result.programme.runs})),
            lunches=tuple(_lunches(problem.event, result.programme)),
        )


def _points(problem: Problem, programme: Programme) -> list[int]:
    event, found = problem.event, []
    for participant in event.participants_by_id:
        worth = problem.choices.points_of(event, participant)
        found.append(sum(worth.get(s, 0) for s in programme.attended(event, participant)))
    return found


def _lunches(event: Event, programme: Programme) -> list[tuple[BlockId, int]]:
    eating: Counter[BlockId] = Counter()
    for (block, table), people in programme.people_at.items():
        if not event.layout.tables[block][table].is_stand:
            eating[block] += len(people)
    return [(block, eating[block]) for lunch in event.lunches for block in lunch]


class Cell(Fact):
    """A solve that is done, as it is kept in a file."""

    key: str
    figures: Figures
    result: Result


def task_of(problem: Problem, limits: Limits, seed: int) -> Task:
    """Make the task; its key is a fingerprint of event, rules, limits, seed and engine."""
    engine = engine_version()
    options = asdict(limits)
    if limits.work is not None:
        del options["seconds"]  # then it is ignored
    kinds = [f"{type(rule).__module__}.{type(rule).__qualname__}" for rule in problem.rules]
    said = json.dumps([problem.model_dump_json(), kinds, options, seed, engine])
    return Task(hashlib.sha256(said.encode()).hexdigest()[:32], problem, limits, seed, engine)


@cache
def engine_version() -> str:
    """Return a fingerprint of the engine's sources and of the libraries it works with."""
    digest = hashlib.sha256(repr([v for v in versions() if v[0] != "python"]).encode())
    for home in SOURCES:
        for source in sorted(home.rglob("*.py")):
            if source.relative_to(home).parts[0] in NO_MATTER:
                continue
            digest.update(source.relative_to(home).as_posix().encode())
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


@cache
def _load_kernels() -> None:
    """Load the compiled search, so that no time limit of a worker's first cell counts that."""
    get_ready(lambda: None)
    Annealing(toy_arrays(), 2, 1).advance(2)


def solve_task(task: Task, tell: Callable[[Moment], None]) -> bytes:
    """Solve a task and return its cell as JSON. Runs in a worker.

    Raises
    ------
    OtherVersion
        If the worker is not the same as who asked.
    """
    if task.engine != engine_version():
        raise OtherVersion(
            "this worker has another version of spilrooster or of a library it uses; "
            "install the same ones on every worker"
        )
    _load_kernels()
    result = solve(task.problem, task.limits, seed=task.seed, progress=tell)
    figures = Figures.of(task.problem, result)
    return Cell(key=task.key, figures=figures, result=result).model_dump_json().encode()
