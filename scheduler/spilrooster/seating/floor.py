"""Floor: how many people sit at which table, and a first plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Room:
    """The places of one block at which people can sit.

    seats, mixed : int (m,)
        Seats of each table, and whether it is one: at a place without tables (0) people sit where
        they like, and nobody counts who meets there.
    """

    seats: Ints
    mixed: Ints


def sizes(room: Room, people: int, smallest: int, counted: Sequence[tuple[int, int]]) -> Ints:
    """Return how many people sit at each table: as even as the seats allow.

    Parameters
    ----------
    room, people
        Seats, and how many people need one. Places without tables take who is left.
    smallest
        Least people at a table; tables too many stay empty, the smallest and last ones first.
    counted
        (people who count, least number at each table) pairs: fewer tables are used if there are
        not enough of them for all.
    """
    found = np.zeros(len(room.seats), dtype=np.int64)
    tables = np.flatnonzero(room.mixed * room.seats)
    tables = tables[np.argsort(-room.seats[tables], kind="stable")]
    others = np.flatnonzero(room.seats * (1 - room.mixed))
    at_tables = min(people, int(sum(room.seats[tables])))
    if at_tables > 0:
        needed = 1 + int(np.searchsorted(np.cumsum(room.seats[tables]), at_tables))
        most = min([at_tables // smallest, *(have // least for have, least in counted if least)])
        used = tables[: min(len(tables), max(needed, most))]
        _pour(room.seats, used, at_tables, found)
    _pour(room.seats, others, people - at_tables, found)
    return found


def _pour(seats: Ints, tables: Ints, people: int, found: Ints) -> None:
    """Spread people over tables, as evenly as the seats allow."""
    left = len(tables)
    for t in tables[np.argsort(seats[tables], kind="stable")]:
        found[t] = min(int(seats[t]), people // left)
        people -= int(found[t])
        left -= 1


def deal(order: Ints, size: Ints) -> Ints:
    """Return the people of the first table, of the second, and so on: neighbours in `order` apart.

    Seats are filled round by round, one at each table that still has room.
    """
    rounds = [(seat, t) for t, n in enumerate(size.tolist()) for seat in range(n)]
    members: list[list[int]] = [[] for _ in size]
    for person, (_, t) in zip(order.tolist(), sorted(rounds), strict=True):
        members[t].append(person)
    return np.array([p for people in members for p in people], dtype=np.int64)
