"""The commands pseudonymise and reidentify: let others work on an event without knowing anybody."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import spilrooster as sr
from spilrooster.cli.arguments import EventPath
from spilrooster.cli.console import console
from spilrooster.cli.problems import read_event, usable_input

KeyFile = Annotated[Path, typer.Option("--key", metavar="KEYFILE", help="Keep it to yourself.")]


def pseudonymise(
    event: EventPath,
    key: KeyFile,
    out: Annotated[
        Path | None, typer.Option(help="A new folder; EVENT-pseudonym if absent.")
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Column of participants to leave as it is."),
    ] = None,
) -> None:
    """Write a copy of an event in which nobody can be recognised, and the key to undo that.

    Names, addresses, ids, organisations, municipalities, sectors, roles, groups and attributes
    become codes, everywhere the same; people stand in a new order. The copy is solved as usual.

    Exit codes: 0 done; 2 nothing was written.
    """
    problem, _ = read_event(event, as_json=False)
    folder = event.with_name(f"{event.resolve().stem}-pseudonym") if out is None else out
    with usable_input(as_json=False):
        sr.write_pseudonymised(problem, folder, key, keep or ())
    console().print(f"Nobody can be recognised in {folder}. The key is {key}: do not share it.")


def reidentify(
    path: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A pseudonymised event, or its results.")
    ],
    key: KeyFile,
    out: Annotated[Path, typer.Option(help="A new folder for what has its names again.")],
) -> None:
    """Put the names back: into a pseudonymised event, or into the results of solving one.

    Exit codes: 0 done; 2 nothing was written.
    """
    left: tuple[str, ...] = ()
    with usable_input(as_json=False):
        known = sr.read_key(key)
        if path.is_file() or (path / "event.toml").exists():
            sr.write_event(sr.reidentify(sr.read(path), known), out)
        else:
            left = sr.reidentify_files(path, out, known)
    to = console()
    to.print(f"The names are back in {out}.")
    if left:
        to.print(f"Left as they are; make these anew: {', '.join(left)}.")
