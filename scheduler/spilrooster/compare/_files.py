"""Files: a comparison as comparison.csv and comparison.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from spilrooster.compare._comparison import Comparison, LayoutRow
from spilrooster.tables._atomic import write_files
from spilrooster.tables._csv import Cell, written
from spilrooster_models.event import Language

CSV_FILE, JSON_FILE = "comparison.csv", "comparison.json"

COLUMNS = (
    "place", "worst_place", "layout", "status", "value", "mean_value", "bound", "gap", "ideal",
    "share_of_ideal", "worst", "tenth_percentile", "median", "mean", "with_nothing", "seats_used",
    "rounds", "rooms", "rooms_used", "seats", "lunches", "price", "price_used", "cells", "failed",
)  # fmt: skip

_NOTHING: Mapping[str, str | bytes] = {}


def write_comparison(
    comparison: Comparison,
    directory: str | Path,
    language: Language,
    *,
    extra: Mapping[str, str | bytes] = _NOTHING,
) -> None:
    """Write comparison.csv, comparison.json and `extra` files, all of them or none.

    The CSV has a row per layout; behind the columns of `COLUMNS` come ``rank_1``, ``rank_2``, ...:
    people who got that choice. Decimals have a comma if the language is nl.

    Raises
    ------
    DataError
        If the system refuses to write; nothing has changed then.
    """
    ranks = sorted({count.rank for row in comparison.rows for count in row.ranks})
    columns = (*COLUMNS, *(f"rank_{rank}" for rank in ranks))
    rows = [_row(row, ranks, language) for row in comparison.rows]
    content = json.dumps(as_json(comparison), indent=2, ensure_ascii=False, allow_nan=False)
    files = {
        CSV_FILE: written(columns, rows, language),
        JSON_FILE: f"{content}\n".encode(),
        **{name: c.encode() if isinstance(c, str) else c for name, c in extra.items()},
    }
    write_files(Path(directory), files)


def as_json(comparison: Comparison) -> dict[str, object]:
    """Return the comparison as JSON, with its sentences in English."""
    content = comparison.model_dump(mode="json")
    for pair, given in zip(content["pairs"], comparison.pairs, strict=True):
        pair["says"] = str(given.says)
        pair["distinguishable"] = given.distinguishable
    for worth, what in zip(content["worth"], comparison.worth, strict=True):
        worth["what"], worth["says"] = str(what.what), str(what.says)
    content["remarks"] = [str(remark) for remark in comparison.remarks]
    content["versions"] = dict(comparison.versions)
    return content


def _row(row: LayoutRow, ranks: list[int], language: Language) -> list[Cell]:
    of = row.satisfaction
    known: dict[str, object] = {
        **{name: getattr(row, name) for name in COLUMNS if name in LayoutRow.model_fields},
        "layout": row.name,
        "status": "failed" if row.status is None else row.status.value,
        "lunches": "|".join(f"{block} {people}" for block, people in row.lunches),
        "cells": len(row.cells),
        "failed": sum(bool(cell.failed) for cell in row.cells),
    }
    if of is not None:
        known |= {name: getattr(of, name) for name in COLUMNS if hasattr(of, name)}
    granted = {count.rank: count.granted for count in row.ranks}
    cells = [_cell(known.get(column), language) for column in COLUMNS]
    return [*cells, *(granted.get(rank) for rank in ranks)]


def _cell(value: object, language: Language) -> Cell:
    if value is None or isinstance(value, int | str):
        return value
    text = f"{value:.2f}" if isinstance(value, Decimal) else f"{value:.4f}"
    return text.replace(".", ",") if language == "nl" else text
