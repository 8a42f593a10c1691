"""Write what was imported: tested as a whole event first, then all files or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tomli_w

from spilrooster.intake._dialect import ALL_TABLES
from spilrooster.intake._draft import Draft
from spilrooster.intake._event import Existing
from spilrooster.intake._ledger import Ledger, RowOutcome
from spilrooster.intake._raw import read_raw
from spilrooster.tables._atomic import write_files
from spilrooster.tables._contract import CHOICES, PREFERENCES
from spilrooster.tables._csv import Cell, written
from spilrooster.tables._read import read_with_report
from spilrooster.tables._report import Report
from spilrooster.tables._settings import EVENT_FILE
from spilrooster_models import DataError, InputProblem, message
from spilrooster_models.event import Language

LOG_FILE = "import.csv"
LOG_COLUMNS = ("file", "row", "kind", "became", "participant", "value", "what")

_MISSING = "This is missing."


@dataclass(frozen=True)
class Written:
    """The files to write, and the tables that the event still lacks afterwards."""

    folder: Path
    files: Mapping[str, bytes] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    def write(self, problems: Sequence[InputProblem]) -> None:
        """Write all files or none; raises DataError if there are problems."""
        if problems:
            raise DataError(problems)
        if self.files:
            write_files(self.folder, self.files)


def files_to_write(
    folder: Path,
    existing: Existing,
    drafts: Mapping[str, Draft],
    ledger: Ledger,
    replace: bool,
    settings: Mapping[str, object],
) -> Written:
    """Draw up the files; whatever stands in the way is reported."""
    language: Language = existing.language or ("en" if settings.get("language") == "en" else "nl")
    files = {
        f"{kind}.csv": draft.written(language)
        for kind, draft in drafts.items()
        if _is_new(kind, draft, existing)
    }
    if settings:
        files[EVENT_FILE] = tomli_w.dumps(dict(settings)).encode()
    _refuse_overwriting(files, existing, ledger, replace)
    if ledger.report.is_clean():
        missing = _test(folder, existing, files, drafts, ledger)
    else:
        missing = _missing(files, existing)
    files[LOG_FILE] = _log(folder / LOG_FILE, ledger.outcomes, language)
    return Written(folder, files, tuple(missing))


def _is_new(kind: str, draft: Draft, existing: Existing) -> bool:
    old = existing.drafts.get(kind)
    if not draft.rows:
        return kind == CHOICES.name
    return old is None or draft.rows != old.rows


def _refuse_overwriting(
    files: Mapping[str, bytes], existing: Existing, ledger: Ledger, replace: bool
) -> None:
    for name in files:
        if name not in existing.files:
            continue
        what = message("This file is in the event already.")
        if name == EVENT_FILE:
            advice = message("Change the name and date in it, and leave out --date.")
            ledger.report.error(name, what, advice)
        elif not replace:
            ledger.report.error(name, what, message("Add --replace to replace it."))
    other = f"{PREFERENCES.name}.csv"
    if f"{CHOICES.name}.csv" in files and other in existing.files:
        what = message("This stands here already; with choices.csv there would be two.")
        ledger.report.error(other, what, message("Delete it, or choose another folder."))


def _missing(files: Mapping[str, bytes], existing: Existing) -> list[str]:
    needed = [EVENT_FILE, *(f"{name}.csv" for name in ALL_TABLES if name != PREFERENCES.name)]
    there = {*files, *existing.files}
    if f"{PREFERENCES.name}.csv" in there:
        there.add(f"{CHOICES.name}.csv")
    return [name for name in needed if name not in there]


def _test(
    folder: Path,
    existing: Existing,
    files: Mapping[str, bytes],
    drafts: Mapping[str, Draft],
    ledger: Ledger,
) -> list[str]:
    """Read the event as it would be; report what is wrong with it, and return what it lacks."""
    with tempfile.TemporaryDirectory() as spare:
        for path in folder.glob("*") if folder.is_dir() else ():
            if path.is_file() and path.suffix in (".csv", ".toml"):
                shutil.copyfile(path, Path(spare, path.name))
        for name, content in files.items():
            Path(spare, name).write_bytes(content)
        try:
            read_with_report(spare)
        except DataError as error:
            for problem in _of_import(error.problems, files, drafts):
                ledger.report.add(problem)
    return _missing(files, existing)


def _of_import(
    problems: Iterable[InputProblem], files: Mapping[str, bytes], drafts: Mapping[str, Draft]
) -> Iterator[InputProblem]:
    """Name the place in the imported file rather than that in the file to be written."""
    for problem in problems:
        if problem.what.template == _MISSING:
            continue
        draft = drafts.get(problem.file.removesuffix(".csv"))
        if draft is None or problem.file not in files or problem.row is None or problem.row < 2:
            yield problem
            continue
        origin = draft.origins[problem.row - 2]
        yield problem.model_copy(update={"file": origin.file, "row": origin.row})


def _log(path: Path, outcomes: Sequence[RowOutcome], language: Language) -> bytes:
    """Write what became of the rows, behind what earlier imports say of other kinds of tables."""
    kinds = {outcome.kind for outcome in outcomes}
    earlier = [row for row in log_rows(path) if row["kind"] not in kinds]
    rows: list[tuple[Cell, ...]] = [tuple(row[name] for name in LOG_COLUMNS) for row in earlier]
    rows += [(o.file, o.row, o.kind, o.became, o.participant, o.value, o.what) for o in outcomes]
    return written(LOG_COLUMNS, rows, language)


def log_rows(path: Path) -> list[dict[str, str]]:
    """Read a log of imports; nothing if there is none, or if it is something else."""
    unheard = Report()
    raws = read_raw(path, unheard) if path.is_file() else []
    tables = [raw.headed_by(0, unheard) for raw in raws if raw.rows]
    return [
        dict(zip(table.headers, line.cells, strict=True))
        for table in tables
        if set(LOG_COLUMNS) <= set(table.headers)
        for line in table.lines
    ]
