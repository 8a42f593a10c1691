"""Compiled kernels: numba with a cache on disk that never serves old code.

Numba's own cache notices a change in a kernel's file, but not in the files of the kernels it calls.
Here the folder of the cache carries a fingerprint of every file with kernels, so that a change or
an upgrade compiles afresh.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import platformdirs

_COMPILING = threading.RLock()

Kernel = TypeVar("Kernel", bound=Callable[..., object])


def compiled(function: Kernel) -> Kernel:
    """Compile a function on its first call, or load what an earlier process compiled.

    It runs without Python's lock, so that other threads are heard.
    """
    settings: Any = numba.config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(cache_folder())
    try:
        kernel = numba.njit(cache=True, nogil=True)(function)
    finally:
        settings.CACHE_DIR = before
    _lighten(kernel)
    return cast(Kernel, kernel)


def _lighten(kernel: Any) -> None:
    """Have a kernel optimised at level 1 of LLVM, not numba's 3.

    Measured on annealing at 500 people: 3.5 times as many moves a second, with kernels that take
    dozens of arrays; at level 3 these are inlined until nothing fits in the registers. The proof of
    round plans is as fast at both.
    """
    settings: Any = numba.config
    compile_one = kernel.compile

    def compile_lightly(signature: object) -> object:
        with _COMPILING:
            before = settings.OPT
            settings.OPT = type(before)(1)
            try:
                return compile_one(signature)
            finally:
                settings.OPT = before

    kernel.compile = compile_lightly


@cache
def cache_folder() -> Path:
    """Return where compiled kernels of this version are kept."""
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
