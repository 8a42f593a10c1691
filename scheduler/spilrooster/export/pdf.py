"""PDF: pages made by typst, with its own fonts, without a file or the network.

Typst comes with the extra ``pdf``; without it, whatever needs it says how to get it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from spilrooster.export.edition import Edition
from spilrooster_models import DataError, InputProblem, Message, message

if TYPE_CHECKING:
    from typst import Compiler, Fonts


_BEYOND_FONTS = re.compile("[\u0900-\u1cff\u2c80-\ufaff\ufe20-\ufffd\U00010000-\U0010ffff]")
"""Characters of scripts that neither Source Sans nor typst's own fonts hold; emoji too."""


class NeedsPdf(DataError):
    """The extra that makes PDFs is not installed."""


def common(edition: Edition, title: str) -> dict[str, Any]:
    """Return what every document has to know."""
    return {"title": title, "event": edition.event.name, "language": edition.language}


def printed(edition: Edition, drawing: str, data: Mapping[str, Any]) -> bytes:
    """Return a PDF of a drawing in ``templates`` and its data. The same data give the same bytes.

    Raises
    ------
    NeedsPdf
        If typst is not installed.
    """
    stamp = dt.datetime.combine(edition.event.date, dt.time(), dt.UTC)
    made = _compiler().compile(
        _source(drawing),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=stamp,
    )
    assert isinstance(made, bytes)
    return made


def lacking(data: Mapping[str, Any]) -> tuple[Message, ...]:
    """Tell which characters of these data would be printed as empty boxes."""
    found = sorted(set(_BEYOND_FONTS.findall(json.dumps(data, ensure_ascii=False))))
    if not found:
        return ()
    text = "The fonts of the PDFs do not have these characters: {characters}"
    return (message(text, characters=" ".join(found)),)


def printed_each(
    edition: Edition, drawing: str, several: Iterable[Mapping[str, Any]]
) -> list[bytes]:
    """Return a PDF for each of several data, in their order; on all processors at once."""
    _fonts()  # what is missing is missing before any thread starts
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(partial(printed, edition, drawing), several))


_own = threading.local()


def _compiler() -> Compiler:
    """Return the compiler of this thread; two threads cannot use one."""
    fonts = _fonts()
    if not hasattr(_own, "compiler"):
        from typst import Compiler

        _own.compiler = Compiler(font_paths=fonts, ignore_system_fonts=True)
    made: Compiler = _own.compiler
    return made


@cache
def _fonts() -> Fonts:
    """Return Source Sans and typst's own fonts, and none of this computer."""
    try:
        from typst import Fonts
    except ImportError:
        what = message("PDFs need typst, which is not installed.")
        advice = message("Install it: pip install 'spilrooster[pdf]'.")
        raise NeedsPdf([InputProblem(file="typst", what=what, advice=advice)]) from None
    return Fonts(include_system_fonts=False, font_paths=_font_folders())


@cache
def _source(drawing: str) -> bytes:
    home = files("spilrooster.export") / "templates"
    parts = ((home / name).read_text("utf-8") for name in ("common.typ", drawing))
    return "\n".join(parts).encode()


def _font_folders() -> list[str]:
    """Return where Source Sans stands; typst's own serif takes its place without it."""
    try:
        return [str(files("font_source_sans_pro") / "files")]
    except ModuleNotFoundError:
        return []
