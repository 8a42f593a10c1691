"""Rule: every round has something for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from spilrooster.rules._columns import session_column
from spilrooster.rules._rule import Cost, GradedRule, excess
from spilrooster.steering import Counted, Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Programme
from spilrooster_models.layout import RoundId


class MixPerRound(GradedRule):
    """In every round at least `least` runs have each of the values in a column of the sessions.

    A column is `theme`, `language`, or one of your own, such as level or audience. Each run that
    is lacking is a breach.
    """

    rule: Literal["mix_per_round"] = "mix_per_round"
    counted_in_search: ClassVar[bool] = True
    column: str = Field(description="column of the sessions: theme, language or one of your own")
    values: tuple[str, ...] = Field(
        default=(), description="what has to be on offer; none = every value in the column"
    )
    rounds: tuple[RoundId, ...] = Field(default=(), description="in which rounds; none = in all")
    least: int = Field(default=1, ge=1, description="least number of runs of each")

    def refer(self, event: Event) -> Iterator[InputProblem]:
        yield from session_column(self, self.column, event)
        known = {s.fact(self.column) for s in event.sessions} - {""}
        yield from self.unknown("values", self.values, known, "value of this column")
        yield from self.unknown("rounds", self.rounds, event.layout.round_ids, "round")

    def post(self, variables: Variables) -> Cost:
        sessions = variables.event.sessions
        occurring = [s.fact(self.column) for s in sessions if s.fact(self.column)]
        lacking = []
        for value in dict.fromkeys(self.values or occurring):
            own = [s.id for s in sessions if s.fact(self.column) == value]
            for t in dict.fromkeys(self.rounds or variables.rounds):
                runs = sum(variables.held_in(s, t) for s in own)
                lacking.append(excess(variables, self.least - runs, self.least))
        return self.priced(variables, lacking)

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        facts = {s.id: s.fact(self.column) for s in event.sessions}
        values = self.values or [value for value in facts.values() if value]
        for t in dict.fromkeys(self.rounds or programme.rounds):
            offered = [facts[run.session] for run in programme.runs if run.round == t]
            for value in dict.fromkeys(values):
                runs = offered.count(value)
                if runs < self.least:
                    yield self.breach(
                        self.least - runs,
                        (t,),
                        "Too few sessions in {round} with {column} {value}: "
                        "{runs}, and it needs {least}.",
                        round=t, column=self.column, value=value, runs=runs, least=self.least,
                    )  # fmt: skip

    def steer(self, steering: Steering) -> None:
        sessions = steering.event.sessions
        occurring = [s.fact(self.column) for s in sessions if s.fact(self.column)]
        rounds = dict.fromkeys(self.rounds or steering.index.round)
        for value in dict.fromkeys(self.values or occurring):
            own = [s.id for s in sessions if s.fact(self.column) == value]
            self.count(steering, Counted.TOO_FEW, own, ((t,) for t in rounds), self.least)
