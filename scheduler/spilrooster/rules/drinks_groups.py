"""Rule: who gets to know whom at the drinks."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._mixing import MixingRule
from spilrooster.wishes import Reason
from spilrooster_models import BlockKind, SharedBlock


class DrinksGroups(MixingRule):
    """At drinks, groups have not met that day, want the same themes and come from other places.

    A group is a table of a block of kind drinks. It counts as `table_mix` does.
    """

    rule: Literal["drinks_groups"] = "drinks_groups"
    standard: ClassVar[bool] = True
    avoid: tuple[Reason, ...] = Field(
        default=("met", "theme", "municipality"),
        description="what should not bring two people to one group, most important first; "
        "the words are those of table_mix",
    )

    @classmethod
    def is_about(cls, block: SharedBlock) -> bool:
        return block.kind is BlockKind.DRINKS
