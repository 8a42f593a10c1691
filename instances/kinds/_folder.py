"""What every kind is made of: the text of event.toml, tables, and invented people who choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path
from random import Random

from instances.generate import Person, make_people, read_catalogue, write_table

Row = Sequence[object]
Choices = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Kind:
    """An event folder that is still to be written.

    settings
        The text of event.toml.
    tables
        The rows of each CSV file under its name; the first row is the header.
    """

    settings: str
    tables: Mapping[str, Sequence[Row]]

    def write(self, folder: Path) -> None:
        """Write the folder; same kind, same bytes."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "event.toml").write_text(self.settings, encoding="utf-8", newline="\n")
        for name, (header, *rows) in self.tables.items():
            write_table(folder / f"{name}.csv", " ".join(map(str, header)), rows)


def spillen(count: int, rng: Random) -> list[Person]:
    """Return invented people of all of Limburg, Spil 001 first."""
    return make_people(read_catalogue(), count, rng)


def regions() -> dict[str, str]:
    """Return the region of each municipality."""
    return {
        municipality: region["name"]
        for region in read_catalogue()["regions"]
        for municipality in region["municipalities"]
    }


def ranked(weights: Mapping[str, float], count: int, rng: Random) -> list[str]:
    """Draw a list, best first: each next choice in proportion to its weight (Plackett-Luce)."""
    waits = ((rng.expovariate(1.0) / weight, option) for option, weight in weights.items())
    return [option for _, option in nsmallest(count, waits)]


def choice_rows(choices: Choices) -> list[Row]:
    """Return the rows of choices.csv, the header first."""
    rows: list[Row] = [("participant", "session", "rank")]
    for person, sessions in choices.items():
        rows += [(person, session, rank) for rank, session in enumerate(sessions, start=1)]
    return rows


def joined(items: Iterable[str]) -> str:
    """Return what stands in a cell with several things."""
    return "|".join(items)
