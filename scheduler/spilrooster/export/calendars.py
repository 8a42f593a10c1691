"""Calendars: everybody's day as iCalendar (RFC 5545), such that a later one updates an earlier one.

Somebody's seat in a session is one occurrence, with one UID for ever. If its time, room or title
changes, SEQUENCE grows and DTSTAMP becomes the moment of that change; if nothing changes, the file
stays the same, byte for byte. What somebody does not go to any more stays in it as
STATUS:CANCELLED, so that calendars take it out. calendars.json in the output folder remembers all
that.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from spilrooster.export.agenda import Entry, presenters
from spilrooster.export.edition import Edition
from spilrooster.export.zones import timezone_of
from spilrooster_models import DataError, InputProblem, message

if TYPE_CHECKING:
    from icalendar import Event, Timezone

CALENDARS_FILE = "calendars.json"
PRODUCT = "-//spilrooster//NONSGML spilrooster//EN"


class Occurrence(BaseModel):
    """What somebody's calendar says about one session or block. Times are local, ISO 8601."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    summary: str
    location: str
    description: str
    start: str
    end: str
    cancelled: bool = False


class Said(BaseModel):
    """An occurrence as it was last handed out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: Occurrence
    sequence: int = Field(ge=0)
    changed: str = Field(pattern=r"\d{8}T\d{6}Z", description="UTC")


class Memory(BaseModel):
    """What calendars.json holds: what everybody's calendar said last, by file name and UID."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: str = Field(default="spilrooster calendars 1", pattern=r"spilrooster calendars 1")
    people: dict[str, dict[str, Said]] = {}


class Calendars:
    """Everybody's calendar, and the memory of what was handed out."""

    def __init__(self, edition: Edition, memory: Memory, now: dt.datetime, file: str) -> None:
        self._edition, self._memory, self._file = edition, memory, file
        self._now = now.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
        self._said = dict(memory.people)

    @classmethod
    def read(
        cls, edition: Edition, now: dt.datetime | None = None, file: str = CALENDARS_FILE
    ) -> Calendars:
        """Read what was handed out before, from a file in the folder of the programme.

        Raises
        ------
        DataError
            If the file is there and unusable: calendars would not take the changes in.
        """
        place = edition.folder / file
        try:
            memory = Memory.model_validate_json(place.read_bytes())
        except FileNotFoundError:
            memory = Memory()
        except (OSError, ValidationError):
            raise _unusable(place) from None
        return cls(edition, memory, now or dt.datetime.now(dt.UTC), file)

    def written(self, code: str, entries: Sequence[Entry]) -> bytes:
        """Return somebody's calendar, and remember it."""
        before = self._memory.people.get(code, {})
        current = dict(self._occurrences(code, entries))
        gone = {
            uid: said.what.model_copy(update={"cancelled": True})
            for uid, said in before.items()
            if uid not in current
        }
        said = {uid: self._update(what, before.get(uid)) for uid, what in (current | gone).items()}
        self._said[code] = said
        return self._calendar(said)

    def kept(self) -> dict[str, bytes]:
        """Return what the next run has to know."""
        memory = Memory(people=self._said).model_dump(mode="json")
        return {self._file: f"{json.dumps(memory, ensure_ascii=False)}\n".encode()}

    def _update(self, what: Occurrence, before: Said | None) -> Said:
        if before is None:
            return Said(what=what, sequence=0, changed=self._now)
        if before.what == what:
            return before
        return Said(what=what, sequence=before.sequence + 1, changed=self._now)

    def _occurrences(self, code: str, entries: Sequence[Entry]) -> Iterator[tuple[str, Occurrence]]:
        """Yield what somebody goes to, under the UID of person, session and how manieth time."""
        times: Counter[str] = Counter()
        for entry in entries:
            if entry.busy:
                kind = "block" if entry.session is None else "session"
                own = entry.block.id if entry.session is None else entry.session.id
                times[own] += 1
                uid = self._edition.links.uid(code, kind, own, str(times[own]))
                yield uid, self._occurrence(entry)

    def _occurrence(self, entry: Entry) -> Occurrence:
        return Occurrence(
            summary=entry.title,
            location=f"{entry.place} ({entry.building})" if entry.building else entry.place,
            description=self._description(entry),
            start=dt.datetime.combine(entry.day, entry.block.start).isoformat(),
            end=dt.datetime.combine(entry.day, entry.block.end).isoformat(),
        )

    def _description(self, entry: Entry) -> str:
        _ = self._edition.words
        lines = [self._edition.event.name, entry.note]
        if entry.session is not None and entry.kind == "session":
            names = presenters(self._edition, entry.session)
            lines += [_("With {names}", names=_.listed(names))] if names else []
        return "\n".join(line for line in lines if line)

    def _calendar(self, said: dict[str, Said]) -> bytes:
        from icalendar import Calendar

        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", self._edition.event.name)
        calendar.add("x-published-ttl", "PT1H")
        calendar.add_component(self._zone)
        for uid, one in sorted(said.items(), key=lambda item: (item[1].what.start, item[0])):
            calendar.add_component(self._event(uid, one))
        return bytes(calendar.to_ical())

    @cached_property
    def _zone(self) -> Timezone:
        event = self._edition.event
        return timezone_of(event.timezone, {event.day_of(block) for block in event.blocks})

    def _event(self, uid: str, said: Said) -> Event:
        from icalendar import Event

        what, event = said.what, Event()
        event.add("uid", uid)
        event.add("sequence", said.sequence)
        event["DTSTAMP"] = said.changed
        zone = ZoneInfo(self._edition.event.timezone)
        for name, moment in (("dtstart", what.start), ("dtend", what.end)):
            event.add(name, dt.datetime.fromisoformat(moment).replace(tzinfo=zone))
        event.add("summary", what.summary)
        for name, text in (("location", what.location), ("description", what.description)):
            if text:
                event.add(name, text)
        event.add("status", "CANCELLED" if what.cancelled else "CONFIRMED")
        return event


def _unusable(place: Path) -> DataError:
    what = message("The calendars that were handed out cannot be read.")
    advice = message(
        "Put the file back from a copy. If you delete it, calendars may not take changes in."
    )
    return DataError([InputProblem(file=str(place), what=what, advice=advice)])
