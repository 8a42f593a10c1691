"""The event that stands in the folder already, as far as it can be read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from spilrooster.intake._dialect import ALL_TABLES, PLAIN_TABLES
from spilrooster.intake._draft import Draft
from spilrooster.intake._ledger import Ledger
from spilrooster.intake._mapping import Meanings
from spilrooster.intake._plain import meanings_of, take_plain
from spilrooster.intake._raw import read_raw
from spilrooster.tables._report import Report
from spilrooster.tables._settings import EVENT_FILE
from spilrooster_models import message
from spilrooster_models.event import Language


@dataclass(frozen=True)
class Existing:
    """What an event folder holds: its tables as text, and which files there are."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    language: Language | None = None


def existing_event(folder: Path, report: Report) -> Existing:
    """Read what is in the folder; whether it is right is judged when the event is read as such."""
    if not folder.exists():
        return Existing()
    if not folder.is_dir():
        what = message("This is no folder.")
        report.error(folder.name, what, message("Give the folder of the event."))
        return Existing()
    names = {f"{name}.csv" for name in ALL_TABLES} | {EVENT_FILE}
    there = frozenset(name for name in names if (folder / name).is_file())
    drafts = {}
    for kind, columns in PLAIN_TABLES.items():
        if f"{kind}.csv" in there:
            drafts[kind] = _draft(folder / f"{kind}.csv", kind, Draft(columns))
    return Existing(drafts, there, _language(folder / EVENT_FILE))


def _draft(path: Path, kind: str, draft: Draft) -> Draft:
    unheard = Ledger(Report())
    for raw in read_raw(path, unheard.report):
        if raw.rows:
            table = raw.headed_by(0, unheard.report)
            take_plain(meanings_of(kind, table, Meanings(), unheard), table, draft, unheard)
    return draft


def _language(path: Path) -> Language | None:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("language")
    except (OSError, ValueError):
        return None
    return "en" if given == "en" else "nl"
