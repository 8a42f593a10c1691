"""``outcome.csv``: what became of every choice, for organisers and for other tools."""

from __future__ import annotations

from spilrooster.outcomes import outcomes
from spilrooster.problem import Problem
from spilrooster.report.words import Words
from spilrooster.tables._csv import written
from spilrooster_models import Programme
from spilrooster_models.event import Language

COLUMNS = ("participant", "session", "rank", "granted", "round", "reason")


def outcomes_csv(problem: Problem, programme: Programme, language: Language) -> str:
    """Return ``outcome.csv``: ids as in the other files, and the reason as a sentence.

    `granted` is ``yes`` or ``no`` in every language, because tools read it too. The text begins
    with a byte order mark where the language's spreadsheets want one: write it as UTF-8.
    """
    words = Words(language)
    rows = (
        (
            found.participant,
            found.session,
            found.rank,
            "yes" if found.granted else "no",
            found.round,
            words.sentence(found.reason),
        )
        for found in outcomes(problem, programme)
    )
    return written(COLUMNS, rows, language).decode("utf-8")
