"""Solve: from a problem to a checked programme with a proven bound."""

from __future__ import annotations

import logging
import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import metadata

from spilrooster.check import check, rule_costs
from spilrooster.fairness import Shared, certificate, reserve_sharing, share_fairly
from spilrooster.fairness import reserve as reserve_proofs
from spilrooster.numbers import rank_counts, satisfaction
from spilrooster.problem import Problem
from spilrooster.rules import LunchShift, MarketStand, Rule, StayClose, TableSeats
from spilrooster.search.annealing_stage import AnnealingStage
from spilrooster.search.any_stage import AnyStage
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.conflict import ClashStage, conflict_of
from spilrooster.search.exact_stage import ExactStage
from spilrooster.search.neighbourhoods import NeighbourhoodStage
from spilrooster.search.proving import ProvingStage
from spilrooster.search.readiness import get_ready
from spilrooster.search.reheating_stage import ReheatingStage
from spilrooster.search.repair import RepairStage
from spilrooster.search.round_plans.stage import (
    PatienceStage,
    ReadyStage,
    RoundPlansStage,
    prove_on,
)
from spilrooster.search.seats_bound import SeatsBoundStage
from spilrooster.search.seeking import SeekingStage
from spilrooster.search.stage import Context, Stage
from spilrooster.search.standings import Standings
from spilrooster.search.start_stage import StartStage
from spilrooster.seating.meetings import meetings
from spilrooster.seating.shifts import is_possible
from spilrooster.seating.stage import reserve, seat
from spilrooster_models import Conflict, ConflictingRule, Moment, Programme, Result, Status

ENGINE: tuple[tuple[Stage, float], ...] = (
    (SeatsBoundStage(), 0.05),
    (ExactStage(most_places=2_000), 0.5),
    (ClashStage(runs_only=True), 0.1),
    (ReadyStage(), 0.0),
    (AnnealingStage(), 0.05),
    (SeekingStage(), 1.0),
    (ClashStage(), 0.25),
    (RepairStage(), 0.4),
    (AnyStage(), 0.5),
    (ExactStage(most_places=0, last_resort=True), 0.5),
    (RoundPlansStage(), 1.0),
    (ProvingStage(), 1.0),
    (ReheatingStage(), 0.75),
    (NeighbourhoodStage(), 1.0),
    (PatienceStage(), 1.0),
)
"""The stages in order, each with the share of what is then left that it may spend."""


START_SHARE = 0.3
"""Share of what is left that an earlier programme may take to be mended."""

log = logging.getLogger(__name__)

COMPILING = Moment(at=0.0, value=None, bound=None, stage="compiling")
"""What progress hears first on a new machine: this may take a minute, and no limit counts it."""


