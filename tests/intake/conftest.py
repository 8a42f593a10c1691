"""Fixtures: an empty folder of exports, and a small event to import answers into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.intake.exports import Row, written

from spilrooster.intake import ImportPlan, ImportSettings, Newcomers, plan_import

TITLES = {
    "S1": "Samen eten, samen sterk",
    "S2": "Een buurttuin beginnen",
    "S3": "Geld; en waar je het vindt",
    "S4": "Het ‘goede’ gesprek – deel 1",
}


@dataclass(frozen=True)
class Desk:
    """Somebody's desk: files to import, and the folder of the event."""

    home: Path

    @property
    def into(self) -> Path:
        return self.home / "dag"

    def file(self, name: str, rows: Sequence[Row], **how: str) -> Path:
        path = self.home / name
        path.write_bytes(written(rows, **how))
        return path

    def settle(self, people: Sequence[Row] = ()) -> None:
        """Put an event into the folder, with participants if there are any."""
        self.into.mkdir()
        files = {
            "event.toml": b"name = 'Proef'\ndate = 2026-11-19\nlanguage = 'nl'\n",
            "rounds.csv": b"round,name,start,end\nR1,Ronde 1,10:00,11:00\nR2,Ronde 2,11:00,12:00\n",
            "rooms.csv": b"room,name,seats\nA,Zaal A,20\nB,Zaal B,10\nC,Zaal C,9\n",
            "sessions.csv": written([["session", "title"], *TITLES.items()], delimiter=";"),
        }
        if people:
            rows = [["participant", "name", "email"], *people]
            files["participants.csv"] = written(rows, delimiter=";")
        for name, content in files.items():
            (self.into / name).write_bytes(content)

    def plan(self, *files: Path, **asked: object) -> ImportPlan:
        if isinstance(asked.get("newcomers"), str):
            asked["newcomers"] = Newcomers(str(asked["newcomers"]))
        return plan_import(files, self.into, ImportSettings(**asked))  # type: ignore[arg-type]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def choices(plan: ImportPlan) -> list[tuple[str, ...]]:
    """What the plan would write: person, session, and rank or points."""
    return rows_of(plan, "choices.csv")


def rows_of(plan: ImportPlan, name: str) -> list[tuple[str, ...]]:
    text = plan.result.files[name].decode("utf-8-sig")
    mark = ";" if ";" in text.splitlines()[0] else ","
    return [tuple(line.split(mark)) for line in text.splitlines()[1:]]


def said(plan: ImportPlan) -> list[tuple[str, int | None, str | None, str]]:
    return [(p.file, p.row, p.value, str(p.what)) for p in plan.problems]


def became(plan: ImportPlan) -> list[tuple[int, str]]:
    return [(o.row, o.became.value) for o in plan.outcomes]
