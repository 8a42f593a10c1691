"""Origin: which event the results in a folder belong to, as result.json says it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from spilrooster_models import DataError, InputProblem, Message, message

RESULT_FILE = "result.json"
ORIGIN = "event"


def origin_text(event: str | Path, directory: str | Path) -> str:
    """Return the way from an output folder to its event, so that both can move together."""
    place, home = Path(event).resolve(), Path(directory).resolve()
    try:
        return Path(os.path.relpath(place, home)).as_posix()
    except ValueError:  # on another drive
        return place.as_posix()


def event_of(directory: str | Path) -> Path:
    """Return the place of the event that the results in `directory` were made of.

    Raises
    ------
    DataError
        If result.json does not say it, or if there is nothing in the place it says.
    """
    home = Path(directory)
    given = _given(home)
    place = Path(os.path.normpath(home / given))
    if not place.exists():
        raise _not_found(home, message("The event is not there any more."), given)
    return place


def _given(home: Path) -> str:
    try:
        content = json.loads((home / RESULT_FILE).read_bytes())
    except (OSError, ValueError):
        raise _not_found(home, message("This file is missing or cannot be read.")) from None
    given = content.get(ORIGIN) if isinstance(content, dict) else None
    if not isinstance(given, str):
        raise _not_found(home, message("This does not say which event it belongs to."))
    return given


def _not_found(home: Path, what: Message, value: str | None = None) -> DataError:
    advice = message("Say which event it is: --event EVENT.")
    place = str(home / RESULT_FILE)
    return DataError([InputProblem(file=place, value=value, what=what, advice=advice)])
