"""The workbook for organisers reads back as it is, also from LibreOffice, and helps to edit."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from tests.tables.edits import CASE, PROGRAMME, result

from spilrooster.tables import read_earlier, read_programme, write_programme_workbook
from spilrooster_models import NoProgramme, Result, Status
from spilrooster_models.event import Language

BOTH: tuple[Language, ...] = ("nl", "en")


def written(folder: Path, language: Language) -> Path:
    path = folder / f"programme-{language}.xlsx"
    write_programme_workbook(CASE, result(), path, language)
    return path


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def sheet(path: Path, name: str) -> str:
    """The XML of a sheet."""
    inside = parts(path)
    names = re.findall(r'<sheet name="([^"]+)"', inside["xl/workbook.xml"])
    return inside[f"xl/worksheets/sheet{names.index(name) + 1}.xml"]


@pytest.mark.parametrize("language", BOTH)
def test_it_reads_back_unchanged(tmp_path: Path, language: Language) -> None:
    path = written(tmp_path, language)
    assert read_programme(CASE, path) == PROGRAMME
    earlier = read_earlier(CASE, path)
    assert (earlier.rules, earlier.remarks) == ((), ())
    assert {*earlier.programme.runs} == {*PROGRAMME.runs}


def test_libreoffice_opens_it_and_it_reads_back_unchanged(tmp_path: Path) -> None:
    """Where there is no LibreOffice, only what it needs is tested: values beside all formulas."""
    path = written(tmp_path, "nl")
    office = shutil.which("soffice")
    if office is None:
        formulas = re.findall(r"<f>.*?</f><v>", sheet(path, "Programma"))
        assert len(formulas) == sheet(path, "Programma").count("<f>") > 0
        return
    folder = tmp_path / "office"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
    saved = folder / path.name
    assert read_programme(CASE, saved) == PROGRAMME
    assert read_earlier(CASE, saved).rules == ()
    assert "dataValidation" in sheet(saved, "Programma")


def test_cells_to_edit_have_lists_to_choose_from(tmp_path: Path) -> None:
    page = sheet(written(tmp_path, "nl"), "Programma")
    lists = re.findall(r"<formula1>(.*?)</formula1>", page)
    assert lists == ["Sessies!$A$2:$A$5", "Rondes!$A$2:$A$3", "Zalen!$A$2:$A$4", '"ja,nee"']
    assert 'ySplit="1"' in page
    assert "<autoFilter" in page
    assert page.count("<conditionalFormatting") == 3


def test_the_record_is_hidden(tmp_path: Path) -> None:
    book = parts(written(tmp_path, "en"))["xl/workbook.xml"]
    assert re.findall(r'<sheet name="(\w+)"[^>]*state="veryHidden"', book) == ["written"]


def test_texts_are_in_the_language(tmp_path: Path) -> None:
    found = [parts(written(tmp_path, language))["xl/sharedStrings.xml"] for language in BOTH]
    assert "Verander alleen gele cellen" in found[0]
    assert "uitvoering" in found[0]
    assert "Change only yellow cells" in found[1]


def test_without_a_programme_there_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(NoProgramme):
        write_programme_workbook(
            CASE, Result(status=Status.UNKNOWN, ideal=1, seed=1), tmp_path / "a.xlsx"
        )
