"""From exports to a programme with the command line alone, without touching a file."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Spilrooster
from tests.intake import exports

import spilrooster as spilrooster_package

PEOPLE = 500
EXAMPLE = Path(spilrooster_package.__file__).parent / "example" / "nl"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """The whole day in exports: both products, languages and orientations."""
    event = exports.event()
    people = exports.persons(event, PEOPLE)
    found = exports.layout(event, tmp_path)
    dutch = {"delimiter": ";", "encoding": "cp1252"}
    for name, rows, how in (
        ("deelnemers.csv", exports.participants(people), dutch),
        ("google nl.csv", exports.google_dutch(event, people[:40]), dutch),
        ("google en.csv", exports.google_english(event, people[40:80]), {}),
        ("later.csv", exports.google_dutch(event, people[75:80]), {"encoding": "utf-8-sig"}),
    ):
        (tmp_path / name).write_bytes(exports.written(rows, **how))
        found.append(tmp_path / name)
    found.append(
        exports.workbook(tmp_path / "ms nl.xlsx", exports.microsoft_dutch(event, people[80:120]))
    )
    found.append(
        exports.workbook(tmp_path / "ms en.xlsx", exports.microsoft_english(event, people[120:]))
    )
    return found


def test_import_check_solve_export(
    spilrooster: Spilrooster, files: list[Path], tmp_path: Path
) -> None:
    ran = spilrooster("import", *files, "--into", "dag", "--date", "2026-11-19", "--json")
    assert ran.returncode == 0, ran.stdout
    told = json.loads(ran.stdout)
    for table in told["tables"]:
        assert sum(table["became"].values()) == table["rows"], table["file"]
    assert (told["written"], told["missing"]) == (True, [])
    wanted = _wanted(tmp_path / "dag" / "choices.csv")
    event = exports.event()
    for n, person in enumerate(exports.persons(event, PEOPLE), start=1):
        asked = person.wishes[:4] if n > 120 else person.wishes
        assert wanted.get(f"D{n:03}", []) == list(asked), person
    checked = spilrooster("check", "dag", "--json")
    assert checked.returncode == 0, checked.stdout
    audit = json.loads(checked.stdout)["audit"]
    assert (audit["people"], audit["with_choices"]) == (PEOPLE, len(wanted))
    blank = next(r for r in audit["remarks"] if "leeg formulier" in r["what"])
    assert len(blank["about"]) == PEOPLE - len(wanted)
    again = next(r for r in audit["remarks"] if "meer dan één keer" in r["what"])
    assert again["about"] == [f"D{n:03}" for n in range(76, 81)]
    solved = spilrooster("solve", "dag", "--out", "out", "--work", "1", "--json")
    assert solved.returncode == 0, solved.stderr
    assert (tmp_path / "out" / "report.html").exists()
    exported = spilrooster("export", "out", "--to", "all", "--json")
    assert exported.returncode == 0, exported.stderr
    made = json.loads(exported.stdout)
    assert made["broken"] == []
    for ending in ("html", "ics", "pdf"):
        pages = [
            name
            for name in made["files"]
            if re.fullmatch(rf"publish/people/.{{24}}\.{ending}", name)
        ]
        assert len(pages) == PEOPLE
    assert {"programme.xlsx", "mailing.csv", "print/badges.pdf"} < {*made["files"]}
    assert all((tmp_path / "out" / name).stat().st_size for name in made["files"])


def _wanted(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            found.setdefault(row["participant"], []).append(row["session"])
            assert len(found[row["participant"]]) == int(row["rank"])
    return found


def test_what_is_wrong_is_listed_and_nothing_is_written(
    spilrooster: Spilrooster, tmp_path: Path
) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "dag")
    before = {p.name: p.read_bytes() for p in (tmp_path / "dag").iterdir()}
    rows: list[exports.Row] = [
        ["Tijdstempel", "E-mailadres", "Naam", "Eerste keuze"],
        *(["1-10-2026 10:00", "", "Anna", "Samen eten en samen sterk"] for _ in range(3)),
        ["1-10-2026 10:00", "", "Niemand", "Een buurttuin beginnen"],
    ]
    (tmp_path / "a.csv").write_bytes(exports.written(rows))
    ran = spilrooster("import", "a.csv", "--into", "dag", "--save-mapping", "m.toml")
    assert ran.returncode == 2
    for words in ("rows 2, 3, 4", "Did you mean S1", "Niemand", "Nothing was written. To mend: 5."):
        assert words in ran.stdout, words
    assert "Samen eten en samen sterk" in (tmp_path / "m.toml").read_text(encoding="utf-8")
    assert {p.name: p.read_bytes() for p in (tmp_path / "dag").iterdir()} == before


def test_a_mapping_is_not_overwritten(spilrooster: Spilrooster, tmp_path: Path) -> None:
    (tmp_path / "z.csv").write_text("zaal;plaatsen\nFoyer;60\n")
    ran = spilrooster("import", "z.csv", "--into", "dag", "--save-mapping", "m.toml", "--dry-run")
    assert (ran.returncode, (tmp_path / "dag").exists()) == (0, False)
    assert "Would write to dag: import.csv, rooms.csv." in ran.stdout
    ran = spilrooster("import", "z.csv", "--into", "dag", "--save-mapping", "m.toml")
    assert (ran.returncode, (tmp_path / "dag").exists()) == (2, False)
    assert "there already" in ran.stderr
