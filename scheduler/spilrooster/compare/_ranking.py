"""Ranking: rows in order of value, and pairs that can or cannot be told apart.

Two questions stay apart. *Is this layout better for these people, if it is planned as well as can
be?* Only proofs answer that: the value of the one is above the bound of the other. *Would it also
be better with other people like these, and with other seeds?* The bootstrap answers that, for the
programmes found. Somebody who chooses a venue needs both, so one layout is called better only where
both say so; the sentence of each pair says which of the two is lacking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from spilrooster.compare._bootstrap import Floats, Intervals
from spilrooster.compare._cell import Figures
from spilrooster.compare._comparison import LayoutRow, Pair, SolvedCell
from spilrooster.compare._variant import Variant
from spilrooster_models import Message, Status, message

MOST_PAIRED = 40
"""With more layouts than this, only the pairs with the best one are listed."""


@dataclass(frozen=True)
class Entry:
    """A variant with what came out of each seed: figures, or the reason why there are none."""

    variant: Variant
    keys: tuple[str, ...]
    seeds: tuple[int, ...]
    cells: tuple[Figures | str, ...]

    @property
    def figures(self) -> tuple[Figures, ...]:
        """The cells that ended."""
        return tuple(cell for cell in self.cells if isinstance(cell, Figures))

    @property
    def solved(self) -> tuple[Figures, ...]:
        """The cells with a programme."""
        return tuple(f for f in self.figures if f.value is not None)

    @property
    def best(self) -> Figures | None:
        """The cell with the highest value."""
        return max(self.solved, key=lambda f: f.value or 0, default=None)

    @property
    def best_key(self) -> str | None:
        """The key of the best cell."""
        return None if self.best is None else self.keys[self.cells.index(self.best)]

    @property
    def value(self) -> int | None:
        """The highest value."""
        return None if self.best is None else self.best.value

    @property
    def bound(self) -> int | None:
        """The lowest bound; each holds for the layout."""
        return min((f.bound for f in self.figures if f.bound is not None), default=None)

    @property
    def points(self) -> Floats:
        """Each person's points with each seed: float (seeds, people)."""
        return np.array([f.points for f in self.solved], dtype=np.float64)


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries, highest value first; those without a programme last."""
    return sorted(entries, key=lambda e: (e.value is None, -(e.value or 0)))


def rows_of(ranked: Sequence[Entry], found: Intervals | None) -> tuple[LayoutRow, ...]:
    """Return a row per layout, each with the places that it can have."""
    solved = [entry for entry in ranked if entry.value is not None]
    return tuple(
        _row(entry, *(_places(i, solved, found) if i < len(solved) else (None, None)))
        for i, entry in enumerate(ranked)
    )


def _places(i: int, solved: Sequence[Entry], found: Intervals | None) -> tuple[int, int]:
    """Return the best and the worst place: so many are certainly better, so many are worse."""
    if found is None:
        return 1, 1
    others = [j for j in range(len(solved)) if j != i]
    better = sum(_is_better(solved, found, j, i) for j in others)
    worse = sum(_is_better(solved, found, i, j) for j in others)
    return 1 + better, len(solved) - worse


def _is_better(solved: Sequence[Entry], found: Intervals, one: int, other: int) -> bool:
    return bool(found.low[one, other] > 0) and _is_proven(solved[one], solved[other])


def _is_proven(one: Entry, other: Entry) -> bool:
    return one.value is not None and other.bound is not None and one.value > other.bound


def pairs_of(ranked: Sequence[Entry], found: Intervals | None) -> tuple[Pair, ...]:
    """Return the pairs of layouts that have a programme, in order of their places."""
    solved = [entry for entry in ranked if entry.value is not None]
    if found is None:
        return ()
    firsts = range(len(solved) if len(solved) <= MOST_PAIRED else 1)
    return tuple(
        _pair(solved[i], solved[j], found, i, j) for i in firsts for j in range(i + 1, len(solved))
    )


def _pair(one: Entry, other: Entry, found: Intervals, i: int, j: int) -> Pair:
    difference = found.found[i, j]
    proven, steady = _is_proven(one, other), bool(found.low[i, j] > 0)
    return Pair(
        better=one.variant.name,
        other=other.variant.name,
        found=round(float(difference), 1),
        low=round(float(found.low[i, j]), 1),
        high=round(float(found.high[i, j]), 1),
        proven=proven,
        steady=steady,
        says=_sentence(one, other, round(float(difference)), proven=proven, steady=steady),
    )


def _sentence(one: Entry, other: Entry, found: int, *, proven: bool, steady: bool) -> Message:
    a, b = one.variant.name, other.variant.name
    if proven and steady:
        return message(
            "{a} is better than {b}: {found} points more. That is proven for these people, and "
            "it would also be so with other people like them.",
            a=a, b=b, found=found,
        )  # fmt: skip
    if proven:
        return message(
            "{a} and {b} are not distinguishable: for exactly these people it is proven that "
            "{a} can score more, but the difference is so small that other people like them "
            "could turn it around.",
            a=a, b=b,
        )  # fmt: skip
    if steady:
        return message(
            "{a} and {b} are not distinguishable: {a} scored {found} points more, but what is "
            "proven does not rule out that {b} can score as much. More time may tell.",
            a=a, b=b, found=found,
        )  # fmt: skip
    return message(
        "{a} and {b} are not distinguishable: the difference of {found} points can be chance, "
        "and what is proven does not tell them apart either.",
        a=a, b=b, found=abs(found),
    )  # fmt: skip


def _row(entry: Entry, place: int | None, worst_place: int | None) -> LayoutRow:
    layout, best = entry.variant.problem.event.layout, entry.best
    known: dict[str, object] = {
        "name": entry.variant.name,
        "place": place,
        "worst_place": worst_place,
        "status": _status(entry),
        "bound": entry.bound,
        "rounds": len(layout.rounds),
        "rooms": len(layout.rooms),
        "seats": sum(room.seats for room in layout.rooms),
        "price": entry.variant.price,
        "ideal": next((f.ideal for f in entry.figures), None),
        "conflict": next((f.conflict for f in entry.figures if f.conflict), ()),
        "cells": tuple(
            _cell(seed, cell) for seed, cell in zip(entry.seeds, entry.cells, strict=True)
        ),
    }
    if best is None or best.value is None:
        return LayoutRow.model_validate(known)
    value, used = best.value, [r for r in layout.rooms if r.id in best.rooms_used]
    return LayoutRow.model_validate(
        known
        | {
            "value": value,
            "mean_value": sum(f.value or 0 for f in entry.solved) / len(entry.solved),
            "gap": (entry.bound - value) / value if entry.bound is not None and value else None,
            "share_of_ideal": value / best.ideal if best.ideal else None,
            "satisfaction": best.satisfaction,
            "ranks": best.ranks,
            "seats_used": best.seats_used,
            "rooms_used": len(used),
            "lunches": best.lunches,
            "price_used": entry.variant.price_of(tuple(used)),
            "best": entry.best_key,
        }
    )


def _status(entry: Entry) -> Status | None:
    """Return the most that is known: a programme that is the best, a programme, no programme."""
    there = {f.status for f in entry.figures}
    if entry.value is not None:
        proven = entry.bound is not None and entry.value >= entry.bound
        return Status.OPTIMAL if proven else Status.FEASIBLE
    return next((s for s in (Status.INFEASIBLE, Status.UNKNOWN) if s in there), None)


def _cell(seed: int, cell: Figures | str) -> SolvedCell:
    if isinstance(cell, str):
        return SolvedCell(seed=seed, status=None, failed=cell)
    return SolvedCell(
        seed=seed, status=cell.status, value=cell.value, bound=cell.bound, seconds=cell.seconds
    )
