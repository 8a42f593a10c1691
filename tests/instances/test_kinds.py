"""Every kind of gathering is solved through the same engine, and its files say what it needs."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from instances.generate import make_event, write_event
from instances.kinds.__main__ import KINDS, main
from tests.instances.written import Solved, Written

INSTANCES = Path(__file__).resolve().parents[2] / "instances"


def solved_by_command(name: str, work: float, folder: Path) -> Written:
    """Solve an event of the project as its users do."""
    event, out = INSTANCES / name, folder / name
    command = [sys.executable, "-m", "spilrooster", "solve", str(event)]
    options = ["--out", str(out), "--work", str(work)]
    ran = subprocess.run([*command, *options], check=False, capture_output=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    return Written(event, out)


def test_the_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    main(["--into", str(tmp_path)])
    for name in KINDS:
        here = {p.name: p.read_bytes() for p in (INSTANCES / name).iterdir()}
        made = {p.name: p.read_bytes() for p in (tmp_path / name).iterdir()}
        assert here.pop("README.md").startswith(b"# " + name.encode())
        assert here == made, name


def test_the_bestuurstafel_is_for_board_members_who_are_spread_over_its_tables(
    solved: Solved,
) -> None:
    day = solved("bestuurstafel", 2.0)
    day.fits()
    assert day.result["value"] >= 0.8 * day.result["bound"]  # it gives others what they chose
    board = {p for p, row in day.people.items() if row["groups"] == "bestuur"}
    tables = {s: people for s, t, people in day.runs() if day.rooms_of[s, t].startswith("BT")}
    assert sorted(tables) == ["B1", "B2", "B3", "B4"]
    assert sorted(p for people in tables.values() for p in people) == sorted(board)
    for table, people in tables.items():
        assert day.rounds_of[table] == ["R2"]
        assert len({*day.facts(people, "organisation")}) == len(people) == 6
        assert len({*day.facts(people, "regio")}) >= 4
    assert all(day.day_of(p)["R2"].startswith("B") for p in board)
    elsewhere = [day.day_of(p)[t] for p in board for t in ("R1", "R3")]
    assert len([s for s in elsewhere if s]) >= len(board)


def test_on_tour_nobody_hurries_and_no_organisation_is_out_at_once(solved: Solved) -> None:
    tour = solved("on-tour", 3.0)
    tour.fits()
    colleagues = Counter(row["organisation"] for row in tour.people.values())
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for session, round_id, people in tour.runs():
        assert len(people) >= 4
        assert all(session in tour.chosen(p) for p in people)
        here = Counter(tour.facts(people, "organisation"))
        assert max(here.values()) <= 2
        out[round_id] += here
    assert len(tour.rounds_of) == 7
    for counts in out.values():
        assert all(n <= max(1, colleagues[name] // 2) for name, n in counts.items())
    settings = tomllib.loads((tour.event / "event.toml").read_text("utf-8"))
    ways = next(r["between"] for r in settings["rules"] if r["rule"] == "travel_time")
    minutes = {frozenset(pair): time for *pair, time in ways}
    assert max(minutes.values()) > 90
    for person in tour.people:
        taken = {t: tour.rooms_of[s, t] for t, s in tour.day_of(person).items() if s}
        assert len(taken) <= 2
        for day in {t[:2] for t in taken}:
            sites = frozenset(tour.rooms[r]["building"] for t, r in taken.items() if t[:2] == day)
            assert len(sites) == 1 or minutes[sites] <= 90


def test_no_pair_lunches_twice_in_the_season_of_spilunch(solved: Solved) -> None:
    season = solved("spilunch", 2.0)
    season.fits()
    assert {(r["start"], r["name"]) for r in season.rounds.values()} == {("11:00", "Thema")}
    assert len(season.rounds) == len(season.rounds_of) == 10
    pairs: Counter[frozenset[str]] = Counter()
    eaters: dict[str, set[str]] = defaultdict(set)
    neighbours = 0
    for (lunch, _), people in season.tables.items():
        assert 4 <= len(people) <= 5
        neighbours += len(people) - len({*season.facts(people, "municipality")})
        eaters[lunch].update(people)
        pairs.update(frozenset(pair) for pair in combinations(people, 2))
    assert {*pairs.values()} == {1}
    assert neighbours == season.meetings("municipality")["bound"]  # it cannot be less
    for (theme, date), people in season.audiences.items():
        hosts = {*season.sessions[theme]["presenters"].split("|")}
        assert eaters[f"L{date[1:]}"] == hosts | {*people}  # who is at the theme, and nobody else
        assert all(theme in season.chosen(p) for p in people)


def test_the_conference_grows(solved: Solved, tmp_path: Path) -> None:
    write_event(make_event(275, seed=1, once=False), tmp_path / "spil275")
    day = solved(tmp_path / "spil275", 2.0)
    day.fits()
    assert len(day.people) == 275
    assert day.result["value"] >= 0.9 * day.result["bound"]
    (apart, order, available) = tomllib.loads((day.event / "event.toml").read_text("utf-8"))[
        "rules"
    ]
    for one, other in apart["pairs"]:
        assert {*day.rounds_of[one]}.isdisjoint(day.rounds_of[other])
    for one, other in order["pairs"]:
        assert max(day.rounds_of[one]) < min(day.rounds_of[other])
    for session, row in day.sessions.items():
        if available["presenter"] in row["presenters"].split("|"):
            assert {*day.rounds_of[session]} <= {*available["rounds"]}


def test_table_talks_mix_residents_and_professionals(solved: Solved) -> None:
    talks = solved("tafelgesprekken", 1.0)
    talks.fits()
    assert talks.result["status"] == "optimal"
    assert len(talks.audiences) == 6
    for _, _, people in talks.runs():
        groups = Counter(talks.facts(people, "groep"))
        assert groups["bewoner"] >= 6
        assert groups["beroepskracht"] >= 6
    guests = [p for p in talks.people if talks.chosen(p)]
    assert len(guests) == 50
    assert all(len({*talks.day_of(p).values()} - {""}) == 2 for p in guests)


def test_a_trio_of_leerkring_a_stays_together_and_meets_others(solved: Solved) -> None:
    circle = solved("leerkring-a", 1.5)
    circle.fits()
    trios: defaultdict[str, list[str]] = defaultdict(list)
    for person, row in circle.people.items():
        trios[row["trio"]].append(person)
    assert len(trios) == 24
    for trio in trios.values():
        assert sorted(circle.facts(trio, "domein")) == ["fysiek", "sociaal", "spil"]
        one, *others = [circle.day_of(p) for p in trio]
        assert others == [one, one]
        assert len({*one.values()} - {""}) == 4
    houses = {(run["round"], circle.rooms[run["room"]]["building"]) for run in circle.programme}
    assert len(houses) == len({house for _, house in houses}) == 4
    for _, _, people in circle.runs():
        assert len({*circle.facts(people, "municipality")}) >= 3
    assert sum(map(len, circle.tables.values())) == 72
    for (block, _), people in circle.tables.items():
        assert block == "START"
        assert len({*circle.facts(people, "municipality")}) == len(people) <= 8


def test_a_circle_of_leerkring_b_keeps_its_people_and_has_both_kinds_of_them(
    solved: Solved,
) -> None:
    circles = solved("leerkring-b", 2.0)
    circles.fits()
    members: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for session, _, people in circles.runs():
        members[session.partition("-")[0]].add(tuple(people))
    assert len(circles.audiences) == 24
    assert len(members) == 4
    for (circle,) in members.values():
        people = [*circle]
        work = Counter(circles.facts(people, "werk"))
        assert work["uitvoering"] >= 5
        assert work["beleid"] >= 2
        assert len({*circles.facts(people, "municipality")}) >= 6
    seated = [p for (people,) in members.values() for p in people]
    assert len(seated) == len({*seated}) == 40
    assert all(circles.chosen(p) for p in seated)
    for run in circles.programme:
        online = circles.rooms[run["room"]]["features"] == "online"
        assert online == circles.rounds[run["round"]]["name"].endswith("online")


def test_spilgenoten_is_in_the_studio_and_online_at_once(tmp_path: Path) -> None:
    webinars = solved_by_command("spilgenoten", 2.0, tmp_path)
    webinars.fits()
    rounds = {run["session"]: run["round"] for run in webinars.programme}
    assert len(rounds) == 8
    assert all(rounds[f"W{n}"] == rounds[f"W{n}-online"] for n in range(1, 5))
    at_the_table: Counter[str] = Counter()
    for session, _, people in webinars.runs():
        if session.endswith("-online"):
            assert all(session in webinars.chosen(p) for p in people)
            continue
        at_the_table.update(people)
        assert 6 <= len(people) <= 8
        assert {*webinars.facts(people, "deelname")} == {"studio"}
        assert len({*webinars.facts(people, "municipality")}) >= 6
        assert len({*webinars.facts(people, "sector")}) >= 3
    assert {*at_the_table.values()} == {1}
