"""Catering: how many people eat what, where and when. No names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from spilrooster.export.edition import Edition
from spilrooster_models import BlockKind, Message, Participant, SharedBlock, message

DIETS = (
    "diet", "diets", "dietary", "dietary requirements", "dietary wishes", "allergy", "allergies",
    "dieet", "dieet / allergie", "dieet of allergie", "dieetwens", "dieetwensen", "allergie",
    "allergieën",
)  # fmt: skip
"""Columns of participants.csv that say what somebody may not or does not eat."""
NOTHING = frozenset({"-", "x", "nee", "geen", "no", "none", "nvt", "n.v.t.", "n/a", "niet"})
"""What people write in such a column who eat everything."""
MEALS = (BlockKind.LUNCH, BlockKind.DRINKS)


@dataclass(frozen=True)
class Meal:
    """A lunch or drinks: how many people are there, in which places, and with which diets."""

    block: SharedBlock
    people: int
    places: tuple[tuple[str, int], ...]
    diets: tuple[tuple[str, int], ...]


def meals(edition: Edition) -> tuple[Meal, ...]:
    """Return every lunch and drinks of the event, in order of time."""
    blocks = edition.event.blocks
    return tuple(
        _meal(edition, b) for b in blocks if isinstance(b, SharedBlock) and b.kind in MEALS
    )


def diet_notes(edition: Edition) -> tuple[Message, ...]:
    """Tell if nothing is known about diets."""
    if any(_columns(person) for person in edition.event.participants):
        return ()
    return (message("No diets are counted: participants.csv has no column diet or dieet."),)


def diet_of(person: Participant) -> str:
    """Return what somebody does not eat; "" if they eat everything."""
    said = [" ".join(value.split()) for value in _columns(person).values()]
    parts = [part.strip() for text in said for part in text.split("|")]
    return " + ".join(part for part in parts if part and part.casefold() not in NOTHING)


def _columns(person: Participant) -> dict[str, str]:
    return {name: value for name, value in person.attributes if name.casefold() in DIETS}


def _meal(edition: Edition, block: SharedBlock) -> Meal:
    event, programme = edition.event, edition.programme
    tables = event.layout.tables.get(block.id, {})
    if block.id in programme.shared:
        at = {p: programme.table_of.get((p.id, block.id)) for p in event.participants}
        eating = {p: tables[t].name for p, t in at.items() if t and not tables[t].is_stand}
    else:
        eating = {p: "" for p in event.participants if programme.is_there(event, p.id, block.id)}
    places = Counter(name for name in eating.values() if name)
    return Meal(block, len(eating), tuple(places.items()), tuple(_diets(eating)))


def _diets(eating: dict[Participant, str]) -> Iterator[tuple[str, int]]:
    """Yield each diet as it is spelled first, the most frequent first."""
    spelled: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for diet in filter(None, map(diet_of, eating)):
        spelled.setdefault(diet.casefold(), diet)
        counts[diet.casefold()] += 1
    yield from ((spelled[diet], count) for diet, count in counts.most_common())
