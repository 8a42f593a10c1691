"""spilrooster plans conferences around what people want.

>>> import spilrooster as sr
>>> problem = sr.read("instances/tiny")
>>> result = sr.solve(problem, sr.Limits(seconds=10))
>>> result.status, result.value
(<Status.OPTIMAL: 'optimal'>, 91)

Everything in ``__all__`` is public; the rest may change without notice. The models are imported at
once, the engine (OR-Tools, numba, pandas) with the first name that needs it.
"""

from __future__ import annotations

import importlib
import logging
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from spilrooster_models import (
    Block,
    BlockKind,
    Choice,
    Conflict,
    ConflictingRule,
    DataError,
    Envy,
    Event,
    Fairness,
    Finding,
    InputProblem,
    Layout,
    Meetings,
    Message,
    Moment,
    NoProgramme,
    Participant,
    PersonalSchedule,
    Programme,
    RankCount,
    Result,
    Room,
    Round,
    RuleCost,
    Run,
    Satisfaction,
    Session,
    Severity,
    SharedBlock,
    SharedPlace,
    SpilroosterError,
    Status,
    UnknownId,
    message,
)

if TYPE_CHECKING:
    from spilrooster import rules
    from spilrooster.audit import Audit, Ballots, audit
    from spilrooster.changes import Changes, changes
    from spilrooster.check import check, rule_costs, value_of
    from spilrooster.compare import (
        CompareMoment,
        Comparison,
        LayoutRow,
        NoShows,
        ShowRates,
        Variant,
        Worth,
        compare,
        read_layouts,
        write_comparison,
    )
    from spilrooster.export import (
        EXPORTERS,
        Edition,
        Exported,
        Exporter,
        Made,
        export,
        exporters_of,
        read_edition,
    )
    from spilrooster.intake import (
        Became,
        Form,
        FormKind,
        ImportedTable,
        ImportPlan,
        ImportSettings,
        Newcomers,
        Question,
        RowOutcome,
        make_form,
        plan_import,
        read_ballots,
    )
    from spilrooster.language import sentence
    from spilrooster.numbers import rank_counts, satisfaction, seats_used
    from spilrooster.outcomes import Outcome, outcomes
    from spilrooster.privacy import (
        Key,
        pseudonymise,
        read_key,
        reidentify,
        reidentify_files,
        write_key,
        write_pseudonymised,
    )
    from spilrooster.problem import Problem
    from spilrooster.report import (
        audit_html,
        comparison_html,
        outcomes_csv,
        report_html,
        unusable_html,
    )
    from spilrooster.rules import GradedRule, Rule, SoftRule
    from spilrooster.schema import json_schemas
    from spilrooster.search.clock import Limits
    from spilrooster.solve import solve
    from spilrooster.steering import Steering
    from spilrooster.tables import (
        Earlier,
        EventFrames,
        ResultFrames,
        event_frames,
        find_problems,
        language_of,
        read,
        read_earlier,
        read_programme,
        read_with_report,
        result_frames,
        write_event,
        write_file,
        write_output,
        write_programme_workbook,
    )
    from spilrooster.variables import Variables

__version__ = "0.1.0"

logging.getLogger(__name__).addHandler(logging.NullHandler())  # who uses it decides what is shown

