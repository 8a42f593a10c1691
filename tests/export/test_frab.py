"""schedule.json and schedule.xml keep the published rules of voc/schedule, and name nobody."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from lxml import etree
from tests.export.conftest import Everything
from tests.export.sample import SUNDAY, edition, event, programme

from spilrooster.export.frab import frab
from spilrooster_models import Programme, Run

FORMATS = Path(__file__).parents[3] / "shared" / "formats"
MANDATORY = {
    "abstract", "date", "duration", "guid", "id", "language", "links", "persons", "room", "slug",
    "start", "subtitle", "title", "track", "type", "url",
}  # fmt: skip
OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


@pytest.fixture(scope="module")
def schedule(everything: Everything) -> dict[str, Any]:
    content = json.loads((everything.home / "publish" / "schedule.json").read_text("utf-8"))
    assert isinstance(content, dict)
    return content


@pytest.fixture(scope="module")
def xml(everything: Everything) -> ET.Element:
    return ET.parse(everything.home / "publish" / "schedule.xml").getroot()


def entries(schedule: dict[str, Any]) -> list[dict[str, Any]]:
    days = schedule["schedule"]["conference"]["days"]
    return [entry for day in days for room in day["rooms"].values() for entry in room]


def test_the_conference_is_described_by_the_rules(schedule: dict[str, Any]) -> None:
    assert schedule["$schema"] == "https://c3voc.de/schedule/schema.json"
    assert schedule.keys() == {"$schema", "generator", "schedule"}
    about = schedule["schedule"]["conference"]
    assert re.fullmatch(r"[a-z0-9_-][a-z0-9_]{3,}", about["acronym"])
    assert re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", about["timeslot_duration"])
    assert about["daysCount"] == len(about["days"]) == 2
    assert [day["index"] for day in about["days"]] == [1, 2]
    for room in about["rooms"]:
        assert uuid.UUID(room["guid"])


def test_every_entry_keeps_the_rules(schedule: dict[str, Any], everything: Everything) -> None:
    found = entries(schedule)
    event = everything.edition.event
    runs = len(everything.edition.programme.runs)
    assert len(found) == runs + len(event.layout.shared_blocks)
    for entry in found:
        assert entry.keys() == MANDATORY
        assert entry["id"] >= 1
        assert OFFSET.fullmatch(entry["date"])
        assert re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", entry["start"])
        assert re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", entry["duration"])
        assert re.fullmatch(r"[a-z0-9_]{4,}-[a-z0-9\-_]{3,}[a-z0-9]", entry["slug"])
    for name in ("id", "guid", "slug"):
        assert len({entry[name] for entry in found}) == len(found)


def test_times_have_the_offset_of_their_day(schedule: dict[str, Any]) -> None:
    """Clocks go forward between the two days."""
    offsets = {
        (moment := dt.datetime.fromisoformat(entry["date"])).date() == SUNDAY: moment.utcoffset()
        for entry in entries(schedule)
    }
    assert offsets == {False: dt.timedelta(hours=1), True: dt.timedelta(hours=2)}


def test_xml_says_the_same(schedule: dict[str, Any], xml: ET.Element) -> None:
    by_guid = {entry["guid"]: entry for entry in entries(schedule)}
    found = list(xml.iter("event"))
    assert {made.get("guid") for made in found} == by_guid.keys()
    for made in found:
        entry = by_guid[str(made.get("guid"))]
        assert made.get("id") == str(entry["id"])
        for name in ("title", "start", "date", "duration", "room", "slug", "type", "track"):
            assert (made.findtext(name) or "") == entry[name], name
        assert made.find("abstract") is not None
    order = [child.tag for child in xml]
    assert order[:3] == ["generator", "version", "conference"]
    assert all(day.get("start") and day.get("end") for day in xml.iter("day"))


def test_a_run_keeps_its_id_when_it_moves(tmp_path: Path) -> None:
    plan = programme(event())
    first = plan.runs[0]
    free = next(r.id for r in event().layout.rooms if r.id != first.room)
    moved = Run(session=first.session, round=first.round, room=free)
    other = Programme.model_validate(plan.model_dump() | {"runs": (moved, *plan.runs[1:])})
    both = [
        json.loads(frab(edition(tmp_path / name, plan=p)).files["publish/schedule.json"])
        for name, p in (("a", plan), ("b", other))
    ]
    assert {e["guid"] for e in entries(both[0])} == {e["guid"] for e in entries(both[1])}
    assert both[0]["schedule"]["version"] != both[1]["schedule"]["version"]


def test_presenters_only_if_the_event_says_so(tmp_path: Path) -> None:
    shown = [
        [p for e in entries(json.loads(made)) for p in e["persons"]]
        for name, show in (("a", False), ("b", True))
        for made in [
            frab(edition(tmp_path / name, event(show_presenters=show))).files[
                "publish/schedule.json"
            ]
        ]
    ]
    assert shown[0] == []
    assert shown[1] == [{"name": 'Dilek "İnce" #strong[x]'}] * len(shown[1]) != []


def test_the_published_schemas_accept_both(
    everything: Everything, schedule: dict[str, Any]
) -> None:
    """Where the published files are not to be found, the tests above check their rules."""
    if not FORMATS.is_dir():
        return
    rules = json.loads((FORMATS / "frab-schedule.schema.json").read_text("utf-8"))
    jsonschema.Draft6Validator(
        rules, format_checker=jsonschema.Draft6Validator.FORMAT_CHECKER
    ).validate(schedule)
    known = etree.XMLSchema(etree.parse(FORMATS / "frab-schedule.xsd"))
    known.assertValid(etree.parse(everything.home / "publish" / "schedule.xml"))


def test_the_feed_holds_every_run_and_block(everything: Everything) -> None:
    text = (everything.home / "publish" / "programme.ics").read_text("utf-8")
    runs = len(everything.edition.programme.runs)
    shared = len(everything.edition.event.layout.shared_blocks)
    assert text.count("BEGIN:VEVENT") == runs + shared
    uids = re.findall(r"^UID:(.*)$", text, flags=re.MULTILINE)
    assert len(set(uids)) == len(uids)
    assert "TZID:Europe/Amsterdam" in text
