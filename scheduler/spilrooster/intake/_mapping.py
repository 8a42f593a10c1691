"""Mapping: what the files mean, as found or as somebody said, in a small TOML file.

It has four tables, each of which may be missing: ``kinds`` (file or sheet -> kind), ``columns``
(per kind: header -> meaning), ``titles`` (title in a form -> session) and ``people`` (e-mail or
name in a form -> participant). An empty text leaves a title out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import tomli_w

from spilrooster.tables._csv import decoded
from spilrooster.tables._report import Report
from spilrooster.tables._source import unreadable
from spilrooster.tables._text import Unfit
from spilrooster_models import message

KINDS, COLUMNS, TITLES, PEOPLE = "kinds", "columns", "titles", "people"
ANSWERS, REGISTRATIONS, IGNORED = "answers", "registrations", "ignored"

_HEAD = """\
# What spilrooster import made of the files. Change what is wrong, and give it back with --mapping.
# columns: "ignore" leaves a column out, "attribute" keeps it as it is.
# titles: a title in a form = the id of the session; "" leaves the title out.
# people: an e-mail address or name in a form = the id of the participant.
"""


@dataclass(frozen=True)
class Meanings:
    """What files, columns, titles and people stand for."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    def of_kind(self, kind: str) -> Mapping[str, str]:
        """Return what was said of the columns of this kind of table."""
        return self.columns.get(kind, {})


@dataclass(frozen=True)
class OpenQuestion:
    """A title or person of a form that nothing fits, and the ids that come near."""

    table: str
    text: str
    near: tuple[str, ...]


def mapping_text(mapping: Meanings, questions: Iterable[OpenQuestion] = ()) -> str:
    """Write a mapping as TOML; what is still open stands in it as comments to fill in."""
    content = {
        KINDS: dict(mapping.kinds),
        COLUMNS: {kind: dict(columns) for kind, columns in mapping.columns.items() if columns},
    }
    parts = [_HEAD, tomli_w.dumps({name: table for name, table in content.items() if table})]
    asked = list(dict.fromkeys(questions))
    for name, known in ((TITLES, mapping.titles), (PEOPLE, mapping.people)):
        lines = tomli_w.dumps({name: dict(known)}) if known else ""
        about = [question for question in asked if question.table == name]
        if about and not lines:
            lines = f"[{name}]\n"
        parts.append(lines + "".join(_comment(question) for question in about))
    return "\n".join(part for part in parts if part)


def _comment(question: OpenQuestion) -> str:
    line = tomli_w.dumps({question.text: question.near[0] if question.near else ""}).strip()
    others = f"  # or {', '.join(question.near[1:])}" if question.near[1:] else ""
    return f"# {line}{others}\n"


def read_mapping(path: Path, report: Report) -> Meanings:
    """Read a mapping; what is wrong with it is reported."""
    try:
        content = tomllib.loads(decoded(path.read_bytes(), path.name, report))
    except OSError as error:
        unfit = unreadable(error)
        report.error(path.name, unfit.what, unfit.advice)
        return Meanings()
    except Unfit as unfit:
        report.error(path.name, unfit.what, unfit.advice)
        return Meanings()
    except ValueError as error:
        what = message("This is not valid TOML: {reason}.", reason=str(error))
        report.error(path.name, what, message('Write each line as "text" = "meaning".'))
        return Meanings()
    for name in content.keys() - {KINDS, COLUMNS, TITLES, PEOPLE}:
        what = message("There is no such table in a mapping.")
        advice = message("The tables are kinds, columns, titles and people.")
        report.error(path.name, what, advice, column=name)
    columns = content.get(COLUMNS, {})
    by_kind = columns if isinstance(columns, dict) else {}
    return Meanings(
        kinds=_texts(content, KINDS, path.name, report),
        columns={kind: _texts(by_kind, kind, path.name, report) for kind in by_kind},
        titles=_texts(content, TITLES, path.name, report),
        people=_texts(content, PEOPLE, path.name, report),
    )


def _texts(content: Mapping[str, object], name: str, file: str, report: Report) -> dict[str, str]:
    table = content.get(name, {})
    if isinstance(table, dict) and all(isinstance(value, str) for value in table.values()):
        return dict(table)
    what = message("This is not a list of texts with their meanings.")
    report.error(file, what, message('Write each line as "text" = "meaning".'), column=name)
    return {}