__all__ = [
    "EXPORTERS",
    "Audit",
    "Ballots",
    "Became",
    "Block",
    "BlockKind",
    "Changes",
    "Choice",
    "CompareMoment",
    "Comparison",
    "Conflict",
    "ConflictingRule",
    "DataError",
    "Earlier",
    "Edition",
    "Envy",
    "Event",
    "EventFrames",
    "Exported",
    "Exporter",
    "Fairness",
    "Finding",
    "Form",
    "FormKind",
    "GradedRule",
    "ImportPlan",
    "ImportSettings",
    "ImportedTable",
    "InputProblem",
    "Key",
    "Layout",
    "LayoutRow",
    "Limits",
    "Made",
    "Meetings",
    "Message",
    "Moment",
    "Newcomers",
    "NoProgramme",
    "NoShows",
    "Outcome",
    "Participant",
    "PersonalSchedule",
    "Problem",
    "Programme",
    "Question",
    "RankCount",
    "Result",
    "ResultFrames",
    "Room",
    "Round",
    "RowOutcome",
    "Rule",
    "RuleCost",
    "Run",
    "Satisfaction",
    "Session",
    "Severity",
    "SharedBlock",
    "SharedPlace",
    "ShowRates",
    "SoftRule",
    "SpilroosterError",
    "Status",
    "Steering",
    "UnknownId",
    "Variables",
    "Variant",
    "Worth",
    "audit",
    "audit_html",
    "changes",
    "check",
    "compare",
    "comparison_html",
    "event_frames",
    "export",
    "exporters_of",
    "find_problems",
    "json_schemas",
    "language_of",
    "make_form",
    "message",
    "outcomes",
    "outcomes_csv",
    "plan_import",
    "pseudonymise",
    "rank_counts",
    "read",
    "read_ballots",
    "read_earlier",
    "read_edition",
    "read_key",
    "read_layouts",
    "read_programme",
    "read_with_report",
    "reidentify",
    "reidentify_files",
    "report_html",
    "result_frames",
    "rule_costs",
    "rules",
    "satisfaction",
    "seats_used",
    "sentence",
    "solve",
    "unusable_html",
    "value_of",
    "write_comparison",
    "write_event",
    "write_file",
    "write_key",
    "write_output",
    "write_programme_workbook",
    "write_pseudonymised",
]

_HOMES: dict[str, tuple[str, ...]] = {
    "audit": ("Audit", "Ballots", "audit"),
    "changes": ("Changes", "changes"),
    "check": ("check", "rule_costs", "value_of"),
    "export": (
        "EXPORTERS",
        "Edition",
        "Exported",
        "Exporter",
        "Made",
        "export",
        "exporters_of",
        "read_edition",
    ),
    "compare": (
        "CompareMoment",
        "Comparison",
        "LayoutRow",
        "NoShows",
        "ShowRates",
        "Variant",
        "Worth",
        "compare",
        "read_layouts",
        "write_comparison",
    ),
    "intake": (
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
    ),
    "language": ("sentence",),
    "numbers": ("rank_counts", "satisfaction", "seats_used"),
    "outcomes": ("Outcome", "outcomes"),
    "privacy": (
        "Key",
        "pseudonymise",
        "read_key",
        "reidentify",
        "reidentify_files",
        "write_key",
        "write_pseudonymised",
    ),
    "problem": ("Problem",),
    "report": ("audit_html", "comparison_html", "outcomes_csv", "report_html", "unusable_html"),
    "rules": ("GradedRule", "Rule", "SoftRule"),
    "schema": ("json_schemas",),
    "search.clock": ("Limits",),
    "solve": ("solve",),
    "steering": ("Steering",),
    "tables": (
        "Earlier",
        "EventFrames",
        "ResultFrames",
        "event_frames",
        "find_problems",
        "language_of",
        "read",
        "read_earlier",
        "read_programme",
        "read_with_report",
        "result_frames",
        "write_event",
        "write_file",
        "write_output",
        "write_programme_workbook",
    ),
    "variables": ("Variables",),
}
"""The modules that are imported when one of these names is first asked for."""


class _Deferred:
    """A public name whose module is imported when it is first asked for.

    A data descriptor rather than a module's ``__getattr__``: some functions bear the name of their
    module, and importing ``spilrooster.check`` would put the module in the function's place.
    """

    def __init__(self, home: str, name: str) -> None:
        self._home, self._name = home, name

    def __get__(self, package: object, owner: object = None) -> Any:
        return getattr(importlib.import_module(f"{__name__}.{self._home}"), self._name)

    def __set__(self, package: object, value: object) -> None:
        if not isinstance(value, ModuleType):
            raise AttributeError(f"{__name__}.{self._name} cannot be replaced")


_deferred = {name: _Deferred(home, name) for home, names in _HOMES.items() for name in names}
sys.modules[__name__].__class__ = type("_Package", (ModuleType,), _deferred)


def __getattr__(name: str) -> ModuleType:
    if name == "rules":
        return importlib.import_module(f"{__name__}.rules")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
