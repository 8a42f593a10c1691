"""The numbers people read, each with how it was obtained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spilrooster.numbers import SeatsUsed, share_used
from spilrooster.report.words import Words
from spilrooster_models import RankCount, Result, Satisfaction


@dataclass(frozen=True)
class Figure:
    """A number, what it is, and one line on how it was obtained."""

    name: str
    value: str
    how: str


def figures(
    result: Result,
    ranks: tuple[RankCount, ...],
    satisfied: Satisfaction | None,
    used: tuple[SeatsUsed, ...],
    _: Words,
) -> tuple[Figure, ...]:
    """Return every figure that can be given for this result."""
    return (
        *_of_first_choices(ranks, _),
        *_of_satisfaction(satisfied, _),
        *_of_seats(used, _),
        *_of_value(result, _),
    )


def _of_first_choices(ranks: tuple[RankCount, ...], _: Words) -> Iterator[Figure]:
    if ranks:
        first = ranks[0]
        yield Figure(
            _("people with their choice number {rank}", rank=first.rank),
            _.percent(first.granted / first.asked),
            _(
                "Counted: {granted} of the {asked} people who gave a choice this number.",
                granted=first.granted, asked=first.asked,
            ),
        )  # fmt: skip


def _of_satisfaction(satisfied: Satisfaction | None, _: Words) -> Iterator[Figure]:
    if satisfied is None:
        return
    yield Figure(
        _("satisfaction of the person in the middle"),
        _.percent(satisfied.median),
        _(
            "The points of the choices somebody got, as a share of the most they could get "
            "if nothing clashed. Half of the people have this or more."
        ),
    )
    yield Figure(
        _("average satisfaction"),
        _.percent(satisfied.mean),
        _("The same share, averaged over {people} people who chose something.",
          people=satisfied.people),
    )  # fmt: skip
    yield Figure(
        _("or more, for nine in ten people"),
        _.percent(satisfied.tenth_percentile),
        _("At most one in ten people has a smaller share than this."),
    )
    yield Figure(
        _("smallest satisfaction"),
        _.percent(satisfied.worst),
        _("The share of the person who got the smallest part of what they wished for."),
    )
    yield Figure(
        _("people with nothing they chose"),
        _.number(satisfied.with_nothing),
        _("Counted over the {people} people who chose something they could get.",
          people=satisfied.people),
    )  # fmt: skip


def _of_seats(used: tuple[SeatsUsed, ...], _: Words) -> Iterator[Figure]:
    share = share_used(used)
    if share is not None:
        yield Figure(
            _("of the seats are used"),
            _.percent(share),
            _("People in the audience, as a share of the seats in all rooms that are open."),
        )


def _of_value(result: Result, _: Words) -> Iterator[Figure]:
    if result.value is None:
        return
    if result.ideal > 0:
        yield Figure(
            _("of the ideal"),
            _.percent(result.value / result.ideal),
            _(
                "{value} of {ideal} points. In the ideal, everyone gets their best list "
                "and nothing clashes; that is seldom possible.",
                value=result.value, ideal=result.ideal,
            ),
        )  # fmt: skip
    if result.bound is not None and result.bound > 0:
        yield Figure(
            _("of the limit"),
            _.percent(result.value / result.bound),
            _(
                "{value} of {bound} points. It is proven that no programme scores more.",
                value=result.value, bound=result.bound,
            ),
        )  # fmt: skip
