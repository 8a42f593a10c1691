"""The command export: everything to print, mail and publish, from a folder of results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

import spilrooster as sr
from spilrooster.cli.arguments import AsJson
from spilrooster.cli.console import console, print_json
from spilrooster.cli.problems import show_problems, usable_input
from spilrooster_models.event import Language


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder with programme.csv.")],
    to: Annotated[
        str | None,
        typer.Option(metavar="NAME[,NAME...]", help="What to make, or all; a list if absent."),
    ] = None,
    event: Annotated[
        Path | None,
        typer.Option(metavar="EVENT", help="The event, if result.json does not say where it is."),
    ] = None,
    into: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the files go; OUT if absent.")
    ] = None,
    lang: Annotated[
        Language | None, typer.Option(help="Language of the files; the event's if absent.")
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="OLD",
            help="An earlier folder or workbook, for changes; what OUT was made from.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make what is printed, mailed and published of the programme in OUT.

    It reads programme.csv and schedules.csv, also after somebody changed them by hand, and checks
    every rule first. What is broken is shown, and does not stand in the way.

    Exit codes: 0 done; 2 something cannot be used, and nothing was written.
    """
    if to is None:
        console().print(_choice())
        return
    with usable_input(as_json=as_json):
        names = names_in(to)
        edition = sr.read_edition(out, event, lang, against)
        show_problems(edition.remarks, console(stderr=True))
        show_broken(edition.broken, console(stderr=True))
        made = sr.export(edition, names, into)
    if as_json:
        print_json(exported_json(edition, made))
    else:
        show_exported(made, console())


def names_in(to: str) -> list[str]:
    """Return the names in a list with commas; raise DataError if one is unknown."""
    names = [name.strip() for name in to.split(",") if name.strip()]
    sr.exporters_of(names)
    return names


def show_broken(broken: tuple[sr.Finding, ...], to: Console) -> None:
    """Warn of hard rules that do not hold."""
    if not broken:
        return
    title = f"Warning: the programme breaks rules ({len(broken)})"
    table = Table(title=title, title_justify="left")
    table.add_column("rule", no_wrap=True)
    table.add_column("what", overflow="fold")
    for finding in broken:
        table.add_row(finding.rule, str(finding.message))
    to.print(table)


def show_exported(made: sr.Exported, to: Console) -> None:
    """Say what was written, a line per folder."""
    for note in made.notes:
        to.print(f"Note: {note}", soft_wrap=True)
    for folder, names in _by_folder(made.files).items():
        few = len(names) <= 6
        what = ", ".join(names) if few else f"{len(names)} files, such as {names[0]}"
        to.print(f"{made.folder / folder}: {what}", soft_wrap=True)


def exported_json(edition: sr.Edition, made: sr.Exported) -> dict[str, object]:
    """Return what was written, as JSON."""
    return {
        "folder": str(made.folder),
        "files": list(made.files),
        "notes": [str(note) for note in made.notes],
        "broken": [
            {"rule": f.rule, "about": list(f.about), "text": str(f.message)} for f in edition.broken
        ],
    }


def _by_folder(files: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in files:
        folder, _, plain = name.rpartition("/")
        found.setdefault(folder, []).append(plain)
    return found


def _choice() -> Table:
    table = Table(title="--to NAME[,NAME...], or --to all", title_justify="left")
    table.add_column("name", no_wrap=True)
    table.add_column("what", overflow="fold")
    for exporter in sr.EXPORTERS:
        table.add_row(exporter.name, exporter.about)
    return table
