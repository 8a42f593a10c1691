"""Output: write a result, read it back, and say in a few lines what was found."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

import spilrooster as sr
from spilrooster.cli.score import Score
from spilrooster.cli.words import (
    STATUS,
    conflict,
    counted,
    fairness,
    gap,
    meetings,
    nearest,
    points,
    ranks,
    share,
)
from spilrooster_models.event import Language

REPORT, OUTCOME, EARLIER = "report.html", "outcome.csv", "earlier.csv"
FILES = ("programme.csv", "schedules.csv", OUTCOME, "written.csv", EARLIER, "result.json", REPORT)


def require_writable(folder: Path) -> None:
    """Raise DataError now rather than after a long search if nothing can be written there."""
    place = folder.absolute()
    nearest = next(path for path in (place, *place.parents) if path.exists())
    if not nearest.is_dir():
        reason = f"{nearest.name} is not a folder"
    elif not os.access(nearest, os.W_OK):
        reason = f"{nearest.name} cannot be changed"
    else:
        return
    what = sr.message("This cannot be written: {reason}.", reason=reason)
    raise sr.DataError([sr.InputProblem(file=str(folder), what=what)])


def write(
    problem: sr.Problem,
    result: sr.Result,
    folder: Path,
    language: Language,
    repairs: Sequence[sr.InputProblem],
    source: Path,
    earlier: sr.Earlier | None = None,
) -> None:
    """Write every file, or none. An `earlier` programme is remembered, for a list of changes."""
    extra: dict[str, str | bytes] = {REPORT: sr.report_html(problem, result, language)}
    if result.programme is not None:
        extra[OUTCOME] = sr.outcomes_csv(problem, result.programme, language)
    elif (folder / OUTCOME).exists():
        extra[OUTCOME] = ""  # nothing of an earlier result stays behind
    if earlier is not None:
        extra[EARLIER] = earlier.written.csv(language)
    elif (folder / EARLIER).exists():
        extra[EARLIER] = ""
    sr.write_output(problem, result, folder, language, repairs=repairs, extra=extra, source=source)


def verify(problem: sr.Problem, result: sr.Result, folder: Path) -> None:
    """Demand that the files, read back and scored anew, say what the result says."""
    if result.programme is None:
        return
    scored = Score.of(problem, folder)
    found = (scored.value, scored.costs, scored.ranks, len(scored.broken))
    expected = (result.value, result.costs, result.ranks, 0)
    if found != expected:
        raise RuntimeError(f"{folder} says {found}, and the result says {expected}")


def summary(problem: sr.Problem, result: sr.Result, folder: Path) -> list[tuple[str, str]]:
    """Return the few lines that say what was found."""
    lines = [("status", f"{result.status.value}. {STATUS[result.status]}")]
    if result.conflict is not None:
        lines += conflict(result.conflict)
    lines += nearest(result.nearest)
    if result.value is not None:
        part = f" ({share(result.value / result.ideal)})" if result.ideal else ""
        lines.append(("value", f"{points(result.value)} of the ideal {points(result.ideal)}{part}"))
    if result.bound is not None:
        lines.append(("bound", f"{points(result.bound)}, proven by: {result.bound_source}"))
    if result.value is not None:
        lines.append(("gap", gap(result)))
    if result.ranks:
        lines.append(("choices", ranks(result.ranks)))
    if result.satisfaction is not None:
        of = result.satisfaction
        lines.append(
            ("people", f"{points(of.with_nothing)} of {points(of.people)} got nothing they chose")
        )
    if result.fairness is not None:
        lines.append(("fairness", fairness(result.fairness)))
    lines += [("tables", meetings(m)) for m in result.meetings if m.reason == "any"]
    if result.programme is not None:
        lines.append(("rules", f"all {len(problem.rules)} checked in the files, 0 broken"))
    names = ", ".join(name for name in FILES if (folder / name).exists())
    return [*lines, ("files", f"{folder}: {names}")]


def print_summary(
    problem: sr.Problem,
    result: sr.Result,
    folder: Path,
    to: Console,
    earlier: sr.Earlier | None = None,
) -> None:
    """Print the summary for people."""
    lines = summary(problem, result, folder)
    if earlier is not None:
        lines[-1:-1] = since(problem, result, folder, earlier)
    for name, text in lines:
        to.print(f"{name:<8} {text}", soft_wrap=True)


def since(
    problem: sr.Problem, result: sr.Result, folder: Path, earlier: sr.Earlier
) -> list[tuple[str, str]]:
    """Return the lines that say what was kept of an earlier programme, and what is different."""
    kept = (
        f"{counted(earlier.runs, 'run')} and {counted(earlier.places, 'place')} of people fixed, "
        f"{counted(earlier.removed, 'run')} taken out"
    )
    if result.programme is None:
        return [("kept", kept)]
    told = earlier.written.programme(problem.event, tables=True)
    found = sr.changes(problem.event, told, result.programme)
    people = f"{counted(len(found.people), 'person', 'people')} in {len(found.moves)} places"
    changed = f"{people}, {counted(len(found.runs), 'run')}; export {folder} --to changes: who"
    return [("kept", kept), ("changed", changed)]
