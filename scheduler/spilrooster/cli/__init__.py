"""The command line. Thin: every command calls the public functions of spilrooster."""

from __future__ import annotations

import sys
import traceback
from typing import Annotated

import typer

import spilrooster as sr
from spilrooster.cli.check import check
from spilrooster.cli.compare import compare
from spilrooster.cli.console import Exit, prepare_streams
from spilrooster.cli.export import export
from spilrooster.cli.form import form
from spilrooster.cli.import_ import import_
from spilrooster.cli.init import init
from spilrooster.cli.privacy import pseudonymise, reidentify
from spilrooster.cli.rules import rules
from spilrooster.cli.schema import schema
from spilrooster.cli.score import score
from spilrooster.cli.solve import solve

app = typer.Typer(
    name="spilrooster",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(init)
app.command("import")(import_)
for command in (
    form,
    check,
    solve,
    score,
    compare,
    export,
    rules,
    schema,
    pseudonymise,
    reidentify,
):
    app.command()(command)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(sr.__version__)
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Plan a conference: a programme, and a personal schedule for everyone.

    Exit codes: 0 done; 1 no feasible programme, or broken rules; 2 bad input;
    3 limit reached without a programme; 70 a fault in spilrooster itself.
    """


def main() -> None:
    """Run the command line. Only a fault in spilrooster itself shows a traceback."""
    prepare_streams()
    try:
        app()
    except Exception:  # the last place where a fault can be told from "no feasible programme"
        traceback.print_exc()
        typer.echo(
            "This is a fault in spilrooster. Please report it with the lines above.", err=True
        )
        sys.exit(Exit.FAULT)
