"""Every rule, in one explicit list. A new rule is one file, one test file and one line here."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from spilrooster.rules._rule import Cost, Rule, SoftRule
from spilrooster.rules.choices import Choices
from spilrooster.rules.keep_apart import KeepApart
from spilrooster.rules.room_seats import RoomSeats

AnyRule = Annotated[
    RoomSeats | KeepApart | Choices,
    Field(discriminator="rule"),
]

RULES: tuple[type[Rule], ...] = get_args(get_args(AnyRule)[0])
STANDARD_RULES: tuple[type[Rule], ...] = tuple(rule for rule in RULES if rule.standard)

__all__ = [
    "RULES",
    "STANDARD_RULES",
    "AnyRule",
    "Choices",
    "Cost",
    "KeepApart",
    "RoomSeats",
    "Rule",
    "SoftRule",
]
