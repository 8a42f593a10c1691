"""The programme for other software: schedule.json and schedule.xml of frab.

Conference apps and info screens read these files; the rules are those of voc/schedule. They hold
what the public page holds: nothing of participants, and presenters only if the event says that
everybody may read their names. Each run has a UUID of its own, made of the session and how manieth
time it runs, so that an app knows a run again after its time or room has changed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import re
import unicodedata
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from spilrooster.export._exporter import Made
from spilrooster.export.agenda import presenters, runs_in_order
from spilrooster.export.edition import Edition
from spilrooster.export.public import text_of
from spilrooster_models import Block, Session, SharedBlock
from spilrooster_models.layout import RoomId

SCHEMA = "https://c3voc.de/schedule/schema.json"
OURS = uuid.UUID("5f1d7a0e-6c0f-5b8e-9a5e-6b1f3f0f4c11")
"""The namespace of our UUIDs."""
RUNS_OF_A_SESSION = 1000
LONGEST_SLUG = 40
_ZONE = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Entry = dict[str, Any]


def frab(edition: Edition) -> Made:
    """Return publish/schedule.json and publish/schedule.xml."""
    schedule = _Schedule(edition)
    return Made({"publish/schedule.json": schedule.json(), "publish/schedule.xml": schedule.xml()})


def slug(text: str, between: str = "-") -> str:
    """Return a text in small letters and digits, such as ``een_dag``; "" if nothing is left."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", between, plain)[:LONGEST_SLUG].strip(between)


