"""Readiness: every kernel of the search is compiled before the clock of the first solve starts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from spilrooster.search.anneal import Annealing
from spilrooster.search.compiled import cache_folder
from spilrooster.search.round_plans import worker
from spilrooster.search.round_plans.bounding import toy_arrays

MARKER = "ready"


def get_ready(before: Callable[[], None]) -> None:
    """Compile what no earlier process compiled: on a new machine, or after an upgrade.

    Takes up to a minute, once. The kernels of the bound are compiled in a second process at the
    same time. `before` is called if there is something to do.
    """
    marker = cache_folder() / MARKER
    if marker.exists():
        return
    before()
    command = [sys.executable, "-m", worker.__name__]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL):
        annealing = Annealing(toy_arrays(), 2, 1)
        annealing.advance(2)
    try:
        marker.touch()
    except OSError:  # nothing can be kept here: the next process compiles again
        return
