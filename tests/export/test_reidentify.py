"""Exports made of a pseudonymised event get their names back, and are then what they should be."""

from __future__ import annotations

import html
import stat
from pathlib import Path

from tests.export.sample import event, folder, programme
from tests.export.test_privacy import found_in

from spilrooster.export import export, read_edition
from spilrooster.privacy import Key, pseudonymise, reidentify_files
from spilrooster.problem import Problem
from spilrooster_models import Programme

NAMES = ["public", "personal", "mailing", "lists"]


def coded_programme(key: Key) -> Programme:
    """The programme with the codes of people."""
    day, plan = event(), programme(event())
    code_of = dict(zip((p.id for p in day.participants), key.people, strict=True))
    schedules = (
        s.model_copy(update={"participant": code_of[s.participant]}) for s in plan.schedules
    )
    return plan.model_copy(update={"schedules": tuple(schedules)})


def texts_in(home: Path) -> dict[str, str]:
    """The files that an organiser hands out, whatever the way of escaping in HTML."""
    names = [p for p in home.rglob("*") if p.suffix in {".html", ".ics", ".csv"}]
    return {p.relative_to(home).as_posix(): html.unescape(p.read_text("utf-8")) for p in names}


def test_there_and_back_again(tmp_path: Path) -> None:
    coded, key = pseudonymise(Problem.of(event()))
    shared = folder(tmp_path / "shared", coded.event, coded_programme(key))
    export(read_edition(shared), NAMES)
    for path in (p for p in shared.rglob("*") if p.is_file()):
        assert found_in(path, list(event().participants)) == [], path
    named = tmp_path / "named" / "out"
    assert reidentify_files(shared, named, key) == ()
    assert stat.S_IMODE((named / "links.json").stat().st_mode) == 0o600
    restored = texts_in(named)

    own = folder(tmp_path / "own", event())
    for memory in ("links.json", "calendars.json"):
        (own / memory).write_bytes((named / memory).read_bytes())
    export(read_edition(own), NAMES)
    expected = texts_in(own)
    assert restored.keys() == expected.keys()
    # Diets in code cannot be read, so "nee" counts too; people may stand in another order.
    for name in expected.keys() - {"catering.csv"}:
        assert sorted(restored[name].splitlines()) == sorted(expected[name].splitlines()), name