@dataclass(frozen=True)
class _Schedule:
    """Everything in the shape of schedule.json, of which schedule.xml is made too."""

    edition: Edition

    def json(self) -> bytes:
        """Return schedule.json; the same edition gives the same bytes."""
        content = {
            "$schema": SCHEMA,
            "generator": {"name": "spilrooster", "version": metadata.version("spilrooster")},
            "schedule": {"version": self.version, "conference": self.conference},
        }
        return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()

    def xml(self) -> bytes:
        """Return schedule.xml with the same content."""
        root = ET.Element("schedule")
        ET.SubElement(
            root, "generator", name="spilrooster", version=metadata.version("spilrooster")
        )
        _text(root, "version", self.version)
        self._add_conference(ET.SubElement(root, "conference"))
        for day in self.days:
            about = {"index": str(day["index"]), "date": day["date"]}
            about |= {"start": day["day_start"], "end": day["day_end"]}
            made = ET.SubElement(root, "day", about)
            for name, entries in day["rooms"].items():
                room = ET.SubElement(made, "room", name=_clean(name), guid=self._guid("room", name))
                for entry in entries:
                    _add_event(room, entry)
        ET.indent(root)
        text = ET.tostring(root, encoding="unicode")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()

    def _add_conference(self, made: ET.Element) -> None:
        about = self.conference
        for name in ("title", "acronym", "start", "end"):
            _text(made, name, about[name])
        _text(made, "days", str(about["daysCount"]))
        for name in ("timeslot_duration", "url", "time_zone_name"):
            if name in about:
                _text(made, name, about[name])
        for track in about["tracks"]:
            ET.SubElement(made, "track", name=_clean(track["name"]))

    @cached_property
    def version(self) -> str:
        """What tells one programme from the next: it changes with the content."""
        content = json.dumps([self.conference["title"], self.days], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    @cached_property
    def acronym(self) -> str:
        """A short name of the event, such as ``spil_in_de_wijk_2026``."""
        event = self.edition.event
        return "_".join(part for part in (slug(event.name, "_"), str(event.date.year)) if part)

    @cached_property
    def conference(self) -> Entry:
        """The event as a whole."""
        event, days = self.edition.event, self.days
        themes = dict.fromkeys(s.theme for s in event.sessions if s.theme)
        rooms = event.layout.rooms
        found: Entry = {
            "acronym": self.acronym,
            "title": event.name,
            "start": days[0]["date"] if days else event.date.isoformat(),
            "end": days[-1]["date"] if days else event.date.isoformat(),
            "daysCount": len(days),
            "timeslot_duration": _hours(self._slot()),
        }
        if _ZONE.fullmatch(event.timezone) or event.timezone == "UTC":
            found["time_zone_name"] = event.timezone
        if event.website.startswith(("http://", "https://")):
            found["url"] = event.website
        names = [self._room(room.id) for room in rooms]
        return found | {
            "tracks": [{"name": theme} for theme in themes],
            "rooms": [
                {"name": name, "guid": self._guid("room", name), "capacity": room.seats}
                for room, name in zip(rooms, names, strict=True)
            ],
            "days": days,
        }

    @cached_property
    def days(self) -> list[Entry]:
        """Each day with its rooms, in the event's order, and what is in them by time."""
        event = self.edition.event
        entries = list(self._entries())
        found = []
        for index, date in enumerate(dict.fromkeys(map(event.day_of, event.blocks)), start=1):
            blocks = [block for block in event.blocks if event.day_of(block) == date]
            rooms: dict[str, list[Entry]] = {}
            for day, room, entry in entries:
                if day == date:
                    rooms.setdefault(room, []).append(entry)
            found.append(
                {
                    "index": index,
                    "date": date.isoformat(),
                    "day_start": self._moment(date, min(block.start for block in blocks)),
                    "day_end": self._moment(date, max(block.end for block in blocks)),
                    "rooms": rooms,
                }
            )
        return found

    def _entries(self) -> Iterator[tuple[dt.date, str, Entry]]:
        """Yield runs, and shared blocks in a room of their own, with their day and room."""
        event, _ = self.edition.event, self.edition.words
        blocks = {block.id: block for block in event.blocks}
        number = {s: i for i, s in enumerate(event.sessions_by_id, start=1)}
        for run in sorted(runs_in_order(self.edition), key=lambda r: self._room_number(r.room)):
            session, block = event.sessions_by_id[run.session], blocks[run.round]
            time = 1 + self.edition.programme.rounds_of[run.session].index(run.round)
            own = number[run.session] * RUNS_OF_A_SESSION + time
            guid = self._guid("run", run.session, str(time))
            entry = self._entry(block, own, guid, session.title, self._room(run.room))
            yield event.day_of(block), self._room(run.room), entry | self._facts(session)
        together = self._free_name(_("Everybody"))
        shared = (block for block in event.blocks if isinstance(block, SharedBlock))
        for own, block in enumerate(shared, start=1):
            guid = self._guid("block", block.id)
            yield (
                event.day_of(block),
                together,
                self._entry(block, own, guid, block.name, together) | {"type": "other"},
            )

    def _entry(self, block: Block, own: int, guid: str, title: str, room: str) -> Entry:
        event = self.edition.event
        day = block.date or event.date
        seconds = _seconds(block.end) - _seconds(block.start)
        known = event.website if event.website.startswith(("http://", "https://")) else ""
        return {
            "guid": guid,
            "id": own,
            "date": self._moment(day, block.start),
            "start": f"{block.start:%H:%M}",
            "duration": _hours(seconds // 60),
            "room": room,
            "slug": f"{self.acronym}-{own:04}-{slug(title)}".rstrip("-"),
            "url": known or f"urn:uuid:{guid}",
            "title": title,
            "subtitle": "",
            "track": "",
            "type": "workshop",
            "language": event.language,
            "abstract": "",
            "persons": [],
            "links": [],
        }

    def _facts(self, session: Session) -> Entry:
        names = presenters(self.edition, session)
        return {
            "track": session.theme,
            "language": session.language or self.edition.event.language,
            "abstract": text_of(session),
            "persons": [{"name": name} for name in names],
        }

    def _guid(self, *parts: str) -> str:
        event = self.edition.event
        return str(uuid.uuid5(OURS, "\0".join((event.name, event.date.isoformat(), *parts))))

    def _moment(self, day: dt.date, time: dt.time) -> str:
        zone = ZoneInfo(self.edition.event.timezone)
        return dt.datetime.combine(day, time, zone).isoformat(timespec="seconds")

    def _slot(self) -> int:
        """Return the minutes of which all times are multiples."""
        times = [t for b in self.edition.event.blocks for t in (b.start, b.end)]
        return math.gcd(60, *(_seconds(t) // 60 for t in times))

    def _room_number(self, room: RoomId) -> int:
        return list(self.edition.event.layout.rooms_by_id).index(room)

    def _room(self, room_id: RoomId) -> str:
        """Return the name of a room, with whatever it takes to tell it from the others."""
        rooms = self.edition.event.layout.rooms
        room = self.edition.event.layout.rooms_by_id[room_id]
        name = f"{room.name} ({room.building})" if room.building else room.name
        twins = [r for r in rooms if (r.name, r.building) == (room.name, room.building)]
        return name if len(twins) == 1 else f"{name} [{room.id}]"

    def _free_name(self, name: str) -> str:
        taken = {self._room(room) for room in self.edition.event.layout.rooms_by_id}
        return name if name not in taken else f"{name} *"


def _add_event(room: ET.Element, entry: Entry) -> None:
    made = ET.SubElement(room, "event", id=str(entry["id"]), guid=entry["guid"])
    names = ("date", "start", "duration", "room", "slug", "title", "subtitle", "track", "type")
    for name in (*names, "language", "abstract"):
        _text(made, name, entry[name])
    if not entry["url"].startswith("urn:"):
        _text(made, "url", entry["url"])
    persons = ET.SubElement(made, "persons")
    for person in entry["persons"]:
        _text(persons, "person", person["name"])
    ET.SubElement(made, "links")


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    """Take out what XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def _seconds(time: dt.time) -> int:
    return time.hour * 3600 + time.minute * 60 + time.second


def _hours(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
