"""Readiness: every kernel of the search is compiled before the clock of the first solve starts."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

from spilrooster.search.anneal import Annealing
from spilrooster.search.compiled import cache_folder
from spilrooster.search.round_plans import worker
from spilrooster.search.round_plans.bounding import toy_arrays


def marker_name() -> str:
    """Return the name of the file that says so: numba keeps kernels for each place they stand in.

    Two installations of one version share the folder, and not the kernels.
    """
    return f"ready-{hashlib.sha256(__file__.encode()).hexdigest()[:12]}"


log = logging.getLogger(__name__)

_ONE_AT_A_TIME = threading.Lock()


def get_ready(before: Callable[[], None]) -> None:
    """Compile what no earlier process compiled: on a new machine, or after an upgrade.

    Takes up to a minute, once, also if several threads ask. The kernels of the bound are compiled
    in a second process at the same time. `before` is called if there is something to do.
    """
    marker = cache_folder() / marker_name()
    if marker.exists():
        return
    before()
    with _ONE_AT_A_TIME:
        if not marker.exists():
            log.info("compiling the search, once on this machine; it takes about a minute")
            _compile()
            _keep(marker)


def _compile() -> None:
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):  # without a second process there is no such bound
            stack.enter_context(worker.start(subprocess.DEVNULL, subprocess.DEVNULL))
        annealing = Annealing(toy_arrays(), 2, 1)
        annealing.advance(2)


def _keep(marker: Path) -> None:
    with contextlib.suppress(OSError):  # nothing can be kept here: the next process compiles again
        marker.touch()
