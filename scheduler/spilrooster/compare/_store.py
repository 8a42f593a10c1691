"""Store: where finished cells are kept, so that a batch that was interrupted goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from spilrooster.compare._cell import Cell
from spilrooster.tables import write_file

CELLS = "cells"


class Store(Protocol):
    """Keeps cells by key."""

    def get(self, key: str) -> Cell | None:
        """Return a finished cell, or None."""

    def put(self, key: str, content: bytes) -> Cell:
        """Keep a cell, given as JSON, and return it."""


class MemoryStore:
    """Keeps cells as long as the comparison lasts."""

    def __init__(self) -> None:
        self._cells: dict[str, bytes] = {}

    def get(self, key: str) -> Cell | None:
        """Return a finished cell, or None."""
        content = self._cells.get(key)
        return None if content is None else Cell.model_validate_json(content)

    def put(self, key: str, content: bytes) -> Cell:
        """Keep a cell, given as JSON, and return it."""
        self._cells[key] = content
        return Cell.model_validate_json(content)


class FolderStore:
    """Keeps each cell in a file of its own, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / CELLS

    def get(self, key: str) -> Cell | None:
        """Return a finished cell; None if there is none, or if its file is damaged."""
        try:
            cell = Cell.model_validate_json(self._path(key).read_bytes())
        except (OSError, ValidationError):
            return None
        return cell if cell.key == key else None

    def put(self, key: str, content: bytes) -> Cell:
        """Keep a cell, given as JSON, and return it. Raises DataError if it cannot be written."""
        cell = Cell.model_validate_json(content)
        write_file(self._path(key), content)
        return cell

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.json"
