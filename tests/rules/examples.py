"""Examples of every rule, each with a tiny event in which it accepts and refuses programmes.

A rule without an example fails `test_agreement.py`. Keep events at a few thousand programmes:
per round that is the sum, over each set of k running sessions, of rooms^k x (k + 1)^people.
"""

from __future__ import annotations

from tests.rules.examples_of_people import EXAMPLES_OF_PEOPLE
from tests.rules.examples_of_runs import EXAMPLES_OF_RUNS
from tests.rules.tiny import choice, event, person, room, session

from spilrooster.rules import (
    AccessibleRoom,
    AllowedRooms,
    AllowedRounds,
    Choices,
    FillFreeSeats,
    FixedPlace,
    Floor,
    KeepApart,
    KeepTogether,
    LeastPeople,
    MustAttend,
    MustNot,
    NeedsFeatures,
    NoFreeRound,
    NoGap,
    NoRepeat,
    NoRun,
    OneRunPerRoom,
    OnlyFor,
    Order,
    PersonPresent,
    Pinned,
    PresenterAvailable,
    PresenterInOnePlace,
    RoomOpen,
    RoomSeats,
    Rule,
    RunsBetween,
    ShareFairly,
    StayClose,
    StayInRoom,
    TakesPart,
)
from spilrooster_models import Choice, Event

THREE = ("t1", "t2", "t3")
FOUR = (*THREE, "t4")

# Shared events. Sessions a, b, c; rooms r1, r2; rounds t1, t2; people p, q, r.
TIMETABLE = event("abc", times=THREE)
LISTENERS = event([session("a", presenters=("p",)), "b"], people="pq")
GROUPS = event(
    [session("a", presenters=("p",)), "b"],
    people=[person("p", groups=("g",)), person("q", groups=("g", "h")), "r"],
)
RANKED = event(
    [session("a", presenters=("p",)), "b"],
    people="pq",
    choices=[choice("p", "b", 1), choice("q", "b", 2), choice("q", "a", 1)],
)
WISHES = event(
    "abc", times=("t1",), people="pq",
    choices=[choice("p", "a", 1), choice("p", "b", 2), choice("q", "c", 2)],
)  # fmt: skip
TIED = [choice("p", "a", 1), choice("p", "b", 1)]
BUSY = event(
    [session("a", presenters=("p",)), "b"],
    people=["p", person("q", absent=("t1",))],
    choices=[*TIED, choice("q", "a", 1), choice("q", "b", 2)],
)

