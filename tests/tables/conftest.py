from __future__ import annotations

from pathlib import Path

import pytest
from tests.tables.good_event import EventFolder


@pytest.fixture
def event(tmp_path: Path) -> EventFolder:
    folder = tmp_path / "proefdag"
    folder.mkdir()
    return EventFolder(folder)
