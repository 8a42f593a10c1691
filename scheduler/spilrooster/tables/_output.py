"""Write a result: programme.csv, schedules.csv, written.csv and result.json."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spilrooster.problem import Problem
from spilrooster.tables._atomic import write_files
from spilrooster.tables._contract import PROGRAMME, SCHEDULES
from spilrooster.tables._csv import Cell, written
from spilrooster.tables._origin import ORIGIN, RESULT_FILE, origin_text
from spilrooster.tables._workbook import Sheet
from spilrooster.tables._written import written_sheet
from spilrooster_models import (
    Event,
    InputProblem,
    PersonalSchedule,
    Programme,
    Result,
    Round,
    SharedBlock,
)
from spilrooster_models.event import Language

_NOTHING: Mapping[str, str | bytes] = {}


def write_output(
    problem: Problem,
    result: Result,
    directory: str | Path,
    language: Language,
    *,
    repairs: Sequence[InputProblem] = (),
    extra: Mapping[str, str | bytes] = _NOTHING,
    source: str | Path | None = None,
) -> None:
    """Write the output folder, whole or not at all.

    Parameters
    ----------
    problem, result
        What was solved and what came out. Without a programme, both tables have only a header,
        so that nothing of an earlier result stays behind.
    language
        Decides the dialect of the CSV files: ``;`` and a BOM for nl.
    repairs
        What reading the event repaired and noted; listed in result.json.
    extra
        Further files for the same move: plain file name -> content.
    source
        Where the event was read from; result.json says it, so that `read_edition` finds it.

    Raises
    ------
    DataError
        If the system refuses to write; nothing has changed then.
    ValueError
        If `extra` has a name that is no plain file name, or that of an own file.
    """
    files = {
        f"{sheet.name}.csv": written(sheet.columns, sheet.rows, language)
        for sheet in output_tables(problem, result.programme)
    }
    record = written_sheet(problem.event, result.programme)
    files[f"{record.name}.csv"] = written(record.columns, record.rows, language)
    origin = {} if source is None else {ORIGIN: origin_text(source, directory)}
    facts = origin | summary_of(result, repairs)
    summary = json.dumps(facts, indent=2, ensure_ascii=False, allow_nan=False)
    files[RESULT_FILE] = f"{summary}\n".encode()
    for name, content in extra.items():
        if not name or name in files or Path(name).name != name:
            raise ValueError(f"extra file {name!r}: give a plain file name of its own")
        files[name] = content.encode() if isinstance(content, str) else content
    write_files(Path(directory), files)


def run_ids(event: Event, programme: Programme) -> dict[tuple[str, str], str]:
    """Return the id of each run under (session, round): S07-1 is the first run of S07.

    If S07 takes several rounds, the second of its first run is S07-1.2.
    """
    number = {part: n for parts in event.parts.values() for n, part in enumerate(parts, start=1)}
    return {
        (session, round_id): f"{event.first_part[session]}-{run}"
        + (f".{number[session]}" if number[session] > 1 else "")
        for session, rounds in programme.rounds_of.items()
        for run, round_id in enumerate(rounds, start=1)
    }


def output_tables(problem: Problem, programme: Programme | None) -> tuple[Sheet, Sheet]:
    """Return programme and schedules; with only their headers if there is no programme."""
    runs = [] if programme is None else list(_run_rows(problem, programme))
    places = [] if programme is None else list(schedule_rows(problem, programme))
    return (
        Sheet(PROGRAMME.name, PROGRAMME.required + PROGRAMME.optional, runs),
        Sheet(SCHEDULES.name, SCHEDULES.required + SCHEDULES.optional, places),
    )


def _run_rows(problem: Problem, programme: Programme) -> Iterator[tuple[Cell, ...]]:
    event, ids = problem.event, run_ids(problem.event, programme)
    for run in programme.runs:
        yield (
            ids[run.session, run.round],
            event.first_part[run.session],
            run.round,
            run.room,
            event.layout.rooms_by_id[run.room].seats,
            len(programme.audience(event, run.session, run.round)),
        )


def schedule_rows(problem: Problem, programme: Programme) -> Iterator[tuple[Cell, ...]]:
    """Yield participant, block, session (or the name of a shared block), room or table, rank."""
    blocks = problem.event.blocks
    for schedule in programme.schedules:
        ranks = ranks_of(problem, schedule.participant)
        sessions = dict(zip(programme.rounds, schedule.sessions, strict=True))
        for block in blocks:
            if not isinstance(block, Round):
                name, table = _shared_place(problem.event, programme, schedule, block)
                yield schedule.participant, block.id, name, table, None
                continue
            session = sessions[block.id]
            room = None if session is None else programme.room_of.get((session, block.id))
            rank = None if session is None else ranks.get(session)
            named = None if session is None else problem.event.first_part[session]
            yield schedule.participant, block.id, named, room, rank


def _shared_place(
    event: Event, programme: Programme, schedule: PersonalSchedule, block: SharedBlock
) -> tuple[str | None, str | None]:
    """Return the block's name and somebody's table in it; nothing if they are not in it."""
    person = schedule.participant
    table = programme.table_of.get((person, block.id))
    away = block.id in event.participants_by_id[person].misses
    away = away or (event.only_with_session and not programme.is_there(event, person, block.id))
    if table is None and (away or block.id in programme.shared):
        return None, None
    return block.name, table


def ranks_of(problem: Problem, participant: str) -> dict[str, int]:
    """Return the rank of each session that a participant ranked and does not present."""
    event = problem.event
    own = event.presented_by.get(participant, ())
    choices = event.choices_of[participant]
    return {c.session: c.rank for c in choices if c.rank is not None and c.session not in own}


def summary_of(result: Result, repairs: Sequence[InputProblem]) -> dict[str, Any]:
    """Return what result.json says."""
    return {
        "status": result.status.value,
        "value": result.value,
        "bound": result.bound,
        "bound_source": result.bound_source,
        "gap": result.gap,
        "ideal": result.ideal,
        "costs": [cost.model_dump(mode="json") for cost in result.costs],
        "ranks": [rank.model_dump(mode="json") for rank in result.ranks],
        "satisfaction": None
        if result.satisfaction is None
        else result.satisfaction.model_dump(mode="json"),
        "conflict": None
        if result.conflict is None
        else {
            "rules": [
                {"rule": rule.rule, "settings": dict(rule.settings)}
                for rule in result.conflict.rules
            ],
            "smallest": result.conflict.smallest,
        },
        "nearest": [
            {"rule": finding.rule, "about": finding.about, "what": str(finding.message)}
            for finding in result.nearest
        ],
        "meetings": [meetings.model_dump(mode="json") for meetings in result.meetings],
        "fairness": None if result.fairness is None else result.fairness.model_dump(mode="json"),
        "seed": result.seed,
        "work": result.work,
        "seconds": result.seconds,
        "moments": [moment.model_dump(mode="json") for moment in result.moments],
        "versions": dict(result.versions),
        "repairs": [_repair(problem) for problem in repairs],
    }


def _repair(problem: InputProblem) -> dict[str, Any]:
    return {
        "severity": problem.severity.value,
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "what": str(problem.what),
        "advice": None if problem.advice is None else str(problem.advice),
    }
