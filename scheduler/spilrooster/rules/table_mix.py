"""Rule: who sits together at lunch."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._mixing import MixingRule
from spilrooster.wishes import Reason
from spilrooster_models import BlockKind, SharedBlock


class TableMix(MixingRule):
    """At tables, people meet others: no colleagues, nobody twice, no session mates, other places.

    It counts the pairs at each table that meet for a reason in `avoid`. Reasons have levels of
    their own, the first of them goes first; with `weights`, they share one level instead.
    """

    rule: Literal["table_mix"] = "table_mix"
    standard: ClassVar[bool] = True
    avoid: tuple[Reason, ...] = Field(
        default=("organisation", "again", "session", "municipality"),
        description="what should not bring two people to one table, most important first: "
        "organisation, municipality, sector, role (the same one), session (at one run that day), "
        "met (that, or at one table earlier that day), again (together in an earlier block), "
        "theme (they want no theme in common)",
    )

    @classmethod
    def is_about(cls, block: SharedBlock) -> bool:
        return block.kind is not BlockKind.DRINKS
