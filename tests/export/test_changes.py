"""The list of changes: who moves from what to what, and a message for each of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.export.sample import edition, event, folder, programme
from tests.report.browser import Browser

from spilrooster.changes import changes
from spilrooster.export import Made, export
from spilrooster.export.changes import list_changes
from spilrooster.export.edition import Edition, read_edition
from spilrooster_models import PersonalSchedule, Programme, Run

CONTRAST = Path(__file__).parents[1] / "report" / "contrast.js"


def moved(plan: Programme) -> Programme:
    """The programme with the first run in another room, and the last person free all day."""
    first, *others = plan.runs
    room = next(r.id for r in event().layout.rooms if r.id != first.room)
    last = plan.schedules[-1]
    free = PersonalSchedule(
        participant=last.participant,
        sessions=(None,) * len(plan.rounds),
        places=last.places,
    )
    return Programme(
        rounds=plan.rounds,
        runs=(Run(session=first.session, round=first.round, room=room), *others),
        schedules=(*plan.schedules[:-1], free),
        shared=plan.shared,
    )


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    home = tmp_path_factory.mktemp("changes")
    old = folder(home / "old", event())
    new = folder(home / "new", event(), moved(programme(event())))
    return read_edition(new, against=old)


@pytest.fixture(scope="module")
def made(known: Edition) -> Made:
    return list_changes(known)


def rows(made: Made, name: str) -> list[dict[str, str]]:
    text = made.files[name].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_nothing_changed_is_nothing_listed(tmp_path: Path) -> None:
    plan = programme(event())
    found = changes(event(), plan, plan)
    assert (found.moves, found.runs, found.newcomers) == ((), (), ())
    again = edition(tmp_path)
    page = list_changes(read_edition(again.folder, against=again.folder)).files["changes.html"]
    assert "Niemand gaat ergens anders heen." in page.decode()


def test_a_row_for_each_move_and_a_message_for_each_person(known: Edition, made: Made) -> None:
    plan, new = programme(event()), moved(programme(event()))
    found = changes(event(), plan, new)
    first, last = plan.runs[0], plan.schedules[-1]
    there = set(plan.present_at[first.session, first.round])
    assert set(found.people) == there | {last.participant}
    assert len(found.moves) == len(there) + sum(
        s is not None and (last.participant not in there or t != first.round)
        for t, s in zip(plan.rounds, last.sessions, strict=True)
    )
    table, mailing = rows(made, "changes.csv"), rows(made, "changes-mailing.csv")
    assert len(table) == len(found.moves) + len(found.runs)
    assert [row["wat"] for row in table].count("uitvoering") == 1
    assert len(mailing) == len(found.people)
    title = event().sessions_by_id[first.session].title
    assert all(": nu " in row["bericht"] and "eerst" in row["bericht"] for row in mailing)
    assert any(title in row["bericht"] for row in mailing)


def test_who_came_later_has_no_move() -> None:
    plan = programme(event())
    nobody = tuple(
        s.model_copy(update={"sessions": (None,) * len(plan.rounds), "places": (None,) * 3})
        for s in plan.schedules[:1]
    )
    before = plan.model_copy(update={"schedules": (*nobody, *plan.schedules[1:])})
    found = changes(event(), before, plan)
    assert (found.moves, found.newcomers) == ((), (plan.schedules[0].participant,))


def test_runs_move_come_and_go() -> None:
    plan = programme(event())
    _first, *others = plan.runs
    gone = plan.model_copy(update={"runs": tuple(others)})
    for before, after, kind in ((plan, gone, (True, False)), (gone, plan, (False, True))):
        (run,) = changes(event(), before, after).runs
        assert (run.before is not None, run.after is not None) == kind


def test_without_an_earlier_programme_there_is_a_note(tmp_path: Path) -> None:
    done = export(edition(tmp_path), ["changes"])
    assert done.files == ()
    assert "--against" in str(done.notes[0])


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_is_easy_to_read_and_finds_people(
    browser: Browser, made: Made, tmp_path: Path, width: int
) -> None:
    page = tmp_path / "changes.html"
    page.write_bytes(made.files["changes.html"])
    browser.open(page, width)
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.run(CONTRAST.read_text("utf-8")) == []
    assert browser.requested == [page.as_uri()]
    browser.run(
        "(() => { const q = document.getElementById('query'); q.value = 'achternaam011';"
        "q.dispatchEvent(new Event('input')); })()"
    )
    shown = "[...document.querySelectorAll('.person')].filter(e => e.checkVisibility()).length"
    assert browser.run(shown) == 1
