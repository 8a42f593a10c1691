"""Wishes: what rules ask of the seating stage, as `steering` is what they tell the search.

Shared blocks are decided after the programme: who eats when, who staffs a stand, who sits at which
table. The seating stage plays with these wishes, never with rules; `check` asks the rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from spilrooster_models.layout import BlockId

Reason = Literal[
    "organisation", "municipality", "sector", "role", "session", "met", "again", "theme"
]
"""Why two people had better not sit together.

organisation, municipality, sector, role: they have the same one (of those who have any).
session: they are at the same run that day. met: that, or earlier that day at the same table.
again: they sat together before, in an earlier block of the same rule.
theme: among the sessions that each of them wants most, they have no theme in common.
"""


@dataclass(frozen=True)
class Priority:
    """A level, lower ones go first, and points on that level."""

    level: int
    weight: int


@dataclass(frozen=True)
class Mix:
    """Who had better not sit together at the tables of some blocks.

    Attributes
    ----------
    rule
        The rule that asks for it.
    blocks
        Shared blocks with tables, in order of time.
    avoid
        Each reason, with what a pair costs.
    counted
        (role or group, least number at each table) pairs; each person who is short costs.
    smallest
        Least people at a table that is used; each person who is short costs.
    short
        What a person who is short costs.
    best_choices
        How many of somebody's best choices say which themes they want.
    """

    rule: str
    blocks: tuple[BlockId, ...]
    avoid: tuple[tuple[Reason, Priority], ...]
    counted: tuple[tuple[str, int], ...]
    smallest: int
    short: Priority
    best_choices: int


@dataclass
class Wishes:
    """What all rules together ask.

    Attributes
    ----------
    mixes
        Mixed tables, in the order of the rules.
    waiting
        What somebody costs who eats neither directly before nor directly after a session of
        theirs although some shift is; None if nobody asks.
    turns
        What each turn costs that an owner of a stand has more than another, beyond one.
    """

    mixes: list[Mix] = field(default_factory=list)
    waiting: Priority | None = None
    turns: Priority | None = None
