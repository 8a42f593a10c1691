"""Programmes that break one rule: how such a case is written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from spilrooster.rules import Rule
from spilrooster_models import Event

Plan = Mapping[str, str]


class Broken(NamedTuple):
    """A plan that breaks `rule`, which is added to the standard ones if it is not one.

    `good` is a plan for the same day that breaks nothing.
    """

    rule: Rule
    plan: Plan
    says: str
    day: Event
    good: Plan


def altered(plan: Plan, **people: str) -> dict[str, str]:
    """The plan with other people at some runs: ``soup_evening="ben cas"``; empty rooms stay."""
    changes = {place.replace("_", " "): who for place, who in people.items()}
    return {place: changes.get(place.rsplit(" ", 1)[0], who) for place, who in plan.items()}
