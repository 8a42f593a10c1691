"""The workbook for organisers: a programme to look at, to filter, to change and to hand back.

Yellow cells can be edited: session, round and room of a run, the session of somebody in a round,
and what is fixed. Lists help to fill them in, and formulas keep seats and audiences up to date.
Everything is read back by `read_programme` and, with what was changed, by `read_earlier`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import xlsxwriter

from spilrooster.problem import Problem
from spilrooster.tables._csv import Cell
from spilrooster.tables._edited import NO, YES
from spilrooster.tables._labels import Labels
from spilrooster.tables._output import ranks_of, run_ids, schedule_rows
from spilrooster.tables._pages import Book, Column, Formula, Still, quoted
from spilrooster.tables._text import defused
from spilrooster.tables._values import time_text
from spilrooster.tables._workbook import CREATED, Sheet, check_lengths
from spilrooster.tables._written import written_sheet
from spilrooster_models import Message, Programme, Round, message
from spilrooster_models.event import Language

SPARE_ROWS = 30
"""Rows below the runs that are ready for new ones."""

PROGRAMME, SCHEDULES, CHOICES = message("programme"), message("schedules"), message("choices")
SESSIONS, ROUNDS, ROOMS = message("sessions"), message("rounds"), message("rooms")
READ_ME = message("read me")
EXPLANATION: tuple[Message, ...] = (
    message("This workbook is the programme. You can change it and hand it back."),
    message("Change only yellow cells: a list opens in each of them. Grey cells are calculated."),
    message(
        "What you change is kept when you solve again with: spilrooster solve EVENT --from "
        "WORKBOOK. The rest of the programme is built anew around it."
    ),
    message("Something has to stay as it is? Choose yes in the column fixed."),
    message("A new run: fill in the first empty row below the runs. An empty room means any room."),
    message("Delete the whole row of a run, and that session does not run in that round again."),
    message("Empty the session of somebody in a round, and they are free then."),
    message("Places at lunch, market and drinks cannot be fixed: they follow from the programme."),
    message("Red means: more people than seats, or two runs in one room at the same time."),
)


@dataclass(frozen=True)
class _Scene:
    """What the pages are made of, and where the cells are that formulas look at."""

    problem: Problem
    programme: Programme
    book: Book
    labels: Labels
    people: tuple[tuple[Cell, ...], ...]

    @property
    def runs_end(self) -> int:
        """The last row for runs, as a spreadsheet counts."""
        return 1 + len(self.programme.runs) + SPARE_ROWS

    def runs(self, column: str) -> str:
        """Where a column of the page with runs stands."""
        return f"{self.book.name(PROGRAMME)}!${column}$2:${column}${self.runs_end}"

    def places(self, column: str) -> str:
        """Where a column of the page with people's places stands."""
        end = 1 + max(1, len(self.people))
        return f"{self.book.name(SCHEDULES)}!${column}$2:${column}${end}"

    def listed(self, page: Message, count: int, column: str = "A") -> str:
        """Where a column of a page with sessions, rounds or rooms stands."""
        return f"{self.book.name(page)}!${column}$2:${column}${1 + max(1, count)}"

    @property
    def marks(self) -> list[str]:
        """What can stand in the column fixed."""
        return [self.book.word(YES), self.book.word(NO)]


def programme_workbook(
    problem: Problem,
    programme: Programme,
    language: Language,
    figures: Sequence[tuple[str, Cell]] = (),
) -> bytes:
    """Return the workbook of a programme that fits its event.

    Equal programmes give equal bytes. `figures` are names and values for a last sheet.

    Raises
    ------
    DataError
        If a text is longer than a cell of a workbook can hold.
    """
    target = io.BytesIO()
    record = written_sheet(problem.event, programme)
    others = [record, Sheet("result", ("key", "value"), figures)] if figures else [record]
    for sheet in others:
        check_lengths(sheet)
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        made.set_properties({"created": CREATED, "title": problem.event.name[:200]})
        book = Book(made, language)
        people = tuple(schedule_rows(problem, programme))
        scene = _Scene(problem, programme, book, Labels.of(problem.event), people)
        _explain(scene)
        _programme_page(scene)
        _schedules_page(scene)
        _choices_page(scene)
        _list_pages(scene)
        for sheet in others:
            _plain_page(scene, sheet)
        made.get_worksheet_by_name(record.name).very_hidden()
        made.get_worksheet_by_name(book.name(PROGRAMME)).activate()
    return target.getvalue()


