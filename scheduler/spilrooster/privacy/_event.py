"""Pseudonymise an event, and undo it. The result is solved like any other event."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from random import SystemRandom
from typing import Any

from spilrooster.privacy._codes import VALUE, Codes
from spilrooster.privacy._key import Key
from spilrooster.problem import Problem
from spilrooster.rules import Rule
from spilrooster_models import DataError, Event, InputProblem, message

FIELDS = ("organisation", "municipality", "sector", "role")
"""Columns of participants that get codes, besides id, name, e-mail, groups and attributes."""

_PEOPLE = frozenset(
    {"participant", "participants", "presenter", "presenters", "only_for", "owners"}
)
_LANGUAGES = "language"  # a rule that compares a column of people with one of sessions
_COLUMN, _VALUE_OF_COLUMN, _GROUPS = "column", "value", "groups"
_COUNTED = "counted"  # a rule's roles or groups, each with a number


def pseudonymise(problem: Problem, keep: Collection[str] = ()) -> tuple[Problem, Key]:
    """Replace everything that says who somebody is by codes, the same everywhere.

    Names, e-mail addresses and ids; organisations, municipalities, sectors, roles, groups and
    attributes; and names and addresses in titles and other texts. People stand in a new order.
    Who is away when, what rooms somebody needs, tiers and choices stay: the search needs them.

    Parameters
    ----------
    problem
        The event with its rules.
    keep
        Columns of participants that stay as they are.

    Raises
    ------
    DataError
        If a column to keep does not exist, or an id of a session, room or block holds a name.
    """
    _check_columns(problem.event, keep)
    event = problem.event
    compared = {rule.model_dump()[_COLUMN] for rule in problem.rules if rule.rule == _LANGUAGES}
    codes = Codes(event, _strings(event.model_dump()))
    _check_ids(event, codes)
    disguise = _Disguise(codes, frozenset({*keep, *compared}))
    made = disguise.event(event)
    order = SystemRandom().sample(range(len(event.participants)), len(event.participants))
    made, places = _reordered(made, order)
    key = Key(
        words=codes.words, digits=codes.digits, codes=codes.codes, texts=codes.texts,
        people=tuple(codes.people.values()), choices=places,
    )  # fmt: skip
    return Problem(event=made, rules=tuple(map(disguise.rule, problem.rules))), key


def _check_columns(event: Event, keep: Collection[str]) -> None:
    own = {name for p in event.participants for name, _ in p.attributes}
    known = [*FIELDS, _GROUPS, *sorted(own)]
    wrong = [name for name in keep if name not in known]
    if wrong:
        advice = message("It has the columns {columns}.", columns=", ".join(known))
        what = message("The participants have no such column.")
        raise DataError(
            [InputProblem(file="--keep", value=n, what=what, advice=advice) for n in wrong]
        )


def _check_ids(event: Event, codes: Codes) -> None:
    """Refuse ids of other things that would give somebody away."""
    tables = {
        "sessions": list(event.sessions_by_id),
        "rooms": list(event.layout.rooms_by_id),
        "rounds": [block.id for block in event.blocks],
    }
    found = [
        InputProblem(
            file=file,
            value=i,
            what=message("This id holds the name of a participant."),
            advice=message("Give it another id first."),
        )
        for file, ids in tables.items()
        for i in ids
        if codes.text(i) != i
    ]
    if found:
        raise DataError(found)


class _Disguise:
    def __init__(self, codes: Codes, keep: frozenset[str]) -> None:
        self._codes = codes
        self._keep = keep

    def event(self, event: Event) -> Event:
        """Return the event in codes, in the same order."""
        content = event.model_dump()
        people = [self._participant(p) for p in content.pop("participants")]
        walked = {name: self._walk(value, name) for name, value in content.items()}
        for place, known in zip(walked["layout"]["places"], event.layout.places, strict=True):
            if known.is_stand:  # it bears the name of who stands there
                place["name"] = self._codes.value(VALUE, "stand", known.name)
        return Event.model_validate({**walked, "participants": people})

    def rule(self, rule: Rule) -> Rule:
        """Return a rule that says the same of the event in codes."""
        content = rule.model_dump(exclude={"rule"})
        walked = {name: self._walk(value, name) for name, value in content.items()}
        if isinstance(content.get(_VALUE_OF_COLUMN), str):
            column, value = str(content.get(_COLUMN, "")), str(content[_VALUE_OF_COLUMN])
            walked[_VALUE_OF_COLUMN] = self._codes.known_value(column, self._codes.text(value))
            if column not in self._keep:
                walked[_VALUE_OF_COLUMN] = self._codes.known_value(column, value)
        if _COLUMN in content:
            walked[_COLUMN] = content[_COLUMN]
        if _COUNTED in content:
            walked[_COUNTED] = tuple((self._counted(who), n) for who, n in content[_COUNTED])
        return type(rule).model_validate(walked)

    def _counted(self, who: str) -> str:
        """Return the code of a group or role."""
        group = self._group(who)
        if group is not None or "role" in self._keep:
            return group or self._codes.text(who)
        return self._codes.known_value("role", who)

    def _participant(self, row: Mapping[str, Any]) -> dict[str, Any]:
        codes, i = self._codes, row["id"]
        done = {name: self._walk(value, name) for name, value in row.items()}
        done["id"] = codes.people[i]
        done["name"] = codes.name(i) if row["name"] else ""
        done["email"] = codes.email(i) if row["email"] else ""
        for field in FIELDS:
            if field not in self._keep and row[field]:
                done[field] = codes.value(field, field, row[field])
        done["attributes"] = tuple(
            (name, codes.text(value) if name in self._keep else codes.value(VALUE, name, value))
            for name, value in row["attributes"]
        )
        return done

    def _walk(self, value: Any, name: str) -> Any:
        """Return any value of the dumped models with codes in it."""
        if isinstance(value, str):
            return self._text(value, name)
        if isinstance(value, Mapping):
            return {field: self._walk(inside, field) for field, inside in value.items()}
        if isinstance(value, list | tuple):
            nested = any(isinstance(item, list | tuple) for item in value)
            return tuple(self._walk(item, "" if nested else name) for item in value)
        return value

    def _text(self, text: str, name: str) -> str:
        codes = self._codes
        if name in _PEOPLE:
            return self._group(text) or codes.people.get(text) or codes.text(text)
        if name == _GROUPS:
            return self._group(text) or codes.text(text)
        return text if name == "timezone" else codes.text(text)

    def _group(self, text: str) -> str | None:
        known = text in self._codes.groups
        return text if known and _GROUPS in self._keep else self._codes.groups.get(text)


def _reordered(event: Event, order: list[int]) -> tuple[Event, tuple[int, ...]]:
    """Put people in a new order, their choices with them; return where each choice went."""
    people = tuple(event.participants[i] for i in order)
    rank = {p.id: number for number, p in enumerate(people)}
    by_person = sorted(
        range(len(event.choices)), key=lambda i: (rank[event.choices[i].participant], i)
    )
    places = [0] * len(by_person)
    for place, i in enumerate(by_person):
        places[i] = place
    choices = tuple(event.choices[i] for i in by_person)
    update = {"participants": people, "choices": choices}
    return event.model_copy(update=update), tuple(places)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inside in value.values():
            yield from _strings(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _strings(inside)


def reidentify(problem: Problem, key: Key) -> Problem:
    """Return the event as it was before `pseudonymise`.

    Raises
    ------
    DataError
        If the key belongs to another event.
    """
    event = problem.event
    if {p.id for p in event.participants} != set(key.people) or len(event.choices) != len(
        key.choices
    ):
        what = message("This key does not belong to this event.")
        raise DataError([InputProblem(file="--key", what=what)])
    number = {p.id: i for i, p in enumerate(event.participants)}
    people = tuple(event.participants[number[code]] for code in key.people)
    choices = tuple(event.choices[place] for place in key.choices)
    ordered = event.model_copy(update={"participants": people, "choices": choices})
    restored = Event.model_validate(_restored(ordered.model_dump(), key))
    rules = (type(rule).model_validate(_restored(rule.model_dump(), key)) for rule in problem.rules)
    return Problem(event=restored, rules=tuple(rules))


def _restored(value: Any, key: Key) -> Any:
    if isinstance(value, str):
        return key.codes[value] if value in key.codes else key.restored(value)
    if isinstance(value, Mapping):
        return {name: _restored(inside, key) for name, inside in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_restored(item, key) for item in value)
    return value
