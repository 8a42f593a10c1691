"""The command import: exports and lists of other programs become the files of an event."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

import spilrooster as sr
from spilrooster.cli.arguments import AsJson
from spilrooster.cli.console import Exit, console, print_json
from spilrooster.cli.problems import counts, problem_json, show_problems, usable_input
from spilrooster_models.event import Language


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Exports and lists.")],
    into: Annotated[Path, typer.Option(metavar="EVENT", help="Folder of the event.")],
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What columns and titles mean.")
    ] = None,
    save_mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Save what was found, to be changed.")
    ] = None,
    people: Annotated[
        Literal["refuse", "add", "only"] | None,
        typer.Option(
            help="People on no list: refuse them, add them, or let the participants be only those "
            "who answered. If absent: refuse, or add while there is no list."
        ),
    ] = None,
    numbers: Annotated[
        Literal["ranks", "points"] | None,
        typer.Option(help="What numbers are that people gave sessions; found out if absent."),
    ] = None,
    skip_unusable: Annotated[
        bool,
        typer.Option(
            "--skip-unusable", help="Leave out answers that cannot be used, and list them."
        ),
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace files that the event has already.")
    ] = False,
    name: Annotated[str, typer.Option(help="Name of a new event.")] = "",
    date: Annotated[str | None, typer.Option(help="Date of a new event: 2026-11-19.")] = None,
    lang: Annotated[Language | None, typer.Option(help="Language of a new event.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be done, and write nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make an event's files from exports of forms, pretalx and Indico, and from lists.

    Titles and people are matched exactly; what is only near is a question, never a guess.
    Every row is accounted for, also in import.csv in the event's folder.

    Exit codes: 0 done; 2 something cannot be used, and nothing was written.
    """
    settings = sr.ImportSettings(
        newcomers=None if people is None else sr.Newcomers(people),
        numbers_are_ranks=None if numbers is None else numbers == "ranks",
        lenient=skip_unusable,
        replace=replace,
        mapping=mapping,
        name=name,
        date=_day(date),
        language=lang,
    )
    plan = sr.plan_import(files, into, settings)
    if save_mapping is not None:
        with usable_input(as_json=as_json):
            sr.write_file(save_mapping, plan.mapping, replace=replace or mapping == save_mapping)
    if not plan.problems and not dry_run:
        with usable_input(as_json=as_json):
            plan.write()
    if as_json:
        print_json(_json(plan))
    else:
        _show(plan, into, save_mapping, console(), dry_run=dry_run)
    raise typer.Exit(Exit.BAD_INPUT if plan.problems else Exit.DONE)


def _day(text: str | None) -> dt.date | None:
    try:
        return None if text is None else dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("write it as 2026-11-19", param_hint="--date") from None


def _show(
    plan: sr.ImportPlan, into: Path, saved: Path | None, to: Console, *, dry_run: bool
) -> None:
    for table in plan.tables:
        to.print(_meanings(table))
        became = ", ".join(f"{count} {what.value}" for what, count in table.became)
        to.print(f"{table.rows} rows: {became or 'none'}.\n")
    show_problems((*plan.problems, *plan.remarks), to, together=True)
    if saved is not None:
        to.print(f"The mapping stands in {saved}. Change it, and give it back with --mapping.")
    if plan.problems:
        to.print(f"Nothing was written. To mend: {counts(plan.problems)['error']}.")
        return
    names = ", ".join(sorted(plan.result.files))
    to.print(f"Would write to {into}: {names}." if dry_run else f"Written to {into}: {names}.")
    if plan.result.missing:
        to.print(f"This event still needs: {', '.join(plan.result.missing)}.")
    elif not dry_run:
        to.print(f"Next: spilrooster check {into}")


def _meanings(table: sr.ImportedTable) -> Table:
    title = f"{table.file}: {table.kind} ({table.product})"
    shown = Table(title=title, title_justify="left", show_lines=False)
    shown.add_column("column", overflow="fold")
    shown.add_column("taken for", overflow="fold")
    for header, meaning in table.columns:
        shown.add_row(header, meaning)
    return shown


def _json(plan: sr.ImportPlan) -> dict[str, object]:
    return {
        "written": not plan.problems,
        "counts": counts((*plan.problems, *plan.remarks)),
        "tables": [
            {
                "file": table.file,
                "kind": table.kind,
                "product": table.product,
                "rows": table.rows,
                "columns": dict(table.columns),
                "became": {what.value: count for what, count in table.became},
            }
            for table in plan.tables
        ],
        "rows": [
            {"file": o.file, "row": o.row, "kind": o.kind, "became": o.became.value,
             "participant": o.participant, "value": o.value, "what": o.what}
            for o in plan.outcomes
        ],
        "files": sorted(plan.result.files),
        "missing": list(plan.result.missing),
        "problems": [problem_json(p) for p in (*plan.problems, *plan.remarks)],
    }  # fmt: skip
