"""The table plan in the report: who sits where, and what is proven of who meets."""

from __future__ import annotations

import pytest
from tests.rules.tiny import person
from tests.seating.tables import DRINKS, day, plan, shared, stand, tables

from spilrooster.check import check
from spilrooster.problem import Problem
from spilrooster.report import report_html
from spilrooster.rules import TableMix
from spilrooster.seating.meetings import meetings
from spilrooster_models import Result, Status
from spilrooster_models.event import Language

DAY = day(
    [
        person("ada", name="Ada <b>", municipality="Weert"),
        person("ben", municipality="Weert"),
        person("cas", misses=("late",)),
        person("dee", municipality="Weert"),
    ],
    [shared("lunch", 9), shared("lunch2", 9), shared("late", 10, DRINKS)],
    [
        tables("Hall", 2, 3, "lunch", "lunch2"),
        stand("Stall", "ada", "lunch2"),
        tables("Bar", 1, 5, "late"),
    ],
)
SEATS = {
    "lunch Hall 1": "ada ben", "lunch2 Hall 2": "cas dee", "lunch2 Stall": "ada",
    "late Bar": "ada ben dee",
}  # fmt: skip


def page(language: Language) -> str:
    problem = Problem.of(DAY, [TableMix(avoid=("municipality",), smallest=1)])
    programme = plan(DAY, {"ada": "a."}, SEATS)
    result = Result(
        status=Status.FEASIBLE,
        programme=programme,
        ideal=0,
        seed=1,
        findings=check(problem, programme),
        meetings=tuple(meetings(problem, programme)),
    )
    return report_html(problem, result, language)


@pytest.mark.parametrize(
    ("language", "said", "proven"),
    [
        ("en", "at most 1 fewer is possible", "proven: no table plan has fewer"),
        ("nl", "er kunnen er hoogstens 1 af", "bewezen: geen tafelindeling heeft er minder"),
    ],
)
def test_tables_and_meetings_are_shown(language: Language, said: str, proven: str) -> None:
    html = page(language)
    assert "<dt>Hall 1</dt><dd>Ada &lt;b&gt;, ben</dd>" in html
    assert "<dt>Stall</dt><dd>Ada &lt;b&gt;</dd>" in html
    assert said in html  # ada and ben are both from Weert, and could sit apart
    assert proven in html  # three people from Weert at one bar
    assert 'href="#tables"' in html


def test_everybody_finds_their_table_in_their_own_day() -> None:
    html = page("en")
    assert "<td>Lunch<td>Hall 1<td>" in html
    assert html.count("<td>Lunch2<td>Hall 2<td>") == 2
    assert '<td colspan="3">Away' in html  # cas does not stay for drinks
    assert '<td colspan="3">Free' in html  # ben eats in the first shift


def test_without_tables_there_is_no_plan() -> None:
    event = day(["ada"], [shared("lunch", 9)], [])
    result = Result(status=Status.FEASIBLE, programme=plan(event, {}), ideal=0, seed=1)
    assert 'id="tables"' not in report_html(Problem.of(event), result, "en")
