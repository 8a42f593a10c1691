"""The command form: the questions to put into a form, such that import knows them again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

import spilrooster as sr
from spilrooster.cli.arguments import EventPath
from spilrooster.cli.console import console
from spilrooster.cli.problems import usable_input
from spilrooster_models.event import Language


def form(
    event: EventPath,
    kind: Annotated[
        Literal["choices", "grid", "ranking"],
        typer.Option(
            help="A question per choice, one grid (Google Forms) or a ranking (Microsoft Forms)."
        ),
    ] = "choices",
    choices: Annotated[
        int | None,
        typer.Option(min=1, help="How many choices; two per round and at least 5 if absent."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the form there, not to the screen.")
    ] = None,
    orders: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also write all titles in a random order per person."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the random orders.")] = 1,
    lang: Annotated[
        Language | None, typer.Option(help="Language of the form; the event's if absent.")
    ] = None,
) -> None:
    """Write the questions and titles to paste into Google Forms or Microsoft Forms.

    What comes back from such a form is recognised by import as it is.

    Exit codes: 0 done; 2 the event has no usable sessions, or a file is there already.
    """
    with usable_input(as_json=False):
        made = sr.make_form(event, sr.FormKind(kind), choices, lang)
    if orders is not None:
        if not made.people:
            raise typer.BadParameter("the event has no participants yet", param_hint="--orders")
        _write(orders, made.personal_orders(seed))
    if out is None:
        sys.stdout.write(made.text())
    else:
        _write(out, made.text().encode("utf-8-sig"))


def _write(path: Path, content: str | bytes) -> None:
    with usable_input(as_json=False):
        sr.write_file(path, content, replace=False)
    console(stderr=True).print(f"Written: {path}")