def _explain(scene: _Scene) -> None:
    book = scene.book
    page = book.book.add_worksheet(book.name(READ_ME))
    page.hide_gridlines(2)
    page.set_column(0, 0, 100)
    page.write_string(0, 0, defused(scene.problem.event.name), book.styles.title)
    for row, text in enumerate(EXPLANATION, start=2):
        page.write_string(row, 0, book.word(text), book.styles.text)


def _programme_page(scene: _Scene) -> None:
    event, book = scene.problem.event, scene.book
    blocks = event.layout.rounds
    columns = (
        Column("run", 12),
        Column("session", 48, True, f"={scene.listed(SESSIONS, len(event.parts))}"),
        Column("round", 22, True, f"={scene.listed(ROUNDS, len(blocks))}"),
        Column("room", 26, True, f"={scene.listed(ROOMS, len(event.layout.rooms))}"),
        Column("seats", 10),
        Column("attending", 11),
        Column("free", 8),
        Column("fixed", 8, True, scene.marks),
        Column("key", 10, hidden=True),
    )
    rows = list(_run_rows(scene))
    spare = [_spare_run(scene, 2 + len(rows) + i) for i in range(SPARE_ROWS)]
    page = book.page(book.name(PROGRAMME), columns, rows, spare)
    end = scene.runs_end
    crowded = {"type": "formula", "criteria": "=AND(ISNUMBER($G2),$G2<0)"}
    page.conditional_format(f"E2:G{end}", crowded | {"format": book.styles.wrong})
    both = f"SUMPRODUCT(($C$2:$C${end}=$C2)*($D$2:$D${end}=$D2))>1"
    clash = {"type": "formula", "criteria": f'=AND($C2<>"",$D2<>"",{both})'}
    page.conditional_format(f"C2:D{end}", clash | {"format": book.styles.wrong})
    _show_marks(scene, page, f"H2:H{end}", "H")


def _run_rows(scene: _Scene) -> Iterator[tuple[Cell | Formula, ...]]:
    event, labels = scene.problem.event, scene.labels
    ids = run_ids(event, scene.programme)
    for row, run in enumerate(scene.programme.runs, start=2):
        seats = event.layout.rooms_by_id[run.room].seats
        people = len(scene.programme.audience(event, run.session, run.round))
        session, block = (
            labels.of_sessions.label[event.first_part[run.session]],
            labels.of_blocks.label[run.round],
        )
        yield (
            ids[run.session, run.round],
            session,
            block,
            labels.of_rooms.label[run.room],
            *_derived(scene, row, seats, people, f"{defused(session)}|{defused(block)}"),
        )


def _spare_run(scene: _Scene, row: int) -> tuple[Cell | Formula, ...]:
    return (None, None, None, None, *_derived(scene, row, "", "", "", new=True))


def _derived(
    scene: _Scene, row: int, seats: Cell, people: Cell, key: str, *, new: bool = False
) -> tuple[Cell | Formula, ...]:
    """Return seats, audience, what is free, whether it is fixed, and what places look for."""
    rooms = len(scene.problem.event.layout.rooms)
    found = f"INDEX({scene.listed(ROOMS, rooms, 'C')},MATCH(D{row},{scene.listed(ROOMS, rooms)},0))"
    there = (
        f"SUMPRODUCT(({scene.places('E')}=B{row})*({scene.places('D')}=C{row})"
        f'*({scene.places("F")}=""))'
    )
    free = seats - people if isinstance(seats, int) and isinstance(people, int) else ""
    return (
        Formula(f'=IF(D{row}="","",IFERROR({found},""))', seats),
        Formula(f'=IF(B{row}="","",{there})', people),
        Formula(f'=IF(OR(B{row}="",E{row}=""),"",E{row}-F{row})', free),
        None if new else scene.book.word(NO),
        Formula(f'=IF(B{row}="","",B{row}&"|"&C{row})', key),
    )


def _schedules_page(scene: _Scene) -> None:
    event, book = scene.problem.event, scene.book
    columns = (
        Column("participant", 16),
        Column("name", 26),
        Column("organisation", 26),
        Column("round", 22),
        Column("session", 48, True, f"={scene.listed(SESSIONS, len(event.parts))}"),
        Column("presents", 10),
        Column("room", 26),
        Column("rank", 8),
        Column("fixed", 8, True, scene.marks),
    )
    page = book.page(book.name(SCHEDULES), columns, list(_place_rows(scene)))
    _show_marks(scene, page, f"I2:I{1 + max(1, len(scene.people))}", "I")


