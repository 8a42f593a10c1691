"""Fixtures of the report's tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from tests.report.browser import Browser
from tests.report.sample import Sample, sample


@pytest.fixture(scope="session", name="sample")
def _sample() -> Sample:
    return sample()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("These tests need Debian's chromium: apt-get install chromium")
    found = Browser(program, tmp_path_factory.mktemp("profile"))
    yield found
    found.close()
