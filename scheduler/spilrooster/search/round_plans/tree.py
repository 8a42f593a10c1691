"""Branch and bound on which sessions are in a round, with the bounds of `relaxation`."""

from __future__ import annotations

import heapq
import itertools
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import Executor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from spilrooster.search.arrays import Ints
from spilrooster.search.round_plans.data import Choosers, Floats, RoundSeats
from spilrooster.search.round_plans.relaxation import IN, OUT, bound_node

Singles = NDArray[np.float32]  # open nodes are many; any multipliers are lawful, also rounded ones
Tiny = NDArray[np.int8]

Helper = Callable[[], Executor | None]
"""Says who may work beside the proof at this moment, in another thread; None = nobody."""

ROOT_STEPS, NODE_STEPS, LEAF_STEPS = 200, 15, 200
"""Most steps that tighten a node. Inside the tree, the bound came lowest in the same time with 14
to 28 for 500 people, 10 to 20 for 5,000 and 12 to 17 for 50,000."""

MOST_NUMBERS = 250_000_000
"""So many multipliers are kept with the open nodes of a tree: a gigabyte. Beyond that the two nodes
that one leads to keep its own, and each its bound. With 500 people and room for those of 1,000 of
some 4,000 nodes, the bound was 0.2 % higher after the same time; when the nodes with the least
bounds kept those of the root, 0.3 %."""

CLOSED = 1e-6
"""Slack that is only rounding."""


class Node(NamedTuple):
    """An open node: multipliers (P,), decisions (S,), rooms that are left, and how to branch.

    Either on whether `session` is in the round, or, if all that is decided, on whether its place is
    of at least this size (see `sizes`); -1 = the former. The bound of a borrowed node is that
    of another tree.
    """

    u: Singles
    state: Tiny
    here: RoundSeats
    session: int
    size: int
    borrowed: bool = False


class Child(NamedTuple):
    """A node to bound: its multipliers and decisions are improved in place."""

    u: Floats
    state: Ints
    here: RoundSeats
    place: int  # which scratch is free for it
    kept: Singles | None = None  # multipliers that are kept instead of its own

    def as_node(self, session: int, size: int) -> Node:
        """Return what is kept of it while it is open."""
        u = self.u.astype(np.float32) if self.kept is None else self.kept
        return Node(u, self.state.astype(np.int8), self.here, session, size)


Bounded = tuple[float, int, Ints]
"""Of a node: its bound, the session to branch on (-1 if there is none), and a plan."""


class Tree(ABC):
    """Best-first branch and bound for one round: `bound` falls with every node.

    Parameters
    ----------
    choosers, here, margin, pi
        The round and its prices; see `bound_node`.
    helper
        Says who may bound one of two nodes at the same time. What is proven is the same either way.
    """

    def __init__(
        self, choosers: Choosers, here: RoundSeats, margin: Floats, pi: Floats, helper: Helper
    ) -> None:
        self._choosers, self._here, self._pi = choosers, here, pi
        self._margin = np.where(~here.present[choosers.person], -1.0, margin)
        wishes = np.tile(np.arange(margin.shape[1]), (len(margin), 1))
        self._scratch = [(wishes.copy(), np.zeros(margin.shape)) for _ in (IN, OUT)]
        self._helper = helper
        self.nodes = 0
        self._numbers = itertools.count()
        self._open: list[tuple[float, int, Node]] = []

    @property
    @abstractmethod
    def target(self) -> float:
        """Worth of a plan that there is: nothing below needs to be proven."""

    @property
    @abstractmethod
    def settled(self) -> float:
        """Largest bound of a node that needs no more work here; no less than the target."""

    @abstractmethod
    def _take_in(self, child: Child, bounded: Bounded) -> None:
        """Keep a node that was bounded, or settle it."""

    @property
    def bound(self) -> float:
        """Proven: no plan of this round is worth more."""
        return max(self.settled, -self._open[0][0] if self._open else -np.inf)

    @property
    def slack(self) -> float:
        """How far the bound may still fall."""
        return self.bound - self.settled

    @property
    def promise(self) -> float:
        """About how much a step lowers the bound: that falls with the logarithm of the nodes."""
        return self.slack / (len(self._open) + 1)

    @property
    def borrows(self) -> bool:
        """Whether the largest bound is that of another tree, so that one step may lower it."""
        return bool(self._open) and self._open[0][2].borrowed

    def expand(self) -> int:
        """Branch on the node with the largest bound; return how many steps that takes at most."""
        bound, _, node = heapq.heappop(self._open)
        if node.borrowed:
            self._look_again(node, -bound)
            return 1
        children = [
            Child(self._multipliers(node), state, here, place)
            for place, (state, here) in enumerate(branches(node))
        ]
        helper = self._helper()
        if helper is None:
            bounded = [self._bounded(child, NODE_STEPS) for child in children]
        else:
            second = helper.submit(self._bounded, children[1], NODE_STEPS)
            bounded = [self._bounded(children[0], NODE_STEPS), second.result()]
        if self._full(node):
            children = [child._replace(kept=node.u) for child in children]
        for child, (reached, session, plan) in zip(children, bounded, strict=True):
            self._take_in(child, (min(reached, -bound), session, plan))
        return 2 * NODE_STEPS

    def _full(self, node: Node) -> bool:
        """Whether what a node leads to may take no more memory than the node did."""
        return self._held * len(node.u) >= MOST_NUMBERS

    @property
    def _held(self) -> int:
        """How many nodes keep multipliers."""
        return len(self._open)

    def _multipliers(self, node: Node) -> Floats:
        """Return those of a node, to be improved; nobody who is away needs one."""
        return np.where(self._here.present, node.u, 0.0).astype(np.float64)

    def _plant(self) -> None:
        """Bound the root."""
        state = np.zeros(len(self._pi), dtype=np.int64)
        state[(self._here.seats < 0).all(axis=1)] = OUT
        root = Child(np.full(len(self._here.present), 4.0), state, self._here, 0)
        self._take_in(root, self._bounded(root, ROOT_STEPS))

    def _look_again(self, node: Node, known: float) -> None:
        """Bound a borrowed node anew: here it may be worth less. Its way to branch stays."""
        state = node.state.astype(np.int64)
        kept = node.u if self._full(node) else None
        child = Child(self._multipliers(node), state, node.here, 0, kept)
        bound, session, plan = self._bounded(child, 1)
        if session >= 0 and node.session >= 0 and not child.state[node.session]:
            session = node.session
        self._take_in(child, (min(bound, known), session, plan))

    def _bounded(self, child: Child, steps: int) -> Bounded:
        plan = np.full(child.here.seats.shape[1], -1, dtype=np.int64)
        data = self._choosers, child.here, self._margin, self._pi, child.u, child.state, self.target
        bound, session = bound_node(*data, steps, plan, *self._scratch[child.place])
        if session < 0 and bound > self.target:  # a leaf: only rooms are left to choose
            bound, _ = bound_node(*data, LEAF_STEPS, plan, *self._scratch[child.place])
        return bound, session, plan

    def _keep(self, child: Child, bound: float, session: int, size: int) -> None:
        self._push(bound, child.as_node(session, size))

    def _push(self, bound: float, node: Node) -> None:
        heapq.heappush(self._open, (-bound, next(self._numbers), node))


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