def _place_rows(scene: _Scene) -> Iterator[tuple[Cell | Formula | Still, ...]]:
    event, labels = scene.problem.event, scene.labels
    rounds = {block.id for block in event.blocks if isinstance(block, Round)}
    yes, no = scene.book.word(YES), scene.book.word(NO)
    for row, (p, block, session, room, rank) in enumerate(scene.people, start=2):
        person = event.participants_by_id[str(p)]
        about = (p, person.name, person.organisation, labels.of_blocks.label[str(block)])
        if block not in rounds:
            yield (*about, Still(session), None, Still(room), None, Still(None))
            continue
        shown = "" if session is None else labels.of_sessions.label[str(session)]
        found = f'MATCH(E{row}&"|"&D{row},{scene.runs("I")},0)'
        where = None if room is None else defused(labels.of_rooms.label[str(room)])
        presents = session in event.presented_by.get(person.id, ())
        yield (
            *about,
            shown or None,
            Formula(f'=IF(E{row}={quoted(defused(shown))},{quoted(yes)},"")', yes)
            if presents
            else None,
            Formula(f'=IF(E{row}="","",IFERROR(INDEX({scene.runs("D")},{found}),"?"))', where),
            _rank(scene, row, shown, rank),
            no,
        )


def _rank(scene: _Scene, row: int, shown: str, rank: Cell) -> Formula:
    """Return the rank of the session in this row; looked up only if somebody changed it."""
    end = 1 + max(1, len(scene.problem.event.choices))
    name = scene.book.name(CHOICES)
    found = f'MATCH(A{row}&"|"&E{row},{name}!$F$2:$F${end},0)'
    other = f'IFERROR(INDEX({name}!$D$2:$D${end},{found}),"")'
    same = '""' if rank is None else str(rank)
    return Formula(f"=IF(E{row}={quoted(defused(shown))},{same},{other})", rank)


def _show_marks(scene: _Scene, page: xlsxwriter.worksheet.Worksheet, cells: str, at: str) -> None:
    yes = {"type": "formula", "criteria": f"=${at}2={quoted(scene.book.word(YES))}"}
    page.conditional_format(cells, yes | {"format": scene.book.styles.marked})


def _choices_page(scene: _Scene) -> None:
    event, book = scene.problem.event, scene.book
    columns = (
        Column("participant", 16),
        Column("name", 26),
        Column("session", 48),
        Column("rank", 8),
        Column("got", 8),
        Column("key", 10, hidden=True),
    )
    rows = []
    for p, choices in event.choices_of.items():
        got = set(scene.programme.attended(event, p))
        ranks, name = ranks_of(scene.problem, p), event.participants_by_id[p].name
        for choice in choices:
            label = scene.labels.of_sessions.label[choice.session]
            granted = book.word(YES if choice.session in got else NO)
            rows.append(
                (
                    p,
                    name,
                    label,
                    ranks.get(choice.session),
                    granted,
                    f"{defused(p)}|{defused(label)}",
                )
            )
    book.page(book.name(CHOICES), columns, rows)


def _list_pages(scene: _Scene) -> None:
    event, book, labels = scene.problem.event, scene.book, scene.labels
    known = event.participants_by_id
    book.page(
        book.name(SESSIONS),
        (Column("session", 48), Column("theme", 24), Column("presents", 40)),
        [
            (
                labels.of_sessions.label[s.id],
                s.theme,
                ", ".join(known[p].name or p for p in s.presenters),
            )
            for s in event.sessions
            if not s.continues
        ],
    )
    book.page(
        book.name(ROUNDS),
        (Column("round", 26), Column("time", 16)),
        [
            (labels.of_blocks.label[t.id], f"{time_text(t.start)}–{time_text(t.end)}")
            for t in event.layout.rounds
        ],
    )
    book.page(
        book.name(ROOMS),
        (Column("room", 30), Column("name", 26), Column("seats", 10)),
        [(labels.of_rooms.label[r.id], r.name, r.seats) for r in event.layout.rooms],
    )


def _plain_page(scene: _Scene, sheet: Sheet) -> None:
    """Write a sheet for programs, cell by cell as text."""
    page = scene.book.book.add_worksheet(sheet.name)
    for number, name in enumerate(sheet.columns):
        page.write_string(0, number, name)
    for row, cells in enumerate(sheet.rows, start=1):
        for number, cell in enumerate(cells):
            if isinstance(cell, int):
                page.write_number(row, number, cell)
            elif cell:
                page.write_string(row, number, defused(cell))