EXAMPLES: dict[type[Rule], tuple[tuple[Rule, Event], ...]] = {
    **EXAMPLES_OF_RUNS,
    **EXAMPLES_OF_PEOPLE,
    RoomOpen: (
        (RoomOpen(), event("ab", [room("r1", closed=("t2",)), "r2"])),
        (RoomOpen(), event("a", [room("r1", closed=("t1", "t3")), "r2"], THREE, "p")),
    ),
    OneRunPerRoom: (
        (OneRunPerRoom(), event("abc", ["r1", "r2"])),
        (OneRunPerRoom(), event("ab", ["r1", "r2"], people="p")),
    ),
    RoomSeats: (
        (
            RoomSeats(),
            event(["a", session("b", max_people=1)], [room("r1", 2), room("r2", 0)], people="pq"),
        ),
        (
            RoomSeats(),
            event(
                [session("a", presenters=("p",), max_people=2), session("b", max_people=0)],
                [room("r1", 1), room("r2", 3)],
                ("t1",),
                "pqr",
            ),
        ),
    ),
    RunsBetween: (
        (
            RunsBetween(),
            event(["a", session("b", min_runs=0), session("c", max_runs=3)], times=THREE),
        ),
        (
            RunsBetween(),
            event([session("a", min_runs=2, max_runs=2), session("b", max_runs=2)], times=THREE),
        ),
        (RunsBetween(), event([session("a", min_runs=0, max_runs=0)], ["r1", "r2"], people="p")),
    ),
    AllowedRounds: (
        (
            AllowedRounds(),
            event(
                ["a", session("b", rounds=("t2",)), session("c", rounds=("t1", "t3"))],
                ["r1"],
                THREE,
            ),
        ),
    ),
    AllowedRooms: (
        (
            AllowedRooms(),
            event(
                ["a", session("b", rooms=("r2",)), session("c", rooms=("r1", "r3"))],
                ["r1", "r2", "r3"],
            ),
        ),
    ),
    NeedsFeatures: (
        (
            NeedsFeatures(),
            event(
                ["a", session("b", needs=("piano",)), session("c", needs=("piano", "screen"))],
                ["r1", room("r2", features=("piano",)), room("r3", features=("screen", "piano"))],
            ),
        ),
    ),
    PresenterInOnePlace: (
        (
            PresenterInOnePlace(),
            event(
                [session("a", presenters=("p", "q")), session("b", presenters=("p",))], people="pq"
            ),
        ),
        (PresenterInOnePlace(), event(["a", session("b", presenters=("q",))], people="pq")),
    ),
    LeastPeople: (
        (
            LeastPeople(),
            event([session("a", min_people=2), session("b", min_people=1)], people="pq"),
        ),
        (
            LeastPeople(),
            event([session("a", min_people=2, presenters=("p",)), "b"], people="pqr"),
        ),
    ),
    NoRepeat: ((NoRepeat(), LISTENERS), (NoRepeat(), event("ab", times=THREE, people="p"))),
    OnlyFor: (
        (OnlyFor(), event([session("a", only_for=("p",), presenters=("q",)), "b"], people="pq")),
        (
            OnlyFor(),
            event(
                [session("a", only_for=("g", "q")), session("b", only_for=("h",))],
                people=[person("p", groups=("g",)), person("q", groups=("h",)), "r"],
            ),
        ),
    ),
    PersonPresent: (
        (
            PersonPresent(),
            event(
                [session("a", presenters=("p",)), "b"],
                people=[person("p", absent=("t2",)), person("q", absent=("t1", "t2"))],
            ),
        ),
        (PersonPresent(), event("ab", times=THREE, people=[person("p", absent=("t2",))])),
    ),
    AccessibleRoom: (
        (
            AccessibleRoom(),
            event(
                [session("a", presenters=("p",)), "b"],
                ["r1", room("r2", features=("lift",))],
                people=[person("p", needs=("lift",)), "q"],
            ),
        ),
        (
            AccessibleRoom(),
            event(
                "ab",
                [room("r1", features=("loop", "lift")), room("r2", features=("lift",))],
                ("t1",),
                [person("p", needs=("lift", "loop")), person("q", needs=("lift",))],
            ),
        ),
    ),
    Pinned: (
        (Pinned(session="b", round="t2"), event("ab", ["r1", "r2"])),
        (Pinned(session="a", round="t1", room="r2"), event("ab", ["r1", "r2"])),
    ),
    PresenterAvailable: (
        (
            PresenterAvailable(presenter="p", rounds=("t2", "t3")),
            event([session("a", presenters=("p",)), "b"], times=THREE, people="p"),
        ),
        (
            PresenterAvailable(presenter="q", rounds=()),
            event([session("a", presenters=("p", "q")), "b"], people="pq"),
        ),
    ),
    KeepApart: (
        (KeepApart(pairs=(("a", "b"),)), TIMETABLE),
        (KeepApart(pairs=(("a", "b"), ("c", "b"))), TIMETABLE),
        (KeepApart(pairs=(("a", "b"),)), LISTENERS),
        (KeepApart(pairs=(("c", "a"),)), event([*session("a").in_parts(2), "c"])),
    ),
    KeepTogether: (
        (KeepTogether(pairs=(("a", "b"),)), TIMETABLE),
        (KeepTogether(pairs=(("c", "a"), ("a", "b"))), TIMETABLE),
    ),
    Order: (
        (Order(pairs=(("a", "b"),)), TIMETABLE),
        (Order(pairs=(("c", "a"), ("a", "b"))), TIMETABLE),
        (Order(pairs=(("a", "b"),), directly=True), TIMETABLE),
        (Order(pairs=(("b", "a"), ("a", "c")), directly=True), TIMETABLE),
        (Order(pairs=(("a", "b"),), directly=True), event("ab", times=("t1",))),
        (Order(pairs=(("a", "c"),)), event([*session("a").in_parts(2), "c"], times=THREE)),
        (Order(pairs=(("a", "c"),), directly=True), event([*session("a").in_parts(2), "c"])),
    ),
    MustAttend: (
        (MustAttend(participants=("q",), session="b"), LISTENERS),
        (MustAttend(participants=("g",), session="a"), GROUPS),
        (MustAttend(participants=("h", "r", "g"), session="b"), GROUPS),
    ),
    MustNot: (
        (MustNot(participants=("q",), session="b"), LISTENERS),
        (MustNot(participants=("g",), session="a"), GROUPS),
        (MustNot(participants=("r", "h"), session="b"), GROUPS),
    ),
    FixedPlace: (
        (FixedPlace(participants=("q",), round="t1", session="b"), LISTENERS),
        (FixedPlace(participants=("g",), round="t2", session="a"), GROUPS),
        (FixedPlace(participants=("g", "r"), round="t1"), GROUPS),
    ),
    NoRun: ((NoRun(session="a", rounds=("t2",)), event("ab", ["r1", "r2"], people="p")),),
    StayClose: (
        (
            StayClose(
                places=(("q", "t1", "b"), ("q", "t2", "a")), runs=(("a", "t2", "r1"),), weight=2
            ),
            LISTENERS,
        ),
    ),
    StayInRoom: (
        (StayInRoom(groups=(("a", "b"), ("c",))), event("abc", ["r1", "r2"])),
        (StayInRoom(groups=(("b", "a"),)), event("ab", ["r1", "r2"], people="p")),
        (
            StayInRoom(presenters=True),
            event(
                [session("a", presenters=("p",)), session("b", presenters=("p",)), "c"],
                ["r1", "r2"],
                people="p",
            ),
        ),
    ),
    NoGap: (
        (NoGap(groups=(("a", "b"),)), TIMETABLE),
        (NoGap(groups=(("a",), ("c", "b"))), TIMETABLE),
        (NoGap(groups=(("a", "b"),), most=1), event("ab", times=FOUR)),
        (NoGap(groups=(("a", "b"),)), event("ab", times=FOUR)),
        (
            NoGap(presenters=True),
            event([session("a", presenters=("p",)), "b"], times=THREE, people="p"),
        ),
    ),
    Floor: (
        (Floor(first_choice=True), RANKED),
        (Floor(first_choice=True, participants=("q",)), RANKED),
        (Floor(least_choices=2), RANKED),
        (Floor(least_choices=2), BUSY),
        (Floor(least_share=60), RANKED),
        (Floor(least_share=51, points_per_rank=(3, 3)), RANKED),
        (Floor(first_choice=True, least_choices=2, weight=3), RANKED),
        (Floor(least_share=60, weight=2), RANKED),
        (Floor(first_choice=True), event("ab", people="p", choices=TIED)),
    ),
    ShareFairly: (
        (ShareFairly(mode="floor"), RANKED),
        (ShareFairly(), event("ab", people="p", choices=TIED)),
        (ShareFairly(mode="nash"), RANKED),
        (ShareFairly(mode="nash", points_per_rank=(7, 3)), WISHES),
        (ShareFairly(mode="leximin", points_per_rank=(7, 0)), WISHES),
    ),
    NoFreeRound: (
        (NoFreeRound(), LISTENERS),
        (NoFreeRound(), event("ab", people=[person("p", absent=("t1",)), "q"])),
        (NoFreeRound(participants=("h", "r")), GROUPS),
    ),
    TakesPart: (
        (TakesPart(least=1, most=1), LISTENERS),
        (TakesPart(most=1, participants=("g",)), GROUPS),
        (TakesPart(least=2), event("ab", people=[person("p", absent=("t1",)), "q"])),
        (TakesPart(least=1, most=2), event("ab", times=THREE, people="p")),
    ),
    Choices: (
        (
            Choices(),
            event(
                [session("a", presenters=("p",)), session("b", only_for=("q",))],
                people=[person("p", absent=("t2",)), "q"],
                choices=[choice("p", "b", 1), choice("q", "b", 2), choice("q", "a", 2)],
            ),
        ),
        (
            Choices(points_per_rank=(5, 2), tiers=(("first", 3), ("later", 2))),
            event(
                "ab",
                people=[person("p", tier="first"), person("q", tier="later")],
                choices=[choice("p", "a", 1), choice("q", "a", 1), choice("q", "b", 2)],
            ),
        ),
        (
            Choices(points_per_rank=(5, 2)),
            event(
                "ab",
                times=THREE,
                people="p",
                choices=[choice("p", "b", 3), Choice(participant="p", session="a", points=7)],
            ),
        ),
        (
            Choices(points_per_rank=(7, 5, 4)),
            event(
                [*session("a").in_parts(2), "b"],
                people="p",
                choices=[choice("p", "a", 1), choice("p", "b", 2)],
            ),
        ),
    ),
    FillFreeSeats: (
        (FillFreeSeats(), LISTENERS),
        (
            FillFreeSeats(weight=3, level=1),
            event("ab", people=[person("p", absent=("t1",)), "q"]),
        ),
        (FillFreeSeats(weight=0), event("a", people="p")),
    ),
}
