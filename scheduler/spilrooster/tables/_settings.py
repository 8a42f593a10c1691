"""Settings: name, date, time zone, language and points, from event.toml or the sheet event."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from spilrooster.rules import Choices
from spilrooster.tables._contract import EVENT, RULES
from spilrooster.tables._frames import EventFrames
from spilrooster.tables._names import did_you_mean
from spilrooster.tables._report import Report
from spilrooster.tables._rules import (
    KEYS,
    GivenRule,
    points_rule,
    rules_in_sequence,
    rules_in_sheet,
    rules_in_toml,
)
from spilrooster.tables._source import AnySource, Folder, Frames, Workbook, open_source
from spilrooster.tables._table import Columns
from spilrooster.tables._text import Unfit, header_key, split_list, tidy
from spilrooster.tables._values import day
from spilrooster_models import DataError, message
from spilrooster_models.event import Language

T = TypeVar("T")

EVENT_FILE = f"{EVENT}.toml"

_KEY_LINE = re.compile(r'[ \t]*"?([\w-]+)"?[ \t]*=')
_TABLE_LINE = re.compile(r"[ \t]*\[")
_AT_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True)
class Given:
    """What somebody wrote for a key, and on which line or row."""

    value: object
    row: int | None


@dataclass
class Settings:
    """Everything about an event that stands in no table."""

    name: str
    date: dt.date = dt.date.min
    timezone: str = "Europe/Amsterdam"
    language: Language = "nl"
    show_presenters: bool = False
    only_with_session: bool = False
    website: str = ""
    points: Choices | None = None
    rules: list[GivenRule] = field(default_factory=list)


def label_of(source: AnySource) -> str:
    """Return how problems name the place of the settings."""
    return source.label(EVENT_FILE if isinstance(source, Folder) else EVENT)


def read_settings(source: AnySource, report: Report) -> Settings:
    """Read the settings; what is missing or unfit is reported and gets a stand-in."""
    settings = Settings(name=source.stem)
    file = label_of(source)
    if isinstance(source, Folder):
        given = _from_toml(source, settings, report)
    elif isinstance(source, Frames):
        given = _from_frames(source, settings)
    else:
        given = _from_sheets(source, settings, report)
    if given is not None:
        _Reader(file, given, report).fill(settings)
    return settings


def language_of(path: str | Path | EventFrames) -> Language:
    """Return the language of an event that may be unusable otherwise; Dutch if it is not known."""
    try:
        return read_settings(open_source(path), Report()).language
    except DataError:
        return "nl"


def _from_toml(source: Folder, settings: Settings, report: Report) -> dict[str, Given] | None:
    if not source.has(EVENT_FILE):
        source.report_missing(EVENT_FILE, report)
        return None
    file = source.label(EVENT_FILE)
    try:
        text = source.text(EVENT_FILE, report)
        content = _parsed(text)
    except _SlipInSyntax as slip:
        report.error(file, slip.what, slip.advice, row=slip.line)
        return None
    except Unfit as unfit:
        report.error(file, unfit.what, unfit.advice)
        return None
    settings.rules = rules_in_toml(content.pop(RULES, []), text, file, report)
    lines = _lines_of_keys(text)
    return {name: Given(value, lines.get(name)) for name, value in content.items()}


class _SlipInSyntax(Unfit):
    """The text is not TOML; `line` says from where on, if that is known."""

    def __init__(self, error: ValueError, text: str) -> None:
        super().__init__(
            message("This is not valid TOML: {reason}.", reason=str(error)),
            message('Write texts as name = "..." and lists as [1, 2].'),
        )
        match = _AT_LINE.search(str(error))
        self.line = None if match is None else int(match[1])
        if "end of document" in str(error):
            self.line = len(text.splitlines())


def _parsed(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Unfit(message("The brackets are nested too deeply.")) from None
    except ValueError as error:  # besides TOMLDecodeError, numbers of thousands of digits
        raise _SlipInSyntax(error, text) from None


def _lines_of_keys(text: str) -> dict[str, int]:
    """Return the line of each key above the first table."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if _TABLE_LINE.match(line) and "=" not in line:
            break
        if match := _KEY_LINE.match(line):
            lines.setdefault(match[1], number)
    return lines


