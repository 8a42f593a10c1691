"""Names: people who may be one person, and titles that people will mix up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process, utils

from spilrooster.audit._facts import Facts
from spilrooster.audit._model import Remark, Topic
from spilrooster_models import message

ALIKE = 90  # of 100; one or two letters in a name of some twenty
AT_ONCE = 1_000  # texts compared with all others at a time
_DIGITS = re.compile(r"\d+|\b[ivx]+\b")

Pair = tuple[int, int]


def of_names(facts: Facts) -> Iterator[Remark]:
    """Yield names, addresses and titles that are the same or nearly so."""
    people = [p for p in facts.event.participants if p.name]
    pairs = near_pairs([p.name for p in people])
    if pairs:
        yield Remark(
            topic=Topic.NAMES,
            what=message(
                "Some people have nearly the same name. Pairs: {count}.", count=len(pairs)
            ),
            advice=message("Look whether it is one person; if so, delete one of the two."),
            about=tuple(people[i].id for pair in pairs for i in pair),
            listed=tuple(
                f"{facts.name(people[a].id)} – {facts.name(people[b].id)}" for a, b in pairs
            ),
        )
    yield from _same_addresses(facts)
    sessions = facts.event.sessions
    titles = near_pairs([s.title for s in sessions])
    if titles:
        yield Remark(
            topic=Topic.NAMES,
            what=message(
                "Some sessions have nearly the same title. Pairs: {count}.", count=len(titles)
            ),
            advice=message("Give them titles that people can tell apart."),
            about=tuple(sessions[i].id for pair in titles for i in pair),
            listed=tuple(
                f"{facts.title(sessions[a].id)} – {facts.title(sessions[b].id)}" for a, b in titles
            ),
        )


def _same_addresses(facts: Facts) -> Iterator[Remark]:
    sharing: defaultdict[str, list[str]] = defaultdict(list)
    for p in facts.event.participants:
        if p.email:
            sharing[p.email.strip().casefold()].append(p.id)
    groups = {email: ids for email, ids in sharing.items() if len(ids) > 1}
    if groups:
        yield Remark(
            topic=Topic.NAMES,
            what=message("Some people share an e-mail address. Addresses: {count}.",
                         count=len(groups)),
            advice=message("Look whether it is one person; if so, delete one of the two."),
            about=tuple(i for ids in groups.values() for i in ids),
            listed=tuple(
                f"{email}: {', '.join(map(facts.name, ids))}" for email, ids in groups.items()
            ),
        )  # fmt: skip


def near_pairs(texts: Sequence[str]) -> list[Pair]:
    """Return the positions of texts that are alike, each pair once.

    Texts that differ only in a number (part 1, part 2) are told apart by everybody.
    """
    plain = [utils.default_process(text) for text in texts]
    if not plain:
        return []
    found = (pair for start in range(0, len(plain), AT_ONCE) for pair in _alike(plain, start))
    return [(a, b) for a, b in found if not _differ_in_number_only(plain[a], plain[b])]


def _alike(plain: Sequence[str], start: int) -> Iterator[Pair]:
    """Compare `AT_ONCE` texts with all that come after: in parts, as the square may be large."""
    alike = process.cdist(
        plain[start : start + AT_ONCE], plain[start:],
        scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8, workers=1,
    )  # fmt: skip
    for a, b in np.argwhere(np.triu(alike, k=1)):
        yield start + int(a), start + int(b)


def _differ_in_number_only(one: str, other: str) -> bool:
    return one != other and _DIGITS.sub("", one) == _DIGITS.sub("", other)
