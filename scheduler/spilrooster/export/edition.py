"""Edition: a programme as its files say it, with all that is needed to hand it out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from spilrooster.check import check
from spilrooster.export.links import Links
from spilrooster.problem import Problem
from spilrooster.report.words import Words
from spilrooster.tables import (
    event_of,
    read_before,
    read_programme,
    read_told,
    read_with_report,
)
from spilrooster_models import DataError, Event, Finding, InputProblem, Programme, message
from spilrooster_models.event import Language


@dataclass(frozen=True)
class Edition:
    """One programme, ready to be handed out. Every exporter takes it and nothing else.

    `folder` is where its files were read; the exporters' memory (links, calendars) stands there.
    `findings` is what the rules say about the programme as it is now, also after changes by hand.
    `remarks` is what reading the event repaired and noted. `told` is what people were told by an
    earlier programme, None if there was none.
    """

    problem: Problem
    programme: Programme
    findings: tuple[Finding, ...]
    remarks: tuple[InputProblem, ...]
    language: Language
    folder: Path
    told: Programme | None = None

    @property
    def event(self) -> Event:
        """The facts."""
        return self.problem.event

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The hard rules that do not hold."""
        return tuple(finding for finding in self.findings if finding.broken)

    @cached_property
    def words(self) -> Words:
        """Texts, numbers and dates in the language of this edition."""
        return Words(self.language)

    @cached_property
    def links(self) -> Links:
        """Everybody's unguessable name, the same for all exporters of a run."""
        return Links.read(self.folder).for_people(p.id for p in self.event.participants)


def read_edition(
    folder: str | Path,
    event: str | Path | None = None,
    language: Language | None = None,
    against: str | Path | None = None,
) -> Edition:
    """Read the programme in an output folder back, and check it against every rule.

    Parameters
    ----------
    folder
        An output folder; programme.csv and schedules.csv may have been changed by hand.
    event
        The event; what result.json says if None.
    language
        Of everything that is made; the event's if None.
    against
        An output folder or workbook with the earlier programme; if None, the one that `folder`
        was made from, if it was.

    Raises
    ------
    DataError
        If the event cannot be found or used, if the files are unreadable or contradict each other,
        or if the programme does not fit the event. Broken rules are findings, not errors.
    """
    place = Path(folder)
    _require_programme(place)
    problem, remarks = read_with_report(event_of(place) if event is None else event)
    programme = read_programme(problem, place)
    findings = check(problem, programme)
    misfits = [f for f in findings if f.rule == "programme"]
    if misfits:
        raise DataError(InputProblem(file=str(place), what=f.message) for f in misfits)
    told = (
        read_before(problem.event, place) if against is None else read_told(problem.event, against)
    )
    spoken = language or problem.event.language
    return Edition(problem, programme, findings, remarks, spoken, place, told)


def _require_programme(folder: Path) -> None:
    """Say it in one sentence if a solve found no programme, rather than once per person."""
    if not folder.is_dir():
        raise DataError([InputProblem(file=str(folder), what=message("This is no folder."))])
    table = folder / "programme.csv"
    if table.is_file() and len(table.read_bytes().splitlines()) == 1:
        what = message("There is no programme here: solve found none.")
        advice = message("report.html in the same folder says why.")
        raise DataError([InputProblem(file=str(folder), what=what, advice=advice)])
