"""Ballots: what import.csv tells of the answers, beyond the choices that came of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from spilrooster.audit import Ballots
from spilrooster.intake._ledger import Became
from spilrooster.intake._mapping import ANSWERS
from spilrooster.intake._write import LOG_FILE, log_rows


def read_ballots(event: str | Path) -> Ballots:
    """Return what the log of the last import says; nothing if there is none.

    Stale titles are those that were left out on request (``--skip-unusable``).
    """
    answered: set[str] = set()
    several: dict[str, None] = {}
    stale: Counter[str] = Counter()
    for row in log_rows(Path(event) / LOG_FILE):
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
