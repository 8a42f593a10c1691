"""Columns of the event's tables that rules may ask for: named ones, and the organiser's own."""

from __future__ import annotations

from collections.abc import Iterator

from spilrooster.rules._rule import Rule
from spilrooster_models import Event, InputProblem, message

OF_SESSIONS = ("theme", "language")
OF_PEOPLE = ("organisation", "municipality", "sector", "role", "tier")


def session_column(rule: Rule, column: str, event: Event) -> Iterator[InputProblem]:
    """Yield a problem if the sessions have no such column, or nothing in it."""
    own = {name for s in event.sessions for name, _ in s.attributes}
    if column not in own.union(OF_SESSIONS):
        yield _no_column(rule, column, (*OF_SESSIONS, *sorted(own)))


def people_column(rule: Rule, column: str, event: Event) -> Iterator[InputProblem]:
    """Yield a problem if the participants have no such column, or nothing in it."""
    own = {name for p in event.participants for name, _ in p.attributes}
    if column not in own.union(OF_PEOPLE):
        yield _no_column(rule, column, (*OF_PEOPLE, *sorted(own)))


def _no_column(rule: Rule, column: str, known: tuple[str, ...]) -> InputProblem:
    return InputProblem(
        file="event.toml",
        column=f"{rule.rule}.column",
        value=column,
        what=message("No column that a rule can ask for has this name."),
        advice=message("Use one of {columns}.", columns=", ".join(known)),
    )
