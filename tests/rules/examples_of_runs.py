"""Examples of rules about what runs when and where. They are part of `EXAMPLES`."""

from __future__ import annotations

import datetime as dt

from tests.rules.tiny import choice, event, room, session

from spilrooster.rules import (
    BalanceRounds,
    BigRoomForPopular,
    FewRooms,
    LongSession,
    MixPerRound,
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
from spilrooster_models import BlockKind, Event, SharedBlock

THREE = ("t1", "t2", "t3")
FOUR = (*THREE, "t4")
LONG = session("a").in_parts(2)


def on_two_days(day: Event, later: str) -> Event:
    """The same event, with the rounds from `later` on a day later."""
    first = day.layout.round_ids.index(later)
    rounds = tuple(
        r.model_copy(update={"date": day.date + dt.timedelta(days=i >= first)})
        for i, r in enumerate(day.layout.rounds)
    )
    return day.model_copy(update={"layout": day.layout.model_copy(update={"rounds": rounds})})


def with_lunch(day: Event, start: dt.time) -> Event:
    """The same event, with lunch from `start` on."""
    lunch = SharedBlock(
        id="lunch", name="Lunch", start=start, end=dt.time(23), kind=BlockKind.LUNCH
    )
    layout = day.layout.model_copy(update={"shared_blocks": (lunch,)})
    return day.model_copy(update={"layout": layout})


PRESENTERS = event(
    [session("a", presenters=("p",)), session("b", presenters=("p",))], times=THREE, people="p"
)
THEMES = event(
    [session("a", theme="care"), session("b", theme="care"), session("c", theme="work"), "d"],
    times=("t1", "t2"),
)
TRACKS = event(
    [session("a", theme="care"), session("b", theme="care"), session("c", theme="work")],
    ["r1", "r2"],
)
LEVELS = event(
    [
        session("a", attributes=(("level", "basic"),)),
        session("b", attributes=(("level", "basic"),), language="nl"),
        session("c", attributes=(("level", "high"),)),
        session("d", language="nl"),
    ],
)
WANTED = event(
    "abc",
    [room("r1", 0), room("r2", 1), room("r3", 9)],
    ("t1",),
    "pq",
    [choice("p", "a", 1), choice("q", "a", 1), choice("q", "b", 2)],
)
SITES = event(
    [session("a", presenters=("p",)), "b"],
    [room("r1", building="east"), room("r2", building="west")],
    people="p",
)
THREE_SITES = event(
    "ab",
    [room("r1", building="east"), room("r2", building="west"), room("r3", building="north")],
    people="p",
)

EXAMPLES_OF_RUNS: dict[type[Rule], tuple[tuple[Rule, Event], ...]] = {
    LongSession: (
        (LongSession(), event(LONG, times=THREE, people="p")),
        (LongSession(), event(LONG, ["r1", "r2"], people="p")),
        (LongSession(), event(session("a", presenters=("q",)).in_parts(2), people="pq")),
        (LongSession(), with_lunch(event(LONG, times=THREE), dt.time(9, 45))),
        (LongSession(), on_two_days(event(LONG, times=FOUR), "t3")),
    ),
    PresenterPause: (
        (PresenterPause(), PRESENTERS),
        (
            PresenterPause(weight=2, most=2),
            event([session("a", presenters=("p",))], times=FOUR, people="p"),
        ),
        (PresenterPause(presenters=("p",), weight=3), on_two_days(PRESENTERS, "t3")),
    ),
    PresenterPrefers: (
        (
            PresenterPrefers(presenter="p", rounds=("t2",), rooms=("r1", "r3"), weight=3),
            event([session("a", presenters=("p",)), "b"], ["r1", "r2", "r3"], people="p"),
        ),
        (
            PresenterPrefers(presenter="q", rooms=("r2",)),
            event([session("a", presenters=("p", "q"))], ["r1", "r2"], people="pq"),
        ),
    ),
    PresenterCompact: (
        (PresenterCompact(), PRESENTERS),
        (
            PresenterCompact(weight=2),
            event([session("a", presenters=("p",))], times=FOUR, people="p"),
        ),
        (PresenterCompact(presenters=("p",), weight=5), on_two_days(PRESENTERS, "t3")),
        (PresenterCompact(), on_two_days(PRESENTERS, "t3")),
    ),
    SameRoom: (
        (SameRoom(), event("ab", ["r1", "r2"])),
        (SameRoom(sessions=("a",), weight=4), event("a", ["r1", "r2", "r3"], FOUR)),
    ),
    Spread: (
        (Spread(parts=(("t1", "t2"), ("t3",))), event("ab", times=THREE)),
        (Spread(sessions=("b",), weight=2), with_lunch(event("ab", times=FOUR), dt.time(10, 45))),
        (Spread(weight=3), on_two_days(event("ab", times=FOUR), "t4")),
        (
            Spread(parts=(("t1", "t2"), ("t3", "t4"), ("t5",)), weight=1),
            event("a", times=(*FOUR, "t5")),
        ),
    ),
    ThemesApart: (
        (ThemesApart(), THEMES),
        (ThemesApart(themes=("care",), weight=2), THEMES),
        (ThemesApart(most=2), event([session(s, theme="care") for s in "abc"])),
    ),
    ThemeKeepsRoom: (
        (ThemeKeepsRoom(), TRACKS),
        (ThemeKeepsRoom(themes=("care",)), on_two_days(TRACKS, "t2")),
        (ThemeKeepsRoom(themes=("care",), weight=2), on_two_days(TRACKS, "t2")),
        (ThemeKeepsRoom(weight=3), event([session("a", theme="care")], ["r1", "r2", "r3"], THREE)),
    ),
    MixPerRound: (
        (MixPerRound(column="level"), LEVELS),
        (MixPerRound(column="language", least=2, weight=3), LEVELS),
        (MixPerRound(column="level", values=("high",), rounds=("t2",), weight=1), LEVELS),
    ),
    BigRoomForPopular: (
        (BigRoomForPopular(), WANTED),
        (BigRoomForPopular(difference=2, weight=5), WANTED),
        (
            BigRoomForPopular(weight=1),
            event("ab", [room("r1", 0), room("r2", 2)], people="p", choices=[choice("p", "b", 1)]),
        ),
    ),
    BalanceRounds: (
        (BalanceRounds(), event("abc", times=THREE)),
        (BalanceRounds(difference=0, weight=2), event("abc", times=THREE)),
    ),
    FewRooms: (
        (FewRooms(most=1), event("ab", ["r1", "r2"])),
        (FewRooms(most=0, weight=7), event("ab", ["r1", "r2", "r3"])),
    ),
    TravelTime: (
        (TravelTime(minutes=31), SITES),
        (TravelTime(minutes=40, weight=2), SITES),
        (
            TravelTime(between=(("west", "east", 31), ("north", "west", 30)), minutes=45),
            THREE_SITES,
        ),
        (
            TravelTime(minutes=60, weight=1),
            on_two_days(
                event(
                    "a",
                    [room("r1", building="east"), room("r2", building="west"), "r3"],
                    THREE,
                    "p",
                ),
                "t3",
            ),
        ),
    ),
}
