"""Ballots: what import.csv tells of the answers, beyond the choices that came of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from spilrooster.audit import Ballots
from spilrooster.intake._ledger import Became
from spilrooster.intake._mapping import ANSWERS
from spilrooster.intake._raw import read_raw
from spilrooster.intake._write import LOG_COLUMNS, LOG_FILE
from spilrooster.tables._report import Report


def read_ballots(event: str | Path) -> Ballots:
    """Return what the log of the last import says; nothing if there is none.

    Stale titles are those that were left out on request (``--skip-unusable``).
    """
    path = Path(event) / LOG_FILE
    unheard = Report()
    raws = read_raw(path, unheard) if path.is_file() else []
    answered: set[str] = set()
    several: dict[str, None] = {}
    stale: Counter[str] = Counter()
    for raw in raws:
        table = raw.headed_by(0, unheard) if raw.rows else None
        if table is None or set(LOG_COLUMNS) - set(table.headers):
            continue
        for line in table.lines:
            row = dict(zip(table.headers, line.cells, strict=True))
            if row["kind"] != ANSWERS or not row["participant"]:
                continue
            if row["became"] == Became.REPLACED:
                several[row["participant"]] = None
            else:
                answered.add(row["participant"])
            if row["became"] in (Became.IN_PART, Became.UNUSABLE) and row["value"]:
                stale.update(row["value"].split(" | "))
    return Ballots(
        answered=frozenset(answered), several=tuple(several), stale=tuple(stale.most_common())
    )
