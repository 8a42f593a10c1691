"""One run, in a process of its own: load, solve, check, score."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

from benchmarks.cases import BY_NAME
from benchmarks.measure import Loaded
from benchmarks.peers import peer
from benchmarks.peers.outcome import NotSupportedError, Outcome
from benchmarks.record import Line
from spilrooster import check, value_of


def run(case: str, peer_name: str, seconds: float, seed: int, public: Path) -> Line:
    """Solve a case by a peer; the clock runs while the peer works, not while files are read."""
    loaded = BY_NAME[case].load(public)
    chosen = peer(peer_name)
    start = time.monotonic()
    try:
        outcome = chosen.solve(loaded.problem, seconds, seed)
    except NotSupportedError as error:
        return Line(case, peer_name, seconds, seed, "not supported", message=str(error))
    wall = time.monotonic() - start
    return judged(Line(case, peer_name, seconds, seed, outcome.status), loaded, outcome, wall)


def judged(line: Line, loaded: Loaded, outcome: Outcome, wall: float) -> Line:
    """Fill in what the outcome is worth. Nothing that the peer says of its value is believed."""
    measure = loaded.measure
    value, points, broken, defects, notes = None, None, {}, {}, {}
    if outcome.programme is not None:
        findings = check(loaded.problem, outcome.programme)
        broken = dict(Counter(finding.rule for finding in findings if finding.broken))
        if "programme" not in broken:  # else it does not fit the event, and cannot be scored
            score = loaded.score(outcome.programme)
            value, points = score.value, value_of(loaded.problem, findings)
            defects, notes = dict(score.defects), dict(score.notes)
    bound = None if outcome.bound is None else measure.of_bound(outcome.bound)
    return Line(
        **{name: getattr(line, name) for name in ("case", "peer", "seconds", "seed", "status")},
        unit=measure.unit,
        higher_is_better=measure.higher_is_better,
        value=value,
        bound=bound,
        bound_source=outcome.bound_source,
        gap=measure.gap(value, bound),
        value_text=measure.text(value),
        bound_text=measure.text(bound),
        points=points,
        points_bound=outcome.bound,
        contradiction=contradicts(loaded, value, outcome.bound),
        broken=broken,
        defects=defects,
        notes=notes,
        wall_seconds=round(wall, 3),
        moments=[
            (
                moment.at,
                None if moment.value is None else measure.of_points(moment.value),
                None if moment.bound is None else measure.of_bound(moment.bound),
            )
            for moment in outcome.moments
        ],
        versions=dict(outcome.versions),
    )


def contradicts(loaded: Loaded, value: float | None, bound: int | None) -> bool:
    """Whether a value is better than a bound that is said to be proven.

    The bound is taken as it comes: cut at zero, a cost could never lie below a false bound.
    """
    if value is None or bound is None:
        return False
    measure = loaded.measure
    limit, slack = measure.of_points(bound), 1e-9
    return value > limit + slack if measure.higher_is_better else value < limit - slack
