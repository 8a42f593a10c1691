"""The interface of a rule. A rule is a frozen pydantic model that lives in one file."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any, ClassVar, Literal

from ortools.sat.python import cp_model
from pydantic import BaseModel, ConfigDict, Field

from spilrooster.steering import Counted, Group, Steering, Tally
from spilrooster.variables import Variables
from spilrooster.wishes import Wishes
from spilrooster_models import Event, Finding, InputProblem, Message, Programme, message
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import RoundId

Cost = cp_model.LinearExpr | int
Stage = Literal["search", "seating"]
Lasting = Literal["rooms", "times"]


class Rule(BaseModel):
    """One requirement. It is hard, unless it extends `SoftRule` or `GradedRule`.

    `post` and `findings` say the same thing twice, on purpose and without a shared helper: the
    agreement test demands that they give every programme the same verdict and the same cost.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    standard: ClassVar[bool] = False
    """Whether the rule holds for every event it `applies` to, without being asked for."""
    stage: ClassVar[Stage] = "search"
    """What keeps the rule: the search for a programme, or the seating in shared blocks."""
    lasting: ClassVar[Lasting | None] = None
    """Whether a breach stays one whatever runs and attendances are added: what an organiser fixes
    can then be judged before solving. "rooms" if it is about rooms, else "times"."""
    parts_in: ClassVar[str] = ""
    """A field with a list, if each of its items could be a rule of its own."""
    in_search: ClassVar[bool] = False
    """Whether the fast search keeps the rule by itself, without being told in `steer`."""
    counted_in_search: ClassVar[bool] = False
    """Whether `steer` has the search count the breaches of a wish of level 1 too."""

    @property
    def soft(self) -> bool:
        """Whether it costs points instead of forbidding."""
        return False

    @property
    def seats_in_search(self) -> bool:
        """Whether `steer` says all that it demands of audiences. If not, CP-SAT seats them."""
        return True

    @classmethod
    def applies(cls, event: Event) -> bool:
        """Whether the event has what the rule is about. If not, it is no standard rule there."""
        return True

    def refer(self, event: Event) -> Iterator[InputProblem]:
        """Yield a problem for every id in the rule's fields that the event does not know."""
        yield from ()

    def attendances(self, event: Event) -> Iterable[tuple[ParticipantId, SessionId]]:
        """Pairs that a model must be able to express for this rule to be satisfiable.

        A hard rule that asks for none is kept without any audience wherever it is kept with one.
        """
        return ()

    def post(self, variables: Variables) -> Cost:
        """Add the rule to the CP-SAT model and return its cost; 0 for a hard rule."""
        raise NotImplementedError

    def findings(self, event: Event, programme: Programme) -> Iterator[Finding]:
        """Yield what breaks the rule (cost None) or what it costs, without any CP-SAT."""
        raise NotImplementedError

    def steer(self, steering: Steering) -> None:
        """Tell the fast search what it should know. Saying nothing is allowed, only slower."""

    def split(self) -> tuple[Rule, ...]:
        """Return rules that together demand the same: one for each item of `parts_in`."""
        items = getattr(self, self.parts_in) if self.parts_in else ()
        return tuple(self.model_copy(update={self.parts_in: (i,)}) for i in items) or (self,)

    def wish(self, event: Event, wishes: Wishes) -> None:
        """Ask something of the seating stage; most rules do not."""

    def broken(self, about: Iterable[str], template: str, **values: str | int) -> Finding:
        """Make the finding that this hard rule does not hold."""
        return self._finding(None, about, message(template, **values))

    def _finding(
        self, cost: int | None, about: Iterable[str], text: Message, level: int = 1
    ) -> Finding:
        return Finding(rule=self.rule, cost=cost, level=level, about=tuple(about), message=text)

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

    @property
    def soft(self) -> bool:
        """Whether it costs points instead of forbidding."""
        return True

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels on which its costs count; most rules have only `level`."""
        return (self.level,)

    def costs(self, cost: int, about: Iterable[str], template: str, **values: Any) -> Finding:
        """Make the finding that this soft rule costs `cost` points."""
        return self._finding(cost, about, message(template, **values), self.level)


class GradedRule(SoftRule):
    """A rule that is hard, or with a `weight` soft: each breach then costs that many points."""

    level: int = Field(default=1, ge=1, description="priority, if the rule has a weight")
    weight: int | None = Field(
        default=None, ge=1, description="points for each breach; the rule is hard without it"
    )

    @property
    def soft(self) -> bool:
        """Whether it costs points instead of forbidding."""
        return self.weight is not None

    def priced(self, variables: Variables, amounts: Iterable[Cost]) -> Cost:
        """Return what these amounts cost, none of them below 0; a hard rule forbids them."""
        total = cp_model.LinearExpr.sum(list(amounts))
        if self.weight is None:
            variables.cp.add(total == 0)
            return 0
        return self.weight * total

    def breach(
        self, times: int, about: Iterable[str], template: str, **values: str | int
    ) -> Finding:
        """Make the finding that the rule is broken, or that it costs its weight `times` times."""
        if self.weight is None:
            return self.broken(about, template, **values)
        return self.costs(self.weight * times, about, template, **values)

    def count(
        self,
        steering: Steering,
        counted: Counted,
        sessions: Iterable[SessionId],
        parts: Iterable[Iterable[RoundId]],
        limit: int = 0,
    ) -> None:
        """Have the search count the breaches; it does not look at wishes of later levels."""
        if self.soft and self.level > 1:
            return
        at = steering.index
        group: Group = tuple(sorted({at.session[s] for s in sessions}))
        rounds = tuple(tuple(sorted({at.round[t] for t in part})) for part in parts)
        steering.tallies.append(Tally(counted, group, rounds, limit, self.weight or 0))


def excess(variables: Variables, amount: Cost, largest: int) -> cp_model.IntVar:
    """Return a variable from 0 to `largest` that is at least `amount`; a cost keeps it there."""
    over = variables.cp.new_int_var(0, max(0, largest), "")
    variables.cp.add(over >= amount)
    return over
