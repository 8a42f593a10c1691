"""Rules of the careers day: a company stays where it is and does not wait for its next talk."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Literal

from pydantic import Field

from spilrooster import Event, Finding, InputProblem, Programme
from spilrooster.rules import Cost, Rule
from spilrooster.steering import Steering
from spilrooster.variables import Variables

Companies = tuple[tuple[str, ...], ...]


class KeepsRoom(Rule):
    """The sessions of a company are all in one room, and never two in a round."""

    rule: Literal["keeps_room"] = "keeps_room"
    companies: Companies = Field(description="the sessions of each company")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        """Refuse sessions that do not exist."""
        named = (session for company in self.companies for session in company)
        yield from self.unknown("companies", named, event.sessions_by_id, "session")

    def post(self, variables: Variables) -> Cost:
        """Give each company one room of its own for the day; it need not be there all day."""
        for company in self.companies:
            for t in variables.rounds:
                variables.cp.add_at_most_one(variables.held_in(s, t) for s in company)
            room_of = {r: variables.cp.new_bool_var(f"{company} in {r}") for r in variables.rooms}
            variables.cp.add_at_most_one(room_of.values())
            for s in company:
                for t in variables.rounds:
                    for r, chosen in room_of.items():
                        variables.cp.add_implication(variables.in_room(s, t, r), chosen)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        """Yield each company with several rooms, and each round in which it has two sessions."""
        for company in self.companies:
            runs = [run for run in programme.runs if run.session in company]
            rooms = sorted({run.room for run in runs})
            if len(rooms) > 1:
                text = "The company of {sessions} changes room: {rooms}."
                about, listed = (*company, *rooms), ", ".join(company)
                yield self.broken(about, text, sessions=listed, rooms=", ".join(rooms))
            for a, b in combinations(runs, 2):
                if a.round == b.round:
                    text = "One company gives {a} and {b} in {round}."
                    about = (a.session, b.session, a.round)
                    yield self.broken(about, text, a=a.session, b=b.session, round=a.round)

    def steer(self, steering: Steering) -> None:
        """Say what pairs cannot share a round. Steering has no word for one room all day."""
        at = steering.index.session
        for company in self.companies:
            steering.apart.update((at[a], at[b]) for a, b in combinations(company, 2))


class NoGap(Rule):
    """A company's sessions are in consecutive rounds."""

    rule: Literal["no_gap"] = "no_gap"
    companies: Companies = Field(description="the sessions of each company")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        """Refuse sessions that do not exist."""
        named = (session for company in self.companies for session in company)
        yield from self.unknown("companies", named, event.sessions_by_id, "session")

    def post(self, variables: Variables) -> Cost:
        """Between two rounds in which the company is busy, it is busy."""
        cp, rounds = variables.cp, variables.rounds
        for company in self.companies:
            busy = [cp.new_bool_var(f"{company} busy in {t}") for t in rounds]
            for t, here in zip(rounds, busy, strict=True):
                held = [variables.held_in(s, t) for s in company]
                cp.add_bool_or(*held, ~here)
                for literal in held:
                    cp.add_implication(literal, here)
            for first, last in combinations(range(len(rounds)), 2):
                for between in range(first + 1, last):
                    cp.add_bool_or(~busy[first], ~busy[last], busy[between])
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        """Yield each company that waits."""
        number = {t: i for i, t in enumerate(programme.rounds)}
        for company in self.companies:
            used = {number[run.round] for run in programme.runs if run.session in company}
            if used and max(used) - min(used) + 1 != len(used):
                waits = [t for t, i in number.items() if min(used) < i < max(used)]
                empty = ", ".join(t for t in waits if number[t] not in used)
                text = "The company of {sessions} waits in {rounds}."
                yield self.broken(company, text, sessions=", ".join(company), rounds=empty)
