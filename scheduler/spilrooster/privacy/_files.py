"""Re-identify files: codes become names again, in each kind of file with its own way of quoting."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

from spilrooster.privacy._key import Key
from spilrooster.tables._atomic import write_files
from spilrooster.tables._source import WORKBOOK_ENDINGS, unreadable
from spilrooster.tables._text import defused, restored
from spilrooster_models import DataError, InputProblem, message

Restore = Callable[[str], str]

_SCRIPT = re.compile(r"(<script\b.*?</script>)", re.DOTALL | re.IGNORECASE)
_FOLD = re.compile(r"\r?\n[ \t]")
_LONGEST_LINE = 75  # octets of a line of iCalendar, RFC 5545
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_BOM = "\ufeff"
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def reidentify_files(folder: str | Path, out: str | Path, key: Key) -> tuple[str, ...]:
    """Write a copy of a folder of results in which codes are names again.

    Text files, tables, pages, calendars and workbooks are restored; other files (PDF, images) are
    copied as they are, and their names returned: make those anew from the restored event. What
    only its owner could read stays so.

    Raises
    ------
    DataError
        If `out` exists and is not empty, if nothing bears a code of the key, or if the system
        refuses. Nothing is written then.
    """
    source, target = Path(folder), Path(out)
    problem = _reason_against(source, target)
    if problem is not None:
        raise DataError([problem])
    files: dict[str, bytes] = {}
    left: list[str] = []
    private: set[str] = set()
    changed = False
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        name = path.relative_to(source).as_posix()
        try:
            content = path.read_bytes()
        except OSError as error:
            unfit = unreadable(error)
            found = InputProblem(file=name, what=unfit.what, advice=unfit.advice)
            raise DataError([found]) from None
        done = _restored_content(path.suffix.casefold(), content, key)
        if done is None:
            left.append(name)
        changed = changed or (done is not None and done != content)
        restored_name = _restored_name(name, key)
        files[restored_name] = content if done is None else done
        if not path.stat().st_mode & OTHERS:
            private.add(restored_name)
    if not changed:
        what = message("Nothing in this folder bears a code of this key.")
        raise DataError([InputProblem(file=str(source), what=what)])
    write_files(target, files, private=private)
    return tuple(left)


def _reason_against(source: Path, target: Path) -> InputProblem | None:
    if not source.is_dir():
        return InputProblem(file=str(source), what=message("This is no folder."))
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        what = message("There is something here already.")
        advice = message("Choose a new or empty folder.")
        return InputProblem(file=str(target), what=what, advice=advice)
    return None


def _restored_name(name: str, key: Key) -> str:
    parts = [key.restored(part) for part in name.split("/")]
    return "/".join(_NOT_IN_NAMES.sub("_", part) for part in parts)


def _restored_content(ending: str, content: bytes, key: Key) -> bytes | None:
    """Return the content with names; None for a kind of file that cannot be changed."""
    try:
        if ending in WORKBOOK_ENDINGS:
            return _workbook(content, key)
        return _RESTORERS.get(ending, _plain)(content.decode("utf-8"), key).encode("utf-8")
    except (UnicodeDecodeError, zipfile.BadZipFile, csv.Error):
        return None


def _plain(text: str, key: Key) -> str:
    return key.pattern.sub(lambda m: key.codes.get(m[0], m[0]), text)


def _quoted(text: str, key: Key, quote: Restore) -> str:
    return key.pattern.sub(lambda m: quote(key.codes[m[0]]) if m[0] in key.codes else m[0], text)


def _json(text: str, key: Key) -> str:
    return _quoted(text, key, lambda name: json.dumps(name, ensure_ascii=False)[1:-1])


def _script(text: str, key: Key) -> str:
    return _quoted(text, key, lambda name: json.dumps(name)[1:-1].replace("<", "\\u003c"))


def _page(text: str, key: Key) -> str:
    parts = _SCRIPT.split(text)
    return "".join(
        _script(part, key) if number % 2 else _quoted(part, key, html.escape)
        for number, part in enumerate(parts)
    )


def _markup(text: str, key: Key) -> str:
    return _quoted(text, key, html.escape)


def _calendar(text: str, key: Key) -> str:
    mark = "\r\n" if "\r\n" in text else "\n"
    lines = _quoted(_FOLD.sub("", text), key, _calendar_text).splitlines()
    return "".join(f"{_folded(line, mark)}{mark}" for line in lines)


def _calendar_text(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _folded(line: str, mark: str) -> str:
    """Fold a line at 75 octets, never inside a character."""
    parts, room, part = [], _LONGEST_LINE, ""
    for character in line:
        size = len(character.encode())
        if size > room:
            parts.append(part)
            part, room = " ", _LONGEST_LINE - 1
        part, room = part + character, room - size
    return mark.join([*parts, part])


def _table(text: str, key: Key) -> str:
    """Restore a CSV file cell by cell, written again as `tables` writes it."""
    body = text.removeprefix(_BOM)
    header = body.partition("\n")[0]
    mark = ";" if header.count(";") >= header.count(",") else ","
    target = io.StringIO(newline="")
    writer = csv.writer(
        target, delimiter=mark, lineterminator="\r\n" if header.endswith("\r") else "\n"
    )
    for row in csv.reader(io.StringIO(body, newline=""), delimiter=mark):
        writer.writerow([_cell(cell, key) for cell in row])
    return (_BOM if text.startswith(_BOM) else "") + target.getvalue()


def _cell(cell: str, key: Key) -> str:
    done = _plain(restored(cell), key)
    return cell if done == restored(cell) else defused(done)


def _workbook(content: bytes, key: Key) -> bytes:
    """Restore the texts of a workbook: they stand in its parts as XML."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            inside = old.read(part)
            if part.filename.endswith(".xml"):
                inside = _markup(inside.decode("utf-8"), key).encode("utf-8")
            new.writestr(part, inside)
    return target.getvalue()


_RESTORERS: dict[str, Callable[[str, Key], str]] = {
    ".csv": _table,
    ".json": _json,
    ".html": _page,
    ".htm": _page,
    ".xml": _markup,
    ".svg": _markup,
    ".ics": _calendar,
}
