"""The public page and the personal pages in a real browser, on a desk and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.export.conftest import Everything
from tests.report.browser import Browser

PHONE, DESK = 360, 1280
CONTRAST = Path(__file__).parents[1] / "report" / "contrast.js"
SHOWN = "[...document.querySelectorAll('.run')].filter(e => e.checkVisibility())"
TITLES = f"{SHOWN}.map(e => e.querySelector('h4').textContent)"
STATUS = "document.querySelector('[role=status]').textContent"


@pytest.fixture
def public(everything: Everything) -> Path:
    return everything.home / "publish" / "index.html"


@pytest.fixture
def own(everything: Everything) -> Path:
    return everything.page_of("spil-000")


def choose(browser: Browser, id: str, value: str) -> None:
    browser.run(
        f"(() => {{ const e = document.getElementById({id!r}); e.value = {value!r};"
        "e.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )


def value_of(browser: Browser, id: str, text: str) -> str:
    """The value of the option that begins with a text."""
    return str(
        browser.run(
            f"[...document.getElementById({id!r}).options]"
            f".find(o => o.textContent.startsWith({text!r})).value"
        )
    )


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_pages_fit_the_window_and_are_easy_to_read(
    browser: Browser, everything: Everything, public: Path, own: Path, width: int
) -> None:
    people = public.parent / "people" / "index.html"
    for page in (public, own, people):
        browser.open(page, width)
        browser.run("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert browser.run("document.documentElement.scrollWidth") <= width, page
        assert browser.run(CONTRAST.read_text("utf-8")) == [], page
        assert browser.requested == [page.as_uri()]


def test_sessions_are_found_by_words_round_room_and_theme(browser: Browser, public: Path) -> None:
    browser.open(public, PHONE)
    assert len(browser.run(TITLES)) == 6
    assert browser.run(STATUS) == "3 van 3 sessies"
    choose(browser, "words", "cafe wijk")
    assert browser.run(TITLES) == ["Café in de wijk"] * 2
    assert browser.run(STATUS) == "1 van 3 sessies"
    choose(browser, "round", value_of(browser, "round", "Ronde 3"))
    assert len(browser.run(TITLES)) == 1
    choose(browser, "words", "")
    choose(browser, "room", value_of(browser, "room", "Zolder"))
    assert browser.run(TITLES) == ["Vrijwilligerswerkondersteuningsorganisatie"]
    choose(browser, "theme", value_of(browser, "theme", "Zorg"))
    assert browser.run(TITLES) == []
    assert browser.run("document.querySelector('.none').checkVisibility()")
    browser.run("document.querySelector('[type=reset]').click()")
    browser.run("new Promise(done => setTimeout(done, 50))")
    assert len(browser.run(TITLES)) == 6


def test_the_keyboard_reaches_everything(browser: Browser, public: Path) -> None:
    browser.open(public, DESK)
    reached = []
    for _press in range(8):
        for kind in ("rawKeyDown", "keyUp"):
            browser.ask("Input.dispatchKeyEvent", type=kind, key="Tab", windowsVirtualKeyCode=9)
        reached.append(browser.run("document.activeElement.id || document.activeElement.className"))
    assert reached[:5] == ["skip", "words", "round", "room", "theme"]


def test_on_paper_there_is_the_programme_and_no_form(browser: Browser, public: Path) -> None:
    browser.open(public, DESK)
    browser.ask("Emulation.setEmulatedMedia", media="print")
    try:
        assert len(browser.run(TITLES)) == 6
        assert not browser.run("document.getElementById('filter').checkVisibility()")
    finally:
        browser.ask("Emulation.setEmulatedMedia", media="screen")


def test_without_scripts_the_programme_is_whole(browser: Browser, public: Path) -> None:
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(public, DESK)
        assert len(browser.run(TITLES)) == 6
        assert not browser.run("document.getElementById('filter').checkVisibility()")
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)


def test_columns_of_the_organisers_stay_with_them(public: Path) -> None:
    text = public.read_text("utf-8")
    assert "Waar het over gaat." in text  # the column abstract
    assert "zaalhulp" not in text


def test_a_personal_page_tells_the_day_in_order(browser: Browser, own: Path) -> None:
    browser.open(own, PHONE)
    rows = browser.run(
        "[...document.querySelectorAll('.agenda li')].map(e => e.innerText.split('\\n'))"
    )
    assert [row[0] for row in rows] == [
        "08:30–08:59", "09:00–09:50", "11:00–11:50", "12:00–12:29", "16:00–16:29", "09:00–09:50",
    ]  # fmt: skip
    assert rows[1][1:3] == ["Ronde 1", "Samen <script>alert(1)</script> & 'co'"]
    assert rows[3][1:] == ["Lunch", "De #Kas 1"]
    days = browser.run("[...document.querySelectorAll('h2')].map(e => e.textContent)")
    assert days == ["zaterdag 28 maart 2026", "zondag 29 maart 2026"]
    link = browser.run("document.querySelector('.tools a').getAttribute('href')")
    assert (own.parent / str(link)).exists()


def test_every_part_has_a_name_for_a_screen_reader(browser: Browser, public: Path) -> None:
    browser.open(public, DESK)
    nodes = browser.ask("Accessibility.getFullAXTree")["nodes"]
    named = {"searchbox", "combobox", "region", "search", "button", "link"}
    found = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node.get("ignored") and node.get("role", {}).get("value") in named
    ]
    assert {"searchbox", "combobox", "search", "button"} <= {role for role, _name in found}
    assert not [role for role, name in found if not name]
