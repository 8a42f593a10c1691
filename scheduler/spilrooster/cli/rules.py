"""The command rules: every rule there is, taken from the code itself."""

from __future__ import annotations

import inspect
from typing import Annotated, Any

import typer
from rich.table import Table

import spilrooster as sr
from spilrooster.cli.arguments import AsJson
from spilrooster.cli.console import console, print_json


def rules(
    as_json: AsJson = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print a Markdown table.")
    ] = False,
) -> None:
    """List the rules: what they demand and which fields they have.

    Standard rules hold for every event. The others are switched on in event.toml.
    """
    described = [describe(kind) for kind in sr.rules.RULES]
    if as_json:
        print_json(described)
    elif as_markdown:
        typer.echo(markdown(described))
    else:
        _print(described)


def describe(kind: type[sr.Rule]) -> dict[str, Any]:
    """Return what a rule says about itself."""
    return {
        "rule": kind.model_fields["rule"].default,
        "kind": _hard_or_soft(kind),
        "standard": kind.standard,
        "description": inspect.getdoc(kind) or "",
        "kept_by": _kept_by(kind),
        "fields": _fields(kind),
    }


def _hard_or_soft(kind: type[sr.Rule]) -> str:
    if issubclass(kind, sr.GradedRule):
        return "hard or soft"
    return "soft" if issubclass(kind, sr.SoftRule) else "hard"


def _kept_by(kind: type[sr.Rule]) -> list[str]:
    """Return the parts of the engine that keep a rule, or count what it costs."""
    if kind.stage == "seating":
        return ["seating", "check"]
    steered = kind.steer is not sr.Rule.steer
    if kind.in_search or (steered and not issubclass(kind, sr.GradedRule)):
        return ["search", "solver", "check"]
    searched = "search" if kind.counted_in_search else "search if hard"
    return [*([searched] if steered else []), "solver", "check"]


def _fields(kind: type[sr.Rule]) -> list[dict[str, Any]]:
    schema = kind.model_json_schema()
    required = schema.get("required", [])
    return [
        {
            "name": name,
            "type": type_in_words(about),
            "required": name in required,
            "default": about.get("default"),
            "description": about.get("description", ""),
        }
        for name, about in sorted(schema["properties"].items(), key=lambda item: item[0] in _LAST)
        if name != "rule"
    ]


_LAST = ("level", "weight")
"""Fields that many rules have stand behind a rule's own."""


_SIMPLE = {"string": "text", "integer": "whole number", "number": "number", "boolean": "yes or no"}


def type_in_words(schema: dict[str, Any]) -> str:
    """Say in words what a JSON schema allows, for people who write event.toml."""
    if "anyOf" in schema:
        return " or ".join(type_in_words(s) for s in schema["anyOf"] if s.get("type") != "null")
    if schema.get("type") != "array":
        return _SIMPLE.get(schema.get("type", ""), "value")
    if "prefixItems" in schema:
        return {2: "pair", 3: "triple"}.get(len(schema["prefixItems"]), "list")
    items = type_in_words(schema["items"])
    plural = items.replace("list of", "lists of") if items.startswith("list of") else f"{items}s"
    return f"list of {plural}"


def _field_in_words(field: dict[str, Any]) -> str:
    about = f"{field['name']} ({field['type']}"
    if not field["required"] and field["default"] not in (None, "", []):
        default = field["default"]
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        about += f", {shown} if absent"
    elif not field["required"]:
        about += ", may be absent"
    return f"{about}): {field['description']}"


def _print(described: list[dict[str, Any]]) -> None:
    out = console()
    for standard, title in ((True, "Standard rules: always on"), (False, "Rules to switch on")):
        table = Table(title=title, title_justify="left", show_lines=True)
        table.add_column("rule", no_wrap=True)
        for column in ("kind", "what it demands", "kept by", "fields"):
            table.add_column(column, overflow="fold")
        for rule in described:
            if rule["standard"] is standard:
                fields = "\n".join(_field_in_words(field) for field in rule["fields"])
                parts = ", ".join(rule["kept_by"])
                table.add_row(rule["rule"], rule["kind"], rule["description"], parts, fields)
        out.print(table)


def markdown(described: list[dict[str, Any]]) -> str:
    """Return the list as one Markdown table, each rule with its docstring's first sentence."""
    lines = ["| rule | kind | what it demands | kept by | fields |", "|---|---|---|---|---|"]
    for rule in described:
        first = " ".join(rule["description"].split("\n\n")[0].split())
        fields = "<br>".join(_field_in_words(field) for field in rule["fields"])
        kind = f"{'standard' if rule['standard'] else 'configured'}, {rule['kind']}"
        cells = [f"`{rule['rule']}`", kind, first, ", ".join(rule["kept_by"]), fields]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)
