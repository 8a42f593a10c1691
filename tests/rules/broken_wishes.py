"""A good programme, and for each rule that is hard or soft as one likes a programme against it."""

from __future__ import annotations

from tests.rules.broken import Broken, Plan, altered
from tests.rules.tiny import choice, event, person, room, session

from spilrooster.rules import (
    AllOf,
    BalanceRounds,
    BigRoomForPopular,
    FewRooms,
    GroupApart,
    GroupTogether,
    KeptSeats,
    Language,
    LargestShare,
    LeastOf,
    Mix,
    MixPerRound,
    NotAllAtOnce,
    OneOf,
    PresenterCompact,
    PresenterPause,
    PresenterPrefers,
    Rule,
    SameRoom,
    Spread,
    ThemeKeepsRoom,
    ThemesApart,
    TravelTime,
)

DAY = event(
    [
        session("oaks", theme="trees", presenters=("ivy",), max_runs=2, language="en"),
        session("elms", theme="trees", max_runs=2, language="nl"),
        session("bach", theme="tunes", max_runs=2),
        session("jazz", theme="tunes", presenters=("joe",), max_runs=2),
    ],
    [
        room("nave", 6, building="church"),
        room("loft", 3, building="church"),
        room("shed", 3, building="farm"),
    ],
    ("dawn", "noon", "dusk"),
    [
        person("ivy", municipality="Venlo"),
        person("joe", municipality="Weert", organisation="Acme", groups=("duo",)),
        person("kim", municipality="Venlo", role="resident", tier="partner", groups=("duo",)),
        person("lou", municipality="Weert", organisation="Acme", role="resident"),
        person("max", municipality="Gulpen", tier="partner", attributes=(("languages", "en"),)),
    ],
    [choice(p, "oaks", 1) for p in ("joe", "kim", "lou", "max")],
)

DAWN = {"oaks dawn nave": "ivy joe kim", "bach dawn loft": "lou max"}
NOON = {"elms noon nave": "ivy lou", "jazz noon loft": "joe kim max"}
DUSK = {"oaks dusk nave": "ivy lou max", "bach dusk loft": "joe kim"}
GOOD = DAWN | NOON | DUSK

NO_PAUSE = DAWN | {
    "oaks noon nave": "ivy lou",
    "jazz noon loft": "joe kim max",
    "elms dusk nave": "ivy joe",
    "bach dusk loft": "kim",
}
JAZZ_TWICE = {
    "jazz dawn loft": "joe kim",
    "oaks dawn nave": "ivy lou max",
    "elms noon nave": "ivy joe kim",
    "bach noon loft": "lou max",
    "jazz dusk loft": "joe lou max",
    "oaks dusk nave": "ivy kim",
}
NEIGHBOURS = altered(
    GOOD, oaks_dawn="ivy joe lou", bach_dawn="kim max", bach_dusk="joe", oaks_dusk="ivy max"
)

QUIET = altered(GOOD, bach_dawn="max", elms_noon="ivy", bach_dusk="kim")


def on_day(rule: Rule, plan: Plan, says: str) -> Broken:
    return Broken(rule, plan, says, DAY, GOOD)


