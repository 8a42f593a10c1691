"""Exact pricing: the best plan of one round, by branch and bound.

First on "session in this round". Where all sessions are decided, on how many seats a session gets;
a plan in which that, too, is decided has exact attendances.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from spilrooster.search.arrays import Bools, Ints
from spilrooster.search.round_plans.attending import attend
from spilrooster.search.round_plans.data import Choosers, Floats, RoundSeats
from spilrooster.search.round_plans.pricing import rough_worth
from spilrooster.search.round_plans.tree import Bounded, Child, Helper, Node, Tree, sizes

CLOSE = 1e-3
"""A plan whose worth comes so near to the bound of its node is the best of it."""


class RoundProof(Tree):
    """The proof of one round.

    Parameters
    ----------
    choosers, here, margin, pi, helper
        See `Tree`.
    target
        Worth of a plan that there is.
    """

    def __init__(
        self,
        choosers: Choosers,
        here: RoundSeats,
        margin: Floats,
        pi: Floats,
        target: float,
        helper: Helper = lambda: None,
    ) -> None:
        super().__init__(choosers, here, margin, pi, helper)
        self._target = self._settled = target
        self.better_plans: list[Ints] = []  # they beat the target: pricing missed them
        self._taken: Bools = np.zeros(margin.shape[1], dtype=np.bool_)
        self._plant()

    @property
    def here(self) -> RoundSeats:
        """The round."""
        return self._here

    @property
    def target(self) -> float:
        """Worth of the best plan known."""
        return self._target

    @property
    def settled(self) -> float:
        """Largest bound of a node that needs no more work."""
        return self._settled

    def go_on_from(self, nodes: Iterable[tuple[float, Node]]) -> None:
        """Replace the tree by nodes of another round, where each plan of this one is worth no less.

        So their bounds there are valid here; plans that are in none of them are under the target.
        """
        known = self.bound
        self._open.clear()
        for bound, node in nodes:
            self._push(min(bound, known), node._replace(here=self._here, borrowed=True))

    def _take_in(self, child: Child, bounded: Bounded) -> None:
        bound, session, plan = bounded
        size = -1
        self.nodes += 1
        leaf = session < 0 and bound > self.target
        worth = self.look_at(plan, exactly=leaf)
        if leaf and bound > worth + CLOSE:
            session, size = contested(self._choosers, self._margin, child.here, plan)
            if session < 0:  # nothing is left to choose: the plan is the node
                bound = worth
        if session < 0 or bound <= self.target:
            self._settled = max(self._settled, bound)
        else:
            self._keep(child, bound, session, size)

    def look_at(self, plan: Ints, *, exactly: bool) -> float:
        """Raise the target to the worth of this plan if that is more: it need not be beaten."""
        data = self._choosers, self._here, self._margin, self._pi, plan
        worth: float = attend(*data, self._taken) if exactly else rough_worth(*data)
        if worth > self._target:
            self._target = worth
            self._settled = max(self._settled, worth)
            self.better_plans.append(plan.copy())
        return worth


def contested(choosers: Choosers, margin: Floats, here: RoundSeats, plan: Ints) -> tuple[int, int]:
    """Return which session of a plan (R,) to give another place, and the size in between.

    The one that is wanted most. -1 if all places that are left to each session are of one size.
    """
    found, between, most = -1, -1, -1.0
    size = sizes(here)
    for r in np.flatnonzero(plan >= 0):
        s = plan[r]
        left = np.unique(size[s][size[s] >= 0])
        wishes = margin[:, choosers.start[s] : choosers.start[s + 1]]
        wanted = np.maximum(wishes, 0.0).max(axis=0, initial=0.0).sum()
        if len(left) > 1 and wanted > most:
            found, most = int(s), float(wanted)
            between = int(size[s, r] if size[s, r] > left[0] else left[1])
    return found, between
