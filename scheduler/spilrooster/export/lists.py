"""Lists for the organisers, as tables: attendance, table plan and catering."""

from __future__ import annotations

from collections.abc import Iterator

from spilrooster.export._exporter import Made
from spilrooster.export.agenda import expected_at, in_order, name_of, runs_in_order, table_blocks
from spilrooster.export.catering import Meal, diet_notes, meals
from spilrooster.export.edition import Edition
from spilrooster.tables._csv import Cell, written

Row = tuple[Cell, ...]


def lists(edition: Edition) -> Made:
    """Return attendance.csv, table-plan.csv if there are tables, and catering.csv if people eat."""
    _ = edition.words
    expected = (_("round"), _("time"), _("room"), _("session"), _("name"), _("organisation"))
    tables = (_("block"), _("time"), _("table"), _("name"), _("organisation"))
    counts = (_("block"), _("time"), _("part"), _("number"))
    found = {
        "attendance.csv": (expected, list(_attendance(edition))),
        "table-plan.csv": (tables, list(_tables(edition))),
        "catering.csv": (counts, [row for meal in meals(edition) for row in _meal(edition, meal)]),
    }
    files = {
        name: written(header, rows, edition.language)
        for name, (header, rows) in found.items()
        if rows or name == "attendance.csv"
    }
    return Made(files, notes=diet_notes(edition) if "catering.csv" in files else ())


def _attendance(edition: Edition) -> Iterator[Row]:
    event = edition.event
    rounds = {r.id: r for r in event.layout.rounds}
    for run in runs_in_order(edition):
        block, room = rounds[run.round], event.layout.rooms_by_id[run.room]
        title = event.sessions_by_id[run.session].title
        place = (block.name, edition.words.times(block), room.name, title)
        for person in expected_at(edition, run):
            yield (*place, name_of(person), person.organisation)


def _tables(edition: Edition) -> Iterator[Row]:
    for block in table_blocks(edition):
        for table in edition.event.layout.tables[block.id]:
            people = edition.programme.people_at.get((block.id, table), ())
            for person in in_order(edition, people):
                times = edition.words.times(block)
                yield block.name, times, table, name_of(person), person.organisation


def _meal(edition: Edition, meal: Meal) -> Iterator[Row]:
    _ = edition.words
    when = (meal.block.name, _.times(meal.block))
    yield *when, _("people"), meal.people
    for place, count in meal.places:
        yield *when, place, count
    for diet, count in meal.diets:
        yield *when, diet, count
