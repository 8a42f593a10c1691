"""One proof for several rounds that are almost alike, as far as it goes; then each its own.

Rounds of one event often differ only in who is late, or in a session that cannot run then. In a
round that has all that any of them has, no plan is worth less. So what is proven of that round is
true of each, and its open nodes are where their own proofs go on: to look at one of them again
takes one step, to come as far took tens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from spilrooster.search.arrays import Ints
from spilrooster.search.round_plans.data import Choosers, Floats, RoundSeats
from spilrooster.search.round_plans.proof import RoundProof
from spilrooster.search.round_plans.tree import Bounded, Child, Helper, Node, Tree

LOOSE = 0.2
"""Rounds share a proof if that adds less to the first bound of each than this part of its slack."""


class SharedProof(Tree):
    """The proof of a round that has all that any of the `members` has.

    Parameters
    ----------
    choosers, margin, pi, helper
        See `Tree`.
    members : of RoundProof
        Proofs of the rounds; each at its root.
    """

    def __init__(
        self,
        choosers: Choosers,
        margin: Floats,
        pi: Floats,
        members: Sequence[RoundProof],
        helper: Helper,
    ) -> None:
        self.members = tuple(members)
        self._decided: list[tuple[float, Node]] = []  # where only rooms are left to choose
        self._most_decided = -np.inf
        super().__init__(choosers, together([m.here for m in members]), margin, pi, helper)
        self._plant()
        self.added = tuple(self.bound - member.bound for member in members)

    @property
    def target(self) -> float:
        """The least of the members': what is less has nothing to say to any of them."""
        return min(member.target for member in self.members)

    @property
    def settled(self) -> float:
        """Largest bound of a node that the members have to look at."""
        return max(self.target, self._most_decided)

    @property
    def left(self) -> Iterator[tuple[float, Node]]:
        """All nodes that may matter to a member, with their bounds."""
        yield from ((-bound, node) for bound, _, node in self._open)
        yield from self._decided

    @property
    def _held(self) -> int:
        """How many nodes keep multipliers."""
        return len(self._open) + len(self._decided)

    def part(self) -> None:
        """Let the members go on from here."""
        for member in self.members:
            member.go_on_from(self.left)

    def _take_in(self, child: Child, bounded: Bounded) -> None:
        bound, session, plan = bounded
        self.nodes += 1
        member = self.members[self.nodes % len(self.members)]
        if is_possible(member.here, plan):
            member.look_at(plan, exactly=False)
        if bound <= self.target:
            return
        if session >= 0:
            self._keep(child, bound, session, -1)
        else:
            self._decided.append((bound, child.as_node(session, -1)))
            self._most_decided = max(self._most_decided, bound)


def together(rounds: Sequence[RoundSeats]) -> RoundSeats:
    """Return a round with everybody and every place of these."""
    return RoundSeats(
        seats=np.max([here.seats for here in rounds], axis=0),
        present=np.any([here.present for here in rounds], axis=0),
        room_class=rounds[0].room_class,
    )


def is_possible(here: RoundSeats, plan: Ints) -> bool:
    """Whether each session of a plan (R,) may run in its room."""
    used = np.flatnonzero(plan >= 0)
    return bool((here.seats[plan[used], used] >= 0).all())


def families(
    proofs: Mapping[int, RoundProof],
    choosers: Choosers,
    margin: Floats,
    pi: Floats,
    helper: Helper,
) -> dict[tuple[int, ...], SharedProof]:
    """Return a shared proof for each family of rounds that are almost alike; no other rounds."""
    found: list[tuple[tuple[int, ...], SharedProof | None]] = []
    for t in sorted(proofs, key=lambda t: -proofs[t].bound):
        for i, (family, _) in enumerate(found):
            members = [proofs[k] for k in (*family, t)]
            shared = SharedProof(choosers, margin, pi, members, helper)
            pairs = zip(shared.added, members, strict=True)
            if all(added <= LOOSE * member.slack for added, member in pairs):
                found[i] = (*family, t), shared
                break
        else:
            found.append(((t,), None))
    return {family: shared for family, shared in found if shared is not None}
