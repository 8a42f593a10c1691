"""The report per session and per room: what is full, what has room, and a filter for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.report.browser import Browser
from tests.report.sample import Sample

from spilrooster.numbers import satisfactions, seats_used
from spilrooster.report.charts import satisfaction_bars
from spilrooster.report.runs import run_list
from spilrooster.report.words import Words

PHONE, DESK = 360, 1280
ROWS = "[...document.querySelectorAll('.runs tbody tr')].filter(e => e.checkVisibility())"
STATUS = "document.querySelector('#filter [role=status]').textContent"


@pytest.fixture(scope="module")
def page(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("runs") / "nl.html"
    path.write_text(sample.html("nl"), encoding="utf-8")
    return path


def choose(browser: Browser, id: str, text: str) -> None:
    """Choose an option by its text, as somebody does with mouse or keyboard."""
    browser.run(
        f"(() => {{ const e = document.getElementById({id!r});"
        f"e.value = [...e.options].find(o => o.textContent.startsWith({text!r})).value;"
        "e.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )


def test_every_run_says_how_full_it_is(sample: Sample) -> None:
    problem, programme = sample.problem, sample.result.require()
    used = seats_used(problem, programme)
    shown = run_list(problem, programme, used, Words("en")).runs
    assert len(shown) == len(programme.runs)
    by_title = {run.title: run for run in shown}
    for u in used:
        if u.session is not None:
            run = by_title[problem.event.sessions_by_id[u.session].title]
            assert run.audience == f"{u.attending} of {u.places}"
            assert run.full is (u.attending >= u.places)
            assert run.free == ("full" if run.full else f"{u.places - u.attending} free")
    eaten = by_title["Samen eten"]
    chose = [c.participant for c in problem.event.choices if c.session == "s2"]
    got = [p for p in chose if "s2" in programme.attended(problem.event, p)]
    assert eaten.wanted == f"{len(got)} of {len(chose)}"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_room_a_round_and_what_has_room_can_be_chosen(
    browser: Browser, page: Path, sample: Sample, width: int
) -> None:
    browser.open(page, width)
    assert len(browser.run(f"{ROWS}.map(e => 1)")) == 5
    choose(browser, "f-room", "Zaal 3")
    assert browser.run(f"{ROWS}.map(e => e.cells[2].textContent)") == ["Zaal 3"]
    assert browser.run(STATUS) == "1 van 5 uitvoeringen"
    choose(browser, "f-room", "Alle zalen")
    choose(browser, "f-seats", "Vol")
    full = browser.run(f"{ROWS}.map(e => e.cells[4].textContent)")
    choose(browser, "f-seats", "Heeft plek")
    free = browser.run(f"{ROWS}.map(e => e.cells[4].textContent)")
    assert set(full) <= {"vol"}
    assert len(full) + len(free) == 5
    assert all(text.endswith("vrij") for text in free)
    choose(browser, "f-seats", "Vol of niet")
    choose(browser, "f-round", "Ronde 1")
    assert len(browser.run(f"{ROWS}.map(e => 1)")) == 2


def test_paper_shows_the_chosen_room_and_no_form(browser: Browser, page: Path) -> None:
    browser.open(page, DESK)
    choose(browser, "f-room", "Zaal 1")
    browser.ask("Emulation.setEmulatedMedia", media="print")
    try:
        assert len(browser.run(f"{ROWS}.map(e => 1)")) == 1
        assert browser.run("document.getElementById('filter').checkVisibility()") is False
    finally:
        browser.ask("Emulation.setEmulatedMedia", media="screen")


def test_without_scripts_there_is_no_dead_filter(browser: Browser, page: Path) -> None:
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(page, DESK)
        assert browser.run("document.getElementById('filter').checkVisibility()") is False
        assert len(browser.run(f"{ROWS}.map(e => 1)")) == 5
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)


def test_everybody_stands_in_one_bar_of_satisfaction(sample: Sample) -> None:
    shares = satisfactions(sample.problem, sample.result.require())
    bars = satisfaction_bars((*shares, 1.0, 0.3, 0.0), Words("en"))
    counts = [int(bar.text.split(" ")[0]) for bar in bars]
    assert sum(counts) == len(shares) + 3
    assert (len(bars), bars[0].name, bars[-1].name) == (11, "100%", "0% to 10%")
    assert counts[0] == 1 + sum(share == 1 for share in shares)
    assert counts[7] >= 1  # 0.3 is no rounding error below three tenths
    assert satisfaction_bars((), Words("en")) == ()
