"""JSON Schemas of what goes in and what comes out, for tools in any language."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from spilrooster.rules import AnyRule
from spilrooster_models import Event, Result

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_KINDS: dict[str, TypeAdapter[Any]] = {
    "event": TypeAdapter(Event),
    "rules": TypeAdapter(tuple[AnyRule, ...]),
    "result": TypeAdapter(Result),
}


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas of an event, of rules and of a result, under these names.

    They describe what `Event.model_validate_json` and `Problem.of` take and what
    `Result.model_dump_json` gives. That ids are known and used once is not in them: making an
    `Event` checks it.
    """
    return {
        name: {"$schema": DIALECT, "title": name.title(), **kind.json_schema()}
        for name, kind in _KINDS.items()
    }
