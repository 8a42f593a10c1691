"""The command compare: one event with several layouts, and which of them can be told apart."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

import spilrooster as sr
from spilrooster.cli.arguments import AsJson, EventPath
from spilrooster.cli.compare_output import Board, print_comparison
from spilrooster.cli.console import Exit, console, print_json
from spilrooster.cli.interrupt import Background, Interrupt, interruptible
from spilrooster.cli.output import require_writable
from spilrooster.cli.problems import read_event, show_problems, usable_input
from spilrooster.cli.solve import Gap, Lang, Prove, Seconds, Work

CROWDED = (
    "A solve uses up to two cores: with so many jobs each gets less done in its time. "
    "With --work instead of --seconds the answers do not depend on it."
)
AXES = ("layout", "rooms", "rounds", "runs")


def compare(
    event: EventPath,
    layouts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LAYOUTS]...",
            help="Folders with rooms.csv or rounds.csv, workbooks or .toml files; event is the "
            "event's own. If absent: all in EVENT/layouts.",
        ),
    ] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT=A,B",
            help="All combinations: rooms=a,b rounds=3,4 runs=1,2 layout=x,y.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the results; out/EVENT-compare if absent.")
    ] = None,
    seconds: Seconds = 60.0,
    work: Work = None,
    seeds: Annotated[int, typer.Option(min=1, max=1000, help="Solve each so many times.")] = 3,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Solves at a time; half the cores if absent, as each uses two."),
    ] = None,
    gap: Gap = 0.0,
    prove: Prove = 0.0,
    worth: Annotated[
        int,
        typer.Option(
            min=0, help="Also solve the best layout with so many extras: round, rooms, runs."
        ),
    ] = 0,
    show_rate: Annotated[
        str | None,
        typer.Option(metavar="SHARE", help="Who comes: 0.88, or by tier 0.88,partner=0.95."),
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Solve on this Dask cluster.")
    ] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Solve an event with several layouts, and say which of them can be told apart.

    What is done is kept in OUT: after Ctrl-C or a crash the same command goes on where it was.

    Exit codes: 0 done; 1 proven: no layout has a programme; 2 bad input;
    3 no programme was found; 130 stopped by Ctrl-C.
    """
    problem, _ = read_event(event, as_json=as_json)
    places, axes = _sorted_out(layouts or [], vary or [])
    folder = _default_folder(event) if out is None else out
    with usable_input(as_json=as_json):
        require_writable(folder)
        home = event if event.is_dir() else event.parent
        variants, remarks = sr.read_layouts(problem, places, axes, home=home)
        if show_rate is not None:
            sr.ShowRates.read(show_rate, problem)
    show_problems(remarks, console(stderr=True), together=True)
    limits = sr.Limits(seconds=seconds, work=work, gap=gap, prove=prove)
    if work is None and cluster is None and 2 * (jobs or 1) > max(2, os.cpu_count() or 1):
        console(stderr=True).print(CROWDED, soft_wrap=True)
    with interruptible() as interrupt, usable_input(as_json=as_json), Board() as board:
        search = Background(
            lambda: sr.compare(
                problem, variants, limits, seeds=seeds, jobs=jobs, out=folder, cluster=cluster,
                worth=worth, show_rate=show_rate, remarks=remarks, progress=board.hear,
                cancelled=interrupt.asked,
            )
        )  # fmt: skip
        found = _waited(search, board, interrupt)
        if found.complete:
            language = lang or problem.event.language
            page = {"comparison.html": sr.comparison_html(found, language)}
            sr.write_comparison(found, folder, language, extra=page)
    if not found.complete:
        console(stderr=True).print("Stopped. The same command goes on where this was.")
        raise typer.Exit(Exit.STOPPED)
    if as_json:
        print_json(json.loads((folder / "comparison.json").read_bytes()))
    else:
        print_comparison(found, folder, console())
    raise typer.Exit(_exit_of(found))


def _waited(search: Background[sr.Comparison], board: Board, interrupt: Interrupt) -> sr.Comparison:
    try:
        return search.wait(lambda: board.show(stopping=interrupt.asked()))
    except KeyboardInterrupt:
        console(stderr=True).print("Aborted.")
        os._exit(Exit.STOPPED)  # the processes see that nobody is there, and end


def _sorted_out(
    layouts: list[str], vary: list[str]
) -> tuple[list[str | Path], dict[str, list[str]]]:
    """Tell layouts from axes; ``--vary rooms=a,b rounds=3,4`` leaves the second among layouts."""
    axes: dict[str, list[str]] = {}
    places: list[str | Path] = []
    for text in (*layouts, *vary):
        name, equals, values = text.partition("=")
        if text in vary and not (equals and values):
            raise typer.BadParameter("write it as rooms=a,b", param_hint="--vary")
        if text in vary or (equals and name in AXES and not Path(text).exists()):
            axes.setdefault(name, []).extend(v.strip() for v in values.split(",") if v.strip())
        else:
            places.append(text)
    return places, axes


def _default_folder(event: Path) -> Path:
    place = event.resolve()
    return Path("out", f"{place.name if place.is_dir() else place.stem}-compare")


def _exit_of(found: sr.Comparison) -> Exit:
    if any(row.value is not None for row in found.rows):
        return Exit.DONE
    all_proven = all(row.status is sr.Status.INFEASIBLE for row in found.rows)
    return Exit.INFEASIBLE if all_proven else Exit.NO_PROGRAMME
