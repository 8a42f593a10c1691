"""Rules of wassign: how many workshops a slot holds, and nobody much worse off than need be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from pydantic import Field

from spilrooster import Event, Finding, InputProblem, Programme
from spilrooster.rules import Cost, Rule, SoftRule
from spilrooster.variables import Variables


class RoundSize(Rule):
    """A round holds at least so many runs. Steering has no word for it."""

    rule: Literal["round_size"] = "round_size"
    round: str = Field(description="round to fill")
    least: int = Field(ge=0, description="least number of runs in it")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        """Refuse a round that does not exist."""
        yield from self.unknown("round", (self.round,), event.layout.round_ids, "round")

    def post(self, variables: Variables) -> Cost:
        """Count the runs of the round."""
        runs = sum(variables.held_in(s, self.round) for s in variables.sessions)
        variables.cp.add(runs >= self.least)
        return 0

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        """Say so if the round holds too few runs."""
        runs = sum(run.round == self.round for run in programme.runs)
        if runs < self.least:
            text = "{round} holds {runs} runs and needs {least}."
            about, least = (self.round,), self.least
            yield self.broken(about, text, round=self.round, runs=runs, least=least)


class WorstFirst(SoftRule):
    """The worst place that anybody has costs its loss times `weight`.

    With a weight above the sum of everything else, the worst place comes first and the sum second.
    Steering has no word for it: a search sees the sum only.
    """

    rule: Literal["worst_first"] = "worst_first"
    losses: tuple[tuple[int, ...], ...] = Field(
        description="loss of each participant (rows) at each session, in the event's order"
    )
    weight: int = Field(ge=0, description="points per unit of the worst loss")

    def post(self, variables: Variables) -> Cost:
        """Order the losses that occur; a place sets its own level, a level the one below."""
        cp, event = variables.cp, variables.event
        values = sorted({0, *(loss for row in self.losses for loss in row)})
        reached = {value: cp.new_bool_var(f"somebody loses {value}") for value in values[1:]}
        for lower, higher in pairwise(values[1:]):
            cp.add_implication(reached[higher], reached[lower])
        columns = {s: i for i, s in enumerate(variables.sessions)}
        for p, row in zip(event.participants, self.losses, strict=True):
            for s in variables.sessions_of(p.id):
                for t in variables.rounds if row[columns[s]] else ():
                    cp.add_implication(variables.at(p.id, s, t), reached[row[columns[s]]])
        steps = ((higher - lower) * reached[higher] for lower, higher in pairwise(values))
        return self.weight * sum(steps)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        """Name everybody who has the worst place."""
        columns = {s: i for i, s in enumerate(event.sessions_by_id)}
        worst: dict[str, int] = {}
        for p, row in zip(event.participants, self.losses, strict=True):
            places = [s for s in programme.schedule_of[p.id].sessions if s is not None]
            worst[p.id] = max((row[columns[s]] for s in places), default=0)
        loss = max(worst.values(), default=0)
        if loss:
            about = tuple(p for p, value in worst.items() if value == loss)
            yield self.costs(self.weight * loss, about, "The worst place loses {loss}.", loss=loss)
