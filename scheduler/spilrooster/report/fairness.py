"""How fair the programme is: the certificate in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spilrooster.report.words import Words
from spilrooster_models import Fairness, message


@dataclass(frozen=True)
class Proven:
    """A figure, and the best that is proven possible: with these runs, and in any programme."""

    name: str
    reached: str
    here: str
    anywhere: str
    said: str


@dataclass(frozen=True)
class Fair:
    """What the section about fairness shows: a table of proofs, the deciles, and sentences."""

    proven: tuple[Proven, ...]
    deciles: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]


def fair(found: Fairness | None, _: Words) -> Fair | None:
    """Return the section; None if nothing was certified."""
    if found is None:
        return None
    proven = (
        Proven(
            name=_("smallest satisfaction"),
            reached=_.percent(found.worst),
            here=_.at_most(found.worst_bound_here),
            anywhere=_.at_most(found.worst_bound),
            said=_said(found.worst >= found.worst_bound_here, found.worst >= found.worst_bound, _),
        ),
        Proven(
            name=_("people with nothing they chose"),
            reached=_.number(found.with_nothing),
            here=_.number(found.least_with_nothing_here),
            anywhere=_.number(found.least_with_nothing),
            said=_said(
                found.with_nothing <= found.least_with_nothing_here,
                found.with_nothing <= found.least_with_nothing,
                _,
            ),
        ),
    )
    tenths = zip(range(10, 100, 10), found.deciles, strict=True)
    return Fair(
        proven=proven,
        deciles=tuple((_.percent(tenth / 100), _.percent(share)) for tenth, share in tenths),
        lines=tuple(_lines(found, _)),
    )


def _said(best_here: bool, best_anywhere: bool, _: Words) -> str:
    if best_anywhere:
        return _("proven: no programme does better")
    if best_here:
        return _("proven for these sessions, times and rooms; another programme may do better")
    return _("it is not known whether it can be better")


MODES = {
    "floor": message(
        "as few people as possible with nothing, and the worst-off as high as possible"
    ),
    "leximin": message("whoever is worst off as high as possible, then whoever is next, and so on"),
    "nash": message("the product of everybody's satisfaction as large as possible"),
}
"""What the modes of the rule `share_fairly` ask."""


def _lines(found: Fairness, _: Words) -> Iterator[str]:
    if found.mode in MODES:
        yield _("What the rule asks: {mode}.", mode=_.term(found.mode, MODES))
    if found.fairest:
        yield _("It is proven that no programme of this value or more is fairer in that way.")
    elif found.fairest_here:
        yield _(
            "It is proven that it cannot be fairer in that way with these runs and this value "
            "or more. With other runs perhaps it can."
        )
    elif found.fairest is not None:
        yield _("Whether it can be fairer in that way is not known.")
    envy = found.envy
    if envy.asked < found.people:
        yield _(
            "{people} of {asked} people drawn at random would rather have somebody else's day. "
            "There are too many people to ask everybody.",
            people=envy.people, asked=envy.asked,
        )  # fmt: skip
    elif envy.people:
        yield _(
            "{people} people would rather have the day of somebody else, and could have had it: "
            "{pairs} pairs in all.",
            people=envy.people, pairs=envy.pairs,
        )  # fmt: skip
    else:
        yield _("Nobody would rather have the day of somebody else.")
    if found.given_up:
        yield _(
            "Points of the value that were given up for fairness, as the rule allows: {points}.",
            points=found.given_up,
        )
    yield _(
        "Where people had equal rights, chance decided. Seed {seed} fixes the draw.",
        seed=str(found.seed),
    )
