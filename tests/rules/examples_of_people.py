"""Examples of rules about who sits where with whom. They are part of `EXAMPLES`."""

from __future__ import annotations

from tests.rules.tiny import choice, event, person, room, session

from spilrooster.rules import (
    AllOf,
    GroupApart,
    GroupTogether,
    KeptSeats,
    Language,
    LargestShare,
    LeastOf,
    Mix,
    NotAllAtOnce,
    OneOf,
    Rule,
)
from spilrooster_models import Event

PAIR = event(
    [session("a", presenters=("p",)), "b"],
    people=[person("p", groups=("g",)), person("q", groups=("g",), absent=("t2",))],
    choices=[choice("q", "b", 1)],
)
TRIO = event(
    ["a", "b"],
    times=("t1",),
    people=[person(p, groups=("g",), organisation="Zorg") for p in "pqr"],
    choices=[choice("p", "a", 1), choice("q", "b", 1)],
)
COLLEAGUES = event(
    ["a", session("b", presenters=("p",))],
    times=("t1",),
    people=[
        person("p", organisation="Zorg"),
        person("q", organisation="Zorg"),
        person("r", organisation="Zorg", groups=("g",)),
        person("s", organisation="Werk", groups=("g",)),
    ],
)
TWO = event(
    ["a", session("b", presenters=("p",))],
    people=[person("p", municipality="Weert"), person("q", municipality="Weert")],
)
TOWNS = event(
    ["a", session("b", presenters=("p",))],
    times=("t1",),
    people=[
        person("p", municipality="Weert"),
        person("q", municipality="Weert"),
        person("r", municipality="Venlo"),
        "s",
    ],
)
CROWD = event(
    ["a"],
    times=("t1",),
    people=[person(f"p{i}", sector="care" if i < 4 else "work" if i < 6 else "") for i in range(8)],
)
ROLES = event(
    [session("a", presenters=("p",)), "b"],
    people=[person("p", role="resident"), person("q", role="resident")],
)
TIERS = event(
    [session("a", max_people=2), session("b", presenters=("r",))],
    [room("r1", 3), room("r2", 1)],
    ("t1",),
    [person("p", tier="partner"), person("q", tier="rest"), "r"],
)
WIDE = event(["a"], [room("r1", 3), room("r2", 5)], ("t1",), [person("p", tier="partner"), *"qrst"])
POLYGLOTS = event(
    [session("a", language="en"), session("b", language="NL", presenters=("q",)), "c"],
    times=("t1",),
    people=[
        person("p", attributes=(("languages", "nl | de"),)),
        person("q", attributes=(("languages", "En"),)),
        "r",
    ],
)
SPOKEN = event(
    [session("a", language="en")],
    people=[person("p", attributes=(("spreekt", "nl"),)), "q"],
)
SHAPES = event(
    ["a", session("b", presenters=("q",))],
    people="pq",
    choices=[choice("p", "a", 1), choice("q", "a", 1)],
)
PARTS = event("abc", people="p", choices=[choice("p", "a", 1)])

EXAMPLES_OF_PEOPLE: dict[type[Rule], tuple[tuple[Rule, Event], ...]] = {
    GroupTogether: (
        (GroupTogether(groups=("g",)), PAIR),
        (GroupTogether(groups=("g",), weight=3), TRIO),
        (GroupTogether(column="organisation", groups=("g",)), TRIO),
        (GroupTogether(groups=("g",), weight=1), PAIR),
    ),
    GroupApart: (
        (GroupApart(column="organisation"), COLLEAGUES),
        (GroupApart(column="organisation", groups=("g",), most=2, weight=2), COLLEAGUES),
        (GroupApart(groups=("g",), weight=1, all_runs=True), PAIR),
        (GroupApart(groups=("g",)), PAIR),
    ),
    NotAllAtOnce: (
        (NotAllAtOnce(groups=("g",)), PAIR),
        (NotAllAtOnce(column="organisation", percent=70, weight=2), TRIO),
        (NotAllAtOnce(column="organisation", groups=("g",), percent=40, weight=1), COLLEAGUES),
        (NotAllAtOnce(groups=("g",), percent=67), TRIO),
    ),
    Mix: (
        (Mix(column="municipality", least=2), TOWNS),
        (Mix(column="municipality", least=3, weight=2), TOWNS),
        (Mix(column="municipality", least=2, sessions=("b",), weight=1), TWO),
    ),
    LargestShare: (
        (LargestShare(column="municipality", percent=50), TOWNS),
        (LargestShare(column="sector", percent=40, weight=2), CROWD),
        (LargestShare(column="municipality", percent=90, sessions=("a",), weight=1), TWO),
    ),
    LeastOf: (
        (LeastOf(column="role", value="resident", least=1), ROLES),
        (LeastOf(column="role", value="resident", least=2, weight=3), ROLES),
        (LeastOf(column="sector", value="work", least=1, sessions=("a",)), CROWD),
    ),
    KeptSeats: (
        (KeptSeats(tiers=("partner",), percent=50), TIERS),
        (KeptSeats(tiers=("partner", "rest"), percent=100, weight=2), TIERS),
        (KeptSeats(tiers=("partner",), percent=30, sessions=("a",)), WIDE),
    ),
    OneOf: (
        (OneOf(sessions=("a", "b")), SHAPES),
        (OneOf(sessions=("a", "b", "c"), weight=2), PARTS),
        (OneOf(sessions=("a", "b"), participants=("p",), needed=True), SHAPES),
        (OneOf(sessions=("a", "b"), needed=True, weight=3), SHAPES),
        (OneOf(sessions=("a", "b"), participants=("g",), needed=True, weight=2), TRIO),
    ),
    AllOf: (
        (AllOf(sessions=("a", "b")), SHAPES),
        (
            AllOf(sessions=("a", "b")),
            event(["a", session("b", only_for=("q",))], people="pq", choices=[choice("p", "a", 1)]),
        ),
        (AllOf(sessions=("a", "b", "c"), weight=2), PARTS),
    ),
    Language: (
        (Language(), POLYGLOTS),
        (Language(column="spreekt", weight=4), SPOKEN),
    ),
}
