"""What an organiser should look at before the programme is sent out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spilrooster.report.people import Person
from spilrooster.report.words import Words
from spilrooster_models import Result

SHOWN = 100
"""Longer lists are cut here: by then the list itself is the news."""


@dataclass(frozen=True)
class Concern:
    """A kind of thing to look at, and where it occurs. `links` are anchors in the page, or ""."""

    title: str
    broken: bool
    items: tuple[str, ...]
    links: tuple[str, ...]
    more: str


def concerns(
    result: Result, off: Sequence[str], persons: Sequence[Person], _: Words
) -> tuple[Concern, ...]:
    """Return rules that clash or are broken, sessions that are `off`, and people with nothing."""
    broken = [_.sentence(f.message) for f in result.findings if f.broken]
    near = [_.sentence(f.message) for f in result.nearest]
    empty = [p for p in persons if p.empty_handed]
    found = (
        _concern(_("Rules that cannot be kept together"), clashing(result, _), (), _, broken=True),
        _concern(_("Broken rules"), broken, (), _, broken=True),
        _concern(_("What the programme that came nearest breaks"), near, (), _, broken=True),
        _concern(_("Sessions that do not take place"), off, (), _),
        _concern(
            _("People with nothing they chose"),
            [p.name for p in empty],
            [p.anchor for p in empty],
            _,
        ),
    )
    return tuple(concern for concern in found if concern.items)


def clashing(result: Result, _: Words) -> list[str]:
    """Return the rules that cannot be kept together, each with its settings."""
    found = []
    for rule in () if result.conflict is None else result.conflict.rules:
        settings = "; ".join(f"{name}: {value}" for name, value in rule.settings)
        name = _.rule(rule.rule)
        found.append(f"{name} ({settings})" if settings else name)
    return found


def _concern(
    title: str, items: Sequence[str], links: Sequence[str], _: Words, *, broken: bool = False
) -> Concern:
    rest = len(items) - SHOWN
    return Concern(
        title=title,
        broken=broken,
        items=tuple(items[:SHOWN]),
        links=tuple(links[:SHOWN]) or ("",) * min(len(items), SHOWN),
        more=_.count("and {count} more", "and {count} more", rest) if rest > 0 else "",
    )
