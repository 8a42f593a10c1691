"""Write a result as a workbook, to look at and to change."""

from __future__ import annotations

import json
from pathlib import Path

from spilrooster.problem import Problem
from spilrooster.tables._atomic import write_files
from spilrooster.tables._output import summary_of
from spilrooster.tables._planner import programme_workbook
from spilrooster_models import Result
from spilrooster_models.event import Language


def write_programme_workbook(
    problem: Problem, result: Result, path: str | Path, language: Language | None = None
) -> None:
    """Write a programme as the workbook of `programme_workbook`, with the result's figures.

    The language is the event's if None.

    Raises
    ------
    DataError
        If the system refuses to write; nothing has changed then.
    NoProgramme
        If the result has none.
    """
    figures = [
        (name, value if isinstance(value, int) else json.dumps(value, ensure_ascii=False))
        for name, value in summary_of(result, ()).items()
        if value not in (None, [], {})
    ]
    content = programme_workbook(
        problem, result.require(), language or problem.event.language, figures
    )
    write_files(Path(path).parent, {Path(path).name: content})
