"""The audit as a page: true, in both languages, on a phone, and without the network."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.report.browser import Browser
from tests.report.sample import NASTY, Sample
from tests.report.test_page import BOTH, Page

from spilrooster.audit import audit
from spilrooster.report import audit_html, unusable_html
from spilrooster_models import InputProblem, Severity, message
from spilrooster_models.event import Language

PROBLEMS = (
    InputProblem(file="a.csv", row=3, column="rank", value=NASTY, what=message("Fill it in.")),
    InputProblem(severity=Severity.NOTE, file="b.csv", what=message("Fill it in.")),
)


def page_of(sample: Sample, language: Language) -> str:
    return audit_html(sample.problem, audit(sample.problem), PROBLEMS[1:], language)


@pytest.mark.parametrize("language", BOTH)
def test_it_stands_on_its_own(sample: Sample, language: Language) -> None:
    for source in (page_of(sample, language), unusable_html("dag", PROBLEMS, language)):
        assert not [word for word in ("http", "src=", "@import", "url(") if word in source]
        tags = Page(source).tags
        ids = [a["id"] for _tag, a in tags if "id" in a]
        assert len(ids) == len(set(ids))
        assert {str(a["href"])[1:] for _tag, a in tags if "href" in a} <= set(ids)
        assert not [tag for tag, _ in tags if tag == "script"]


def test_the_numbers_are_those_of_the_audit(sample: Sample) -> None:
    found = audit(sample.problem)
    text = Page(page_of(sample, "en")).text
    for d in found.demand:
        assert f"{d.wanted} of {d.places}" in text
    for r in found.rounds:
        assert f" {r.people} {r.presenting} {r.places} " in text
    assert sum(len(remark.listed) for remark in found.remarks) == page_of(sample, "en").count(
        "          <li>"
    )


def test_an_event_that_cannot_be_used_has_a_page_in_dutch() -> None:
    text = Page(unusable_html("dag", PROBLEMS, "nl")).text
    assert "Eerst 1 ding verbeteren" in text
    assert f"a.csv, rij 3, kolom rank “{NASTY}”" in text


@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_a_phone_and_can_be_read(
    browser: Browser, sample: Sample, tmp_path: Path, width: int
) -> None:
    path = tmp_path / "page.html"
    contrast = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
    for source in (page_of(sample, "nl"), unusable_html(NASTY, PROBLEMS, "nl")):
        path.write_text(source, encoding="utf-8")
        browser.open(path, width)
        browser.run("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert browser.run("document.documentElement.scrollWidth") <= width
        assert browser.run(contrast) == []