def _from_sheets(source: Workbook, settings: Settings, report: Report) -> dict[str, Given] | None:
    if source.has(RULES):
        sheet = source.table(Columns(RULES, ("rule", "field", "value")), report)
        settings.rules = [] if sheet is None else rules_in_sheet(sheet)
    table = source.table(Columns(EVENT, ("key", "value")), report)
    if table is None or "value" not in table.columns:
        return None
    rows = table.define("key")
    known = {header_key(name): name for name in KEYS}
    given: dict[str, Given] = {}
    for name, row in rows.items():
        if row.cell("value"):
            given[known.get(header_key(name), name)] = Given(row.cell("value"), row.number)
    return given


def _from_frames(source: Frames, settings: Settings) -> dict[str, Given]:
    frames = source.frames
    assert isinstance(frames, EventFrames)  # `read` takes no others
    settings.rules = rules_in_sequence(frames.rules)
    names = ("name", "date", "timezone", "language", "points")
    given = {name: getattr(frames, name) for name in names} | dict(frames.settings)
    return {name: Given(value, None) for name, value in given.items() if value not in ("", None)}


@dataclass(frozen=True)
class _Reader:
    """Reads one key after another, and reports what does not fit."""

    file: str
    given: Mapping[str, Given]
    report: Report

    def fill(self, settings: Settings) -> None:
        """Set what was given; the settings keep their defaults for the rest."""
        for name, given in self.given.items():
            if name not in KEYS:
                advice = did_you_mean(name, (*KEYS, RULES))
                advice = advice or message("The keys are {keys}.", keys=", ".join((*KEYS, RULES)))
                what = message("There is no such key.")
                self.report.error(self.file, what, advice, row=given.row, column=name)
        settings.date = self._read("date", _date) or settings.date
        settings.timezone = self._read("timezone", _timezone) or settings.timezone
        settings.language = self._read("language", _language) or settings.language
        settings.name = self._read("name", _text) or settings.name
        settings.show_presenters = bool(self._read("show_presenters", _yes_or_no))
        settings.only_with_session = bool(self._read("only_with_session", _yes_or_no))
        settings.website = self._read("website", _website) or settings.website
        if "date" not in self.given:
            advice = message("Write date = 2026-11-19, with your own date.")
            self.report.error(self.file, message("The date is missing."), advice, column="date")
        if "name" not in self.given:
            what = message("The name is missing; the event is called {name}.", name=settings.name)
            self.report.note(self.file, what, column="name")
        if "points" in self.given:
            given = self.given["points"]
            value = split_list(given.value) if isinstance(given.value, str) else given.value
            settings.points = points_rule(value, self.file, given.row, self.report)

    def _read(self, name: str, parse: Callable[[object], T]) -> T | None:
        given = self.given.get(name)
        if given is None:
            return None
        try:
            return parse(given.value)
        except Unfit as unfit:
            shown = str(given.value)
            self.report.error(
                self.file, unfit.what, unfit.advice, row=given.row, column=name, value=shown
            )
            return None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unfit(message("This is not a text."), message("Put it between quotation marks."))
    if not value.strip():
        raise Unfit(message("This text is empty."), message("Fill it in."))
    return value


def _date(value: object) -> dt.date:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    return day(tidy(str(value)))


def _timezone(value: object) -> str:
    text = _text(value)
    try:
        return ZoneInfo(text).key
    except (KeyError, ValueError, OSError):  # unknown; not a path; a folder of zones
        advice = did_you_mean(text, sorted(available_timezones()))
        advice = advice or message("The time zone of the Netherlands is Europe/Amsterdam.")
        raise Unfit(message("There is no such time zone."), advice) from None


def _language(value: object) -> Language:
    text = _text(value).casefold()
    if text not in get_args(Language):
        raise Unfit(message("Texts exist in Dutch and English."), message("Write nl or en."))
    return cast(Language, text)


_YES, _NO = frozenset({"true", "yes", "ja", "1"}), frozenset({"false", "no", "nee", "0"})


def _yes_or_no(value: object) -> bool:
    text = str(value).strip().casefold()
    if text not in _YES | _NO:
        raise Unfit(message("This is neither yes nor no."), message("Write true or false."))
    return text in _YES


def _website(value: object) -> str:
    """Read an address of a folder on a website; it ends in a slash."""
    text = _text(value).strip()
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        what = message("This is not the address of a folder on a website.")
        raise Unfit(what, message("Write it as https://www.example.org/programme/."))
    return text.rstrip("/") + "/"
