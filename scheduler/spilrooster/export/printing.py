"""What is printed: badges and schedules, room signs, attendance lists, table plan, catering."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from spilrooster.export._exporter import Made
from spilrooster.export.agenda import (
    Entry,
    agenda,
    by_day,
    expected_at,
    in_order,
    name_of,
    presenters,
    runs_in_order,
    table_blocks,
    told_apart,
)
from spilrooster.export.catering import Meal, diet_notes, meals
from spilrooster.export.edition import Edition
from spilrooster.export.links import LINKS_FILE
from spilrooster.export.pdf import common, lacking, printed, printed_each
from spilrooster_models import Participant, Run, SharedBlock

Data = dict[str, Any]
PERSONAL = "personal.typ"
SPARE_LINES = 4  # on an attendance list, for people who come along


def badges(edition: Edition) -> Made:
    """Return the badges: a page of A6 for everybody, in one file, by name."""
    people = in_order(edition, tuple(edition.event.participants_by_id))
    data = personal_data(edition, "a6", people)
    return Made({"print/badges.pdf": printed(edition, PERSONAL, data)}, notes=lacking(data))


def schedules(edition: Edition) -> Made:
    """Return everybody's day on a page of A4: one file to print, and a file for each of them.

    Somebody who left gets a page that says that the programme was withdrawn.
    """
    known = edition.event.participants_by_id
    people = in_order(edition, tuple(known))
    codes = edition.links.codes
    everybody = [known.get(person) or Participant(id=person) for person in codes]
    data = (personal_data(edition, "a4", [person]) for person in everybody)
    each = zip(codes.values(), printed_each(edition, PERSONAL, data), strict=True)
    files = {f"publish/people/{code}.pdf": content for code, content in each}
    whole = personal_data(edition, "a4", people)
    files["print/schedules.pdf"] = printed(edition, PERSONAL, whole)
    return Made(files, {LINKS_FILE: edition.links.written()}, lacking(whole))


def signs(edition: Edition) -> Made:
    """Return a sign per room and day."""
    _ = edition.words
    shown = [_sign(edition, room, day) for room in edition.event.layout.rooms_by_id
             for day in _days(edition)]  # fmt: skip
    data = {"signs": [sign for sign in shown if sign["runs"]]}
    return _made(edition, "print/room-signs.pdf", _("Room signs"), "signs.typ", data)


def attendance(edition: Edition) -> Made:
    """Return a list per run to tick off."""
    _ = edition.words
    data = {
        "name": _("Name"),
        "organisation": _("Organisation"),
        "spare": SPARE_LINES,
        "runs": [_list(edition, run) for run in runs_in_order(edition)],
    }
    return _made(edition, "print/attendance.pdf", _("Attendance lists"), "attendance.typ", data)


def tables(edition: Edition) -> Made:
    """Return the table plan, by name and by table; nothing if there are no tables."""
    _ = edition.words
    blocks = [_table_plan(edition, block) for block in table_blocks(edition)]
    data = {"by-name": _("by name"), "by-table": _("by table"), "blocks": blocks}
    if not blocks:
        return Made({})
    return _made(edition, "print/table-plan.pdf", _("Table plan"), "tables.typ", data)


def catering(edition: Edition) -> Made:
    """Return the numbers for the kitchen; nothing if nobody eats."""
    _ = edition.words
    found, notes = meals(edition), diet_notes(edition)
    data = {
        "heading": _("Catering"),
        "people": _("People"),
        "note": " ".join(_.sentence(note) for note in notes),
        "meals": [_meal(edition, meal) for meal in found],
    }
    if not found:
        return Made({})
    made = _made(edition, "print/catering.pdf", _("Catering"), "catering.typ", data)
    return Made(made.files, notes=notes + made.notes)


def personal_data(edition: Edition, paper: str, people: Sequence[Participant]) -> Data:
    """Return what a page for each of these people holds, on paper of size a4 or a6."""
    _ = edition.words
    title = name_of(people[0]) if len(people) == 1 else _("Everybody's programme")
    shown = [_person(edition, person) for person in people]
    known = common(edition, f"{edition.event.name}: {title}")
    return known | {"paper": paper, "people": shown}


def _made(edition: Edition, file: str, title: str, drawing: str, data: Data) -> Made:
    whole = common(edition, f"{edition.event.name}: {title}") | data
    return Made({file: printed(edition, drawing, whole)}, notes=lacking(whole))


def _person(edition: Edition, person: Participant) -> Data:
    _, left = edition.words, person.id not in edition.event.participants_by_id
    days = by_day(() if left else agenda(edition, person))
    return {
        "notice": _("This programme has been withdrawn.") if left else "",
        "name": name_of(person),
        "about": person.organisation,
        "days": [
            {"date": _.date(day), "entries": [_entry(edition, e) for e in entries]}
            for day, entries in days
        ],
    }


def _entry(edition: Edition, entry: Entry) -> Data:
    _ = edition.words
    names = [] if entry.session is None else presenters(edition, entry.session)
    with_names = _("With {names}", names=_.listed(names)) if names else ""
    return {
        "time": _.times(entry.block),
        "kind": entry.kind,
        "title": entry.title,
        "where": f"{entry.place} ({entry.building})" if entry.building else entry.place,
        "note": entry.note or with_names,
    }


def _days(edition: Edition) -> tuple[dt.date, ...]:
    return tuple(dict.fromkeys(edition.event.day_of(b) for b in edition.event.blocks))


def _sign(edition: Edition, room: str, day: dt.date) -> Data:
    event, _ = edition.event, edition.words
    rounds = {r.id: r for r in event.layout.rounds}
    here = event.layout.rooms_by_id[room]
    runs = []
    for run in runs_in_order(edition):
        if run.room == room and event.day_of(rounds[run.round]) == day:
            session = event.sessions_by_id[run.session]
            names = presenters(edition, session)
            parts = [session.theme, _("With {names}", names=_.listed(names)) if names else ""]
            note = " · ".join(part for part in parts if part)
            times = _.times(rounds[run.round])
            runs.append({"time": times, "title": session.title, "note": note})
    name = f"{here.name} ({here.building})" if here.building else here.name
    return {"room": name, "date": _.date(day), "runs": runs}


def _list(edition: Edition, run: Run) -> Data:
    event, _ = edition.event, edition.words
    block = next(r for r in event.layout.rounds if r.id == run.round)
    session, room = event.sessions_by_id[run.session], event.layout.rooms_by_id[run.room]
    expected = expected_at(edition, run)
    names = [name_of(p) for p in in_order(edition, session.presenters)]
    return {
        "title": session.title,
        "date": edition.words.date(event.day_of(block)),
        "place": f"{room.name} · {block.name} · {_.times(block)}",
        "presenters": _("Presenters: {names}", names=_.listed(names)) if names else "",
        "count": _.count("{count} person", "{count} people", len(expected)),
        "people": [{"name": name_of(p), "organisation": p.organisation} for p in expected],
    }


def _table_plan(edition: Edition, block: SharedBlock) -> Data:
    _, programme = edition.words, edition.programme
    known = edition.event.layout.tables[block.id]
    at = {t: in_order(edition, programme.people_at.get((block.id, t), ())) for t in known}
    seated = {p.id: table for table, people in at.items() for p in people}
    everybody = in_order(edition, tuple(seated))
    called = told_apart(everybody)
    return {
        "name": block.name,
        "time": _.times(block),
        "date": _.date(edition.event.day_of(block)),
        "people": [{"name": called[p.id], "table": seated[p.id]} for p in everybody],
        "tables": [
            {"name": table, "people": [called[p.id] for p in people]}
            for table, people in at.items()
            if people
        ],
    }


def _meal(edition: Edition, meal: Meal) -> Data:
    _ = edition.words
    return {
        "name": meal.block.name,
        "time": _.times(meal.block),
        "date": _.date(edition.event.day_of(meal.block)),
        "count": _.number(meal.people),
        "rows": list(_rows(edition, meal)),
    }


def _rows(edition: Edition, meal: Meal) -> Iterator[tuple[str, str]]:
    for name, count in (*meal.places, *meal.diets):
        yield name, edition.words.number(count)
