"""Arguments: what several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EventPath = Annotated[Path, typer.Argument(metavar="EVENT", help="Event folder or .xlsx workbook.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
