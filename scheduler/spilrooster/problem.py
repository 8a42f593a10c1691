"""Problem = event + rules: what `read` returns and `solve`, `check` and `compare` take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, SerializeAsAny, TypeAdapter

from spilrooster.rules import STANDARD_RULES, AnyRule, Choices, Rule
from spilrooster.steering import Steering
from spilrooster.wishes import Wishes
from spilrooster_models import Event, UnknownId
from spilrooster_models.event import ParticipantId, SessionId

POINTS = "points_per_rank"

_ANY_RULE: TypeAdapter[Rule] = TypeAdapter(AnyRule)


def _rule(given: object) -> object:
    """Make a rule of its fields, as JSON has them; rules of one's own come as they are."""
    return _ANY_RULE.validate_python(given) if isinstance(given, Mapping) else given


class Problem(BaseModel):
    """Facts and rules together. `Problem.of` adds the standard rules; the constructor does not.

    It goes to JSON and back (`model_dump_json`, `model_validate_json`), but for rules of one's own.

    Raises UnknownId if a rule names an id that the event does not know.
    """

    model_config = ConfigDict(frozen=True)

    event: Event
    rules: tuple[Annotated[SerializeAsAny[Rule], BeforeValidator(_rule)], ...]

    @classmethod
    def of(cls, event: Event, rules: Iterable[Rule] = ()) -> Problem:
        """Event + standard rules + `rules`; a given rule replaces the standard one of its kind."""
        standard = (kind.model_validate({}) for kind in STANDARD_RULES if kind.applies(event))
        return cls(event=event, rules=tuple(standard)).with_rules(rules)

    def with_rules(self, rules: Iterable[Rule]) -> Problem:
        """This problem and `rules`; a given rule replaces the standard one of its kind.

        A rule that counts points and was not told which takes those of the rule `choices`.
        """
        given = tuple(rules)
        kinds = {rule.rule for rule in given}
        kept = tuple(r for r in self.rules if not (r.standard and r.rule in kinds))
        return Problem(event=self.event, rules=_with_the_same_points(kept + given))

    def model_post_init(self, context: object) -> None:
        """Refuse rules that name what does not exist."""
        unknown = tuple(problem for rule in self.rules for problem in rule.refer(self.event))
        if unknown:
            raise UnknownId(unknown)

    @cached_property
    def choices(self) -> Choices:
        """The rule that says what a granted choice is worth."""
        return next((rule for rule in self.rules if isinstance(rule, Choices)), Choices())

    @cached_property
    def ideal(self) -> int:
        """Return the points if everyone got their best list, as if nothing clashed."""
        return sum(self.choices.ideal_of(self.event, p.id) for p in self.event.participants)

    @cached_property
    def steering(self) -> Steering:
        """What all rules together tell the search. Treat it as read-only."""
        steering = Steering.free(self.event)
        for rule in self.rules:
            rule.steer(steering)
        return steering

    @cached_property
    def for_search(self) -> Problem:
        """The problem without the rules that the seating stage keeps: what the search works on."""
        return Problem(
            event=self.event, rules=tuple(rule for rule in self.rules if rule.stage == "search")
        )

    @cached_property
    def wishes(self) -> Wishes:
        """What all rules together ask of the seating stage. Treat it as read-only."""
        wishes = Wishes()
        for rule in self.rules:
            rule.wish(self.event, wishes)
        return wishes

    def attendances(self) -> Iterable[tuple[ParticipantId, SessionId]]:
        """Every (participant, session) pair that is worth points or that a rule requires."""
        for p in self.event.participants:
            for session in self.choices.points_of(self.event, p.id):
                yield p.id, session
        for rule in self.rules:
            yield from rule.attendances(self.event)


def _with_the_same_points(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Give rules that count points by rank, and do not say which, those of the rule `choices`."""
    choices = next((rule for rule in rules if isinstance(rule, Choices)), Choices())
    same = {POINTS: choices.points_per_rank}
    return tuple(
        rule.model_copy(update=same)
        if _asks_points(rule) and choices.points_per_rank != getattr(rule, POINTS)
        else rule
        for rule in rules
    )


def _asks_points(rule: Rule) -> bool:
    """Whether a rule has a field for points by rank that nobody filled in."""
    return POINTS in type(rule).model_fields and POINTS not in rule.model_fields_set
