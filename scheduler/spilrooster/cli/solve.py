"""The command solve: from an event folder to a programme in files."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import Annotated

import typer

import spilrooster as sr
from spilrooster.cli.arguments import AsJson, EventPath
from spilrooster.cli.console import Exit, console, print_json
from spilrooster.cli.export import names_in, show_exported
from spilrooster.cli.interrupt import Background, Interrupt, interruptible
from spilrooster.cli.output import print_summary, require_writable, verify, write
from spilrooster.cli.problems import read_event, show_problems, usable_input
from spilrooster.cli.progress import Progress
from spilrooster_models.event import Language

MOST_SEED = 2**31 - 1
EXIT_OF = {
    sr.Status.OPTIMAL: Exit.DONE,
    sr.Status.FEASIBLE: Exit.DONE,
    sr.Status.INFEASIBLE: Exit.INFEASIBLE,
    sr.Status.UNKNOWN: Exit.NO_PROGRAMME,
}


def _above_zero(number: float | None) -> float | None:
    if number is not None and not (math.isfinite(number) and number > 0):
        raise typer.BadParameter("give a number above 0")
    return number


def _not_negative(number: float) -> float:
    if not (math.isfinite(number) and number >= 0):
        raise typer.BadParameter("give 0 or a number above 0, such as 0.01")
    return number


Out = Annotated[Path | None, typer.Option(help="Folder for the results; out/EVENT if absent.")]
Seconds = Annotated[float, typer.Option(callback=_above_zero, help="Time limit.")]
Work = Annotated[
    float | None,
    typer.Option(
        callback=_above_zero,
        help="Work limit, in place of a time limit: the same seed and work give the same files.",
    ),
]
Seed = Annotated[int, typer.Option(min=0, max=MOST_SEED, help="Seed of all chance.")]
Gap = Annotated[
    float, typer.Option(callback=_not_negative, help="Stop at this proven gap; 0.01 is 1 %.")
]
Prove = Annotated[
    float,
    typer.Option(
        callback=_not_negative,
        help="More seconds (or work) for the proof, after the search.",
    ),
]
From = Annotated[
    Path | None,
    typer.Option(
        "--from",
        help="An earlier programme, a folder or workbook: rows that you changed, or marked as "
        "fixed, are kept.",
    ),
]
StayCloseBy = Annotated[
    int,
    typer.Option(
        "--stay-close",
        min=0,
        help="With --from: points that each place somebody loses, and each run, costs; "
        "0 = begin anew around what is fixed.",
    ),
]
To = Annotated[
    str | None,
    typer.Option(
        metavar="NAME[,NAME...]", help="Also make what export makes, in OUT: names, or all."
    ),
]
Lang = Annotated[
    Language | None, typer.Option(help="Language of the results; the event's if absent.")
]


def solve(
    event: EventPath,
    out: Out = None,
    seconds: Seconds = 60.0,
    work: Work = None,
    seed: Seed = 1,
    gap: Gap = 0.0,
    prove: Prove = 0.0,
    from_: From = None,
    stay_close: StayCloseBy = 1,
    to: To = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Make a programme and a personal schedule for everyone, and write them to OUT.

    Ctrl-C ends the search early and keeps the best programme so far; a second one aborts.

    Exit codes: 0 done; 1 proven: no programme keeps every rule; 2 bad input;
    3 the limit came before a programme was found.
    """
    problem, repairs = read_event(event, as_json=as_json)
    limits = sr.Limits(seconds=seconds, work=work, gap=gap, prove=prove)
    folder = _default_folder(event) if out is None else out
    with usable_input(as_json=as_json):
        require_writable(folder)
        names = [] if to is None else names_in(to)
        earlier = None if from_ is None else sr.read_earlier(problem, from_)
    if earlier is not None:
        show_problems(earlier.remarks, console(stderr=True))
        repairs += earlier.remarks
        problem = problem.with_rules(wanted(earlier, stay_close))
    with interruptible() as interrupt, usable_input(as_json=as_json):
        try:
            result = _solved(problem, limits, seed, interrupt, earlier)
            folder = _spare_earlier(folder, result)
            write(problem, result, folder, lang or problem.event.language, repairs, event, earlier)
        except KeyboardInterrupt:
            console(stderr=True).print("Aborted.")
            os._exit(Exit.STOPPED)  # the search may be inside OR-Tools, which hears nothing
    verify(problem, result, folder)
    if as_json:
        print_json(json.loads((folder / "result.json").read_bytes()))
    else:
        print_summary(problem, result, folder, console(), earlier)
    if names and result.programme is not None:
        with usable_input(as_json=as_json):
            made = sr.export(sr.read_edition(folder, event, lang), names)
        show_exported(made, console(stderr=as_json))
    raise typer.Exit(EXIT_OF[result.status])


def wanted(earlier: sr.Earlier, stay_close: int) -> tuple[sr.Rule, ...]:
    """Return what an earlier programme asks of the next, as rules."""
    close = (earlier.stay_close(stay_close),) if stay_close else ()
    return (*earlier.rules, *close)


def _default_folder(event: Path) -> Path:
    place = event.resolve()
    return Path("out", place.name if place.is_dir() else place.stem)


def _spare_earlier(folder: Path, result: sr.Result) -> Path:
    """Return the folder to write to: a run without a programme never replaces one that has it."""
    if result.programme is None and (folder / "programme.csv").exists():
        return folder.with_name(f"{folder.name}-no-programme")
    return folder


def _solved(
    problem: sr.Problem,
    limits: sr.Limits,
    seed: int,
    interrupt: Interrupt,
    earlier: sr.Earlier | None,
) -> sr.Result:
    start = None if earlier is None else earlier.programme
    with Progress() as progress:
        search = Background(
            lambda: sr.solve(
                problem,
                limits,
                seed=seed,
                progress=progress.hear,
                cancelled=interrupt.asked,
                start=start,
            )
        )
        return search.wait(lambda: progress.show(stopping=interrupt.asked()))
