"""Exporter: one kind of thing to hand out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from spilrooster.export.edition import Edition
from spilrooster_models import Message


@dataclass(frozen=True)
class Made:
    """What an exporter made.

    `files` go where the user wants them; names may have folders in them, with ``/`` between.
    `kept` goes into the folder of the programme: what the next run has to remember. `notes` is
    for the organiser's screen, such as how many people have no address.
    """

    files: Mapping[str, bytes]
    kept: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Exporter:
    """A name for ``--to``, what it makes in one line of English, and the function that makes it.

    `make` may raise DataError, with advice, for example if an extra is not installed.
    """

    name: str
    about: str
    make: Callable[[Edition], Made]
