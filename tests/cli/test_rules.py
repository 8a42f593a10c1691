"""``spilrooster rules`` lists what the code has, in words for people who write event.toml."""

from __future__ import annotations

import json

import pytest
from tests.cli.conftest import Spilrooster

import spilrooster as sr
from spilrooster.cli.rules import type_in_words


def test_every_rule_is_listed(spilrooster: Spilrooster) -> None:
    listed = json.loads(spilrooster("rules", "--json").stdout)
    names = [kind.model_fields["rule"].default for kind in sr.rules.RULES]
    assert [rule["rule"] for rule in listed] == names
    table = spilrooster("rules").stdout
    assert all(name in table for name in names)


def test_a_rule_is_described_with_its_fields(spilrooster: Spilrooster) -> None:
    listed = {rule["rule"]: rule for rule in json.loads(spilrooster("rules", "--json").stdout)}
    order = listed["order"]
    assert (order["kind"], order["standard"]) == ("hard", False)
    assert order["fields"][0] == {
        "name": "pairs",
        "type": "list of pairs",
        "required": True,
        "default": None,
        "description": "first and later session",
    }
    assert order["fields"][1]["default"] is False
    assert (listed["choices"]["kind"], listed["choices"]["standard"]) == ("soft", True)


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "text"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "whole number"),
        ({"type": "array", "items": {"type": "string"}}, "list of texts"),
        ({"type": "array", "items": {"type": "integer"}}, "list of whole numbers"),
        (
            {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
            "list of lists of texts",
        ),
        ({"type": "array", "prefixItems": [{}, {}]}, "pair"),
        ({"type": "object"}, "value"),
    ],
)
def test_types_have_names_in_words(schema: dict[str, object], words: str) -> None:
    assert type_in_words(schema) == words


def test_the_version_is_shown(spilrooster: Spilrooster) -> None:
    ran = spilrooster("--version")
    assert (ran.returncode, ran.stdout.strip()) == (0, sr.__version__)


def test_without_a_command_the_help_is_shown(spilrooster: Spilrooster) -> None:
    ran = spilrooster()
    assert ran.returncode == 2
    shown = ran.stdout + ran.stderr
    assert all(command in shown for command in ("init", "check", "solve", "score", "rules"))
