"""Roles: what a column of answers can mean, and how a mapping writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spilrooster.intake._dialect import FIRST, INFIX, LAST

PERSON_FIELDS = (
    "participant", "name", FIRST, INFIX, LAST, "email", "organisation", "municipality", "sector",
    "role", "tier", "groups", "absent", "needs",
)  # fmt: skip
TIME, CHANGED, ATTRIBUTE, IGNORE = "time", "changed", "attribute", "ignore"
RANKING, TIES = "ranking", "ties"
CHOICE, RANK_OF, POINTS_OF, STALE = "choice", "rank of", "points of", "no session"

_PLAIN = frozenset({*PERSON_FIELDS, TIME, CHANGED, ATTRIBUTE, IGNORE, RANKING, TIES})
_CHOICE = re.compile(r"choice ?(\d{1,3})")
_OF = re.compile(r"(rank of|points of|no session) (.+)", re.DOTALL)


@dataclass(frozen=True)
class Role:
    """What a column means.

    `kind` is one of the words above; `of` is the rank of a choice, the id of the session that
    cells give a rank or points, or the title that no session has.
    """

    kind: str
    of: str = ""

    @property
    def is_about_sessions(self) -> bool:
        """Whether the cells say which sessions somebody wants."""
        return self.kind in (CHOICE, RANK_OF, POINTS_OF, STALE, RANKING, TIES)

    def __str__(self) -> str:
        return f"{self.kind} {self.of}".strip()


def role_of(text: str) -> Role | None:
    """Read a role as a mapping writes it; None if there is no such role."""
    plain = text.strip()
    if plain in _PLAIN:
        return Role(plain)
    if match := _CHOICE.fullmatch(plain):
        return Role(CHOICE, str(int(match[1]))) if int(match[1]) else None
    if match := _OF.fullmatch(plain):
        return Role(match[1], match[2].strip())
    return None
