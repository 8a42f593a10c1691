"""Intake: exports and lists of other programs become the files of an event, and forms are made."""

from spilrooster.intake._ballots import read_ballots
from spilrooster.intake._form import Form, FormKind, Question, make_form
from spilrooster.intake._ledger import Became, RowOutcome
from spilrooster.intake._people import Newcomers
from spilrooster.intake._plan import ImportedTable, ImportPlan, ImportSettings, plan_import

__all__ = [
    "Became",
    "Form",
    "FormKind",
    "ImportPlan",
    "ImportSettings",
    "ImportedTable",
    "Newcomers",
    "Question",
    "RowOutcome",
    "make_form",
    "plan_import",
    "read_ballots",
]