def solve(
    problem: Problem,
    limits: Limits | None = None,
    *,
    rules: Iterable[Rule] = (),
    seed: int = 1,
    progress: Callable[[Moment], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    engine: Sequence[tuple[Stage, float]] = ENGINE,
    start: Programme | None = None,
) -> Result:
    """Find the best programme that keeps every rule, and prove how good it is.

    Parameters
    ----------
    problem
        Event and rules.
    limits
        How long to go on; 60 seconds if None.
    rules
        More rules, such as ones of your own; `Problem.with_rules` gives the problem that is solved,
        which `check` and the reports then need.
    seed
        The same seed and work limit give the same result.
    progress
        Called with the present value and bound, several times a second, in the thread that called
        `solve`. What it raises ends the solve and is passed on.
    cancelled
        Asked often, also in other threads, such as ``threading.Event().is_set``; once it says
        True, the best programme so far is returned.
    engine
        The stages to run, each with its share of what is left.
    start
        An earlier programme of this event to begin with; it may break rules.

    Returns
    -------
    Result
        Always: a limit or a cancellation gives the best checked programme so far. Its status
        says ``optimal`` or ``infeasible`` only if that is proven.

    Notes
    -----
    Solves may run at the same time, in threads or processes, also of one problem. Each starts
    a second process for its bound, and has it ended when it returns. Nothing is printed: what
    happens is logged as ``spilrooster``, stages and results as INFO, every improvement as DEBUG.
    """
    problem = problem.with_rules(rules)
    get_ready(lambda: progress(COMPILING) if progress is not None else None)
    clock = Clock(limits or Limits(), cancelled)
    searched, proofs = problem.for_search, reserve_proofs(clock)
    places, sharing = reserve(problem, clock), reserve_sharing(searched, clock)
    clock.reserved = places + proofs + sharing
    standings = Standings(searched, clock, progress)
    context = Context(searched, Workshop(searched), standings, clock, seed)
    log.info("solve: %s, limits %s, seed %d", _size(problem), clock.limits, seed)
    standings.note("start")
    if not is_possible(problem.event):
        standings.infeasible, standings.conflict = True, _no_places(problem)
    try:
        for stage, share in engine if start is None else _beginning_with(start, engine, problem):
            standings.hear()
            if standings.settled or clock.left() <= 0:
                break
            log.debug("stage %s, %.1f spent", type(stage).__name__, clock.spent())
            stage.run(context, share * clock.left())
        prove_on(standings, clock)
        standings.finish()
    except BaseException:  # such as one of `progress`: nobody waits for a result any more
        standings.abandon()
        raise
    clock.reserved = proofs + places
    shared = share_fairly(context, min(clock.left(), sharing))
    clock.reserved = proofs
    programme = standings.programme if shared is None else shared.programme
    if programme is not None and problem.event.seated:
        standings.tell("tables")
        programme = seat(problem, programme, clock, seed)
    standings.note("end")
    if standings.infeasible and standings.conflict is None:
        standings.conflict = conflict_of(searched, clock, seed)
    result = _result(problem, context, programme, shared)
    log.info("solved: %s, value %s, bound %s", result.status.value, result.value, result.bound)
    return result


def _size(problem: Problem) -> str:
    event = problem.event
    counts = (len(event.participants), len(event.sessions), len(event.layout.rounds))
    return "{} people, {} sessions, {} rounds".format(*counts)


def _beginning_with(
    start: Programme, engine: Sequence[tuple[Stage, float]], problem: Problem
) -> Iterator[tuple[Stage, float]]:
    """Yield the stages of an engine with an earlier programme before annealing.

    Where it is to stay close to that, annealing again and again is in vain: it knows no such wish.
    """
    close = any(isinstance(rule, StayClose) and rule.weight > 0 for rule in problem.rules)
    begun = False
    for stage, share in engine:
        if isinstance(stage, AnnealingStage) and not begun:
            begun = True
            yield StartStage(start), START_SHARE
        if not (close and isinstance(stage, ReheatingStage)):
            yield stage, share


def _no_places(problem: Problem) -> Conflict:
    """Name the rules about shared blocks that no seating keeps, whatever the programme."""
    kinds = (TableSeats, LunchShift, MarketStand)
    names = [rule.rule for rule in problem.rules if isinstance(rule, kinds)]
    rules = tuple(ConflictingRule(rule=name) for name in names)
    return Conflict(rules=rules, smallest=False)


def _result(
    problem: Problem, context: Context, programme: Programme | None, shared: Shared | None
) -> Result:
    standings, clock = context.standings, context.clock
    findings = () if programme is None else check(problem, programme)
    if any(finding.broken for finding in findings):  # no assertion: they fall away under -O
        raise RuntimeError("a programme that breaks a rule got through: a fault in spilrooster")
    value = standings.value if shared is None else shared.value
    return Result(
        status=_status(standings, value),
        programme=programme,
        value=value,
        bound=None if standings.infeasible else standings.bound,
        bound_source="" if standings.infeasible else standings.bound_source,
        ideal=problem.ideal,
        costs=() if programme is None else rule_costs(problem, findings),
        ranks=() if programme is None else rank_counts(problem, programme),
        satisfaction=None if programme is None else satisfaction(problem, programme),
        findings=findings,
        nearest=standings.nearest if programme is None else (),
        conflict=standings.conflict,
        seed=context.seed,
        work=clock.limits.work,
        seconds=None if clock.counts_work else round(clock.seconds(), 2),
        meetings=() if programme is None else tuple(meetings(problem, programme)),
        fairness=None
        if programme is None
        else certificate(problem, programme, clock, context.seed, shared),
        moments=_moments(standings, value),
        versions=versions(),
    )


def _moments(standings: Standings, value: int | None) -> tuple[Moment, ...]:
    """Return how it went, the value at the end being that of the programme that is handed over."""
    *before, end = standings.moments
    return (*before, end.model_copy(update={"value": value}))


def _status(standings: Standings, value: int | None) -> Status:
    if standings.infeasible:
        return Status.INFEASIBLE
    if value is None:
        return Status.UNKNOWN
    return Status.OPTIMAL if value >= standings.bound else Status.FEASIBLE


def versions() -> tuple[tuple[str, str], ...]:
    """Return the versions of everything a result depends on."""
    packages = ("spilrooster", "ortools", "numba", "numpy", "scipy")
    return (("python", platform.python_version()), *((p, metadata.version(p)) for p in packages))
