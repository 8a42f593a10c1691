"""Every rule, in one explicit list. A new rule is one file, one test file and one line here."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from spilrooster.rules._rule import Cost, Rule, SoftRule
from spilrooster.rules.accessible_room import AccessibleRoom
from spilrooster.rules.allowed_rooms import AllowedRooms
from spilrooster.rules.allowed_rounds import AllowedRounds
from spilrooster.rules.choices import Choices
from spilrooster.rules.fill_free_seats import FillFreeSeats
from spilrooster.rules.floor import Floor
from spilrooster.rules.keep_apart import KeepApart
from spilrooster.rules.keep_together import KeepTogether
from spilrooster.rules.least_people import LeastPeople
from spilrooster.rules.must_attend import MustAttend
from spilrooster.rules.must_not import MustNot
from spilrooster.rules.needs_features import NeedsFeatures
from spilrooster.rules.no_free_round import NoFreeRound
from spilrooster.rules.no_gap import NoGap
from spilrooster.rules.no_repeat import NoRepeat
from spilrooster.rules.one_run_per_room import OneRunPerRoom
from spilrooster.rules.only_for import OnlyFor
from spilrooster.rules.order import Order
from spilrooster.rules.person_present import PersonPresent
from spilrooster.rules.pinned import Pinned
from spilrooster.rules.presenter_available import PresenterAvailable
from spilrooster.rules.presenter_in_one_place import PresenterInOnePlace
from spilrooster.rules.room_open import RoomOpen
from spilrooster.rules.room_seats import RoomSeats
from spilrooster.rules.runs_between import RunsBetween
from spilrooster.rules.stay_in_room import StayInRoom
from spilrooster.rules.takes_part import TakesPart

AnyRule = Annotated[
    RoomOpen
    | OneRunPerRoom
    | RoomSeats
    | RunsBetween
    | AllowedRounds
    | AllowedRooms
    | NeedsFeatures
    | PresenterInOnePlace
    | LeastPeople
    | NoRepeat
    | OnlyFor
    | PersonPresent
    | AccessibleRoom
    | Pinned
    | PresenterAvailable
    | KeepApart
    | KeepTogether
    | Order
    | StayInRoom
    | NoGap
    | MustAttend
    | MustNot
    | Floor
    | NoFreeRound
    | TakesPart
    | Choices
    | FillFreeSeats,
    Field(discriminator="rule"),
]

RULES: tuple[type[Rule], ...] = get_args(get_args(AnyRule)[0])
STANDARD_RULES: tuple[type[Rule], ...] = tuple(rule for rule in RULES if rule.standard)

__all__ = [
    "RULES",
    "STANDARD_RULES",
    "AccessibleRoom",
    "AllowedRooms",
    "AllowedRounds",
    "AnyRule",
    "Choices",
    "Cost",
    "FillFreeSeats",
    "Floor",
    "KeepApart",
    "KeepTogether",
    "LeastPeople",
    "MustAttend",
    "MustNot",
    "NeedsFeatures",
    "NoFreeRound",
    "NoGap",
    "NoRepeat",
    "OneRunPerRoom",
    "OnlyFor",
    "Order",
    "PersonPresent",
    "Pinned",
    "PresenterAvailable",
    "PresenterInOnePlace",
    "RoomOpen",
    "RoomSeats",
    "Rule",
    "RunsBetween",
    "SoftRule",
    "StayInRoom",
    "TakesPart",
]
