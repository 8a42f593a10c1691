"""Templates of what is handed out, and the one way to load them."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def templates() -> Environment:
    """Return the environment: it escapes every value, and refuses names that do not exist."""
    return Environment(
        loader=PackageLoader("spilrooster.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
