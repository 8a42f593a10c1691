"""Write an event as a folder or workbook that reads back as the same Problem."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import tomli_w

from spilrooster.problem import Problem
from spilrooster.rules import STANDARD_RULES, Choices, Rule
from spilrooster.tables._atomic import write_files
from spilrooster.tables._contract import (
    CHOICES,
    EVENT,
    PARTICIPANTS,
    PREFERENCES,
    ROOMS,
    ROUNDS,
    RULES,
    SESSIONS,
    TABLES,
)
from spilrooster.tables._csv import Cell, written
from spilrooster.tables._read import read
from spilrooster.tables._rules import sheet_value
from spilrooster.tables._settings import EVENT_FILE
from spilrooster.tables._source import WORKBOOK_ENDINGS
from spilrooster.tables._table import Columns
from spilrooster.tables._text import LIST_SEPARATOR
from spilrooster.tables._values import time_text
from spilrooster.tables._workbook import Sheet, workbook_bytes
from spilrooster_models import (
    DataError,
    Event,
    InputProblem,
    Participant,
    Room,
    Round,
    Session,
    SharedBlock,
    SharedPlace,
    message,
)

Fact = Room | Session | Participant
Row = dict[str, Cell]


def write_event(problem: Problem, path: str | Path) -> None:
    """Write a problem as an event folder, or as a workbook if `path` ends in .xlsx.

    What is written is read back before it takes its place, so it is never something else.

    Raises
    ------
    DataError
        If it cannot be written such that it reads back equal (an id that contains ``|``, a text
        with spaces around it, an event that `read` refuses), or if the system refuses.
    """
    place = Path(path)
    if place.suffix.casefold() in WORKBOOK_ENDINGS:
        directory, files = place.parent, {place.name: _workbook(problem)}
    else:
        directory, files = place, _folder_files(problem)
        _refuse_two_kinds_of_choices(place)
    with tempfile.TemporaryDirectory() as spare:
        write_files(Path(spare), files)
        again = read(Path(spare, place.name) if place.name in files else spare)
    if again != problem:
        raise DataError(_differences(problem, again))
    write_files(directory, files)


def _refuse_two_kinds_of_choices(folder: Path) -> None:
    other = folder / f"{PREFERENCES.name}.csv"
    if other.exists():
        what = message("This stands here already; with choices.csv there would be two.")
        advice = message("Choose an empty folder, or delete it.")
        raise DataError([InputProblem(file=other.name, what=what, advice=advice)])


def _folder_files(problem: Problem) -> dict[str, bytes]:
    points, rules = rules_to_write(problem)
    content: dict[str, Any] = settings_of(problem.event)
    if points is not None:
        content["points"] = list(points.points_per_rank)
    if rules:
        content[RULES] = [{"rule": rule.rule, **_fields(rule)} for rule in rules]
    files = {EVENT_FILE: tomli_w.dumps(content).encode()}
    for sheet in event_tables(problem.event):
        name = f"{sheet.name}.csv"
        files[name] = written(sheet.columns, sheet.rows, problem.event.language)
    return files


def _workbook(problem: Problem) -> bytes:
    points, rules = rules_to_write(problem)
    settings: list[tuple[Cell, ...]] = [
        (name, str(value)) for name, value in settings_of(problem.event).items()
    ]
    if points is not None:
        settings.append(("points", LIST_SEPARATOR.join(map(str, points.points_per_rank))))
    sheets = [Sheet(EVENT, ("key", "value"), settings), *event_tables(problem.event)]
    if rules:
        rows = [row for rule in rules for row in _rule_rows(rule)]
        sheets.insert(1, Sheet(RULES, ("rule", "field", "value"), rows))
    return workbook_bytes(sheets)


def settings_of(event: Event) -> dict[str, Any]:
    """Return what event.toml says besides points and rules."""
    settings = {
        "name": event.name,
        "date": event.date,
        "timezone": event.timezone,
        "language": event.language,
    }
    others = {
        "show_presenters": event.show_presenters,
        "website": event.website,
        "only_with_session": event.only_with_session,
    }
    return settings | {name: value for name, value in others.items() if value}


def rules_to_write(problem: Problem) -> tuple[Choices | None, list[Rule]]:
    """Return points and rules: the shortest way to say what `Problem.of` completes."""
    asked = [
        r for r in problem.rules if r not in [kind.model_validate({}) for kind in STANDARD_RULES]
    ]
    points = problem.choices
    if points in asked and set(_fields(points)) == {"points_per_rank"}:
        others = [rule for rule in asked if rule != points]
        if Problem.of(problem.event, [points, *others]).rules == problem.rules:
            return points, others
    if Problem.of(problem.event, asked).rules == problem.rules:
        return None, asked
    return None, list(problem.rules)


def _fields(rule: Rule) -> dict[str, Any]:
    """Return the fields that differ from their defaults, as plain values."""
    return rule.model_dump(mode="json", exclude_defaults=True, exclude_none=True, exclude={"rule"})


def _rule_rows(rule: Rule) -> Iterator[tuple[Cell, ...]]:
    name: Cell = rule.rule
    for field, value in _fields(rule).items():
        yield name, field, sheet_value(value)
        name = None
    if name is not None:
        yield name, None, None


def event_tables(event: Event) -> Iterator[Sheet]:
    """Yield the tables of an event, each with the columns in which something stands."""
    sessions = [s for s in event.sessions if not s.continues]
    people = event.participants
    yield _sheet(ROUNDS, [_block_row(block) for block in event.blocks])
    yield _sheet(ROOMS, [_room_row(r) for r in event.layout.rooms], event.layout.rooms)
    yield _sheet(SESSIONS, [_session_row(s, len(event.parts[s.id])) for s in sessions], sessions)
    yield _sheet(PARTICIPANTS, [_participant_row(p) for p in people], people)
    if event.layout.places:
        yield _sheet(TABLES, [_place_row(place) for place in event.layout.places])
    choices: list[Row] = [
        {"participant": c.participant, "session": c.session, "rank": c.rank, "points": c.points}
        for c in event.choices
    ]
    yield _sheet(CHOICES, choices, always=("rank",) if all(c.rank for c in event.choices) else ())


def _sheet(
    columns: Columns, rows: Sequence[Row], facts: Sequence[Fact] = (), always: Sequence[str] = ()
) -> Sheet:
    """Lay out rows under the columns that hold something, attributes behind them."""
    used = {name for row in rows for name, cell in row.items() if cell not in ("", None)}
    used.update(columns.required, always)
    names = [name for name in columns.required + columns.optional if name in used]
    attributes = _attribute_names(facts)
    cells = [[row[name] for name in names] for row in rows]
    for row, fact in zip(cells, facts, strict=False):
        given = dict(fact.attributes)
        row += [given.get(name) for name in attributes]
    return Sheet(columns.name, [*names, *attributes], cells)


def _attribute_names(facts: Iterable[Fact]) -> list[str]:
    """Return all names of attributes in an order that agrees with every fact's own."""
    order: TopologicalSorter[str] = TopologicalSorter()
    names: dict[str, None] = {}
    for fact in facts:
        previous: tuple[str, ...] = ()
        for name, _ in fact.attributes:
            order.add(name, *previous)
            names[name] = None
            previous = (name,)
    try:
        return list(order.static_order())
    except CycleError:  # no order of columns can agree; reading back will tell
        return list(names)


