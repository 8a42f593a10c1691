"""The command schema: JSON Schemas for tools in other languages."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

import spilrooster as sr
from spilrooster.cli.console import print_json


def schema(
    kind: Annotated[
        Literal["event", "rules", "result"], typer.Argument(help="event, rules or result.")
    ],
) -> None:
    """Print the JSON Schema of an event, of a list of rules, or of a result.

    They are about the library's JSON: the facts that an Event takes, and a Result with its
    programme.
    """
    print_json(sr.json_schemas()[kind])
