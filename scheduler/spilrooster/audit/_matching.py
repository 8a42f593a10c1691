"""Matching: one different round for each of somebody's runs, or the runs that make it impossible.

Augmenting paths (Kuhn, 1955); by Hall's theorem a failed search names the runs that are too many.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence


def matching(wanted: Sequence[Collection[str]]) -> list[str] | None:
    """Return a different choice for each, or None if there is none."""
    taken: dict[str, int] = {}
    if any(not _place(i, wanted, taken, set()) for i in range(len(wanted))):
        return None
    return [place for place, _ in sorted(taken.items(), key=lambda item: item[1])]


def too_many(wanted: Sequence[Collection[str]]) -> list[int]:
    """Return positions that together have fewer choices than they are; empty if all can be met."""
    taken: dict[str, int] = {}
    for i in range(len(wanted)):
        seen: set[str] = set()
        if not _place(i, wanted, taken, seen):
            return sorted({i, *(taken[place] for place in seen)})
    return []


def _place(
    i: int, wanted: Sequence[Collection[str]], taken: dict[str, int], seen: set[str]
) -> bool:
    for place in sorted(wanted[i]):
        if place in seen:
            continue
        seen.add(place)
        if place not in taken or _place(taken[place], wanted, taken, seen):
            taken[place] = i
            return True
    return False