BROKEN_WISHES = (
    on_day(
        PresenterPause(presenters=("ivy",)),
        NO_PAUSE,
        "ivy presents in dawn, noon without a pause.",
    ),
    on_day(
        PresenterPrefers(presenter="ivy", rounds=("dawn", "dusk"), rooms=("nave", "shed")),
        DAWN | NOON | {"oaks dusk loft": "ivy lou max", "bach dusk nave": "joe kim"},
        "ivy would rather not present oaks in room loft in dusk.",
    ),
    on_day(
        PresenterCompact(presenters=("joe",)),
        JAZZ_TWICE,
        "joe waits in noon between two sessions to present.",
    ),
    on_day(
        SameRoom(),
        DAWN | NOON | {"oaks dusk shed": "ivy lou max", "bach dusk loft": "joe kim"},
        "oaks is not always in the same room: it is in nave, shed.",
    ),
    on_day(
        Spread(parts=(("dawn", "noon"), ("dusk",))),
        NO_PAUSE,
        "oaks is not spread over the day: it runs in dawn, noon.",
    ),
    on_day(
        ThemesApart(),
        {"oaks dawn nave": "ivy joe kim", "elms dawn loft": "lou max"}
        | {"jazz noon loft": "joe kim max"}
        | DUSK,
        "Too much of the theme trees in dawn: oaks, elms.",
    ),
    on_day(
        ThemeKeepsRoom(themes=("tunes",)),
        DAWN | {"elms noon nave": "ivy lou", "jazz noon shed": "joe kim max"} | DUSK,
        "The theme tunes is in more than one room: loft, shed.",
    ),
    on_day(
        MixPerRound(column="theme", values=("trees",)),
        DAWN | NOON | {"bach dusk loft": "joe kim"},
        "Too few sessions in dusk with theme trees: 0, and it needs 1.",
    ),
    on_day(
        BigRoomForPopular(),
        {"oaks dawn loft": "ivy joe kim", "bach dawn nave": "lou max"} | NOON | DUSK,
        "In dawn, oaks is in room loft, and bach, which fewer people chose, "
        "is in the larger room nave.",
    ),
    on_day(
        BalanceRounds(difference=0),
        DAWN | NOON | {"bach dusk loft": "joe kim"},
        "dawn has 2 runs and dusk has 1.",
    ),
    on_day(
        FewRooms(most=2),
        DAWN | NOON | {"oaks dusk shed": "ivy lou max", "bach dusk loft": "joe kim"},
        "3 rooms are used, and it should be at most 2.",
    ),
    on_day(
        TravelTime(minutes=45),
        DAWN | NOON | {"oaks dusk nave": "ivy lou max", "bach dusk shed": "joe"},
        "joe has 30 minutes between noon and dusk to get from church to farm, and needs 45.",
    ),
    on_day(
        GroupTogether(groups=("duo",)),
        altered(GOOD, bach_dusk="joe"),
        "joe, kim are not together in dusk.",
    ),
    on_day(
        GroupApart(column="organisation"),
        altered(GOOD, oaks_dawn="ivy joe kim lou", bach_dawn="max", oaks_dusk="ivy max"),
        "Too many who should spread out are at oaks in dawn: joe, lou.",
    ),
    on_day(
        Mix(column="municipality", least=2),
        NEIGHBOURS,
        "oaks in dawn is too little mixed by municipality: Weert.",
    ),
    on_day(
        LargestShare(column="municipality", percent=50),
        NEIGHBOURS,
        "oaks in dawn has 2 people with municipality Weert, and at most 1 of 2 may be.",
    ),
    on_day(
        LeastOf(column="role", value="resident", least=1, sessions=("oaks",)),
        altered(GOOD, oaks_dawn="ivy joe", bach_dawn="kim lou max", bach_dusk="joe"),
        "oaks in dawn has 0 people with role resident, and it needs 1.",
    ),
    on_day(
        KeptSeats(tiers=("partner",), percent=50),
        altered(GOOD, oaks_dawn="ivy kim", bach_dawn="joe lou max", bach_dusk="kim"),
        "bach in dawn has 2 people outside partner, and at most 1 may be: "
        "the other seats are kept.",
    ),
    on_day(
        OneOf(sessions=("jazz", "elms")),
        DAWN
        | {"elms noon nave": "lou", "jazz noon loft": "joe kim max"}
        | {"elms dusk nave": "kim", "bach dusk loft": "joe"},
        "kim attends more than one of these: elms, jazz.",
    ),
    on_day(
        OneOf(sessions=("bach", "elms"), participants=("duo",), needed=True),
        altered(GOOD, bach_dusk="joe"),
        "kim attends none of these: bach, elms.",
    ),
    Broken(
        NotAllAtOnce(column="organisation"),
        altered(QUIET, bach_dusk="joe kim"),
        "In dusk, 2 of these 2 people take part at once, and at most 50 % may: joe, lou.",
        DAY,
        QUIET,
    ),
    on_day(
        AllOf(sessions=("oaks", "bach")),
        altered(GOOD, bach_dusk="joe"),
        "kim attends oaks and not bach, which belong together.",
    ),
    on_day(
        Language(),
        altered(GOOD, elms_noon="ivy lou max", jazz_noon="joe kim"),
        "max attends elms, which is in nl.",
    ),
)
