"""Export: everything that is printed, mailed or published, made of one programme.

A new kind is one file with a function from `Edition` to `Made`, and one line in `EXPORTERS`.
Where files go decides who may see them: ``publish/`` can be put on a website as it is, ``print/``
and the rest is for the organisers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from spilrooster.export._exporter import Exporter, Made
from spilrooster.export.changes import list_changes
from spilrooster.export.edition import Edition, read_edition
from spilrooster.export.feed import feed
from spilrooster.export.frab import frab
from spilrooster.export.links import LINKS_FILE
from spilrooster.export.lists import lists
from spilrooster.export.mailing import mailing
from spilrooster.export.pdf import NeedsPdf
from spilrooster.export.personal import personal
from spilrooster.export.printing import attendance, badges, catering, schedules, signs, tables
from spilrooster.export.public import public
from spilrooster.export.workbook import workbook
from spilrooster.tables._atomic import write_files
from spilrooster.tables._names import did_you_mean
from spilrooster_models import DataError, InputProblem, Message, message

__all__ = [
    "EXPORTERS",
    "Edition",
    "Exported",
    "Exporter",
    "Made",
    "export",
    "exporters_of",
    "read_edition",
]

ALL = "all"

EXPORTERS: tuple[Exporter, ...] = (
    Exporter("public", "the programme as a page for everyone: publish/index.html", public),
    Exporter("personal", "a page and a calendar for everybody: publish/people/", personal),
    Exporter("mailing", "links and days for a mail merge: mailing.csv", mailing),
    Exporter("lists", "attendance.csv, table-plan.csv and catering.csv", lists),
    Exporter("badges", "everybody's day as a badge (A6): print/badges.pdf", badges),
    Exporter("schedules", "everybody's day (A4): print/schedules.pdf, publish/people/", schedules),
    Exporter("signs", "a sign for every room: print/room-signs.pdf", signs),
    Exporter("attendance", "a list for every run: print/attendance.pdf", attendance),
    Exporter("tables", "who sits where: print/table-plan.pdf", tables),
    Exporter("catering", "how many people eat what: print/catering.pdf", catering),
    Exporter("frab", "for apps and screens: publish/schedule.xml and .json", frab),
    Exporter("feed", "the programme as a calendar for everyone: publish/programme.ics", feed),
    Exporter("changes", "who moves since the earlier programme: changes.html", list_changes),
    Exporter("workbook", "to change in Excel, for solve --from: programme.xlsx", workbook),
)


@dataclass(frozen=True)
class Exported:
    """What was written: the names of the files under `folder`, and what is worth knowing."""

    folder: Path
    files: tuple[str, ...]
    notes: tuple[Message, ...]


def export(edition: Edition, names: Iterable[str], into: str | Path | None = None) -> Exported:
    """Make these kinds of files and write them, all or none.

    Parameters
    ----------
    names
        Names of exporters, or ``all``.
    into
        Where the files go; the folder of the programme if None.

    Raises
    ------
    DataError
        If a name is unknown, or if something cannot be made or written. Nothing changes then.
    """
    made, left_out = _all_made(edition, set(names))
    files = {name: content for one in made for name, content in one.files.items()}
    kept = {name: content for one in made for name, content in one.kept.items()}
    folder = edition.folder if into is None else Path(into)
    if folder.resolve() == edition.folder.resolve():
        write_files(folder, kept | files, private=(LINKS_FILE,))
    else:
        # What was kept and not handed out does no harm; the other way round would.
        write_files(edition.folder, kept, private=(LINKS_FILE,))
        write_files(folder, files)
    notes = dict.fromkeys([*left_out, *(note for one in made for note in one.notes)])
    return Exported(folder, tuple(sorted(files)), tuple(notes))


def _all_made(edition: Edition, asked: Set[str]) -> tuple[list[Made], list[Message]]:
    """Return what the exporters make, and notes on PDFs that `all` asks for and cannot be made."""
    made, lacking = [], dict[str, list[str]]()
    for exporter in exporters_of(asked):
        try:
            made.append(exporter.make(edition))
        except NeedsPdf as error:
            if exporter.name in asked:
                raise
            lacking.setdefault(str(error), []).append(exporter.name)
    notes = [
        message("Left out: {names}. {why}", names=", ".join(names), why=why)
        for why, names in lacking.items()
    ]
    return made, notes


def exporters_of(names: Iterable[str]) -> Sequence[Exporter]:
    """Return the exporters of these names, or of ``all``, in the order of `EXPORTERS`.

    Raises
    ------
    DataError
        If a name is unknown, or if there is none.
    """
    given = set(names)
    known = {exporter.name: exporter for exporter in EXPORTERS}
    wrong = sorted(given - known.keys() - {ALL})
    if wrong or not given:
        raise DataError([_unknown(name, (*known, ALL)) for name in wrong or [""]])
    return [exporter for name, exporter in known.items() if name in given or ALL in given]


def _unknown(name: str, known: Sequence[str]) -> InputProblem:
    advice = did_you_mean(name, known) or message("Choose from {names}.", names=", ".join(known))
    what = message("Nothing of this name can be made.")
    return InputProblem(file="--to", value=name, what=what, advice=advice)
