"""Words: numbers and outcomes as an English reader expects them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import spilrooster as sr

STATUS = {
    sr.Status.OPTIMAL: "A programme was found, and it is proven that none is better.",
    sr.Status.FEASIBLE: "A programme was found that keeps every rule; a better one may exist.",
    sr.Status.INFEASIBLE: "There is no programme: it is proven that none keeps every rule.",
    sr.Status.UNKNOWN: "No programme was found before the limit; there may be one.",
}


MEANINGS = {
    kind.model_fields["rule"].default: " ".join((kind.__doc__ or "").partition("\n\n")[0].split())
    for kind in sr.rules.RULES
}
"""What each rule demands."""


SHOWN = 10
"""Longer lists are cut here."""


def points(number: int) -> str:
    """Write a whole number with separated thousands."""
    return f"{number:,}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Write how many there are: 1 run, 2 runs."""
    return f"{points(number)} {one if number == 1 else many or one + 's'}"


def share(part: float) -> str:
    """Write a share as a percentage; never rounded to nothing or to everything."""
    percent = 100 * part
    if 0 < percent < 0.01:
        return "< 0.01 %"
    if 99.9 < percent < 100:
        return f"{int(percent * 100) / 100:.2f} %"
    return f"{percent:.1f} %" if percent >= 1 or percent == 0 else f"{percent:.2f} %"


def ordinal(number: int) -> str:
    """Write 1st, 2nd, 3rd, 4th, 11th, 21st ..."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if number % 100 in {11, 12, 13} else endings.get(number % 10, "th")
    return f"{number}{ending}"


def ranks(counts: Iterable[sr.RankCount]) -> str:
    """Write how many got their 1st, 2nd, ... choice."""
    return ", ".join(f"{ordinal(c.rank)} {points(c.granted)} of {points(c.asked)}" for c in counts)


def conflict(found: sr.Conflict) -> list[tuple[str, str]]:
    """Say which rules cannot be kept together, one on a line."""
    lines = [("conflict", "no programme keeps all of these rules:")]
    for rule in found.rules:
        settings = "; ".join(f"{name} = {value}" for name, value in rule.settings)
        lines.append(("", f"- {rule.rule}: {settings or MEANINGS.get(rule.rule, '')}"))
    if found.smallest:
        lines.append(("", "Each of them is needed for that: without it there is a programme that"))
        lines.append(("", "keeps the others. Change one of them, or what they are about."))
    else:
        lines.append(("", "Some of them may have nothing to do with it: there was no time to see."))
    return lines


def nearest(broken: Sequence[sr.Finding]) -> list[tuple[str, str]]:
    """Say what the programme that came nearest to keeping every rule breaks."""
    if not broken:
        return []
    places = counted(len(broken), "place")
    lines = [("nearest", f"a programme was tried that breaks rules in {places} only:")]
    lines += [("", f"- {finding.rule}: {finding.message}") for finding in broken[:SHOWN]]
    if len(broken) > SHOWN:
        lines.append(("", f"  and {counted(len(broken) - SHOWN, 'more', 'more')}"))
    lines.append(("", "Ask for less there, or give a rule of yours a weight: then it may be"))
    return [*lines, ("", "broken.")]


def gap(result: sr.Result) -> str:
    """Say what the gap means."""
    if result.value is None or result.bound is None:
        return "none: there is no programme or no bound to compare"
    left = result.bound - result.value
    if left <= 0:
        return "none: no programme scores more"
    part = "" if result.gap is None else f", {share(result.gap)} of the value"
    return f"at most {points(left)} points more are possible{part}"


def fairness(found: sr.Fairness) -> str:
    """Say what the worst-off person has, and what is proven of it."""
    if found.worst >= found.worst_bound:
        proven = "no programme gives everybody more"
    elif found.worst >= found.worst_bound_here:
        proven = "the best with these runs"
    else:
        proven = f"with these runs {share(found.worst_bound_here)} at most"
    of = points(found.envy.asked)
    envy = f"{points(found.envy.people)} of {of} would rather have somebody else's day"
    price = f"; {points(found.given_up)} points given up" if found.given_up else ""
    return f"the worst-off person has {share(found.worst)}: {proven}; {envy}{price}"


def meetings(found: sr.Meetings) -> str:
    """Say how many pairs at tables had better not meet."""
    of = f"{points(found.count)} of {points(found.pairs)} pairs at a table had better not meet"
    return f"{found.rule}: {of}; proven least {points(found.bound)}"
