"""Compiled kernels: numba with a cache on disk that never serves old code.

Numba's own cache notices a change in a kernel's file, but not in the files of the kernels it calls.
Here the folder of the cache carries a fingerprint of every file with kernels, so that a change or
an upgrade compiles afresh.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import platformdirs

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(function: Kernel) -> Kernel:
    """Compile a function on its first call, or load what an earlier process compiled.

    It runs without Python's lock, so that other threads are heard.
    """
    settings: Any = numba.config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(_folder())
    try:
        return cast(Kernel, numba.njit(cache=True, nogil=True)(function))
    finally:
        settings.CACHE_DIR = before


@cache
def _folder() -> Path:
    here = Path(__file__).parents[1]
    digest = hashlib.sha256(numba.__version__.encode())
    for source in sorted(here.rglob("*.py")):
        text = source.read_bytes()
        if b"@compiled" in text:
            digest.update(text)
    folder = platformdirs.user_cache_path("spilrooster", appauthor=False) / digest.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # a home that cannot be written to: beside the sources, as numba does
        folder = here / "__pycache__" / digest.hexdigest()[:16]
    return folder
