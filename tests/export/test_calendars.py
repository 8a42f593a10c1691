"""Calendars say the right local times to any program, and later ones update earlier ones."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from pypdf import PdfReader
from tests.export.conftest import Everything
from tests.export.sample import SATURDAY, SUNDAY, edition, event, folder, programme

from spilrooster.export import Edition, export, read_edition
from spilrooster.export.agenda import agenda
from spilrooster.export.calendars import Calendars
from spilrooster.export.zones import timezone_of
from spilrooster_models import DataError, Event, Programme, Run

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
TUESDAY = MONDAY + dt.timedelta(days=1)

Properties = dict[str, str]


def lines_of(content: bytes) -> list[str]:
    """The content lines of RFC 5545: every one ends in CRLF, and none is longer than 75 octets."""
    assert content.endswith(b"\r\n")
    raw = content.split(b"\r\n")
    assert b"\n" not in b"".join(raw)
    assert max(map(len, raw)) <= 75
    return re.sub(rb"\r\n[ \t]", b"", content).decode("utf-8").splitlines()


def events_of(content: bytes) -> list[Properties]:
    """Every VEVENT, parsed without the library that wrote it."""
    found: list[Properties] = []
    for line in lines_of(content):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            key, _, parameters = name.partition(";")
            assert key in {"BEGIN", "END"} or key not in found[-1], line
            found[-1][key] = re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)
            found[-1][f"{key} of"] = parameters
    return found


def moment(content: bytes, of: Properties, key: str) -> dt.datetime:
    """A moment as the VTIMEZONE of the file itself has it, read by dateutil."""
    text = content.decode("utf-8")
    zone = text[text.index("BEGIN:VTIMEZONE") : text.index("BEGIN:VEVENT")]
    known = tz.tzical(io.StringIO(f"BEGIN:VCALENDAR\r\n{zone}END:VCALENDAR\r\n"))
    name = of[f"{key} of"].removeprefix("TZID=")
    return dt.datetime.strptime(of[key], "%Y%m%dT%H%M%S").replace(tzinfo=known.get(name))


def written(known: Edition, person: str, now: dt.datetime = MONDAY) -> bytes:
    """Somebody's calendar; what it says is remembered in the folder of the edition."""
    calendars = Calendars.read(known, now)
    entries = agenda(known, known.event.participants_by_id[person])
    content = calendars.written(known.links.codes[person], entries)
    for name, kept in calendars.kept().items():
        (known.folder / name).write_bytes(kept)
    return content


def test_times_are_right_on_both_sides_of_the_change_of_clocks(everything: Everything) -> None:
    content = everything.file_of("spil-004", "ics").read_bytes()
    starts = {e["SUMMARY"]: moment(content, e, "DTSTART") for e in events_of(content)}
    first, last = min(starts.values()), max(starts.values())
    assert first == dt.datetime.combine(SATURDAY, dt.time(8, 30), AMSTERDAM)
    assert last == dt.datetime.combine(SUNDAY, dt.time(9), AMSTERDAM)
    assert first.astimezone(dt.UTC).hour == 7
    assert last.astimezone(dt.UTC).hour == 7  # an hour earlier in the world
    ends = [moment(content, e, "DTEND") for e in events_of(content)]
    assert all(e > s for s, e in zip(sorted(starts.values()), sorted(ends), strict=True))


def test_a_calendar_has_what_somebody_goes_to_and_nothing_else(everything: Everything) -> None:
    for person in everything.edition.event.participants:
        content = everything.file_of(person.id, "ics").read_bytes()
        found = [
            (e["DTSTART"][:8], e["SUMMARY"], e.get("LOCATION", "")) for e in events_of(content)
        ]
        entries = [e for e in agenda(everything.edition, person) if e.busy]
        where = [f"{e.place} ({e.building})" if e.building else e.place for e in entries]
        days = [f"{e.day:%Y%m%d}" for e in entries]
        titles = [e.title for e in entries]
        assert found == list(zip(days, titles, where, strict=True))
        assert len({e["UID"] for e in events_of(content)}) == len(found)
        assert {e["STATUS"] for e in events_of(content)} <= {"CONFIRMED"}
    lonely = everything.file_of("spil-003", "ics").read_bytes()
    assert [e["SUMMARY"] for e in events_of(lonely)] == []


def test_nothing_changes_if_nothing_changes(tmp_path: Path) -> None:
    known = edition(tmp_path)
    export(known, ["personal"])
    before = {p: p.read_bytes() for p in known.folder.rglob("*") if p.is_file()}
    again = read_edition(known.folder)
    export(again, ["personal"])
    assert {p: p.read_bytes() for p in known.folder.rglob("*") if p.is_file()} == before
    assert again.links == known.links


