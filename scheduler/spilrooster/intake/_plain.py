"""Plain lists: columns under Dutch or English names become the columns of the contract."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from spilrooster.intake._dialect import (
    FIRST,
    INFIX,
    KINDS_OF_BLOCKS,
    LAST,
    LISTS,
    PLAIN_TABLES,
    TIMES,
    WORDS,
    header_word,
)
from spilrooster.intake._draft import Draft, Origin
from spilrooster.intake._ledger import Became, Ledger
from spilrooster.intake._mapping import Meanings
from spilrooster.intake._ranks import rank_of
from spilrooster.intake._raw import Table
from spilrooster.intake._roles import ATTRIBUTE, IGNORE
from spilrooster.tables._names import did_you_mean
from spilrooster.tables._text import LIST_SEPARATOR
from spilrooster_models import message

_BETWEEN = re.compile(r"\s*(?:-|–|—|tot|to|t/m)\s*")
_LIST = re.compile(r"\s*[|;\n]\s*")
_COMMA = re.compile(r"\s*,\s*")
_ID_LIKE = re.compile(r"\S{1,12}")
_NUMBER_OF = {"sessions": "S{:02}", "participants": "P{:03}"}


@dataclass(frozen=True)
class Meaning:
    """What the columns of a plain list mean: header -> column, attribute or ignore."""

    kind: str
    of: dict[str, str] = field(default_factory=dict)


def meanings_of(kind: str, table: Table, given: Meanings, ledger: Ledger) -> Meaning:
    """Find what each header of a plain list means; a column is taken from its first header."""
    words, columns = WORDS[kind], PLAIN_TABLES[kind]
    possible = {*words.values(), ATTRIBUTE, IGNORE}
    found = Meaning(kind)
    for header in table.headers:
        said = said_of(header, kind, table, given, possible, ledger)
        meant = said or words.get(header_word(header))
        if meant is None or (meant in found.of.values() and said is None):
            meant = ATTRIBUTE if columns.keeps_unknown else IGNORE
        found.of[header] = meant
    if kind == "sessions":
        _settle_title(found, table)
    return found


def said_of(
    header: str, kind: str, table: Table, given: Meanings, possible: Collection[str], ledger: Ledger
) -> str | None:
    """Return what a mapping says of a column, if anything; what it cannot mean is reported."""
    said = given.of_kind(kind).get(header)
    if said is None or said in possible:
        return said
    what = message("A column cannot mean this.")
    ledger.report.error(
        table.file, what, did_you_mean(said, sorted(possible)), row=table.header_row,
        column=header, value=said,
    )  # fmt: skip
    return IGNORE


def _settle_title(found: Meaning, table: Table) -> None:
    """Take the column session for the title if there is none, and its cells are no ids."""
    header = next((h for h, meant in found.of.items() if meant == "session"), None)
    if header is None or "title" in found.of.values():
        return
    if not all(_ID_LIKE.fullmatch(cell) for cell in table.column(header)):
        found.of[header] = "title"


def take_plain(meaning: Meaning, table: Table, draft: Draft, ledger: Ledger) -> None:
    """Add the lines of a plain list to a draft, and book them."""
    for line in table.lines:
        row: dict[str, str] = {}
        for header, cell in zip(table.headers, line.cells, strict=True):
            meant = meaning.of[header]
            if cell and meant != IGNORE:
                row[header if meant == ATTRIBUTE else meant] = cell
        origin = Origin(table.file, line.number)
        draft.add(_completed(meaning.kind, row, len(draft.rows) + 1), origin)
        ledger.book(table.file, line.number, meaning.kind, Became.TAKEN)


def _completed(kind: str, row: dict[str, str], number: int) -> dict[str, str]:
    """Split and join cells that hold several columns or parts of one, and add a missing id."""
    done = dict(row)
    if TIMES in done:
        start, _, end = _BETWEEN.sub("|", done.pop(TIMES), count=1).partition("|")
        done = {"start": start, "end": end} | done
    parts = [done.pop(part, "") for part in (FIRST, INFIX, LAST)]
    if any(parts):
        done.setdefault("name", " ".join(part for part in parts if part))
    if kind == "choices" and (rank := rank_of(done.get("rank", ""))) is not None:
        done["rank"] = str(rank)
    if kind == "rounds" and "kind" in done:
        word = header_word(done["kind"])
        done["kind"] = KINDS_OF_BLOCKS.get(word, done["kind"])
    for column in LISTS.get(kind, ()):
        if column in done:
            done[column] = _list(done[column], by_comma=column != "presenters")
    return _with_id(kind, done, number)


def _list(text: str, *, by_comma: bool) -> str:
    parts = _LIST.split(text)
    if by_comma:
        parts = [piece for part in parts for piece in _COMMA.split(part)]
    return LIST_SEPARATOR.join(part for part in parts if part)


def _with_id(kind: str, row: dict[str, str], number: int) -> dict[str, str]:
    i = PLAIN_TABLES[kind].required[0]
    if kind in ("rounds", "rooms"):
        row.setdefault(i, row.get("name", ""))
        row.setdefault("name", row[i])
    elif kind in _NUMBER_OF:
        row.setdefault(i, _NUMBER_OF[kind].format(number))
    if kind == "sessions":
        row.setdefault("title", row[i])
    return row


def by_id(draft: Draft, column: str, find: Callable[[str], str | None]) -> None:
    """Put ids in the place of names in a column; what nothing bears stays as it is."""
    for row in draft.rows:
        if column in row:
            row[column] = LIST_SEPARATOR.join(_ids(row[column], find))


def _ids(text: str, find: Callable[[str], str | None]) -> Iterator[str]:
    """Yield the id of each item; an item may be several with commas between, if all are known."""
    for part in filter(None, text.split(LIST_SEPARATOR)):
        whole = find(part)
        pieces = [find(piece) for piece in _COMMA.split(part)]
        known = [piece for piece in pieces if piece is not None]
        if whole is not None or len(known) < len(pieces):
            yield whole or part
        else:
            yield from known
