"""All or nothing: several files are replaced together, or none is.

A crash of the machine between two renames can still leave a mixture; a full disk, a file that is
open in Excel, an error or Ctrl-C cannot.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from spilrooster_models import DataError, InputProblem, message

OWNER_ONLY = 0o600
_BINARY = getattr(os, "O_BINARY", 0)  # Windows turns line ends about without it
MANY = 50  # files that are flushed to the disk all at once rather than one by one
ANYBODY = 0o666  # less what the system's umask takes away


def write_files(
    directory: Path, files: Mapping[str, bytes], *, private: Collection[str] = ()
) -> None:
    """Write the files into `directory`, which is made if it does not exist.

    Names may have folders in them, with ``/`` between. Only the owner can read `private` ones.

    Everything is written and flushed in a temporary folder on the same disk first.

    Raises
    ------
    DataError
        If the system refuses, for example because a file is open in Excel. Nothing has changed.
    """
    try:
        home = directory if directory.exists() else directory.parent
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".spilrooster-", dir=home) as spare:
            new, old = Path(spare, "new"), Path(spare, "old")
            new.mkdir()
            old.mkdir()
            together = len(files) > MANY and hasattr(os, "sync")
            for name, content in files.items():
                mode = OWNER_ONLY if name in private else ANYBODY
                _write(new / name, content, mode, flush=not together)
            if together:
                os.sync()
            if directory.exists():
                _swap(directory, new, old, files)
            else:
                os.replace(new, directory)
        _flush_folder(directory)
    except OSError as error:
        raise DataError([_refusal(error, directory)]) from None


def write_file(path: str | Path, content: str | bytes, *, replace: bool = True) -> None:
    """Write one file, whole or not at all.

    Raises
    ------
    DataError
        If the system refuses, or if the file is there already and may not be replaced.
    """
    place = Path(path)
    if not replace and place.exists():
        what = message("This file is there already.")
        advice = message("Choose another name, or delete it.")
        raise DataError([InputProblem(file=str(place), what=what, advice=advice)])
    data = content.encode() if isinstance(content, str) else content
    write_files(place.parent, {place.name: data})


def _write(path: Path, content: bytes, mode: int, *, flush: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        if flush:
            file.flush()
            os.fsync(file.fileno())


def _swap(directory: Path, new: Path, old: Path, names: Iterable[str]) -> None:
    """Put each new file in its place; put the old ones back if anything comes between."""
    made: list[Path] = []
    try:
        for name in names:
            made += _folders_for(directory, name)
            if (directory / name).is_file():
                (old / name).parent.mkdir(parents=True, exist_ok=True)
                _set_aside(directory / name, old / name)
        for name in names:
            os.replace(new / name, directory / name)
    except BaseException:
        for name in names:
            _put_back(directory / name, new / name, old / name)
        for folder in reversed(made):
            folder.rmdir()
        raise


def _set_aside(target: Path, old: Path) -> None:
    """Keep a file under another name, without copying it where the disk can."""
    try:
        os.link(target, old)
    except OSError:
        shutil.copy2(target, old)


def _folders_for(directory: Path, name: str) -> list[Path]:
    """Make the folders in which a file will stand, and return those that are new."""
    missing = [f for f in (directory / name).parents if not f.exists()]
    for folder in reversed(missing):
        folder.mkdir()
    return missing[::-1]


def _put_back(target: Path, new: Path, old: Path) -> None:
    if new.exists():  # never came to its place
        return
    if old.exists():
        os.replace(old, target)
    else:
        target.unlink()


def _flush_folder(directory: Path) -> None:
    """Make the renames last; only systems with folders as files can and need to."""
    if os.name == "posix":
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refusal(error: OSError, directory: Path) -> InputProblem:
    name = Path(os.fsdecode(error.filename2)).name if error.filename2 else directory.name
    if isinstance(error, PermissionError):
        return InputProblem(
            file=name,
            what=message("This cannot be written; another program may have it open."),
            advice=message("Close {file} in Excel, or choose another folder.", file=name),
        )
    reason = error.strerror or str(error)
    return InputProblem(file=name, what=message("This cannot be written: {reason}.", reason=reason))
