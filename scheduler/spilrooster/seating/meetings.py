"""Meetings: how many pairs meet who had better not, and how few they can be."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from spilrooster.problem import Problem
from spilrooster.seating.bounds import Hall, fewest_again
from spilrooster.seating.floor import Room
from spilrooster.seating.reasons import Seatings, agree, pairs_at_tables, strangers
from spilrooster.seating.stage import fewest_in, hall_of
from spilrooster.wishes import Mix, Reason
from spilrooster_models import Meetings, Programme
from spilrooster_models.layout import BlockId

Ints = NDArray[np.int64]
ANY = "any"


def meetings(problem: Problem, programme: Programme) -> Iterator[Meetings]:
    """Yield, for each rule about mixed tables, the meetings for each reason and for any."""
    if not programme.shared:
        return
    seatings = _read(problem, programme)
    for mix in problem.wishes.mixes:
        yield from _of_mix(seatings, mix)


def _read(problem: Problem, programme: Programme) -> Seatings:
    seatings = Seatings(problem, programme)
    for block in programme.shared:
        numbers = {name: i for i, name in enumerate(problem.event.layout.tables[block])}
        column = [numbers.get(programme.table_of.get((p, block), ""), -1) for p in seatings.people]
        seatings.tables[block] = np.array(column, dtype=np.int64)
    return seatings


def _of_mix(seatings: Seatings, mix: Mix) -> Iterator[Meetings]:
    total = 0
    counts: dict[Reason | None, int] = dict.fromkeys((r for r, _ in mix.avoid), 0)
    counts[None] = 0
    bounds = dict(counts)
    halls: list[Hall] = []
    for block in mix.blocks:
        one, other = pairs_at_tables(seatings.tables_of([block])[:, 1].astype(np.int64))
        total += len(one)
        either = np.zeros(len(one), dtype=np.bool_)
        for reason, _ in mix.avoid:
            met = _meet(seatings, mix, block, reason, one, other)
            counts[reason] += int(met.sum())
            either |= met
        counts[None] += int(either.sum())
        hall, guests = _hall(seatings, mix, block)
        halls.append(hall)
        for key, fewest in fewest_in(seatings, block, guests, mix, hall).items():
            bounds[key] += fewest
    if "again" in bounds:
        there = np.stack([seatings.tables_of([b])[:, 1] >= 0 for b in mix.blocks], axis=1)
        bounds["again"] = fewest_again(there, halls)
    bounds[None] = max(bounds.values())
    for key, count in counts.items():
        yield Meetings(
            rule=mix.rule, reason=key or ANY, pairs=total, count=count, bound=bounds[key]
        )


def _meet(
    seatings: Seatings, mix: Mix, block: BlockId, reason: Reason, one: Ints, other: Ints
) -> NDArray[np.bool_]:
    if reason == "theme":
        return strangers(seatings.themes(mix.best_choices), one, other)
    before = seatings.order[: seatings.order.index(block)]
    return agree(seatings.labels(reason, mix, block, before), one, other)


def _hall(seatings: Seatings, mix: Mix, block: BlockId) -> tuple[Hall, Ints]:
    """Return the hall of a block, and who sits there."""
    places = list(seatings.problem.event.layout.tables[block].values())
    table = seatings.tables[block]
    size = np.bincount(table[table >= 0], minlength=len(places)).astype(np.int64)
    stands = np.array([place.is_stand for place in places])
    room = Room(
        seats=np.array([place.seats for place in places], dtype=np.int64)[~stands],
        mixed=np.array([int(place.tables > 0) for place in places], dtype=np.int64)[~stands],
    )
    seated = (table >= 0) & ~stands[table]
    return hall_of(room, size[~stands], mix.smallest), np.flatnonzero(seated)
