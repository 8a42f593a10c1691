"""The public API: one flat list, light to import, and no function hidden by its module."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import spilrooster as sr

FUNCTIONS = [
    "json_schemas",
    "audit",
    "audit_html",
    "changes",
    "check",
    "export",
    "exporters_of",
    "event_frames",
    "find_problems",
    "compare",
    "comparison_html",
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
CLASSES = [
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
    "Event",
    "Exported",
    "Exporter",
    "EventFrames",
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
    "Envy",
    "Fairness",
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
    "SoftRule",
    "SpilroosterError",
    "ShowRates",
    "Status",
    "Steering",
    "UnknownId",
    "Variables",
    "Variant",
    "Worth",
]
HEAVY = {"pandas", "numpy", "numba", "ortools", "scipy", "jinja2", "typer", "rich", "babel"}


def python(code: str) -> str:
    """Run code in an interpreter of its own, with every warning an error."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_list_of_exports_changes_on_purpose_only() -> None:
    assert ["EXPORTERS", *sorted([*FUNCTIONS, *CLASSES, "rules"])] == sr.__all__
    assert set(sr.__all__) <= set(dir(sr))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_are_functions_and_documented(name: str) -> None:
    function = getattr(sr, name)
    assert callable(function)
    assert function.__doc__


@pytest.mark.parametrize("name", CLASSES)
def test_classes_are_classes_and_documented(name: str) -> None:
    kind = getattr(sr, name)
    assert isinstance(kind, type)
    assert kind.__doc__


def test_importing_it_loads_nothing_heavy() -> None:
    loaded = python("import spilrooster, sys; print(*{m.partition('.')[0] for m in sys.modules})")
    assert not HEAVY & set(loaded.split())


def test_a_function_is_not_hidden_by_the_module_of_its_name() -> None:
    python(
        "import spilrooster.check, spilrooster.outcomes, spilrooster.solve\n"
        "import spilrooster as sr\n"
        "from spilrooster.check import value_of\n"
        "assert all(callable(f) for f in (sr.check, sr.outcomes, sr.solve))\n"
        "assert sr.value_of is value_of\n"
    )


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        sr.nonsense  # noqa: B018
    with pytest.raises(AttributeError, match="cannot be replaced"):
        sr.solve = None  # type: ignore[assignment]


def test_the_rules_are_in_a_namespace_of_their_own() -> None:
    assert all(getattr(sr.rules, kind.__name__) is kind for kind in sr.rules.RULES)


def test_the_example_in_the_docstring_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[1])
    failed, tried = doctest.testmod(sr)
    assert (failed, tried) == (0, 4)
