"""Exact pricing: the best plan of one round, by branch and bound.

First on "session in this round", with the bounds of `relaxation`. Where all sessions are decided,
on how many seats a session gets; a plan in which that, too, is decided has exact attendances.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spilrooster.search.arrays import Bools, Ints
from spilrooster.search.round_plans.attending import attend
from spilrooster.search.round_plans.data import Choosers, Floats, RoundSeats
from spilrooster.search.round_plans.pricing import rough_worth
from spilrooster.search.round_plans.relaxation import IN, OUT, bound_node

Singles = NDArray[np.float32]  # open nodes are many; any multipliers are lawful, also rounded ones
Tiny = NDArray[np.int8]

ROOT_STEPS, NODE_STEPS, LEAF_STEPS = 300, 14, 300
"""Most steps that tighten a node; see `node_steps`."""

CLOSE = 1e-3
"""A plan whose worth comes so near to the bound of its node is the best of it."""


def node_steps(people: int) -> int:
    """Return how many steps tighten a node inside the tree: with more people, more of them pay.

    In the same time, the bound came lowest with 10 to 14 for 500 people, 14 to 20 for 5,000 and 20
    to 30 for 50,000.
    """
    return round(NODE_STEPS * math.pow(max(1.0, people / 500), 0.125))


class Node(NamedTuple):
    """An open node: multipliers (P,), decisions (S,), rooms that are left, and how to branch.

    Either on whether `session` is in the round, or, if all that is decided, on whether its place is
    of at least this size (see `sizes`); -1 = the former.
    """

    u: Singles
    state: Tiny
    here: RoundSeats
    session: int
    size: int


class Child(NamedTuple):
    """A node to bound: its multipliers and decisions are improved in place."""

    u: Floats
    state: Ints
    here: RoundSeats
    place: int  # which scratch is free for it


Bounded = tuple[float, int, Ints]
"""Of a node: its bound, the session to branch on (-1 if there is none), and a plan."""


class RoundProof:
    """Best-first branch and bound for one round: `bound` falls with every node.

    Parameters
    ----------
    choosers, here, margin, pi
        The round and its prices; see `bound_node`.
    target
        Worth of a plan that there is: nothing below needs to be proven.
    helper
        Says who may bound one of two nodes at the same time, in another thread; None = nobody. What
        is proven is the same either way.
    """

    def __init__(
        self,
        choosers: Choosers,
        here: RoundSeats,
        margin: Floats,
        pi: Floats,
        target: float,
        helper: Callable[[], Executor | None] = lambda: None,
    ) -> None:
        absent = ~here.present[choosers.person]
        self._choosers, self._here, self._pi = choosers, here, pi
        self._margin = np.where(absent, -1.0, margin)
        wishes = np.tile(np.arange(margin.shape[1]), (len(margin), 1))
        self._scratch = [(wishes.copy(), np.zeros(margin.shape)) for _ in (IN, OUT)]
        self._helper = helper
        self.target = target
        self.nodes = 0
        self.better_plans: list[Ints] = []  # they beat the target: pricing missed them
        self._taken: Bools = np.zeros(margin.shape[1], dtype=np.bool_)
        self._settled = target  # largest bound of a node that needs no more work
        self._open: list[tuple[float, int, Node]] = []
        state = np.zeros(len(pi), dtype=np.int64)
        state[(here.seats < 0).all(axis=1)] = OUT
        root = Child(np.full(len(here.present), 4.0), state, here, 0)
        self._take_in(root, self._bounded(root, ROOT_STEPS))

    @property
    def bound(self) -> float:
        """Proven: no plan of this round is worth more."""
        return max(self._settled, -self._open[0][0] if self._open else -np.inf)

    @property
    def slack(self) -> float:
        """How far the bound may still fall."""
        return self.bound - self._settled

    def expand(self) -> None:
        """Branch on the node with the largest bound."""
        _, _, node = heapq.heappop(self._open)
        children = [
            Child(node.u.astype(np.float64), state, here, place)
            for place, (state, here) in enumerate(branches(node))
        ]
        helper = self._helper()
        if helper is None:
            bounded = [self._bounded(child) for child in children]
        else:
            second = helper.submit(self._bounded, children[1])
            bounded = [self._bounded(children[0]), second.result()]
        for child, found in zip(children, bounded, strict=True):
            self._take_in(child, found)

    def _bounded(self, child: Child, steps: int | None = None) -> Bounded:
        steps = steps or node_steps(len(child.u))
        plan = np.full(child.here.seats.shape[1], -1, dtype=np.int64)
        data = self._choosers, child.here, self._margin, self._pi, child.u, child.state, self.target
        bound, session = bound_node(*data, steps, plan, *self._scratch[child.place])
        if session < 0 and bound > self.target:  # a leaf: only rooms are left to choose
            bound, _ = bound_node(*data, LEAF_STEPS, plan, *self._scratch[child.place])
        return bound, session, plan

    def _take_in(self, child: Child, bounded: Bounded) -> None:
        bound, session, plan = bounded
        size = -1
        self.nodes += 1
        leaf = session < 0 and bound > self.target
        worth = self._look_at(plan, exactly=leaf)
        if leaf and bound > worth + CLOSE:
            session, size = contested(self._choosers, self._margin, child.here, plan)
            if session < 0:  # nothing is left to choose: the plan is the node
                bound = worth
        if session < 0 or bound <= self.target:
            self._settled = max(self._settled, bound)
        else:
            u, state = child.u.astype(np.float32), child.state.astype(np.int8)
            node = Node(u, state, child.here, session, size)
            heapq.heappush(self._open, (-bound, self.nodes, node))

    def _look_at(self, plan: Ints, *, exactly: bool) -> float:
        """Raise the target to the worth of this plan if that is more: it need not be beaten."""
        data = self._choosers, self._here, self._margin, self._pi, plan
        worth: float = attend(*data, self._taken) if exactly else rough_worth(*data)
        if worth > self.target:
            self.target = worth
            self._settled = max(self._settled, worth)
            self.better_plans.append(plan.copy())
        return worth


def branches(node: Node) -> tuple[tuple[Ints, RoundSeats], tuple[Ints, RoundSeats]]:
    """Return decisions and rooms of the two nodes that a node leads to."""
    states = node.state.astype(np.int64), node.state.astype(np.int64)
    if node.size < 0:
        states[0][node.session], states[1][node.session] = IN, OUT
        return (states[0], node.here), (states[1], node.here)
    enough, fewer = node.here.seats.copy(), node.here.seats.copy()
    own = sizes(node.here)[node.session]
    enough[node.session, own < node.size] = -1
    fewer[node.session, own >= node.size] = -1
    large, small = (node.here._replace(seats=seats) for seats in (enough, fewer))
    return (states[0], large), (states[1], small)


def sizes(here: RoundSeats) -> Ints:
    """Return (S, R) a number for each place of a session: as many where the same people fit in.

    Of one class of rooms, then by seats; -1 where the session may not run.
    """
    step = here.seats.max(initial=0) + 1
    return np.where(here.seats >= 0, here.room_class * step + here.seats, -1)


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
