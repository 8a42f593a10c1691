"""What README.md says is true."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.agreement import assert_agrees
from tests.rules.tiny import event, session

import spilrooster as sr
from spilrooster.cli.console import Exit
from spilrooster.cli.rules import describe, markdown
from spilrooster.tables._contract import EVENT_TABLES, PROGRAMME, SCHEDULES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)


def test_the_table_of_rules_is_the_generated_one() -> None:
    _, _, rest = README.partition("<!-- rules: the output of spilrooster rules --markdown -->\n")
    table, _, _ = rest.partition("\n<!-- end of rules -->")
    assert table == markdown([describe(kind) for kind in sr.rules.RULES])


def test_every_column_is_named() -> None:
    named = set(re.findall(r"`(\w+)`", README))
    for columns in EVENT_TABLES:
        assert {*columns.required, *columns.optional} <= named, columns.name


def test_the_columns_of_the_output_are_named_in_their_order() -> None:
    for columns in (PROGRAMME, SCHEDULES):
        assert ", ".join([*columns.required, *columns.optional]) in README


def test_every_exit_code_is_explained() -> None:
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", README, flags=re.MULTILINE)}
    assert codes == {code.value for code in Exit}


def test_the_library_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "instances").symlink_to(ROOT / "instances")
    monkeypatch.chdir(tmp_path)
    exec(PYTHON[0], {})
    assert "optimal 91 91 0.0" in capsys.readouterr().out
    assert {p.name for p in (tmp_path / "out" / "tiny").iterdir()} >= {
        "programme.csv",
        "report.html",
    }


def test_a_rule_of_ones_own_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    own = PYTHON[1]
    assert len(own.splitlines()) < 30
    names: dict[str, Any] = {"__name__": "readme"}
    exec(own, names)
    result, problem = names["result"], sr.read("instances/tiny")
    assert capsys.readouterr().out == f"optimal {result.value}\n"
    rule = names["NotAtTheEnd"](theme="Buurt")
    assert not list(rule.findings(problem.event, result.require()))
    free = sr.solve(problem)
    assert free.value is not None
    assert list(rule.findings(problem.event, free.require()))  # so it did something
    assert result.value < free.value == 91
    assert_agrees(rule, event([session("a", theme="Buurt"), "b"], ["r1", "r2"], people="p"))


def test_the_check_script_takes_its_test_command_from_here() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.findall(r"^uv run .*pytest.*$", README, flags=re.MULTILINE) == [
        "uv run --group dev pytest"
    ]
    assert "uv run --group dev pytest" not in script
    assert "README.md" in script
