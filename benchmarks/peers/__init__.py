"""Every peer, in one explicit list. A peer takes a problem and gives a programme and a bound."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from benchmarks.peers.outcome import Peer

OURS = "spilrooster"

PEERS: dict[str, str] = {
    OURS: "ours:Ours",
    "cp-sat": "cp_sat:CpSat",
    "cp-sat-lp2": "cp_sat:CpSatLevelTwo",
    "scip": "mip:Scip",
    "highs": "mip:Highs",
}
"""Module and class of each peer, imported when it is asked for."""


def peer(name: str) -> Peer:
    """Return the peer of that name."""
    module, _, kind = PEERS[name].partition(":")
    return cast("Peer", getattr(importlib.import_module(f"benchmarks.peers.{module}"), kind)())
