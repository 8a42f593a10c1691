"""Console: where texts go, and what the exit codes mean."""

from __future__ import annotations

import io
import json
import sys
from enum import IntEnum

from rich.console import Console

WIDTH_OF_FILES = 160  # columns when nobody looks at a screen


class Exit(IntEnum):
    """What a command says to the program that called it."""

    DONE = 0
    INFEASIBLE = 1  # solve: proven; score: hard rules are broken
    BAD_INPUT = 2
    NO_PROGRAMME = 3  # a limit came before a programme
    FAULT = 70  # a fault in spilrooster itself
    STOPPED = 130  # a second Ctrl-C


def prepare_streams() -> None:
    """Write names that the terminal cannot show with escapes, rather than fail on them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def console(*, stderr: bool = False) -> Console:
    """Return a console that prints texts as they are: brackets and colons have no meaning."""
    made = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not made.is_terminal:
        made.width = WIDTH_OF_FILES
    return made


def print_json(content: object) -> None:
    """Print one JSON document, in ASCII so that any pipe can take it."""
    sys.stdout.write(json.dumps(content, indent=2) + "\n")
