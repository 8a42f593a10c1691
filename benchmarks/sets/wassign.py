"""The 'realistic' test inputs of wassign: workshops into slots, everybody busy in every slot.

github MaximilianAzendorf/wassign, Apache-2.0. Lower is better: first the largest mirrored
preference anybody has to take, then the sum of all mirrored preferences to the power of 3. The
variant *greedy* drops the first part, as wassign's option of that name does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.measure import Attendance, Loaded, Measure, Score, attendances, counted
from benchmarks.sets import files
from benchmarks.sets.wassign_rules import RoundSize, WorstFirst
from spilrooster import Choice, Event, Layout, Participant, Problem, Room, Session
from spilrooster.rules import KeepApart, KeepTogether, MustAttend, MustNot, NoFreeRound, Rule

EXPONENT = 3  # wassign's default
FACTOR = 4
"""Points of the best place, in largest costs: so high that an empty place never pays."""

SIZE = re.compile(r'slot\("(\w+)"\)\.size >= (\d+)')
SLOTS_OF_TWO = re.compile(r'choice\("(\w+)"\)\.slot (==|!=) choice\("(\w+)"\)\.slot')
CONTAINS = re.compile(r'chooser\("(\w+)"\)\.choices\.(contains|contains_not)\(choice\("(\w+)"\)\)')


@dataclass(frozen=True)
class Facts:
    """The files; `mirrored` is the largest preference in the file minus the preference."""

    slots: tuple[str, ...]
    sizes: dict[str, tuple[int, int]]
    mirrored: dict[str, dict[str, int]]
    constraints: tuple[str, ...]

    @cached_property
    def largest(self) -> int:
        """The largest cost of a place."""
        worst = max(loss for row in self.mirrored.values() for loss in row.values())
        return cost_of(worst)

    @property
    def places(self) -> int:
        """How many places are taken in all."""
        return len(self.slots) * len(self.mirrored)

    @property
    def weight(self) -> int:
        """Weight of the worst place that no sum can outweigh."""
        return self.largest * self.places + 1


def load(folder: str, variant: str) -> Loaded:
    """Make the case, worst place first, or the greedy one."""
    facts = facts_of(Path(folder))
    greedy = variant == "greedy"
    rules = [NoFreeRound(), *constraints_of(facts)]
    if not greedy:
        losses = tuple(tuple(row[s] for s in facts.sizes) for row in facts.mirrored.values())
        rules.append(WorstFirst(losses=losses, weight=facts.weight))
    return Loaded(
        problem=Problem.of(event_of(facts), rules),
        measure=Measure(
            "cost",
            higher_is_better=False,
            offset=FACTOR * facts.largest * facts.places,
            weight=0 if greedy else facts.weight,
        ),
        score=lambda programme: score(facts, greedy, attendances(programme)),
    )


def cost_of(loss: int) -> int:
    """Return what a place with this mirrored preference costs."""
    return int(loss**EXPONENT)


def facts_of(folder: Path) -> Facts:
    """Read the files."""
    choosers = files.table(folder / "choosers.csv")
    names = [column for column in choosers[0] if column != "chooser"]
    most = max(int(row[name]) for row in choosers for name in names)
    return Facts(
        slots=tuple(row["slot"] for row in files.table(folder / "slots.csv")),
        sizes={
            row["choice"]: (int(row["min_people"]), int(row["max_people"]))
            for row in files.table(folder / "choices.csv")
        },
        mirrored={
            row["chooser"]: {name: most - int(row[name]) for name in names} for row in choosers
        },
        constraints=tuple(row["expression"] for row in files.table(folder / "constraints.csv")),
    )


def constraints_of(facts: Facts) -> Iterator[Rule]:
    """Turn each expression into a rule."""
    for expression in facts.constraints:
        if found := SIZE.fullmatch(expression):
            yield RoundSize(round=found[1], least=int(found[2]))
        elif found := SLOTS_OF_TWO.fullmatch(expression):
            kind = KeepTogether if found[2] == "==" else KeepApart
            yield kind(pairs=((found[1], found[3]),))
        elif found := CONTAINS.fullmatch(expression):
            obliged = MustAttend if found[2] == "contains" else MustNot
            yield obliged(participants=(found[1],), session=found[3])
        else:
            raise ValueError(f"no rule for {expression!r}")


def event_of(facts: Facts) -> Event:
    """Make the event. There are no rooms, so each choice has one of its own.

    A place is worth FACTOR times the largest cost minus its own cost: an empty place never pays.
    """
    return Event(
        name=f"wassign, {len(facts.mirrored)} choosers",
        date=dt.date(2026, 1, 1),
        language="en",
        layout=Layout(
            rooms=tuple(Room(id=s, name=s, seats=most) for s, (_, most) in facts.sizes.items()),
            rounds=files.rounds(facts.slots),
        ),
        sessions=tuple(
            Session(id=s, title=s, min_people=least, max_people=most, rooms=(s,))
            for s, (least, most) in facts.sizes.items()
        ),
        participants=tuple(Participant(id=chooser) for chooser in facts.mirrored),
        choices=tuple(
            Choice(participant=chooser, session=s, points=FACTOR * facts.largest - cost_of(loss))
            for chooser, row in facts.mirrored.items()
            for s, loss in row.items()
        ),
    )


def score(facts: Facts, greedy: bool, taken: Iterable[Attendance]) -> Score:
    """Score places as wassign does; the worst place and the sum are one number unless greedy."""
    taken = list(taken)
    losses = [facts.mirrored[chooser][choice] for chooser, choice, _ in taken]
    worst, total = max(losses, default=0), sum(map(cost_of, losses))
    people = Counter((choice, slot) for _, choice, slot in taken)
    slots: defaultdict[str, set[str]] = defaultdict(set)
    for choice, slot in people:
        slots[choice].add(slot)
    return Score(
        value=total if greedy else worst * facts.weight + total,
        defects=counted(
            place_missing=facts.places - len({(chooser, slot) for chooser, _, slot in taken}),
            double_booking=files.double_bookings(taken),
            choice_twice=files.repeats(taken),
            not_held_once=sum(len(slots[choice]) != 1 for choice in facts.sizes),
            too_few=sum(max(0, facts.sizes[c][0] - n) for (c, _), n in people.items()),
            too_many=sum(max(0, n - facts.sizes[c][1]) for (c, _), n in people.items()),
            constraint=sum(not _holds(e, slots, taken) for e in facts.constraints),
        ),
        notes=(("worst", worst), ("sum", total)),
    )


def _holds(expression: str, slots: dict[str, set[str]], taken: list[Attendance]) -> bool:
    """Evaluate one expression; a slot's size is the number of choices in it."""
    if found := SIZE.fullmatch(expression):
        return sum(found[1] in held for held in slots.values()) >= int(found[2])
    if found := SLOTS_OF_TWO.fullmatch(expression):
        return (slots[found[1]] == slots[found[3]]) == (found[2] == "==")
    found = CONTAINS.fullmatch(expression)
    assert found is not None, expression
    there = any((p, c) == (found[1], found[3]) for p, c, _ in taken)
    return there == (found[2] == "contains")
