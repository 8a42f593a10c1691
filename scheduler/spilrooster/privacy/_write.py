"""Write a pseudonymised event and its key: both, or neither."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from spilrooster.privacy._event import pseudonymise
from spilrooster.privacy._key import write_key
from spilrooster.problem import Problem
from spilrooster.tables import write_event
from spilrooster_models import DataError, InputProblem, message


def write_pseudonymised(
    problem: Problem, out: str | Path, key: str | Path, keep: Collection[str] = ()
) -> None:
    """Write the event in codes to `out`, and the key to a file that only its owner can read.

    Raises
    ------
    DataError
        If `out` exists and is not empty, if the key exists or would stand inside `out`, or for
        the reasons of `pseudonymise` and `write_event`. Nothing is written then.
    """
    folder, key_file = Path(out), Path(key)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = message("There is something here already.")
        advice = message("Choose a new or empty folder.")
        raise DataError([InputProblem(file=str(folder), what=what, advice=advice)])
    if folder.resolve() in key_file.resolve().parents:
        what = message("The key may not stand in the folder that is to be shared.")
        advice = message("Keep it in another place.")
        raise DataError([InputProblem(file=str(key_file), what=what, advice=advice)])
    coded, made = pseudonymise(problem, keep)
    write_key(made, key_file)
    try:
        write_event(coded, folder)
    except BaseException:
        key_file.unlink()
        raise
