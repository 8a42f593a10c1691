"""Bounds: how few meetings any table plan of a block can have.

Let n people sit at m tables, and let a *column* give each person a label (their organisation,
their session in round 1, ...) or none. A pair at one table *agrees* in the columns in which both
have the same label.

1. Pigeonhole. Let g people share a label, x_t of them at table t. They make sum C(x_t, 2) pairs
   that agree. C(x, 2) is convex, so the sum is least if the x_t differ by at most one: that is
   `even(g, m)`.
   Each pair that agrees in a column agrees in one label, so the column has at least
   L_c = sum over labels of even(g, m) such pairs. With f seats at places where nobody counts,
   at least g - f of the g are at tables.
2. A reason of several columns (the sessions of a day) counts a pair once. Let x_S be the number of
   pairs at tables that agree in exactly the columns S. Every plan satisfies

       sum of x_S over S with c in S  >=  L_c     for each column c,
       0 <= x_S <= u_S,

   where u_S is the smaller of two numbers: the pairs that agree in exactly S among all people, and
   the sum, over groups of people with the same labels in all of S, of the most pairs a group of g
   can make at tables of at most k seats, `most(g, k)`: filling tables one after the other, as
   C(x, 2) is convex. The least sum of all x_S over such numbers, real ones included, is therefore
   no more than what any plan has; rounding it up keeps that, as a plan has a whole number.
   It is solved twice: with the columns as they are, and with each large group (people with one
   label) as a column of its own. The second says more, but is about the largest groups only. Left
   out columns make the sum smaller, so both are bounds. A union of reasons has the columns of all.
3. Again. Over several blocks a pair together k > 0 times counts k - 1 times. All pairs together
   are at least M = sum of even(n_b, m_b) over blocks b, and at most D pairs are ever in one block,
   so at least M - D are repeats. Also: C people who are both in blocks a and b are spread over
   m_a * m_b combinations of tables, and pairs in one combination meet in both:
   even(C, m_a * m_b). Of a pair's k blocks at most k - 1 pairs of neighbours are in a row, so the
   sum over neighbouring blocks is a bound, too.

m counts the tables that may be used: no more than n // smallest where tables of that size exist.
So a bound holds for every plan that is not short of people at a table more than ours.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from spilrooster.seating.kernel import sets_of_columns

Ints = NDArray[np.int64]
Labels = NDArray[np.int32]

Family = tuple[int, Labels]
"""A column, and the least number of pairs that agree in it."""

MOST_FAMILIES = 12
"""Columns in one linear programme: it has a variable for each of up to 2**12 sets of them."""

MOST_PEOPLE = 12_000
"""People whose pairs are looked at one by one; for more, only the pigeonhole counts."""

SLACK = 1e-4
"""What the solver of linear programmes may be off, before a bound is rounded up."""


def even(people: int, tables: int) -> int:
    """Return the least number of pairs at one table, for so many people and tables."""
    if tables <= 0:
        return 0
    least, more = divmod(people, tables)
    return tables * math.comb(least, 2) + more * least


def most(people: int, seats: int) -> int:
    """Return the most pairs at one table, for tables of so many seats."""
    if seats <= 0:
        return 0
    full, rest = divmod(people, seats)
    return full * math.comb(seats, 2) + math.comb(rest, 2)


@dataclass(frozen=True)
class Hall:
    """The tables of a block: how many may be used, most seats at one, seats that count nothing."""

    tables: int
    seats: int
    free: int


class BlockBound:
    """Bounds for one block. `columns` are labels (n,) of its people, one for each column."""

    def __init__(self, columns: Sequence[Labels], hall: Hall) -> None:
        self._columns, self._hall = columns, hall
        self._least = [self._pigeonhole(column) for column in columns]

    def fewest(self, columns: Sequence[int]) -> int:
        """Return a bound on the pairs that agree in at least one of these columns."""
        asked = [c for c in columns if self._least[c]]
        if len(asked) < 2 or len(self._columns[0]) > MOST_PEOPLE:
            return max((self._least[c] for c in asked), default=0)
        by_column = sorted(((self._least[c], self._columns[c]) for c in asked), key=_size)
        by_group = sorted((g for c in asked for g in self._groups(self._columns[c])), key=_size)
        bounds = [self._programme(family[:MOST_FAMILIES]) for family in (by_column, by_group)]
        return max(*(self._least[c] for c in asked), *bounds)

    def _pigeonhole(self, column: Labels) -> int:
        return sum(least for least, _ in self._groups(column))

    def _groups(self, column: Labels) -> list[Family]:
        """Return each group that is too large to be spread, as a column of its own."""
        labels, numbers = np.unique(column[column >= 0], return_counts=True)
        found = []
        for label, people in zip(labels.tolist(), numbers.tolist(), strict=True):
            least = even(max(0, people - self._hall.free), self._hall.tables)
            if least:
                found.append((least, np.where(column == label, 0, -1).astype(np.int32)))
        return found

    def _programme(self, families: Sequence[Family]) -> int:
        """Solve the linear programme of the second argument."""
        labels = np.ascontiguousarray(np.stack([column for _, column in families], axis=1))
        pairs = sets_of_columns(labels)
        sets = [s for s in range(1, len(pairs)) if pairs[s]]
        limits = [(0, min(int(pairs[s]), self._together(labels, s))) for s in sets]
        rows = [[-float(s >> i & 1) for s in sets] for i in range(len(families))]
        least = [-float(least) for least, _ in families]
        found = linprog([1.0] * len(sets), A_ub=rows, b_ub=least, bounds=limits, method="highs")
        return math.ceil(found.fun - SLACK) if found.success else 0

    def _together(self, labels: Labels, chosen: int) -> int:
        """Return the most pairs at tables that agree in all of the chosen columns."""
        mine = labels[:, [i for i in range(labels.shape[1]) if chosen >> i & 1]]
        mine = mine[(mine >= 0).all(axis=1)]
        groups = np.unique(mine, axis=0, return_counts=True)[1].tolist()
        return sum(most(g, self._hall.seats) for g in groups)


def _size(family: Family) -> int:
    return -family[0]


def fewest_again(there: NDArray[np.bool_], halls: Sequence[Hall]) -> int:
    """Return a bound on pairs who sit together again.

    Parameters
    ----------
    there : bool (P, B)
        Who is at a table in each block. Halls with seats that count nothing have no bound.
    """
    if len(halls) < 2 or any(hall.free for hall in halls):
        return 0
    ever = math.comb(len(there), 2)
    if len(there) <= MOST_PEOPLE:
        numbers = there.astype(np.float32)
        together = numbers @ numbers.T
        ever = int((together > 0).sum() - (np.diag(together) > 0).sum()) // 2
    sizes = there.sum(axis=0).tolist()
    meetings = sum(even(n, hall.tables) for n, hall in zip(sizes, halls, strict=True))
    in_a_row = 0
    for b in range(1, len(halls)):
        both = int((there[:, b - 1] & there[:, b]).sum())
        in_a_row += even(both, halls[b - 1].tables * halls[b].tables)
    return max(0, meetings - ever, in_a_row)
