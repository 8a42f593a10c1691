"""The workbook for organisers: to look at, to change, and to solve again around the changes."""

from __future__ import annotations

from spilrooster.export._exporter import Made
from spilrooster.export.edition import Edition
from spilrooster.tables import programme_workbook


def workbook(edition: Edition) -> Made:
    """Return the programme as an Excel workbook that `solve --from` reads back."""
    content = programme_workbook(edition.problem, edition.programme, edition.language)
    return Made({"programme.xlsx": content})
