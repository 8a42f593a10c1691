"""Every sentence in the code has a Dutch translation, and translations say the same things.

A new sentence needs an entry in ``scheduler/spilrooster/locale/nl.po``; when one is missing, the
test prints the entry to fill in.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

import spilrooster
from spilrooster.language import sentence, translator
from spilrooster.rules import RULES
from spilrooster_models import Message, message

HOME = Path(spilrooster.__file__).parent
FOLDERS = (HOME, HOME.parents[1] / "models" / "spilrooster_models")
CATALOGUE = HOME / "locale" / "nl.po"

Text = tuple[str, ...]  # (context, sentence) or (context, sentence for one, sentence for many)


def parsed() -> Iterator[tuple[Path, ast.Module]]:
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


@cache
def takers(parameter: str) -> dict[str, int]:
    """Functions with a parameter of this name, and its place among the arguments of a call."""
    found = {}
    for _path, tree in parsed():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [a.arg for a in node.args.args if a.arg != "self"]
                if parameter in names:
                    found[node.name] = names.index(parameter)
    return found


def name_of(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def argument(call: ast.Call, parameter: str) -> ast.expr | None:
    place = takers(parameter).get(name_of(call))
    if place is None:
        return None
    named = [keyword.value for keyword in call.keywords if keyword.arg == parameter]
    return named[0] if named else call.args[place] if place < len(call.args) else None


def branches(expression: ast.expr) -> tuple[ast.expr, ...]:
    """What an expression can stand for: both sides of an ``if``, or itself."""
    if isinstance(expression, ast.IfExp):
        return expression.body, expression.orelse
    return (expression,)


def plain_texts(expression: ast.expr) -> list[str]:
    constants = (part for part in branches(expression) if isinstance(part, ast.Constant))
    return [constant.value for constant in constants if isinstance(constant.value, str)]


def texts_assigned(tree: ast.Module) -> dict[str, list[str]]:
    """What the variables of a module are set to, where that is a text."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and (texts := plain_texts(node.value)):
            found.setdefault(ast.unparse(node.targets[0]), []).extend(texts)
    return found


def literals(expression: ast.expr, variables: dict[str, list[str]]) -> list[str]:
    """The sentences an argument can be; none for a template that is only passed on."""
    found = plain_texts(expression)
    for name in map(ast.unparse, branches(expression)):
        found += variables.get(name, [])
        is_seen = name[0] in "'\"" or name in variables or name.endswith("template")
        assert is_seen, f"write the sentence itself, not {name}"
    return found


def in_call(call: ast.Call, variables: dict[str, list[str]]) -> Iterator[Text]:
    template = argument(call, "template")
    if isinstance(call.func, ast.Name) and call.func.id == "_":
        template = call.args[0]
    if template is not None:
        yield from (("", text) for text in literals(template, variables))
    kind = argument(call, "what")
    if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
        yield "", kind.value
    if ast.unparse(call.func) == "_.count":
        one, many = (ast.literal_eval(text) for text in call.args[:2])
        yield "", one, many


def in_python() -> Iterator[tuple[Text, str]]:
    for path, tree in parsed():
        variables = texts_assigned(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield from ((t, f"{path.name}:{node.lineno}") for t in in_call(node, variables))


def in_templates() -> Iterator[tuple[Text, str]]:
    for path in sorted(HOME.rglob("*.j2")):
        tree = Environment().parse(path.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            counted = isinstance(call.node, nodes.Getattr) and call.node.attr == "count"
            base = call.node.node if isinstance(call.node, nodes.Getattr) else call.node
            if isinstance(base, nodes.Name) and base.name == "_" and (counted or base is call.node):
                texts = (n.as_const() for n in call.args[: 2 if counted else 1])
                yield ("", *texts), f"{path.name}:{call.lineno}"


@cache
def used() -> dict[Text, str]:
    """Every text in the code, and where it first stands."""
    found: dict[Text, str] = {}
    for text, where in (*in_python(), *in_templates()):
        found.setdefault(text, where)
    for rule in RULES:
        found["rule", str(rule.model_fields["rule"].default).replace("_", " ")] = rule.__name__
    return found


@cache
def translated() -> dict[Text, tuple[str, ...]]:
    """Every entry of the Dutch catalogue with its translations."""
    with CATALOGUE.open("rb") as file:
        catalogue: Catalog = read_po(file, locale="nl", abort_invalid=True)
    return {
        (entry.context or "", *_several(entry.id)): _several(entry.string)
        for entry in catalogue
        if entry.id and not entry.fuzzy
    }


def _several(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def entry(text: Text) -> str:
    """The catalogue entry to fill in."""
    context, one, *many = (t.replace('"', '\\"').replace("\n", "\\n") for t in text)
    head = f'msgctxt "{context}"\n' if context else ""
    if many:
        return f'{head}msgid "{one}"\nmsgid_plural "{many[0]}"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    return f'{head}msgid "{one}"\nmsgstr ""\n'


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}


def test_the_search_for_sentences_sees_all_kinds() -> None:
    assert {
        ("", "{id} has no personal schedule."),  # handed to _misfit, which makes the message
        ("", "No {what} has this id."),  # message(...)
        ("", "session"),  # what the {what} above can be
        ("", "{a} and {b} are both in {round}."),  # self.broken(...)
        ("", "{participant} gets {got} of {ideal} points."),  # self.costs(...)
        ("", "You are there in {round}."),
        ("", "Programme"),  # in a template
        ("", "{count} round", "{count} rounds"),
        ("rule", "keep apart"),
    } <= used().keys()


def test_every_sentence_has_a_translation() -> None:
    missing = [f"#: {where}\n{entry(t)}" for t, where in used().items() if not all(translation(t))]
    assert not missing, "add to nl.po:\n\n" + "\n".join(missing)


def translation(text: Text) -> tuple[str, ...]:
    return translated().get(text, ("",))


def test_the_catalogue_has_no_sentence_that_is_gone() -> None:
    gone = [text for text in translated() if text not in used()]
    assert not gone, f"take out of nl.po: {gone}"


@pytest.mark.parametrize("text", sorted(translated()), ids=lambda text: text[1][:40])
def test_a_translation_has_the_same_placeholders(text: Text) -> None:
    forms = zip(text[1:], translation(text), strict=True)
    assert all(fields(source) == fields(translated) for source, translated in forms)


def test_a_message_becomes_a_sentence_in_either_language() -> None:
    found = message("You are there in {round}.", round="Ronde 1")
    assert sentence(found, "en") == "You are there in Ronde 1."
    assert sentence(found, "nl") == "Je bent erbij in Ronde 1."


def test_kinds_are_translated_and_ids_are_not() -> None:
    found = message("No {what} has this id.", what="session")
    assert sentence(found, "nl") == "Geen enkele sessie heeft deze code."
    named = message("{id} has no personal schedule.", id="session")
    assert sentence(named, "nl").startswith("session ")


def test_a_sentence_without_a_translation_stays_english() -> None:
    assert sentence(Message(template="Nobody wrote this."), "nl") == "Nobody wrote this."


def test_braces_in_a_value_are_no_placeholders() -> None:
    found = message("You are there in {round}.", round="{x}")
    assert sentence(found, "nl") == "Je bent erbij in {x}."


def test_plurals_follow_the_language() -> None:
    dutch = translator("nl")
    assert dutch.ngettext("{count} round", "{count} rounds", 1) == "{count} ronde"
    assert dutch.ngettext("{count} round", "{count} rounds", 4) == "{count} rondes"
