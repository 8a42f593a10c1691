"""The command init: an example event to start from."""

from __future__ import annotations

import errno
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from spilrooster.cli.console import Exit, console
from spilrooster_models.event import Language


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    lang: Annotated[Language, typer.Option(help="Language of the example.")] = "nl",
) -> None:
    """Write an example event to DIR: small, complete, with comments, ready to be edited.

    Exit codes: 0 done; 2 DIR holds something already.
    """
    try:
        _copy_example(folder, lang)
    except OSError as error:
        reason = error.strerror or str(error)
        console(stderr=True).print(f"Nothing was written to {folder}: {reason}.")
        raise typer.Exit(Exit.BAD_INPUT) from None
    console().print(f"An example event stands in {folder}. Next: spilrooster check {folder}")


def _copy_example(folder: Path, lang: Language) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(errno.ENOTEMPTY, "there is something in it already")
    for source in (files("spilrooster") / "example" / lang).iterdir():
        (folder / source.name).write_bytes(source.read_bytes())
