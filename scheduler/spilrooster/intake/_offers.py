"""Offers: sessions as pretalx and Indico export them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spilrooster.intake._dialect import WORDS, header_word
from spilrooster.intake._draft import Draft, Origin
from spilrooster.intake._ledger import Became, Ledger
from spilrooster.intake._mapping import Meanings
from spilrooster.intake._plain import Meaning, said_of
from spilrooster.intake._raw import Table
from spilrooster.intake._recognise import PRETALX
from spilrooster.intake._roles import ATTRIBUTE, IGNORE
from spilrooster.tables._text import LIST_SEPARATOR
from spilrooster_models import message

STATE, SLOTS = "state", "slots"
ACCEPTED = frozenset({"accepted", "confirmed", "aangenomen", "bevestigd", "geaccepteerd"})

_PRETALX = {
    "id": "session", "code": "session", "proposaltitle": "title", "title": "title",
    "titel": "title", "track": "theme", "speakernames": "presenters", "speakers": "presenters",
    "proposalstate": STATE, "state": STATE, "slotcount": SLOTS, "language": "language",
    "sessiontype": ATTRIBUTE, "duration": ATTRIBUTE, "abstract": ATTRIBUTE,
}  # fmt: skip
_INDICO = {
    "id": "session", "title": "title", "track": "theme", "presenters": "presenters",
    "type": ATTRIBUTE, "session": ATTRIBUTE, "duration": ATTRIBUTE, "description": ATTRIBUTE,
}  # fmt: skip
_NAMES = {"description": "abstract", "session": "part of", "sessiontype": "type"}
"""What some attributes are called here, so that they do not clash with the contract."""
_LINES = re.compile(r"\s*\n\s*")
_COMMA = re.compile(r"\s*,\s*")


@dataclass(frozen=True)
class _Offer:
    row: dict[str, str] = field(default_factory=dict)
    state: str = ""


def meanings_of_offers(product: str, table: Table, given: Meanings, ledger: Ledger) -> Meaning:
    """Return what each header means; the program's other columns are not used."""
    words = _PRETALX if product == PRETALX else _INDICO
    found = Meaning("sessions")
    possible = {*WORDS["sessions"].values(), STATE, SLOTS, ATTRIBUTE, IGNORE}
    for header in table.headers:
        meant = words.get(header_word(header), IGNORE)
        if meant in found.of.values() and meant != ATTRIBUTE:
            meant = IGNORE
        said = said_of(header, "sessions", table, given, possible, ledger)
        found.of[header] = said or meant
    return found


def take_offers(meaning: Meaning, table: Table, draft: Draft, ledger: Ledger) -> None:
    """Add the sessions that were accepted to a draft, and book every row."""
    for line in table.lines:
        offer = _offer(meaning, table, line.cells)
        title = offer.row.get("title", "")
        if offer.state and header_word(offer.state) not in ACCEPTED:
            what = message("This proposal is not accepted: {state}.", state=offer.state)
            ledger.report.note(table.file, what, row=line.number, value=title)
            became = Became.LEFT_OUT
            ledger.book(table.file, line.number, "sessions", became, value=title, what=what)
            continue
        draft.add(offer.row, Origin(table.file, line.number))
        ledger.book(table.file, line.number, "sessions", Became.TAKEN)


def _offer(meaning: Meaning, table: Table, cells: tuple[str, ...]) -> _Offer:
    row: dict[str, str] = {}
    special: dict[str, str] = {}
    for header, cell in zip(table.headers, cells, strict=True):
        meant = meaning.of[header]
        if not cell or meant == IGNORE:
            continue
        if meant in (STATE, SLOTS):
            special[meant] = cell
        elif meant == ATTRIBUTE:
            word = header_word(header)
            row[_NAMES.get(word, word)] = cell
        else:
            row[meant] = _presenters(cell) if meant == "presenters" else cell
    slots = special.get(SLOTS, "")
    if slots not in ("", "1"):
        row["min_runs"] = row["max_runs"] = slots
    return _Offer(row, special.get(STATE, ""))


def _presenters(text: str) -> str:
    """Split names; they stand on lines of their own, or else with commas between."""
    parts = _LINES.split(text) if "\n" in text else _COMMA.split(text)
    return LIST_SEPARATOR.join(part for part in parts if part)
