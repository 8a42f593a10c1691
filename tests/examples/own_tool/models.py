"""The tool's own models: a name that spilrooster has for a folder, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Talk:
    """A talk as this tool knows it."""

    code: str
    title: str
    fans: tuple[str, ...]
