"""The report in a real browser: it fits every screen, and people can be found."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.report.browser import Browser
from tests.report.sample import Sample

from spilrooster_models.event import Language

PHONE, DESK = 360, 1280


@pytest.fixture(scope="module")
def pages(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> dict[Language, Path]:
    folder = tmp_path_factory.mktemp("pages")
    found: dict[Language, Path] = {"nl": folder / "nl.html", "en": folder / "en.html"}
    for language, path in found.items():
        path.write_text(sample.html(language), encoding="utf-8")
    return found


def shown(browser: Browser) -> list[str]:
    names = browser.run(
        "[...document.querySelectorAll('.person')].filter(e => e.checkVisibility())"
        ".map(e => e.querySelector('b').textContent)"
    )
    assert isinstance(names, list)
    return names


def search(browser: Browser, text: str) -> None:
    browser.run(
        f"(() => {{ const q = document.getElementById('query'); q.value = {text!r};"
        "q.dispatchEvent(new Event('input')); })()"
    )


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_never_wider_than_the_window(
    browser: Browser, pages: dict[Language, Path], language: Language, width: int
) -> None:
    browser.open(pages[language], width)
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.run("innerWidth") == width


def test_the_grid_scrolls_in_its_own_box_on_a_phone(
    browser: Browser, pages: dict[Language, Path]
) -> None:
    browser.open(pages["nl"], PHONE)
    box = "document.querySelector('#programme .scroll')"
    assert browser.run(f"{box}.scrollWidth > {box}.clientWidth")
    assert browser.run(f"{box}.tabIndex") == 0  # the arrow keys can scroll it


def test_people_are_found_by_name_without_accents(
    browser: Browser, pages: dict[Language, Path]
) -> None:
    browser.open(pages["nl"], DESK)
    assert len(shown(browser)) == 30
    search(browser, "zoe peet")
    assert shown(browser) == ["Zoë Peeters"]
    assert browser.run("document.querySelector('#search [role=status]').textContent") == (
        "1 van 30 mensen"
    )
    search(browser, "")
    assert len(shown(browser)) == 30


def test_a_search_for_a_session_finds_who_is_there(
    browser: Browser, pages: dict[Language, Path], sample: Sample
) -> None:
    browser.open(pages["nl"], DESK)
    search(browser, "Buurttuin")
    assert len(shown(browser)) == len(sample.result.require().present_at["s3", "r4"])


def test_nothing_is_asked_of_the_network_and_nothing_fails(
    browser: Browser, pages: dict[Language, Path]
) -> None:
    browser.open(pages["en"], DESK)
    assert browser.requested == [pages["en"].as_uri()]
    assert browser.run("document.querySelectorAll('script').length") == 1


def test_without_scripts_everybody_is_there_and_no_dead_search_box(
    browser: Browser, pages: dict[Language, Path]
) -> None:
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(pages["nl"], DESK)
        assert len(shown(browser)) == 30
        assert browser.run("document.getElementById('search').checkVisibility()") is False
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)


def test_a_link_opens_somebodys_day(browser: Browser, pages: dict[Language, Path]) -> None:
    browser.open(pages["nl"], DESK)
    browser.run("location.hash = '#p5'; dispatchEvent(new HashChangeEvent('hashchange'))")
    assert browser.run("document.getElementById('p5').open") is True


def test_paper_shows_only_the_days_that_are_open(
    browser: Browser, pages: dict[Language, Path]
) -> None:
    browser.open(pages["nl"], DESK)
    browser.run("document.getElementById('p2').open = true")
    browser.ask("Emulation.setEmulatedMedia", media="print")
    try:
        assert len(shown(browser)) == 1
    finally:
        browser.ask("Emulation.setEmulatedMedia", media="screen")


def test_every_part_has_a_name_for_a_screen_reader(
    browser: Browser, pages: dict[Language, Path]
) -> None:
    browser.open(pages["nl"], DESK)
    nodes = browser.ask("Accessibility.getFullAXTree")["nodes"]
    named = {"table", "region", "navigation", "searchbox", "image", "link", "columnheader"}
    found = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node.get("ignored") and node.get("role", {}).get("value") in named
    ]
    assert {"navigation", "searchbox", "image", "region"} <= {role for role, _name in found}
    assert not [role for role, name in found if not name and role != "table"]


def test_text_stands_out_from_its_background(browser: Browser, pages: dict[Language, Path]) -> None:
    browser.open(pages["nl"], DESK)
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)")
    faint = browser.run((Path(__file__).parent / "contrast.js").read_text(encoding="utf-8"))
    assert faint == []
