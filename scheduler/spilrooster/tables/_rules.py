"""Rules as an organiser writes them: [[rules]] in event.toml, or the sheet rules.

The sheet has the columns rule, field and value. A name in the column rule starts a rule; the rows
below it that leave that cell empty add more of its fields. Items of a list are separated by ``|``;
lists in lists, and texts that begin with ``[``, ``{`` or ``"``, are written as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from spilrooster.rules import RULES, AnyRule, Choices, Rule
from spilrooster.tables._contract import RULES as RULES_TABLE
from spilrooster.tables._names import Names, did_you_mean
from spilrooster.tables._report import Report
from spilrooster.tables._table import Row, Table
from spilrooster.tables._text import LIST_SEPARATOR, split_list
from spilrooster.tables._values import LARGEST
from spilrooster_models import Event, InputProblem, Message, message

KINDS: dict[str, type[Rule]] = {kind.model_fields["rule"].default: kind for kind in RULES}
KEYS = (
    "name",
    "date",
    "timezone",
    "language",
    "points",
    "show_presenters",
    "website",
    "only_with_session",
)
"""What event.toml, or the sheet event, says besides rules."""
JSON_STARTS = ("[", "{", '"')

_ADAPTER: TypeAdapter[Rule] = TypeAdapter(AnyRule)
_RULE_LINE = re.compile(r"[ \t]*\[\[[ \t]*\"?rules\"?[ \t]*\]\]")
_FIELD_LINE = re.compile(r'[ \t]*"?([\w-]+)"?[ \t]*=')


@dataclass(frozen=True)
class GivenRule:
    """A rule as it was written, and where.

    `row` is the row, or in event.toml the line, of the rule; `rows` those of its fields. `made` is
    the rule itself where it was not written but made in code.
    """

    file: str
    content: dict[str, Any]
    row: int | None = None
    rows: dict[str, int] = field(default_factory=dict)
    made: Rule | None = None

    @property
    def kind(self) -> str:
        """The name of the rule."""
        return str(self.content.get("rule", ""))

    def row_of(self, name: str) -> int | None:
        """Return the row of a field; that of the rule if it is not known."""
        return self.rows.get(name, self.row)


def rules_in_toml(given: object, text: str, file: str, report: Report) -> list[GivenRule]:
    """Take the rules out of event.toml, with the lines they stand on."""
    if not isinstance(given, list) or not all(isinstance(rule, dict) for rule in given):
        what = message("The rules are not a list of tables.")
        report.error(file, what, message("Start each rule with [[rules]]."), column="rules")
        return []
    places = _lines_of_rules(text)
    places += [(None, {})] * (len(given) - len(places))
    return [
        GivenRule(file, content, line, rows)
        for content, (line, rows) in zip(given, places, strict=False)
    ]


def _lines_of_rules(text: str) -> list[tuple[int | None, dict[str, int]]]:
    found: list[tuple[int | None, dict[str, int]]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if _RULE_LINE.match(line):
            found.append((number, {}))
        elif found and (match := _FIELD_LINE.match(line)):
            found[-1][1].setdefault(match[1], number)
    return found


def rules_in_sequence(rules: Sequence[Rule | Mapping[str, Any]]) -> list[GivenRule]:
    """Take rules that stand in no file; `row` is their position."""
    return [
        GivenRule(RULES_TABLE, {"rule": rule.rule}, number, made=rule)
        if isinstance(rule, Rule)
        else GivenRule(RULES_TABLE, dict(rule), number)
        for number, rule in enumerate(rules)
    ]


def rules_in_sheet(table: Table) -> list[GivenRule]:
    """Take the rules out of the sheet."""
    rules: list[GivenRule] = []
    for row in table:
        name = row.cell("rule")
        if name:
            rules.append(GivenRule(table.file, {"rule": name}, row.number))
        if not rules:
            row.error("rule", message("This row belongs to no rule."), message("Name the rule."))
        elif row.cell("field"):
            _add_field(rules[-1], row)
        elif row.cell("value"):
            row.error("field", message("This value belongs to no field."), message("Name it."))
    return rules


def _add_field(rule: GivenRule, row: Row) -> None:
    name, text = row.cell("field"), row.cell("value")
    if name in rule.content:
        row.error("field", message("This field stands here more than once."))
        return
    rule.rows[name] = row.number
    rule.content[name] = text
    if text.startswith(JSON_STARTS):
        try:
            rule.content[name] = json.loads(text)
        except (ValueError, RecursionError):
            row.error("value", message("The brackets or quotation marks do not match."))
    elif is_list(rule.kind, name):
        rule.content[name] = split_list(text)


def is_list(rule: str, name: str) -> bool:
    """Whether a field of a rule holds a list."""
    kind = KINDS.get(rule)
    info = None if kind is None else kind.model_fields.get(name)
    if info is None:
        return False
    kinds = (info.annotation, *get_args(info.annotation))
    return any((get_origin(k) or k) in (tuple, list, set, frozenset) for k in kinds)


def sheet_value(value: object) -> str:
    """Write the value of a field such that `rules_in_sheet` reads it back."""
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        joined = LIST_SEPARATOR.join(value)
        if tuple(value) == split_list(joined) and not joined.startswith(JSON_STARTS):
            return joined
    if isinstance(value, str) and not value.startswith(JSON_STARTS):
        return value
    return json.dumps(value, ensure_ascii=False)


def points_rule(value: object, file: str, row: int | None, report: Report) -> Choices | None:
    """Read the points per rank."""
    try:
        rule = Choices.model_validate({"points_per_rank": value})
    except ValidationError as error:
        for detail in _details(error):
            what, advice = _in_words(detail, Choices)
            report.error(file, what, advice, row=row, column="points", value=_shown(detail))
        return None
    points = rule.points_per_rank
    if min(points) < 0:
        what = message("Points below zero would punish a granted choice.")
        report.error(file, what, row=row, column="points", value=str(min(points)))
    elif max(points) > LARGEST:
        what = message("This number is too large.")
        report.error(file, what, row=row, column="points", value=str(max(points)))
    elif list(points) != sorted(points, reverse=True):
        what = message("A later choice is worth more than an earlier one.")
        report.note(file, what, row=row, column="points", value=", ".join(map(str, points)))
    return rule


def read_rules(given: Sequence[GivenRule], report: Report) -> list[tuple[GivenRule, Rule]]:
    """Make the rules; names, fields and values that do not exist are reported."""
    made = []
    for rule in given:
        try:
            made.append((rule, rule.made or _ADAPTER.validate_python(rule.content)))
        except ValidationError as error:
            for detail in _details(error):
                report.add(_problem(rule, detail))
    return made


def _problem(rule: GivenRule, detail: ErrorDetails) -> InputProblem:
    if detail["type"].startswith("union_tag"):
        what = message("There is no such rule.") if rule.kind else message("This rule has no name.")
        named = message('Write rule = "...", with its name.')
        return InputProblem(
            file=rule.file, row=rule.row_of("rule"), column="rule", value=rule.kind or None,
            what=what, advice=did_you_mean(rule.kind, KINDS) or named,
        )  # fmt: skip
    # A place is the rule's name, its field, and where in that field; fields that contradict each
    # other belong to the rule as a whole.
    name = detail["loc"][1] if len(detail["loc"]) > 1 else "rule"
    what, advice = _in_words(detail, KINDS[rule.kind])
    return InputProblem(
        file=rule.file, row=rule.row_of(str(name)), column=f"{rule.kind}.{name}",
        value=_shown(detail), what=what, advice=advice,
    )  # fmt: skip


def _details(error: ValidationError) -> list[ErrorDetails]:
    """Return what pydantic found, without what it says of a list because of the list's items."""
    found = error.errors(include_url=False)
    return [
        detail
        for detail in found
        if not any(
            other["loc"][: len(detail["loc"])] == detail["loc"] != other["loc"] for other in found
        )
    ]


