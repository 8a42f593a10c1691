"""Problems: what is wrong with the input, as tables for people and as JSON for programs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

import spilrooster as sr
from spilrooster.cli.console import Exit, console, print_json

TITLES = {
    sr.Severity.ERROR: "To mend",
    sr.Severity.REPAIRED: "Repaired while reading",
    sr.Severity.NOTE: "Worth knowing",
}


def show_problems(
    problems: Sequence[sr.InputProblem], to: Console, *, together: bool = False
) -> None:
    """Print a table for each severity that occurs.

    `together` puts problems that differ only in their rows in one line, with all the rows.
    """
    for severity, title in TITLES.items():
        found = [problem for problem in problems if problem.severity is severity]
        if found:
            to.print(_table(title, found, together=together))


def _table(title: str, problems: Sequence[sr.InputProblem], *, together: bool) -> Table:
    advised = any(problem.advice is not None for problem in problems)
    table = Table(title=f"{title} ({len(problems)})", title_justify="left", show_lines=False)
    for column in ("place", "value", "what", *(("what to do",) if advised else ())):
        table.add_column(column, overflow="fold")
    for same in _alike(problems) if together else [[p] for p in problems]:
        p = same[0]
        cells = [_places(same), p.value or "", str(p.what)]
        table.add_row(*cells, *((str(p.advice or ""),) if advised else ()))
    return table


def _alike(problems: Sequence[sr.InputProblem]) -> Iterable[list[sr.InputProblem]]:
    """Gather the problems that differ only in their rows and columns."""
    found: defaultdict[tuple[object, ...], list[sr.InputProblem]] = defaultdict(list)
    for p in problems:
        found[p.file, p.value, p.what, p.advice].append(p)
    return found.values()


def _places(same: Sequence[sr.InputProblem]) -> str:
    if len(same) == 1:
        return same[0].place
    return f"{same[0].file}, rows {', '.join(str(p.row) for p in same)}"


def problem_json(problem: sr.InputProblem) -> dict[str, object]:
    """Return a problem with its sentences written out in English."""
    return {
        **problem.model_dump(mode="json", exclude={"what", "advice"}),
        "what": str(problem.what),
        "advice": None if problem.advice is None else str(problem.advice),
    }


def counts(problems: Sequence[sr.InputProblem]) -> dict[str, int]:
    """Return how many problems there are of each severity."""
    found = Counter(problem.severity for problem in problems)
    return {severity.value: found[severity] for severity in sr.Severity}


def refused_json(problems: Sequence[sr.InputProblem]) -> dict[str, object]:
    """Return what a command prints with --json when its input is unusable."""
    return {
        "usable": False,
        "counts": counts(problems),
        "problems": [problem_json(problem) for problem in problems],
    }


@contextmanager
def usable_input(*, as_json: bool) -> Iterator[None]:
    """Print what is wrong with the input and leave with `Exit.BAD_INPUT`, without a traceback."""
    try:
        yield
    except sr.DataError as error:
        if as_json:
            print_json(refused_json(error.problems))
        else:
            to = console(stderr=True)
            show_problems(error.problems, to)
        raise typer.Exit(Exit.BAD_INPUT) from None


def read_event(path: Path, *, as_json: bool) -> tuple[sr.Problem, tuple[sr.InputProblem, ...]]:
    """Read an event; tell on stderr what was repaired or is worth knowing."""
    with usable_input(as_json=as_json):
        problem, remarks = sr.read_with_report(path)
    show_problems(remarks, console(stderr=True))
    return problem, remarks
