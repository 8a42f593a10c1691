"""The page of a comparison: every case in words, both languages, and no wider than a phone."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from tests.report.browser import Browser

import spilrooster as sr
from spilrooster.compare import Pair, SolvedCell
from spilrooster_models.event import Language


def row(
    name: str, value: int | None, place: tuple[int, int] | None, **facts: object
) -> sr.LayoutRow:
    known = {
        "name": name,
        "place": place and place[0],
        "worst_place": place and place[1],
        "status": sr.Status.INFEASIBLE if value is None else sr.Status.FEASIBLE,
        "value": value,
        "bound": value and value + 50,
        "gap": value and 50 / value,
        "share_of_ideal": value and value / 2000,
        "ranks": (sr.RankCount(rank=1, asked=40, granted=30),) if value else (),
        "satisfaction": value
        and sr.Satisfaction(
            worst=0.25, tenth_percentile=0.5, median=0.9, mean=0.8, people=40, with_nothing=1
        ),
        "rounds": 3,
        "rooms": 7,
        "rooms_used": 6 if value else None,
        "seats": 300,
        "lunches": (("LUNCH1", 21), ("LUNCH2", 19)),
        "cells": (SolvedCell(seed=1, status=None, failed="it <burst>"),),
    }
    return sr.LayoutRow.model_validate(known | facts)


def comparison(*rows: sr.LayoutRow, **facts: object) -> sr.Comparison:
    solved = [r for r in rows if r.value is not None]
    pairs = tuple(
        Pair(
            better=solved[0].name, other=r.name, found=12.0, low=-3.5, high=27.5, proven=False,
            steady=False, says=sr.message("The {a} sentence.", a=r.name),
        )
        for r in solved[1:]
    )  # fmt: skip
    known = {
        "event": "Day & night",
        "people": 40,
        "seeds": (1, 2),
        "seconds": None,
        "work": 3.0,
        "confidence": 0.95,
        "draws": 2000,
        "rows": rows,
        "pairs": pairs,
    }
    return sr.Comparison.model_validate(known | facts)


WHOLE = comparison(
    row("Town hall with a very long name indeed", 1500, (1, 2), price=Decimal("2500.5")),
    row("School", 1488, (1, 2), price=Decimal(100), price_used=Decimal(80)),
    row("Tent", 1200, (3, 3)),
    row("Shed", None, None, conflict=("room_seats",)),
)


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


def test_it_says_what_cannot_be_told() -> None:
    text = text_of(sr.comparison_html(WHOLE, "en"))
    for part in (
        "Town hall with a very long name indeed, School: which of these is the best cannot be told",
        "Place 1 to 2",
        "Place 3 ·",
        "these rules clash: room seats",
        "At most possible 1,550",
        "First choice granted 75%",
        "Price 2,500.50",
        "Without empty rooms 80.00",
        "Lunch LUNCH1 21, LUNCH2 19",
        "−12 points, between −27.5 and +3.5",
        "1,500 found, at most 1,550 possible",
        "Shed, seed 1: it &lt;burst&gt;",
        "Day &amp; night",
    ):
        assert part in text, part


@pytest.mark.parametrize(
    ("rows", "headline"),
    [
        ((row("A", 9, (1, 1)), row("B", 8, (2, 2))), "A is the best of these layouts."),
        ((row("A", 9, (1, 2)), row("B", 8, (1, 2))), "These layouts are not distinguishable."),
        ((row("A", 9, (1, 1)), row("B", None, None)), "A is the only layout with a programme."),
        ((row("B", None, None),), "No layout has a programme."),
    ],
)
def test_the_headline_says_how_it_is(rows: tuple[sr.LayoutRow, ...], headline: str) -> None:
    assert headline in sr.comparison_html(comparison(*rows), "en")


def test_dutch_is_dutch_and_needs_no_network() -> None:
    page = sr.comparison_html(WHOLE, "nl")
    text = text_of(page)
    assert "welke hiervan de beste is, is niet te zeggen" in text
    assert "Prijs 2.500,50" in text
    assert not re.search(r"https?://|src=|@import", page)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_never_wider_than_the_window(
    browser: Browser, tmp_path: Path, language: Language, width: int
) -> None:
    path = tmp_path / "page.html"
    path.write_text(sr.comparison_html(WHOLE, language), encoding="utf-8")
    browser.open(path, width)
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert browser.run("document.documentElement.scrollWidth") <= width