def _shown(detail: ErrorDetails) -> str | None:
    value = detail["input"]
    return str(value) if isinstance(value, str | int | float) else None


def _in_words(detail: ErrorDetails, kind: type[Rule]) -> tuple[Message, Message | None]:
    """Say what pydantic found in the words of somebody who writes event.toml."""
    error, last = detail["type"], detail["loc"][-1]
    fields = [name for name in kind.model_fields if name != "rule"]
    if error == "extra_forbidden":
        advice = did_you_mean(str(last), fields)
        names = message("It has the fields {fields}.", fields=", ".join(fields) or "-")
        if last in KEYS:
            advice = message("Put {key} above the first [[rules]].", key=str(last))
        return message("This rule has no such field."), advice or names
    if error == "missing" and isinstance(last, str):
        meaning = kind.model_fields[last].description or last
        return message("This field is missing."), message("It gives: {meaning}.", meaning=meaning)
    return _WORDS.get(error, message("This does not fit: {reason}.", reason=detail["msg"])), None


_NO_LIST = message('This is not a list; a list is written as ["a", "b"].')
_NO_TEXT = message("This is not a text; a text stands between quotation marks.")
_NO_WHOLE_NUMBER = message("This is not a whole number.")
_NEITHER = message("This is neither true nor false.")
_TOO_SHORT = message("This list is too short.")
_WORDS: Mapping[str, Message] = {
    "tuple_type": _NO_LIST,
    "list_type": _NO_LIST,
    "set_type": _NO_LIST,
    "frozen_set_type": _NO_LIST,
    "string_type": _NO_TEXT,
    "int_type": _NO_WHOLE_NUMBER,
    "int_parsing": _NO_WHOLE_NUMBER,
    "int_from_float": _NO_WHOLE_NUMBER,
    "int_parsing_size": _NO_WHOLE_NUMBER,
    "bool_type": _NEITHER,
    "bool_parsing": _NEITHER,
    "missing": _TOO_SHORT,
    "too_short": _TOO_SHORT,
    "too_long": message("This list is too long."),
}


def unknown_ids(
    rules: Sequence[tuple[GivenRule, Rule]], event: Event, names: Names
) -> Iterator[InputProblem]:
    """Yield what the rules name and the event does not know, each with a suggestion."""
    for given, rule in rules:
        for problem in rule.refer(event):
            name = (problem.column or "").partition(".")[2]
            advice = problem.advice
            if problem.value is not None:
                advice = names.suggestion(problem.value) or advice
            place = {"file": given.file, "row": given.row_of(name), "advice": advice}
            yield problem.model_copy(update=place)
