"""Answers: lines of a form become who answered, when, and which sessions they want."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from spilrooster.intake._columns import numbers_are_ranks, separator_of
from spilrooster.intake._dialect import FIRST, INFIX, LAST, NO_CHOICE, header_word
from spilrooster.intake._ledger import Ledger
from spilrooster.intake._mapping import TITLES, OpenQuestion
from spilrooster.intake._ranks import is_plain_number, rank_of
from spilrooster.intake._raw import Line, Table
from spilrooster.intake._roles import (
    ATTRIBUTE,
    CHANGED,
    CHOICE,
    IGNORE,
    POINTS_OF,
    RANK_OF,
    RANKING,
    STALE,
    TIES,
    TIME,
    Role,
)
from spilrooster.intake._times import moments
from spilrooster.intake._titles import LEFT_OUT, SessionNames
from spilrooster_models import message

_ANONYMOUS = frozenset({"anonymous", "anoniem", "anonyme"})


@dataclass(frozen=True)
class Wish:
    """A session somebody wants, with a rank or with points (as text, decimals and all)."""

    session: str
    rank: int | None = None
    points: str = ""


@dataclass(frozen=True)
class Answer:
    """What one line of a form says. `doubts` counts the wishes that could not be used."""

    file: str
    row: int
    time: dt.datetime | None
    participant: str
    names: tuple[str, ...]
    emails: tuple[str, ...]
    fields: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    wishes: tuple[Wish, ...] = ()
    doubts: int = 0
    doubtful: str = ""

    @property
    def shown(self) -> str:
        """Who it is from, as far as it says."""
        return next((text for text in (*self.names, *self.emails, self.participant) if text), "")


def answers_of(
    table: Table,
    roles: dict[str, Role],
    names: SessionNames,
    ledger: Ledger,
    *,
    ranks: bool | None,
) -> Iterator[Answer]:
    """Yield the answers of a table in the order of its rows.

    `ranks` says whether plain numbers are ranks (True) or points (False), if somebody said so.
    """
    reader = _Reader(table, roles, names, ledger, ranks)
    times = reader.times()
    for line, time in zip(table.lines, times, strict=True):
        yield reader.answer(line, time)


class _Reader:
    def __init__(
        self,
        table: Table,
        roles: dict[str, Role],
        names: SessionNames,
        ledger: Ledger,
        ranks: bool | None,
    ) -> None:
        self._table = table
        self._columns = [(place, h, roles[h]) for place, h in enumerate(table.headers)]
        self._names = names
        self._ledger = ledger
        found = numbers_are_ranks(table, roles) if ranks is None else ranks
        if found is None:
            self._ask_for_numbers(roles)
        self._ranks = found is not False
        self._separators = {
            h: separator_of(table, h, names)
            for _, h, role in self._columns
            if role.kind in (RANKING, TIES)
        }

    def _ask_for_numbers(self, roles: dict[str, Role]) -> None:
        first = next(h for h in self._table.headers if roles[h].kind == RANK_OF)
        self._ledger.report.error(
            self._table.file,
            message("Nobody can tell whether the numbers in these columns are ranks or points."),
            message("Add --numbers ranks (1 is best) or --numbers points (more is better)."),
            row=self._table.header_row,
            column=first,
        )

    def times(self) -> list[dt.datetime | None]:
        """Return when each line came in; the last change counts where it is known."""
        result: list[dt.datetime | None] = [None] * len(self._table.lines)
        for kind in (TIME, CHANGED):
            for place, header, role in self._columns:
                if role.kind != kind:
                    continue
                found = moments([line.cells[place] for line in self._table.lines])
                if found is None:
                    self._ledger.report.note(
                        self._table.file,
                        message("Some of these times cannot be read, so a later row counts as "
                                "the later answer."),
                        row=self._table.header_row,
                        column=header,
                    )  # fmt: skip
                else:
                    result = [new or old for new, old in zip(found, result, strict=True)]
        return result

    def answer(self, line: Line, time: dt.datetime | None) -> Answer:
        """Read one line."""
        texts: dict[str, list[str]] = {}
        attributes: dict[str, str] = {}
        wishes: list[Wish] = []
        doubtful: list[str] = []
        for place, header, role in self._columns:
            text = line.cells[place]
            if role.is_about_sessions:
                for wish in self._wishes(line, header, role, text):
                    if isinstance(wish, Wish):
                        wishes.append(wish)
                    else:
                        doubtful.append(wish)
            elif role.kind == ATTRIBUTE and text:
                attributes[header] = text
            elif text and header_word(text) not in _ANONYMOUS:
                texts.setdefault(role.kind, []).append(text)
        parts = [texts[kind][-1] for kind in (FIRST, INFIX, LAST) if kind in texts]
        names = [" ".join(parts)] if parts else []
        return Answer(
            file=self._table.file,
            row=line.number,
            time=time,
            participant=texts.get("participant", [""])[-1],
            names=(*names, *reversed(texts.get("name", []))),
            emails=tuple(reversed(texts.get("email", []))),
            fields={kind: found[-1] for kind, found in texts.items() if kind in _KEPT},
            attributes=attributes,
            wishes=self._once(line, wishes),
            doubts=len(doubtful),
            doubtful=" | ".join(doubtful),
        )

    def _once(self, line: Line, wishes: list[Wish]) -> tuple[Wish, ...]:
        """Keep the best place of a session that is chosen twice, and say so."""
        best: dict[str, Wish] = {}
        for wish in wishes:
            known = best.get(wish.session)
            if known is not None:
                self._ledger.report.note(
                    self._table.file,
                    message("This session is chosen twice; its best place counts."),
                    row=line.number,
                    value=wish.session,
                )
            if known is None or (wish.rank or 0) < (known.rank or 0):
                best[wish.session] = wish
        return tuple(sorted(best.values(), key=lambda wish: wish.rank or 0))

    def _wishes(self, line: Line, header: str, role: Role, text: str) -> Iterator[Wish | str]:
        """Yield the wishes in a cell; a text where one could not be used."""
        if header_word(text) in NO_CHOICE:
            return
        if role.kind == STALE:
            session = self._names.find(role.of)
            if session is None:
                yield self._unknown(line, header, role.of)
                return
            role = Role(RANK_OF if session else IGNORE, session)
        if role.kind in (RANK_OF, POINTS_OF):
            yield self._worth(line, header, role, text)
        elif role.kind == CHOICE:
            yield from self._chosen(line, header, self._titles(text), int(role.of))
        elif role.kind in (RANKING, TIES):
            titles = self._names.split(text, self._separators[header])
            first = None if role.kind == RANKING else 1
            yield from self._chosen(line, header, titles, first)

    def _titles(self, text: str) -> list[str]:
        """Split a cell for one rank: it is one title, unless it is a list of nothing but titles."""
        for mark in (";", "\n", ","):
            parts = self._names.split(text, mark)
            if all(self._names.find(part) is not None for part in parts):
                return parts
        return [text]

    def _chosen(
        self, line: Line, header: str, titles: list[str], rank: int | None
    ) -> Iterator[Wish | str]:
        """Yield a wish per title, at this rank, or at the places in the list if there is none."""
        place = 0
        for title in titles:
            if header_word(title) in NO_CHOICE:
                continue
            session = self._names.find(title)
            place += session != LEFT_OUT
            if session is None:
                yield self._unknown(line, header, title)
            elif session != LEFT_OUT:
                yield Wish(session, place if rank is None else rank)

    def _worth(self, line: Line, header: str, role: Role, text: str) -> Wish | str:
        """Read what a cell says of the session of its column."""
        as_points = role.kind == POINTS_OF or not self._ranks
        if as_points and is_plain_number(text):
            return Wish(role.of, points=text)
        rank = None if as_points else rank_of(text)
        if rank is not None:
            return Wish(role.of, rank)
        self._ledger.doubt(
            self._table.file,
            message("This is neither a rank nor points."),
            message("Write a number; or give the column another meaning with --mapping."),
            row=line.number, column=header, value=text,
        )  # fmt: skip
        return text

    def _unknown(self, line: Line, header: str, title: str) -> str:
        several = self._names.is_ambiguous(title)
        what = message("No session has this title.")
        self._ledger.doubt(
            self._table.file,
            message("Several sessions have this title.") if several else what,
            self._names.suggestion(title)
            or message("Say in a mapping which session it is, or leave it out there."),
            row=line.number, column=header, value=title,
        )  # fmt: skip
        question = OpenQuestion(TITLES, title, self._names.near(title))
        if question not in self._ledger.questions:
            self._ledger.questions.append(question)
        return title


_KEPT = frozenset(
    {"organisation", "municipality", "sector", "role", "tier", "groups", "absent", "needs"}
)
