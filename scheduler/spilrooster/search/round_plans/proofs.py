"""The proofs of all rounds at the same prices, and the bound that they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from spilrooster.search.round_plans.data import Prices, RoundProblem
from spilrooster.search.round_plans.proof import RoundProof
from spilrooster.search.round_plans.shared import families
from spilrooster.search.round_plans.tree import CLOSED, Helper, Tree


class Proofs:
    """Proofs of the rounds; where these are almost alike, one for several, until they `part`.

    Parameters
    ----------
    problem, prices
        The rounds, and what couples them.
    targets
        Worth of a plan for each round that is the first of its kind.
    helper
        See `Tree`.

    Attributes
    ----------
    of
        The proof of each round that is the first of its kind.
    """

    def __init__(
        self, problem: RoundProblem, prices: Prices, targets: Mapping[int, float], helper: Helper
    ) -> None:
        margin = problem.margin(prices)
        self._base = prices.base(problem)
        self._count = Counter(problem.twins)
        self.of = {
            t: RoundProof(problem.choosers, problem.rounds[t], margin, prices.pi, target, helper)
            for t, target in targets.items()
        }
        self._families = families(self.of, problem.choosers, margin, prices.pi, helper)
        own = sorted(set(self.of).difference(*self._families))
        self._trees: list[tuple[Tree, int]] = [(self.of[t], self._count[t]) for t in own]
        for family, shared in self._families.items():
            self._trees.append((shared, sum(self._count[t] for t in family)))
        self._looser = sum(
            self._count[t] * max(0.0, added)
            for family, shared in self._families.items()
            for t, added in zip(family, shared.added, strict=True)
        )
        self._before = self._worth_of_plans()

    def _worth_of_plans(self) -> float:
        return sum(n * self.of[t].target for t, n in self._count.items())

    @property
    def bound(self) -> float:
        """Proven: no programme is worth more."""
        return self._base + sum(n * tree.bound for tree, n in self._trees)

    @property
    def likely(self) -> float:
        """What the bound comes to when the rounds part: as long as they share, it is looser."""
        return self.bound - self._looser

    @property
    def slack(self) -> float:
        """How far the bound may still fall."""
        return sum(n * tree.slack for tree, n in self._trees)

    @property
    def adds(self) -> float:
        """How much more the best plans are worth by now than those that pricing had found."""
        return self._worth_of_plans() - self._before

    @property
    def share(self) -> bool:
        """Whether any rounds share a proof."""
        return bool(self._families)

    @property
    def closed(self) -> bool:
        """Whether there is nothing left to prove before rounds part, if they share."""
        return all(tree.slack < CLOSED for tree, _ in self._trees)

    def part(self) -> None:
        """Let every round go on alone."""
        for shared in self._families.values():
            shared.part()
        self._families, self._looser = {}, 0.0
        self._trees = [(proof, self._count[t]) for t, proof in self.of.items()]

    def expand(self) -> int:
        """Branch where the bound may fall most; return how many steps that takes at most."""
        tree, _ = max(self._trees, key=lambda pair: (pair[0].borrows, pair[0].promise * pair[1]))
        return tree.expand()
