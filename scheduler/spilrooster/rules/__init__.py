"""Every rule, in one explicit list. A new rule is one file, one test file and one line here."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from spilrooster.rules._rule import Cost, GradedRule, Lasting, Rule, SoftRule
from spilrooster.rules._seating_rule import SeatingRule
from spilrooster.rules.accessible_room import AccessibleRoom
from spilrooster.rules.all_of import AllOf
from spilrooster.rules.allowed_rooms import AllowedRooms
from spilrooster.rules.allowed_rounds import AllowedRounds
from spilrooster.rules.balance_rounds import BalanceRounds
from spilrooster.rules.big_room_for_popular import BigRoomForPopular
from spilrooster.rules.choices import Choices
from spilrooster.rules.drinks_groups import DrinksGroups
from spilrooster.rules.few_rooms import FewRooms
from spilrooster.rules.fill_free_seats import FillFreeSeats
from spilrooster.rules.fixed_place import FixedPlace
from spilrooster.rules.floor import Floor
from spilrooster.rules.group_apart import GroupApart
from spilrooster.rules.group_together import GroupTogether
from spilrooster.rules.keep_apart import KeepApart
from spilrooster.rules.keep_together import KeepTogether
from spilrooster.rules.kept_seats import KeptSeats
from spilrooster.rules.language import Language
from spilrooster.rules.largest_share import LargestShare
from spilrooster.rules.least_of import LeastOf
from spilrooster.rules.least_people import LeastPeople
from spilrooster.rules.long_session import LongSession
from spilrooster.rules.lunch_shift import LunchShift
from spilrooster.rules.market_stand import MarketStand
from spilrooster.rules.mix import Mix
from spilrooster.rules.mix_per_round import MixPerRound
from spilrooster.rules.must_attend import MustAttend
from spilrooster.rules.must_not import MustNot
from spilrooster.rules.needs_features import NeedsFeatures
from spilrooster.rules.no_free_round import NoFreeRound
from spilrooster.rules.no_gap import NoGap
from spilrooster.rules.no_repeat import NoRepeat
from spilrooster.rules.no_run import NoRun
from spilrooster.rules.not_all_at_once import NotAllAtOnce
from spilrooster.rules.one_of import OneOf
from spilrooster.rules.one_run_per_room import OneRunPerRoom
from spilrooster.rules.only_for import OnlyFor
from spilrooster.rules.order import Order
from spilrooster.rules.person_present import PersonPresent
from spilrooster.rules.pinned import Pinned
from spilrooster.rules.presenter_available import PresenterAvailable
from spilrooster.rules.presenter_compact import PresenterCompact
from spilrooster.rules.presenter_in_one_place import PresenterInOnePlace
from spilrooster.rules.presenter_pause import PresenterPause
from spilrooster.rules.presenter_prefers import PresenterPrefers
from spilrooster.rules.room_open import RoomOpen
from spilrooster.rules.room_seats import RoomSeats
from spilrooster.rules.runs_between import RunsBetween
from spilrooster.rules.same_room import SameRoom
from spilrooster.rules.share_fairly import ShareFairly
from spilrooster.rules.spread import Spread
from spilrooster.rules.stay_close import StayClose
from spilrooster.rules.stay_in_room import StayInRoom
from spilrooster.rules.table_mix import TableMix
from spilrooster.rules.table_seats import TableSeats
from spilrooster.rules.takes_part import TakesPart
from spilrooster.rules.theme_keeps_room import ThemeKeepsRoom
from spilrooster.rules.themes_apart import ThemesApart
from spilrooster.rules.travel_time import TravelTime

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
    | LongSession
    | Pinned
    | NoRun
    | FixedPlace
    | StayClose
    | PresenterAvailable
    | KeepApart
    | KeepTogether
    | Order
    | StayInRoom
    | NoGap
    | PresenterPause
    | PresenterPrefers
    | PresenterCompact
    | SameRoom
    | Spread
    | ThemesApart
    | ThemeKeepsRoom
    | MixPerRound
    | BigRoomForPopular
    | BalanceRounds
    | FewRooms
    | TravelTime
    | MustAttend
    | MustNot
    | Floor
    | NoFreeRound
    | TakesPart
    | GroupTogether
    | GroupApart
    | NotAllAtOnce
    | Mix
    | LargestShare
    | LeastOf
    | KeptSeats
    | OneOf
    | AllOf
    | Language
    | Choices
    | ShareFairly
    | FillFreeSeats
    | TableSeats
    | LunchShift
    | MarketStand
    | TableMix
    | DrinksGroups,
    Field(discriminator="rule"),
]

RULES: tuple[type[Rule], ...] = get_args(get_args(AnyRule)[0])
STANDARD_RULES: tuple[type[Rule], ...] = tuple(rule for rule in RULES if rule.standard)

__all__ = [
    "RULES",
    "STANDARD_RULES",
    "AccessibleRoom",
    "AllOf",
    "AllowedRooms",
    "AllowedRounds",
    "AnyRule",
    "BalanceRounds",
    "BigRoomForPopular",
    "Choices",
    "Cost",
    "DrinksGroups",
    "FewRooms",
    "FillFreeSeats",
    "FixedPlace",
    "Floor",
    "GradedRule",
    "GroupApart",
    "GroupTogether",
    "KeepApart",
    "KeepTogether",
    "KeptSeats",
    "Language",
    "LargestShare",
    "Lasting",
    "LeastOf",
    "LeastPeople",
    "LongSession",
    "LunchShift",
    "MarketStand",
    "Mix",
    "MixPerRound",
    "MustAttend",
    "MustNot",
    "NeedsFeatures",
    "NoFreeRound",
    "NoGap",
    "NoRepeat",
    "NoRun",
    "NotAllAtOnce",
    "OneOf",
    "OneRunPerRoom",
    "OnlyFor",
    "Order",
    "PersonPresent",
    "Pinned",
    "PresenterAvailable",
    "PresenterCompact",
    "PresenterInOnePlace",
    "PresenterPause",
    "PresenterPrefers",
    "RoomOpen",
    "RoomSeats",
    "Rule",
    "RunsBetween",
    "SameRoom",
    "SeatingRule",
    "ShareFairly",
    "SoftRule",
    "Spread",
    "StayClose",
    "StayInRoom",
    "TableMix",
    "TableSeats",
    "TakesPart",
    "ThemeKeepsRoom",
    "ThemesApart",
    "TravelTime",
]
