"""The report: one HTML file that needs no network, in Dutch or English.

The same problem, result and language give the same bytes: nothing here reads a clock.
"""

from __future__ import annotations

from typing import Any

from spilrooster.numbers import rank_counts, satisfaction, satisfactions, seats_used
from spilrooster.problem import Problem
from spilrooster.report.attention import concerns
from spilrooster.report.charts import (
    HEIGHT,
    WIDTH,
    lines,
    rank_bars,
    room_bars,
    round_bars,
    satisfaction_bars,
)
from spilrooster.report.fairness import fair
from spilrooster.report.figures import figures
from spilrooster.report.grid import grid
from spilrooster.report.people import shown, shows_everybody
from spilrooster.report.runs import run_list
from spilrooster.report.tables import met, plans
from spilrooster.report.templates import templates
from spilrooster.report.verdict import origin, verdict
from spilrooster.report.words import Words
from spilrooster_models import Programme, Result
from spilrooster_models.event import Language


def report_html(problem: Problem, result: Result, language: Language) -> str:
    """Return the report as one HTML page.

    A result without a programme, or with one that does not fit the event, gives a page that says
    so and shows what is known.
    """
    words = Words(language)
    programme = result.programme
    if any(finding.rule == "programme" for finding in result.findings):
        programme = None
    view: dict[str, Any] = {
        "_": words,
        "language": language,
        "event": problem.event,
        "verdict": verdict(result, words),
        "origin": origin(result, words),
        "costs": [(words.rule(c.rule), c.level, words.number(c.cost)) for c in result.costs],
        "lines": lines(result, words),
        "box": (WIDTH, HEIGHT),
        **_of_programme(problem, result, programme, words),
    }
    return templates().get_template("report.html.j2").render(view)


def _of_programme(
    problem: Problem, result: Result, programme: Programme | None, _: Words
) -> dict[str, Any]:
    """Return the parts of the page that only a programme can fill."""
    if programme is None:
        nothing: dict[str, Any] = dict.fromkeys(
            ("grid", "runs", "ranks", "rounds", "rooms", "people", "tables", "fairness")
        )
        return nothing | {"everybody": True, "figures": (), "concerns": concerns(result, (), (), _)}
    event = problem.event
    ranks = rank_counts(problem, programme)
    used = seats_used(problem, programme)
    persons = tuple(shown(problem, programme, _))
    off = [s.title for s in event.sessions if s.id not in programme.rounds_of]
    return {
        "figures": figures(result, ranks, satisfaction(problem, programme), used, _),
        "grid": grid(event, used, _),
        "ranks": rank_bars(ranks, _),
        "satisfied": satisfaction_bars(satisfactions(problem, programme), _),
        "rounds": round_bars(event, used, _),
        "rooms": room_bars(event, used, _),
        "runs": run_list(problem, programme, used, _),
        "numbered": lambda names: list(enumerate(names)),
        "fairness": fair(result.fairness, _),
        "tables": tuple(plans(problem, programme, _)),
        "met": tuple(met(result.meetings, _)),
        "people": persons,
        "everybody": shows_everybody(event),
        "concerns": concerns(result, off, persons, _),
    }
