"""An event and what solving it wrote, read from the files without any of the engine's code."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    """The rows of a table as a Dutch Excel has it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


class Written:
    """The files of an event and of its result."""

    def __init__(self, event: Path, out: Path) -> None:
        self.event, self.out = event, out

    @cached_property
    def result(self) -> Any:
        return json.loads((self.out / "result.json").read_text("utf-8"))

    @cached_property
    def people(self) -> dict[str, Row]:
        return {row["participant"]: row for row in rows_of(self.event / "participants.csv")}

    @cached_property
    def sessions(self) -> dict[str, Row]:
        return {row["session"]: row for row in rows_of(self.event / "sessions.csv")}

    @cached_property
    def rooms(self) -> dict[str, Row]:
        return {row["room"]: row for row in rows_of(self.event / "rooms.csv")}

    @cached_property
    def rounds(self) -> dict[str, Row]:
        """The rounds of sessions, without shared blocks."""
        rows = rows_of(self.event / "rounds.csv")
        return {row["round"]: row for row in rows if row["kind"] == "sessions"}

    @cached_property
    def programme(self) -> list[Row]:
        return rows_of(self.out / "programme.csv")

    @cached_property
    def schedules(self) -> list[Row]:
        return rows_of(self.out / "schedules.csv")

    @cached_property
    def audiences(self) -> dict[tuple[str, str], list[str]]:
        """Who listens at each run, under (session, round): its presenters do not."""
        found: dict[tuple[str, str], list[str]] = {
            (run["session"], run["round"]): [] for run in self.programme
        }
        for row in self.schedules:
            if row["round"] in self.rounds and row["session"]:
                presenters = self.sessions[row["session"]].get("presenters", "").split("|")
                if row["participant"] not in presenters:
                    found[row["session"], row["round"]].append(row["participant"])
        return found

    @cached_property
    def rooms_of(self) -> dict[tuple[str, str], str]:
        """The room of each run."""
        return {(run["session"], run["round"]): run["room"] for run in self.programme}

    @cached_property
    def rounds_of(self) -> dict[str, list[str]]:
        """The rounds in which each session runs."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for run in self.programme:
            found[run["session"]].append(run["round"])
        return found

    @cached_property
    def tables(self) -> dict[tuple[str, str], list[str]]:
        """Who sits at each table, under (shared block, table)."""
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for row in self.schedules:
            if row["round"] not in self.rounds and row["room"]:
                found[row["round"], row["room"]].append(row["participant"])
        return found

    def facts(self, people: list[str], column: str) -> list[str]:
        """What stands in a column of each of these people."""
        return [self.people[p][column] for p in people]

    def day_of(self, person: str) -> dict[str, str]:
        """The session that somebody is at in each round; "" where they are free."""
        mine = (row for row in self.schedules if row["participant"] == person)
        return {row["round"]: row["session"] for row in mine if row["round"] in self.rounds}

    def chosen(self, person: str) -> list[str]:
        """The sessions that somebody chose, best first."""
        return [r["session"] for r in self._choices if r["participant"] == person]

    @cached_property
    def _choices(self) -> list[Row]:
        rows = rows_of(self.event / "choices.csv")
        return sorted(rows, key=lambda r: (int(r.get("rank", 0)), -int(r.get("points", 0))))

    def meetings(self, reason: str) -> Any:
        """What result.json says of a reason not to meet at tables."""
        return next(m for m in self.result["meetings"] if m["reason"] == reason)

    def fits(self) -> None:
        """Demand what holds for every kind: a programme within its own bound and its rooms."""
        assert self.result["status"] in {"optimal", "feasible"}
        assert self.result["value"] <= self.result["bound"] <= self.result["ideal"]
        for run, people in self.audiences.items():
            assert len(people) <= int(self.rooms[self.rooms_of[run]]["seats"]), run
        assert len({(run["room"], run["round"]) for run in self.programme}) == len(self.programme)
        for row in self.schedules:
            away = self.people[row["participant"]].get("absent", "").split("|")
            assert not (row["round"] in away and row["session"]), row

    def runs(self) -> Iterator[tuple[str, str, list[str]]]:
        """Every run: session, round, audience."""
        for (session, round_id), people in self.audiences.items():
            yield session, round_id, people


Solved = Callable[[str | Path, float], Written]
