"""JSON exports of pretalx and Indico as rows of text, with a header first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

INDICO_HEADERS = ("Id", "Title", "Description", "Duration", "Type", "Session", "Track",
                  "Presenters")  # fmt: skip


def rows_of_json(content: object) -> list[list[str]]:
    """Return a header and rows; raises ValueError if the content is neither of the two."""
    if isinstance(content, list) and content and all(isinstance(c, dict) for c in content):
        return _rows(content)
    if isinstance(content, dict):
        contributions = [
            contribution
            for event in _list(content.get("results"))
            for contribution in _contributions(event)
        ]
        if contributions:
            return [list(INDICO_HEADERS), *(_contribution(c) for c in contributions)]
    raise ValueError("neither pretalx nor Indico")


def _rows(items: Sequence[Mapping[str, object]]) -> list[list[str]]:
    headers = list(dict.fromkeys(name for item in items for name in item))
    return [headers, *([_text(item.get(name)) for name in headers] for item in items)]


def _contributions(event: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the contributions of an event, also those that stand under its sessions."""
    inside = [c for session in _list(event.get("sessions")) for c in _contributions(session)]
    return [*_list(event.get("contributions")), *inside]


def _contribution(item: Mapping[str, Any]) -> list[str]:
    values = {name: item.get(name.casefold()) for name in INDICO_HEADERS}
    values["Id"] = item.get("friendly_id") or item.get("id")
    values["Presenters"] = [_person(p) for p in _list(item.get("speakers"))]
    return [_text(values[name]) for name in INDICO_HEADERS]


def _person(person: Mapping[str, Any]) -> str:
    names = (person.get("first_name"), person.get("last_name") or person.get("family_name"))
    joined = " ".join(_text(name) for name in names if name)
    return joined or _text(person.get("fullName") or person.get("name"))


def _list(value: object) -> list[Mapping[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    """Return a value as a cell; a text in several languages in Dutch or English, or the first."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(_text(item) for item in _items(value))
    if isinstance(value, dict):
        texts = [value.get("nl"), value.get("en"), *value.values()]
        return next((_text(text) for text in texts if text), "")
    return str(value)


def _items(values: Iterable[object]) -> list[object]:
    return [value for value in values if value not in (None, "")]