def _joined(items: Sequence[str]) -> str:
    return LIST_SEPARATOR.join(items)


def _block_row(block: Round | SharedBlock) -> Row:
    return {
        "round": block.id,
        "name": block.name,
        "start": time_text(block.start),
        "end": time_text(block.end),
        "kind": block.kind.value if isinstance(block, SharedBlock) else "sessions",
        "date": None if block.date is None else block.date.isoformat(),
    }


def _room_row(room: Room) -> Row:
    return {
        "room": room.id,
        "name": room.name,
        "seats": room.seats,
        "features": _joined(room.features),
        "building": room.building,
        "closed": _joined(room.closed),
    }


def _session_row(session: Session, length: int) -> Row:
    return {
        "session": session.id,
        "title": session.title,
        "theme": session.theme,
        "presenters": _joined(session.presenters),
        "min_people": session.min_people or None,
        "max_people": session.max_people,
        "min_runs": None if session.min_runs == 1 else session.min_runs,
        "max_runs": None if session.max_runs == 1 else session.max_runs,
        "rounds": _joined(session.rounds),
        "rooms": _joined(session.rooms),
        "needs": _joined(session.needs),
        "length": None if length == 1 else length,
        "only_for": _joined(session.only_for),
        "language": session.language,
    }


def _participant_row(participant: Participant) -> Row:
    row: Row = {"participant": participant.id}
    for name in PARTICIPANTS.optional:
        value = getattr(participant, name)
        row[name] = value if isinstance(value, str) else _joined(value)
    row["absent"] = _joined((*participant.absent, *participant.misses))
    return row


def _place_row(place: SharedPlace) -> Row:
    return {
        "block": _joined(place.blocks),
        "place": place.name,
        "tables": place.tables or None,
        "seats": place.seats,
        "owners": _joined(place.owners),
    }


def _differences(ours: Problem, theirs: Problem) -> Iterator[InputProblem]:
    """Yield what would read back otherwise, at least one."""
    mine, yours = ours.event, theirs.event
    found = False
    for file, facts, others in (
        (ROUNDS, mine.blocks, yours.blocks),
        (ROOMS, mine.layout.rooms, yours.layout.rooms),
        (SESSIONS, mine.sessions, yours.sessions),
        (PARTICIPANTS, mine.participants, yours.participants),
    ):
        read_back = {fact.id: fact for fact in others}
        for fact in facts:
            if fact != read_back.get(fact.id):
                found = True
                yield _difference(file.name, fact.id)
    if mine.layout.places != yours.layout.places:
        found = True
        yield _difference(TABLES.name, None)
    if not found:
        yield _difference(EVENT, None)


def _difference(file: str, about: str | None) -> InputProblem:
    return InputProblem(
        file=file,
        value=about,
        what=message("This cannot be written such that it reads back the same."),
        advice=message(
            "Look for spaces around a text, | inside a list's item, and rounds out of order."
        ),
    )
