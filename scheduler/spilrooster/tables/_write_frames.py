"""Write an event or a result as DataFrames: the tables of the files, with numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from spilrooster.check import check
from spilrooster.language import sentence
from spilrooster.outcomes import outcomes
from spilrooster.problem import Problem
from spilrooster.tables._csv import Cell
from spilrooster.tables._frames import EventFrames, ResultFrames
from spilrooster.tables._output import output_tables
from spilrooster.tables._write_event import event_tables, rules_to_write, settings_of
from spilrooster_models import Programme, Result
from spilrooster_models.event import Language

PEOPLE_AND_RUNS = tuple(f"{end}_{of}" for end in ("min", "max") for of in ("people", "runs"))
NUMBERS = ("seats", "attending", "rank", "points", "tables", *PEOPLE_AND_RUNS)
"""Columns that hold whole numbers, or nothing."""

OUTCOME = ("participant", "session", "rank", "points", "granted", "round", "why", "reason")


def event_frames(problem: Problem) -> EventFrames:
    """Return a problem as DataFrames that `read` turns into the same problem.

    Columns in which nothing stands are left out, as in the files that `write_event` writes.
    """
    event = problem.event
    points, rules = rules_to_write(problem)
    sheets = {sheet.name: _frame(sheet.columns, sheet.rows) for sheet in event_tables(event)}
    own = {"name", "date", "timezone", "language"}
    return EventFrames(
        date=event.date,
        name=event.name,
        timezone=event.timezone,
        language=event.language,
        settings={name: value for name, value in settings_of(event).items() if name not in own},
        points=None if points is None else points.points_per_rank,
        rules=tuple(rules),
        **sheets,
    )


def result_frames(
    problem: Problem, result: Result | Programme, language: Language | None = None
) -> ResultFrames:
    """Return a result, or only a programme, as DataFrames.

    Parameters
    ----------
    problem, result
        What was solved and what came out. Without a programme, the frames have no rows; of
        a programme that does not even fit the event (see `check`) there is no outcome.
    language
        Of the sentences in outcome; the event's if None.
    """
    programme = result.programme if isinstance(result, Result) else result
    runs, places = output_tables(problem, programme)
    words = language or problem.event.language
    fits = programme is None or all(f.rule != "programme" for f in check(problem, programme))
    found = outcomes(problem, programme) if programme is not None and fits else ()
    rows = (
        (
            o.participant, o.session, o.rank, o.points, o.granted, o.round, o.why.value,
            sentence(o.reason, words),
        )
        for o in found
    )  # fmt: skip
    return ResultFrames(
        programme=_frame(runs.columns, runs.rows),
        schedules=_frame(places.columns, places.rows),
        outcome=_frame(OUTCOME, rows) if fits else None,
    )


def _frame(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> pd.DataFrame:
    """Make a frame; numbers that may be missing are pandas' Int64, so that 3 never becomes 3.0."""
    cells = [list(row) for row in rows]
    frame = pd.DataFrame(cells, columns=list(columns))
    numbers = [
        name
        for i, name in enumerate(columns)
        if name in NUMBERS and all(row[i] is None or isinstance(row[i], int) for row in cells)
    ]
    return frame.astype(dict.fromkeys(numbers, "Int64"))
