"""Fixtures of the tests of exports: everything exported once, and a browser."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.export.sample import edition, event
from tests.report.conftest import browser

from spilrooster.export import Edition, Exported, export

__all__ = ["browser"]  # a fixture is found by its name


@dataclass(frozen=True)
class Everything:
    """All exports of the sample, in Dutch."""

    edition: Edition
    made: Exported
    home: Path

    def page_of(self, person: str) -> Path:
        return self.file_of(person, "html")

    def file_of(self, person: str, ending: str) -> Path:
        code = self.edition.links.codes[person]
        return self.home / "publish" / "people" / f"{code}.{ending}"


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Everything:
    home = tmp_path_factory.mktemp("everything")
    known = edition(home, event(website="https://spil.example.org/dag/"))
    return Everything(known, export(known, ["all"]), home / "out")
