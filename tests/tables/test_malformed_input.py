"""Whatever is in the files: `read` works or says in a list what is wrong. Nothing else."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from tests.tables.damage import (
    IN_ANY_FILE,
    IN_TABLES,
    flipped_bytes,
    garbage,
    lost_bytes,
    nul_bytes,
    only_garbage,
    pieces_of_toml,
    truncated,
)
from tests.tables.good_event import GOOD, EventFolder, problems_in

from spilrooster.tables import read_with_report, write_event

TABLES = tuple(name for name in GOOD if name.endswith(".csv"))
SETTINGS = "event.toml"
SEEDS = range(400)

OF_A_WHOLE_FILE = (
    "This is missing.",
    "This is not a text file.",
    "This is a workbook with the name of a text file.",
    "This table is empty.",
    "There are no rows under the header.",
    "This file is not an Excel workbook, or it is damaged or has a password.",
    "This sheet is damaged.",
    "{sheet} has something far outside its table.",
    "There are {count} more problems in this file.",
)


def assert_works_or_explains(path: Path) -> None:
    for problem in problems_in(lambda: read_with_report(path)):
        assert problem.file
        assert str(problem.what)
        in_a_cell = problem.file != SETTINGS and problem.what.template not in OF_A_WHOLE_FILE
        assert not in_a_cell or problem.row or problem.column


@pytest.mark.parametrize("seed", SEEDS)
def test_a_damaged_table_is_read_or_explained(event: EventFolder, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(chance.choice([1, 1, 2, 3])):
        name = chance.choice(TABLES)
        content = (event.path / name).read_bytes()
        if content == GOOD[name].encode():
            event.write(name, chance.choice(IN_TABLES + IN_ANY_FILE)(chance, content))
    assert_works_or_explains(event.path)


@pytest.mark.parametrize("seed", range(150))
def test_damaged_settings_are_read_or_explained(event: EventFolder, seed: int) -> None:
    chance = random.Random(seed)
    damage = chance.choice((*IN_ANY_FILE, *[pieces_of_toml] * 8))
    event.write(SETTINGS, damage(chance, GOOD[SETTINGS].encode()))
    assert_works_or_explains(event.path)


@pytest.mark.parametrize("seed", range(30))
def test_lost_and_strange_files_are_read_or_explained(event: EventFolder, seed: int) -> None:
    chance = random.Random(seed)
    for name in chance.sample(list(GOOD), chance.randrange(1, 4)):
        event.remove(name)
        if chance.random() < 0.3:
            (event.path / name).mkdir()
    assert_works_or_explains(event.path)


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_read_or_explained(event: EventFolder, seed: int) -> None:
    chance = random.Random(seed)
    path = event.path / "event.xlsx"
    write_event(event.read(), path)
    damage = chance.choice((truncated, garbage, flipped_bytes, lost_bytes, only_garbage))
    path.write_bytes(damage(chance, path.read_bytes()))
    assert_works_or_explains(path)


@pytest.mark.parametrize("seed", range(80))
def test_a_workbook_with_damaged_parts_is_read_or_explained(event: EventFolder, seed: int) -> None:
    chance = random.Random(seed)
    path = event.path / "event.xlsx"
    write_event(event.read(), path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    damage = chance.choice((truncated, garbage, flipped_bytes, lost_bytes, nul_bytes))
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, damage(chance, content) if part == name else content)
    assert_works_or_explains(path)
