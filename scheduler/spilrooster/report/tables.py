"""The table plan: who sits where in each shared block, and who meets who had better not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spilrooster.problem import Problem
from spilrooster.report.words import Words
from spilrooster_models import Meetings, Message, Programme, SharedBlock, message
from spilrooster_models.layout import BlockId


@dataclass(frozen=True)
class Seated:
    """A table or stand, and who is there."""

    name: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class TablePlan:
    """The tables of one block, in the order of tables.csv; empty ones are left out."""

    name: str
    times: str
    date: str
    count: str
    tables: tuple[Seated, ...]


@dataclass(frozen=True)
class Met:
    """How many pairs meet for a reason, and what is proven about it."""

    rule: str
    reason: str
    count: str
    pairs: str
    least: str
    said: str


REASONS: dict[str, Message] = {
    "organisation": message("from one organisation"),
    "municipality": message("from one municipality"),
    "sector": message("from one sector"),
    "role": message("with one role"),
    "session": message("at one session that day"),
    "met": message("who met before that day"),
    "again": message("at one table for the second time"),
    "theme": message("who want no theme in common"),
    "any": message("for at least one of these reasons"),
}


def plans(problem: Problem, programme: Programme, _: Words) -> Iterator[TablePlan]:
    """Yield the plan of each block in which people have places."""
    event = problem.event
    for block in event.blocks:
        if isinstance(block, SharedBlock) and block.id in programme.shared:
            tables = tuple(_tables(problem, programme, block.id))
            people = sum(len(table.people) for table in tables)
            another_day = block.date is not None and block.date != event.date
            yield TablePlan(
                name=block.name,
                times=_.times(block),
                date=_.date(block.date) if another_day and block.date else "",
                count=_.count("{count} person", "{count} people", people),
                tables=tables,
            )


def _tables(problem: Problem, programme: Programme, block: BlockId) -> Iterator[Seated]:
    known = problem.event.participants_by_id
    for table in problem.event.layout.tables[block]:
        people = programme.people_at.get((block, table), ())
        if people:
            yield Seated(table, tuple(known[p].name or p for p in people))


def met(meetings: Iterable[Meetings], _: Words) -> Iterator[Met]:
    """Yield a line for each reason of each rule."""
    for m in meetings:
        yield Met(
            rule=_.rule(m.rule),
            reason=_.term(m.reason, REASONS),
            count=_.number(m.count),
            pairs=_.number(m.pairs),
            least=_.number(m.bound),
            said=_said(m, _),
        )


def _said(m: Meetings, _: Words) -> str:
    if m.count <= m.bound:
        return _("proven: no table plan has fewer")
    return _("at most {count} fewer is possible", count=m.count - m.bound)
