"""The interface of a rule. A rule is a frozen pydantic model that lives in one file."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any, ClassVar

from ortools.sat.python import cp_model
from pydantic import BaseModel, ConfigDict, Field

from spilrooster.steering import Steering
from spilrooster.variables import Variables
from spilrooster_models import Event, Finding, InputProblem, Message, Programme, message
from spilrooster_models.event import ParticipantId, SessionId

Cost = cp_model.LinearExpr | int


class Rule(BaseModel):
    """One requirement. Subclasses that do not override `post`'s cost are hard rules.

    `post` and `findings` say the same thing twice, on purpose and without a shared helper: the
    agreement test demands that they give every programme the same verdict and the same cost.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    standard: ClassVar[bool] = False
    """Whether the rule holds for every event without being asked for."""

    def refer(self, event: Event) -> Iterator[InputProblem]:
        """Yield a problem for every id in the rule's fields that the event does not know."""
        yield from ()

    def attendances(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        """Pairs that a model must be able to express for this rule to be satisfiable."""
        return ()

    def post(self, variables: Variables) -> Cost:
        """Add the rule to the CP-SAT model and return its cost; 0 for a hard rule."""
        raise NotImplementedError

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        """Yield what breaks the rule (cost None) or what it costs, without any CP-SAT."""
        raise NotImplementedError

    def steer(self, steering: Steering) -> None:
        """Tell the fast search what it should know. Saying nothing is allowed, only slower."""

    def broken(self, about: Iterable[str], template: str, **values: str | int) -> Finding:
        """Make the finding that this hard rule does not hold."""
        return self._finding(None, about, message(template, **values))

    def _finding(self, cost: int | None, about: Iterable[str], text: Message) -> Finding:
        return Finding(rule=self.rule, cost=cost, about=tuple(about), message=text)

    def unknown(
        self, field: str, values: Iterable[str], known: Container[str], what: str
    ) -> Iterator[InputProblem]:
        """Yield a problem for each of `values` that is not in `known`; `what` names the kind."""
        for value in values:
            if value not in known:
                yield InputProblem(
                    file="event.toml",
                    column=f"{self.rule}.{field}",
                    value=value,
                    what=message("No {what} has this id.", what=what),
                    advice=message("Use an id that stands in the event's files."),
                )


class SoftRule(Rule):
    """A wish: it costs points instead of forbidding.

    Levels are solved in order: level 1 first, then level 2 without giving up level 1, and so on.
    """

    level: int = Field(default=1, ge=1, description="priority; lower levels are solved first")

    def costs(self, cost: int, about: Iterable[str], template: str, **values: Any) -> Finding:
        """Make the finding that this soft rule costs `cost` points."""
        finding = self._finding(cost, about, message(template, **values))
        return finding.model_copy(update={"level": self.level})
