"""The comparison of layouts as one HTML page that needs no network, in Dutch or English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal

from spilrooster.compare import Comparison, LayoutRow, NoShows, Pair
from spilrooster.report.templates import templates
from spilrooster.report.words import Words
from spilrooster_models import Status, message
from spilrooster_models.event import Language

STATES = {
    Status.OPTIMAL: message("proven to be the best"),
    Status.FEASIBLE: message("a programme was found"),
    Status.INFEASIBLE: message("proven: no programme keeps all rules"),
    Status.UNKNOWN: message("no programme was found in this time"),
}


@dataclass(frozen=True)
class Span:
    """A stretch on a scale from 0 to 100, and a mark on it; `text` says the same in words."""

    name: str
    begin: float
    width: float
    mark: float
    text: str


@dataclass(frozen=True)
class Column:
    """A row of the ranking, turned into a column of texts; a phone shows it as a list."""

    name: str
    place: str
    cells: tuple[tuple[str, str], ...]
    note: str


def comparison_html(comparison: Comparison, language: Language) -> str:
    """Return a comparison as a page."""
    _ = Words(language)
    solved = [row for row in comparison.rows if row.value is not None]
    view: dict[str, Any] = {
        "_": _,
        "language": language,
        "comparison": comparison,
        "headline": _headline(solved, _),
        "tone": _tone(solved),
        "sentences": [_.sentence(p.says) for p in comparison.pairs if _is_of_first(p, solved)],
        "layouts": tuple(_column(row, _) for row in comparison.rows),
        "proven": tuple(_proven(solved, _)),
        "differences": tuple(_differences(comparison, solved, _)),
        "prices": tuple(_prices(solved, _)),
        "ranks": _ranks(solved, _),
        "worth": tuple(_worth(comparison, _)),
        "days": tuple(_days(comparison.no_shows, _)),
        "pairs": [_.sentence(p.says) for p in comparison.pairs if not _is_of_first(p, solved)],
        "cells": tuple(_cells(comparison.rows, _)),
        "failures": comparison.failures,
        "remarks": [(r.file, _.sentence(r.what)) for r in comparison.remarks],
        "origin": _origin(comparison, _),
    }
    return templates().get_template("comparison.html.j2").render(view)


def _is_of_first(pair: Pair, solved: Sequence[LayoutRow]) -> bool:
    return bool(solved) and pair.better == solved[0].name


def _headline(solved: Sequence[LayoutRow], _: Words) -> str:
    if not solved:
        return _("No layout has a programme.")
    first = [row for row in solved if row.place == 1]
    if len(solved) == 1:
        return _("{name} is the only layout with a programme.", name=solved[0].name)
    if len(first) == 1:
        return _("{name} is the best of these layouts.", name=first[0].name)
    if len(first) == len(solved):
        return _("These layouts are not distinguishable.")
    return _(
        "{names}: which of these is the best cannot be told.",
        names=", ".join(row.name for row in first),
    )


def _tone(solved: Sequence[LayoutRow]) -> str:
    if not solved:
        return "bad"
    return "good" if sum(row.place == 1 for row in solved) == 1 else "plain"


def _column(row: LayoutRow, _: Words) -> Column:
    place = ""
    if row.place is not None and row.worst_place is not None:
        place = str(row.place)
        if row.worst_place != row.place:
            place = _("{best} to {worst}", best=row.place, worst=row.worst_place)
    note = _("every attempt failed") if row.status is None else _.sentence(STATES[row.status])
    if row.conflict:
        rules = ", ".join(_.rule(rule) for rule in row.conflict)
        note = _("{note}; these rules clash: {rules}", note=note, rules=rules)
    return Column(row.name, place, tuple(_figures(row, _)), note)


def _figures(row: LayoutRow, _: Words) -> Iterator[tuple[str, str]]:
    """Yield every figure as (what it is, the figure), the same ones for each layout."""
    of = row.satisfaction

    def share(number: float | None) -> str:
        return "–" if number is None else _.percent(number)

    def count(number: float | None) -> str:
        return "–" if number is None else _.number(number)

    first = row.ranks[0] if row.ranks else None
    if row.value is not None:
        yield _("Points"), count(row.value)
        yield _("At most possible"), count(row.bound)
        yield _("Room for better"), "–" if row.gap is None else _.at_most(max(row.gap, 0.0))
        yield _("Of the ideal"), share(row.share_of_ideal)
        yield _("First choice granted"), share(first.granted / first.asked if first else None)
        yield _("Worst off"), share(of.worst if of else None)
        yield _("Nine in ten have"), share(of.tenth_percentile if of else None)
        yield _("Nothing they chose"), count(of.with_nothing if of else None)
        yield _("Seats used"), share(row.seats_used)
        yield _("Rooms used"), _("{used} of {all}", used=row.rooms_used or 0, all=row.rooms)
    yield _("Rounds"), count(row.rounds)
    if row.lunches:
        yield _("Lunch"), ", ".join(f"{block} {_.number(n)}" for block, n in row.lunches)
    if row.price is not None:
        yield _("Price"), _money(row.price, _)
    if row.price_used is not None and row.price_used != row.price:
        yield _("Without empty rooms"), _money(row.price_used, _)


def _money(amount: Decimal, _: Words) -> str:
    return str(format_decimal(amount, format="#,##0.00", locale=_.language))


def _proven(solved: Sequence[LayoutRow], _: Words) -> Iterator[Span]:
    """Yield value to bound of each layout, on one scale."""
    numbers = [n for row in solved for n in (row.value, row.bound) if n is not None]
    for row in solved:
        if row.value is not None and row.bound is not None:
            text = _("{value} found, at most {bound} possible", value=row.value, bound=row.bound)
            yield _span(row.name, row.value, row.bound, row.value, numbers, text)


def _differences(comparison: Comparison, solved: Sequence[LayoutRow], _: Words) -> Iterator[Span]:
    """Yield how far each layout is from the first, with its interval, on one scale with 0."""
    pairs = [pair for pair in comparison.pairs if _is_of_first(pair, solved)]
    numbers = [0.0, *(n for p in pairs for n in (-p.low, -p.high))]
    for p in pairs:
        text = _(
            "{found} points, between {low} and {high}",
            found=_signed(-p.found, _), low=_signed(-p.high, _), high=_signed(-p.low, _),
        )  # fmt: skip
        yield _span(p.other, -p.high, -p.low, -p.found, numbers, text)


def _prices(solved: Sequence[LayoutRow], _: Words) -> Iterator[Span]:
    """Yield the price of each layout that has one, cheapest first, with what it brings."""
    priced = [row for row in solved if row.price is not None]
    numbers = [0.0, *(float(row.price or 0) for row in priced)]
    for row in sorted(priced, key=lambda row: row.price or 0):
        price = float(row.price or 0)
        text = _(
            "{price} for {value} points",
            price=_money(row.price or Decimal(), _), value=row.value or 0,
        )  # fmt: skip
        yield _span(row.name, 0.0, price, price, numbers, text)


def _worth(comparison: Comparison, _: Words) -> Iterator[tuple[Span | None, str, str]]:
    """Yield what each extra brings, as a bar if it is known, and what is certain about it."""
    known = [w for w in comparison.worth if w.found is not None]
    numbers = [0.0, *(n for w in known for n in (w.low or 0.0, w.high or 0.0))]
    for w in comparison.worth:
        name = _.sentence(w.what)
        if w.found is None or w.low is None or w.high is None:
            yield None, name, w.failed
            continue
        text = _(
            "{found} points (between {low} and {high}), {first} first choices, "
            "{nothing} people with nothing",
            found=_signed(w.found, _), low=_signed(w.low, _), high=_signed(w.high, _),
            first=_signed(w.first_choices or 0, _), nothing=_signed(w.with_nothing or 0, _),
        )  # fmt: skip
        if w.price is not None:
            text = _("{text}; price {price}", text=text, price=_money(w.price, _))
        yield _span(name, w.low, w.high, w.found, numbers, text), name, _.sentence(w.says)


@dataclass(frozen=True)
class Day:
    """What is to be expected of a layout if not everybody comes."""

    name: str
    cells: tuple[tuple[str, str], ...]
    risky: tuple[str, ...]
    overbooking: tuple[str, ...]


def _days(no_shows: Sequence[NoShows], _: Words) -> Iterator[Day]:
    for day in no_shows:
        share = "–" if day.satisfaction is None else _.percent(day.satisfaction)
        planned = "–" if day.planned_satisfaction is None else _.percent(day.planned_satisfaction)
        cells = (
            (_("People who come"), _.number(day.people)),
            (_("Places that stay empty"), _("{used} of {all}", used=day.empty, all=day.places)),
            (_("In nineteen of twenty days"),
             _("{best} to {worst}", best=day.empty_low, worst=day.empty_high)),
            (_("Runs with too few people"), _.number(day.runs_under)),
            (_("Average satisfaction of who comes"), share),
            (_("As planned"), planned),
        )  # fmt: skip
        risky = sorted((run for run in day.runs if run.under > 0), key=lambda run: -run.under)
        yield Day(
            name=day.layout,
            cells=cells,
            risky=tuple(
                _("{session} in {round}: too few people on {percent} of the days",
                  session=run.title, round=run.round, percent=_.percent(run.under))
                for run in risky
            ),
            overbooking=tuple(
                _("{session}: {extra} more, of {waiting} people who still want to",
                  session=o.title, extra=o.extra, waiting=o.waiting)
                for o in day.overbooking
            ),
        )  # fmt: skip


def _span(
    name: str, low: float, high: float, mark: float, numbers: Sequence[float], text: str
) -> Span:
    least = min(numbers)
    scale = 100 / ((max(numbers) - least) or 1)
    return Span(
        name,
        round((low - least) * scale, 1),
        round((high - low) * scale, 1),
        round((mark - least) * scale, 1),
        text,
    )


def _signed(number: float, _: Words) -> str:
    return ("+" if number > 0 else "−" if number < 0 else "") + _.number(abs(number))


def _ranks(
    solved: Sequence[LayoutRow], _: Words
) -> tuple[tuple[int, ...], list[tuple[str, list[str]]]]:
    """Return the ranks, and per layout how many people got each."""
    ranks = tuple(sorted({count.rank for row in solved for count in row.ranks}))
    rows = []
    for row in solved:
        granted = {c.rank: c.granted for c in row.ranks}
        rows.append((row.name, [_.number(granted[r]) if r in granted else "–" for r in ranks]))
    return ranks, rows


def _cells(rows: Sequence[LayoutRow], _: Words) -> Iterator[tuple[str, str, str, str, str]]:
    for row in rows:
        for cell in row.cells:
            state = cell.failed if cell.status is None else _.sentence(STATES[cell.status])
            value, bound = ("–" if n is None else _.number(n) for n in (cell.value, cell.bound))
            yield row.name, str(cell.seed), value, bound, state


def _origin(comparison: Comparison, _: Words) -> tuple[tuple[str, str], ...]:
    limit = (
        (_("Work limit"), _.number(comparison.work))
        if comparison.work is not None
        else (_("Time limit"), _("{seconds} seconds", seconds=comparison.seconds or 0))
    )
    seeds = ", ".join(map(str, comparison.seeds))
    return ((_("Seeds"), seeds), limit, *comparison.versions)
