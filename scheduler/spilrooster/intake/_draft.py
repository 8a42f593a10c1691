"""Draft: the rows of a table of the contract, as text, each with the place it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spilrooster.tables._contract import CHOICES
from spilrooster.tables._csv import written
from spilrooster.tables._table import Columns
from spilrooster_models.event import Language


@dataclass(frozen=True)
class Origin:
    """Where a row comes from."""

    file: str
    row: int


@dataclass
class Draft:
    """Rows under the columns of the contract, and attributes behind them."""

    columns: Columns
    rows: list[dict[str, str]] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)

    def add(self, row: Mapping[str, str], origin: Origin) -> None:
        """Add a row; empty cells fall away."""
        self.rows.append({name: text for name, text in row.items() if text})
        self.origins.append(origin)

    def put(self, place: int, row: Mapping[str, str], origin: Origin) -> None:
        """Put a row in the place of another; empty cells fall away."""
        self.rows[place] = {name: text for name, text in row.items() if text}
        self.origins[place] = origin

    def written(self, language: Language) -> bytes:
        """Write the table as a CSV file of this language."""
        contract = self.columns.required + self.columns.optional
        used = {name for row in self.rows for name in row}
        if self.columns is CHOICES and "points" not in used:
            used.add("rank")  # one of the two has to be there, also while nobody chose anything
        names = [n for n in contract if n in used or n in self.columns.required]
        names += dict.fromkeys(n for row in self.rows for n in row if n not in contract)
        return written(
            names, [[row.get(name, "") for name in names] for row in self.rows], language
        )