def test_a_change_keeps_the_uid_and_grows_the_sequence(tmp_path: Path) -> None:
    known = edition(tmp_path)
    export(known, ["personal"])
    before = events_of(written(known, "spil-000"))
    moved = read_edition(folder(tmp_path, event(), _other_room(programme(event()))))
    after = events_of(written(moved, "spil-000", TUESDAY))
    assert [e["UID"] for e in before] == [e["UID"] for e in after]
    changed = {e["SUMMARY"] for e, old in zip(after, before, strict=True) if e != old}
    assert changed == {"Vrijwilligerswerkondersteuningsorganisatie"}
    for old, new in zip(before, after, strict=True):
        was_changed = new["SUMMARY"] in changed
        assert int(new["SEQUENCE"]) - int(old["SEQUENCE"]) == was_changed
        if was_changed:
            assert new["DTSTAMP"] == "20260106T090000Z"
            assert new["LOCATION"] == "Grote zaal (Oude school)"
        else:
            assert new["DTSTAMP"] == old["DTSTAMP"]


def _other_room(plan: Programme) -> Programme:
    """s3 and s1 change rooms in r2."""
    other = {"z1": "z2", "z2": "z1"}
    runs = [
        Run(session=r.session, round=r.round, room=other[r.room]) if r.round == "r2" else r
        for r in plan.runs
    ]
    return plan.model_copy(update={"runs": tuple(runs)})


def _without(plan: Programme, person: str, place: int) -> Programme:
    schedules = []
    for s in plan.schedules:
        sessions = list(s.sessions)
        if s.participant == person:
            sessions[place] = None
        schedules.append(s.model_copy(update={"sessions": tuple(sessions)}))
    return plan.model_copy(update={"schedules": tuple(schedules)})


def test_what_is_withdrawn_is_cancelled_and_can_come_back(tmp_path: Path) -> None:
    known = edition(tmp_path)
    export(known, ["personal"])
    (before,) = [e for e in events_of(written(known, "spil-000")) if "Café" in e["SUMMARY"]]
    fewer = read_edition(folder(tmp_path, event(), _without(programme(event()), "spil-000", 2)))
    (gone,) = [e for e in events_of(written(fewer, "spil-000")) if "Café" in e["SUMMARY"]]
    assert (gone["UID"], gone["STATUS"], gone["SEQUENCE"]) == (before["UID"], "CANCELLED", "1")
    assert (gone["DTSTART"], before["STATUS"]) == (before["DTSTART"], "CONFIRMED")
    back = read_edition(folder(tmp_path, event()))
    (again,) = [e for e in events_of(written(back, "spil-000")) if "Café" in e["SUMMARY"]]
    assert (again["UID"], again["STATUS"], again["SEQUENCE"]) == (before["UID"], "CONFIRMED", "2")


def test_who_left_keeps_a_page_and_a_calendar_that_say_so(tmp_path: Path) -> None:
    known = edition(tmp_path)
    export(known, ["personal"])
    code = known.links.codes["spil-000"]
    smaller = _without_person(event(), "spil-000")
    left = read_edition(folder(tmp_path, smaller, programme_of(smaller)))
    home = export(left, ["personal", "schedules"]).folder / "publish" / "people"
    (page,) = PdfReader(home / f"{code}.pdf").pages
    assert "Dit programma is ingetrokken." in page.extract_text()
    assert "Dit programma is ingetrokken" in (home / f"{code}.html").read_text("utf-8")
    found = events_of((home / f"{code}.ics").read_bytes())
    assert {e["STATUS"] for e in found} == {"CANCELLED"}
    assert len(found) == 6


def _without_person(day: Event, person: str) -> Event:
    return day.model_copy(
        update={
            "participants": tuple(p for p in day.participants if p.id != person),
            "choices": tuple(c for c in day.choices if c.participant != person),
        }
    )


def programme_of(day: Event) -> Programme:
    whole = programme(event())
    kept = tuple(s for s in whole.schedules if s.participant in day.participants_by_id)
    return whole.model_copy(update={"schedules": kept})


def test_a_damaged_memory_is_no_reason_to_start_anew(tmp_path: Path) -> None:
    known = edition(tmp_path)
    for name in ("calendars.json", "links.json"):
        (known.folder / name).write_text("[]")
        with pytest.raises(DataError, match="Put the file back"):
            export(read_edition(known.folder), ["personal"])
        (known.folder / name).unlink()
    assert not (known.folder / "publish").exists()


@pytest.mark.parametrize(
    "name",
    ["Europe/Amsterdam", "America/New_York", "Asia/Tokyo", "Europe/Dublin", "UTC", "Asia/Kathmandu",
     "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca"],
)  # fmt: skip
def test_the_rule_of_a_zone_gives_its_own_offsets(name: str) -> None:
    days = [dt.date(2026, month, 17) for month in range(1, 13)]
    if name == "Africa/Casablanca":  # its clocks follow the moon
        days = [dt.date(2026, 11, 17)]
    text = timezone_of(name, days).to_ical().decode()
    assert "RDATE" not in text
    known = tz.tzical(io.StringIO(f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n")).get(name)
    for day in days:
        noon = dt.datetime.combine(day, dt.time(12))
        right = noon.replace(tzinfo=ZoneInfo(name)).utcoffset()
        assert noon.replace(tzinfo=known).utcoffset() == right, day
