"""The head of the report: how the solve ended and how good the programme provably is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spilrooster.report.words import Words
from spilrooster_models import Result, Status, message

Tone = Literal["good", "plain", "bad"]

SOURCES = {
    "ideal": message("nobody can get more than their own best list"),
    "seats bound": message("by counting how many seats each session can have at most"),
    "round plans": message("by working out the best that every round could bring"),
    "CP-SAT": message("CP-SAT has ruled out every programme that scores more"),
}
"""What the sources of a bound mean."""


@dataclass(frozen=True)
class Verdict:
    """One headline, and the sentences that explain it."""

    tone: Tone
    headline: str
    lines: tuple[str, ...]


def verdict(result: Result, _: Words) -> Verdict:
    """Say in plain words how the solve ended."""
    if result.status is Status.INFEASIBLE:
        why = _("This is proven. Change a rule, or add a room or a round, and try again.")
        lines = (why, *_conflict(result, _), *_nearest(result, _))
        return Verdict("bad", _("There is no programme that keeps all rules."), lines)
    if result.programme is None:
        why = _(
            "The search stopped before it found one. That does not mean that there is none: "
            "give it more time."
        )
        lines = (why, *_nearest(result, _))
        return Verdict("bad", _("No programme has been found yet."), lines)
    broken = sum(finding.broken for finding in result.findings)
    if broken:
        headline = _.count(
            "One rule is broken: this programme needs attention.",
            "Rules are broken in {count} places: this programme needs attention.",
            broken,
        )
        return Verdict("bad", headline, (_how_good(result, _),))
    return _found(result, _)


def _conflict(result: Result, _: Words) -> Iterator[str]:
    if result.conflict is not None and result.conflict.smallest:
        yield _(
            "The rules below are enough for that, and each of them is needed: "
            "without it, some programme keeps the others."
        )
    elif result.conflict is not None:
        yield _("There was no time to find out which of the rules below are in the way.")


def _nearest(result: Result, _: Words) -> Iterator[str]:
    if result.nearest:
        yield _.count(
            "One programme that was tried breaks a rule in one place only; you find it below. Ask "
            "for less there, or give a rule of yours a weight: then it may be broken.",
            "One programme that was tried breaks rules in {count} places only; you find them "
            "below. Ask for less there, or give a rule of yours a weight: then it may be broken.",
            len(result.nearest),
        )


def _found(result: Result, _: Words) -> Verdict:
    lines = [_how_good(result, _)]
    if result.bound_source:
        source = _.term(result.bound_source, SOURCES)
        lines.append(_("How the limit was proven: {source}.", source=source))
    if result.value is not None and result.value == result.bound:
        return Verdict("good", _("No programme can be better than this one."), tuple(lines))
    if result.gap is None:
        headline = _("All rules are kept. How much better a programme could be is not known.")
        return Verdict("plain", headline, tuple(lines))
    headline = _("No programme can be more than {percent} better.", percent=_.at_most(result.gap))
    return Verdict("good", headline, tuple(lines))


def _how_good(result: Result, _: Words) -> str:
    if result.value is None:
        return _("The value of this programme has not been worked out.")
    if result.bound is None:
        return _("Value: {value} points.", value=result.value)
    return _("Value: {value} of at most {bound} points.", value=result.value, bound=result.bound)


def origin(result: Result, _: Words) -> tuple[tuple[str, str], ...]:
    """Return how to make the same result again: seed, limits and versions."""
    rows = [(_("Seed"), str(result.seed))]
    if result.work is not None:
        rows.append((_("Work limit"), _.number(result.work)))
    if result.seconds is not None:
        rows.append((_("Time used"), _("{seconds} seconds", seconds=result.seconds)))
    return (*rows, *result.versions)
