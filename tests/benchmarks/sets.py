"""Where the public sets are, and a mark for tests that need one."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.cases import PUBLIC


def folder(name: str) -> Path:
    return PUBLIC / name


def needs(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not folder(name).is_dir(), reason=f"{name} is not there")
