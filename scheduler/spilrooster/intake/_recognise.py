"""Recognise: which kind of table a header belongs to, and which program wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spilrooster.intake._dialect import FIRST, TIMES, WORDS, header_word, is_generic, person_field
from spilrooster.intake._mapping import ANSWERS, IGNORED, REGISTRATIONS, Meanings
from spilrooster.intake._ranks import rank_in_question, rank_of
from spilrooster.intake._raw import Raw, Table
from spilrooster.intake._titles import SessionNames
from spilrooster.tables._report import Report
from spilrooster_models import message

GOOGLE, MICROSOFT, PRETALX, INDICO, LIST = (
    "Google Forms", "Microsoft Forms", "pretalx", "Indico", "list",
)  # fmt: skip
KINDS = ("rounds", "rooms", "sessions", "participants", "choices", ANSWERS, REGISTRATIONS)

GRID = re.compile(r".*?\[(.+)\](?:#\d+)?", re.DOTALL)

_STAMPS = {"tijdstempel", "timestamp"}
_ENDED = {"tijdvanvoltooien", "voltooiingstijd", "completiontime"}
_INDICO = {"type", "session", "track", "duration", "materials", "description"}
_HINTS = {
    "rounds": r"rond|round|blok|tijden", "rooms": r"zaal|zalen|ruimte|room",
    "sessions": r"sessie|session|workshop|aanbod", "participants":
    r"deelnemer|participant|aanmeld|inschrijv|registr", "choices": r"keuze|voorkeur|choice|prefer",
}  # fmt: skip
_NEEDED: dict[str, tuple[frozenset[str], ...]] = {
    "rounds": (frozenset({"start", TIMES}), frozenset({"end", TIMES})),
    "rooms": (frozenset({"seats"}), frozenset({"room", "name"})),
    "sessions": (frozenset({"title", "session"}),),
    "participants": (frozenset({"participant", "name", "email", FIRST}),),
    "choices": (frozenset({"participant"}), frozenset({"session"}), frozenset({"rank", "points"})),
}  # fmt: skip
"""Of each kind: from every set one column must be there."""

_BEHIND_A_NAME = re.compile(r"#\d+$")


@dataclass(frozen=True)
class Recognised:
    """A table whose kind is known."""

    kind: str
    product: str
    table: Table


def recognise(raw: Raw, names: SessionNames, given: Meanings, report: Report) -> Recognised | None:
    """Find the header and the kind; None if no row looks like the header of anything."""
    said = given.kinds.get(raw.file)
    if said is not None and said not in (*KINDS, IGNORED):
        what = message("There is no such kind of table.")
        kinds = ", ".join((*KINDS, IGNORED))
        report.error(raw.file, what, message("The kinds are {kinds}.", kinds=kinds), value=said)
        return None
    if said == IGNORED:
        return Recognised(IGNORED, LIST, Table(raw.file, 0, (), ()))
    best: tuple[float, int, str, str] | None = None
    for place, headers in enumerate(raw.tables()):
        found = _kind(headers, raw.name, names)
        if said is not None:
            found = (found[0], said, found[2]) if found else (0.5, said, LIST)
        if found is not None and (best is None or found[0] > best[0]):
            best = (found[0], place, found[1], found[2])
    if best is None:
        return None
    _, place, kind, product = best
    return Recognised(kind, product, raw.headed_by(place, report))


def _kind(headers: Sequence[str], name: str, names: SessionNames) -> tuple[float, str, str] | None:
    """Return how sure it is, the kind and the product."""
    filled = [_BEHIND_A_NAME.sub("", header) for header in headers if header]
    words = {header_word(header) for header in filled}
    if len(filled) < 2:
        return None
    program = _program(words)
    if program is not None:
        return 100, *program
    asked = sum(_is_question(header, names) for header in filled)
    if asked and any(person_field(header) for header in filled):
        return 50 + asked, ANSWERS, LIST
    scores = [(_score(kind, filled, name), kind, LIST) for kind in WORDS]
    found = max(scores)
    return found if found[0] > 0 else None


def _program(words: set[str]) -> tuple[str, str] | None:
    """Return kind and product if the headers are those of a program that is known."""
    if words & _STAMPS:
        return ANSWERS, GOOGLE
    if words & _ENDED:
        return ANSWERS, MICROSOFT
    if "proposaltitle" in words or {"speakernames", "speakerids"} & words:
        return "sessions", PRETALX
    if {"id", "title", "presenters"} <= words and len(words & _INDICO) >= 3:
        return "sessions", INDICO
    return None


def _is_question(header: str, names: SessionNames) -> bool:
    ranked = rank_in_question(header) is not None or re.fullmatch(r"choice ?\d+", header, re.I)
    row = GRID.fullmatch(header)
    of_grid = row and (names.find(row[1].strip()) or rank_of(row[1].strip()))
    return bool(ranked or of_grid or names.find(header))


def _score(kind: str, headers: Sequence[str], name: str) -> float:
    """Return how many headers are words of this kind; 0 if a needed one is not there."""
    words = WORDS[kind]
    columns = {words[w]: h for h in headers if (w := header_word(h)) in words}
    if any(not needed & columns.keys() for needed in _NEEDED[kind]):
        return 0
    hinted = re.search(_HINTS[kind], name, re.I) is not None
    telling = sum(0.25 if is_generic(header) else 1.0 for header in columns.values())
    if telling < 1 and not hinted:
        return 0
    return telling + 2 * hinted + (2 if kind == "choices" else 0)
