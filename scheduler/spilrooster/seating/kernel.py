"""The kernel of the table plan: swap two people, again and again, at a falling temperature.

Arrays are handed over one by one: numba spends more on a tuple of arrays than on the work here.

n people, m tables, K reasons to meet, Q things of which a table should have a least number:

bond : uint8 (n, n)
    The reasons for which two people meet, as bits; symmetric.
price : int64 (2**K,)
    What a meeting costs, by its bits.
table, place : int64 (n,)
    The table of each person, and where they stand in `members`.
begin, size, mixed : int64 (m,)
    Where a table's list of people begins in `members`, its length, and whether meetings count.
members : int64 (n,)
    The people of the first table, of the second, and so on. Sizes never change: people swap.
own : int64 (n,)
    What each person's meetings cost.
counts : int64 (n, Q)
    Whether a person counts as each thing.
least : int64 (Q,)
    How many of it should be at each table.
have : int64 (m, Q)
    How many are there.
short : int
    What each who is short costs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from spilrooster.search.compiled import compiled
from spilrooster.search.moves import below, draw

Ints = NDArray[np.int64]
Bits = NDArray[np.uint8]
Labels = NDArray[np.int32]
Floats = NDArray[np.float64]

TRIES = 4
"""Draws for somebody who has a meeting to lose; a swap of two who have none cannot gain."""


@compiled
def mark(bond: Bits, labels: Labels, bit: int) -> None:
    """Set the bit of every pair that agrees in one of the labels (n, C); -1 agrees with nothing."""
    people, columns = labels.shape
    for a in range(people):
        for b in range(a):
            for c in range(columns):
                if labels[a, c] == labels[b, c] and labels[a, c] >= 0:
                    bond[a, b] |= bit
                    bond[b, a] |= bit
                    break


@compiled
def mark_strangers(bond: Bits, themes: Ints, bit: int) -> None:
    """Set the bit of every pair who each want some themes (n, W), and none in common."""
    people, words = themes.shape
    for a in range(people):
        for b in range(a):
            one = other = common = 0
            for w in range(words):
                one |= themes[a, w]
                other |= themes[b, w]
                common |= themes[a, w] & themes[b, w]
            if one != 0 and other != 0 and common == 0:
                bond[a, b] |= bit
                bond[b, a] |= bit


@compiled
def settle(
    bond: Bits, price: Ints, begin: Ints, size: Ints, mixed: Ints, members: Ints, own: Ints
) -> int:
    """Work out what everybody's meetings cost; return the total over all pairs."""
    total = 0
    own[:] = 0
    for t in range(len(size)):
        end = begin[t] + size[t]
        for i in range(begin[t], end if mixed[t] else begin[t]):
            a = members[i]
            for j in range(i + 1, end):
                b = members[j]
                cost = price[bond[a, b]]
                own[a] += cost
                own[b] += cost
                total += cost
    return total


@compiled
def lacking(begin: Ints, size: Ints, mixed: Ints, members: Ints, counts: Ints, least: Ints,
            have: Ints) -> int:  # fmt: skip
    """Count what is at each table; return how many are short."""
    total = 0
    have[:] = 0
    for t in range(len(size)):
        for i in range(begin[t], begin[t] + size[t]):
            for q in range(len(least)):
                have[t, q] += counts[members[i], q]
        if mixed[t] and size[t]:
            for q in range(len(least)):
                total += max(0, least[q] - have[t, q])
    return total


@compiled
def lacks(t: int, leaves: int, comes: int, counts: Ints, least: Ints, have: Ints) -> int:
    """Return by how many a table is more short if one leaves and another comes."""
    rise = 0
    for q in range(len(least)):
        after = have[t, q] - counts[leaves, q] + counts[comes, q]
        rise += max(0, least[q] - after) - max(0, least[q] - have[t, q])
    return rise


@compiled
def arrive(bond: Bits, price: Ints, begin: int, end: int, members: Ints, own: Ints, leaves: int,
           comes: int) -> None:  # fmt: skip
    """Keep `own` right while one leaves the mixed table and another takes the place."""
    mine = 0
    for i in range(begin, end):
        x = members[i]
        if x != leaves:
            cost = price[bond[comes, x]]
            own[x] += cost - price[bond[leaves, x]]
            mine += cost
    own[comes] = mine


@compiled
def anneal(
    bond: Bits,
    price: Ints,
    table: Ints,
    place: Ints,
    begin: Ints,
    size: Ints,
    mixed: Ints,
    members: Ints,
    own: Ints,
    counts: Ints,
    least: Ints,
    have: Ints,
    short: int,
    random: Ints,
    tries: int,
    heat: Floats,
    total: int,
    goal: int,
) -> int:
    """Try swaps while the temperature falls from heat[0] to heat[1]; return the cost then.

    `total` is the cost before. It ends at once where the cost is `goal`: no plan has less.
    """
    people = len(table)
    cooling = (heat[1] / heat[0]) ** (1.0 / max(1, tries))
    temperature = heat[0]
    for _ in range(tries):
        if total <= goal:
            break
        temperature *= cooling
        a = below(random, people)
        for _again in range(TRIES):
            if own[a] > 0:
                break
            a = below(random, people)
        b = below(random, people)
        s, t = table[a], table[b]
        if s == t:
            continue
        allowed = int(-temperature * np.log((draw(random) + 1.0) / 4294967296.0))
        rise = -own[a] - own[b]
        if len(least):
            if mixed[s]:
                rise += short * lacks(s, a, b, counts, least, have)
            if mixed[t]:
                rise += short * lacks(t, b, a, counts, least, have)
        if mixed[t]:
            for i in range(begin[t], begin[t] + size[t]):
                if members[i] != b:
                    rise += price[bond[a, members[i]]]
            if rise > allowed:
                continue
        if mixed[s]:
            for i in range(begin[s], begin[s] + size[s]):
                if members[i] != a:
                    rise += price[bond[b, members[i]]]
        if rise > allowed:
            continue
        own[a] = own[b] = 0
        if mixed[s]:
            arrive(bond, price, begin[s], begin[s] + size[s], members, own, a, b)
        if mixed[t]:
            arrive(bond, price, begin[t], begin[t] + size[t], members, own, b, a)
        for q in range(len(least)):
            have[s, q] += counts[b, q] - counts[a, q]
            have[t, q] += counts[a, q] - counts[b, q]
        members[place[a]], members[place[b]] = b, a
        table[a], table[b] = t, s
        place[a], place[b] = place[b], place[a]
        total += rise
    return total


@compiled
def sets_of_columns(labels: Labels) -> Ints:
    """Count the pairs that agree in exactly each set of columns; sets are bits."""
    people, columns = labels.shape
    found = np.zeros(1 << columns, dtype=np.int64)
    for a in range(people):
        for b in range(a):
            bits = 0
            for c in range(columns):
                if labels[a, c] == labels[b, c] and labels[a, c] >= 0:
                    bits |= 1 << c
            found[bits] += 1
    return found
