"""Sources: several proofs of bounds at the same time. The best of them counts."""

from __future__ import annotations

from spilrooster.search.standings import BoundSource


class Sources:
    """Bound sources taken together as one."""

    def __init__(self, *members: BoundSource) -> None:
        self.members = members

    @classmethod
    def of(cls, present: BoundSource | None, added: BoundSource) -> BoundSource:
        """Add a source to what there is."""
        return added if present is None else cls(present, added)

    @property
    def running(self) -> bool:
        """Whether more may come from any of them."""
        return any(member.running for member in self.members)

    def poll(self) -> None:
        """Offer what is new from each."""
        for member in self.members:
            member.poll()

    @property
    def wants_core(self) -> bool:
        """Whether only one is left, and that one wants it."""
        left = [member for member in self.members if member.running]
        return len(left) == 1 and left[0].wants_core

    def spread(self) -> None:
        """Give the core of the search to the one that wants it."""
        for member in self.members:
            if member.wants_core:
                member.spread()

    def finish(self) -> None:
        """Offer what is left of each and end them all."""
        for member in self.members:
            member.finish()
