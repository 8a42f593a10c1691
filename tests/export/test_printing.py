"""PDFs, opened by another library than the one that wrote them: their pages, sizes and texts."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tests.export.conftest import Everything
from tests.export.sample import MEN, edition, event, person
from tests.export.test_privacy import found_in_text

from spilrooster.export import export
from spilrooster.export.agenda import name_of
from spilrooster.export.pdf import NeedsPdf, printed
from spilrooster.export.printing import PERSONAL, badges, personal_data, tables
from spilrooster_models import BlockKind, Participant, SharedBlock

MILLIMETRE = 72 / 25.4


def pages_of(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


def sizes_of(path: Path) -> set[tuple[int, int]]:
    boxes = [page.mediabox for page in PdfReader(path).pages]
    return {(round(b.width / MILLIMETRE), round(b.height / MILLIMETRE)) for b in boxes}


@pytest.mark.parametrize(("file", "size"), [("badges", (105, 148)), ("schedules", (210, 297))])
def test_everybody_has_one_page_in_order_of_names(
    everything: Everything, file: str, size: tuple[int, int]
) -> None:
    path = everything.home / "print" / f"{file}.pdf"
    people = everything.edition.event.participants
    names = sorted(people, key=lambda p: (name_of(p).casefold(), p.id))
    pages = pages_of(path)
    assert sizes_of(path) == {size}
    assert len(pages) == len(names) == MEN
    for page, who in zip(pages, names, strict=True):
        assert name_of(who) in page
        others = [p for p in people if p != who]
        assert found_in_text(page, others) == [], who.id
    ours = pages[names.index(everything.edition.event.participants_by_id["spil-000"])]
    assert "zaterdag 28 maart 2026" in ours
    assert "09:00–09:50 Samen <script>alert(1)</script> & 'co' Grote zaal (Oude school)" in ours


def test_ones_own_pdf_holds_nobody_else(everything: Everything) -> None:
    people = everything.edition.event.participants
    for who in people:
        (page,) = pages_of(everything.file_of(who.id, "pdf"))
        assert name_of(who) in page
        assert found_in_text(page, [p for p in people if p != who]) == []


def test_fonts_are_in_the_files(everything: Everything) -> None:
    for path in (everything.home / "print").glob("*.pdf"):
        for page in PdfReader(path).pages:
            resources: Any = page["/Resources"]
            for font in resources["/Font"].values():
                inside = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
                assert {"/FontFile2", "/FontFile3"} & set(inside.get_object()), path
                assert "SourceSans" in inside.get_object()["/FontName"], path


def test_a_long_programme_stays_on_one_page(tmp_path: Path) -> None:
    day = event()
    often = range(30)
    many = tuple(
        SharedBlock(
            id=f"b{n}",
            name=f"Bijeenkomst {n}:{' heel lang' * 12}",
            kind=BlockKind.PLENARY,
            start=dt.time(10),
            end=dt.time(11),
            date=dt.date(2026, 5, 1 + n),
        )
        for n in often
    )
    layout = day.layout.model_copy(update={"shared_blocks": day.layout.shared_blocks + many})
    longest = person(9).model_copy(update={"name": "Vrijwilligerswerkondersteuner" * 3})
    people = tuple(longest if p.id == longest.id else p for p in day.participants)
    known = edition(tmp_path, event(layout=layout, participants=people))
    someone = known.event.participants_by_id[longest.id]
    for paper in ("a6", "a4"):
        path = tmp_path / f"{paper}.pdf"
        path.write_bytes(printed(known, PERSONAL, personal_data(known, paper, [someone])))
        (page,) = pages_of(path)
        assert "Bijeenkomst 29" in page


def test_letters_that_no_font_has_are_told(tmp_path: Path) -> None:
    others = {
        4: "Łukasz Nguyễn Ωμέγα Жанна \u0639\u0631 \u20ac\u2013",
        6: "\u4e2d\u6587 \U0001f331",
    }
    people = tuple(
        p.model_copy(update={"name": others.get(n, p.name)})
        for n, p in enumerate(event().participants)
    )
    made = badges(edition(tmp_path, event(participants=people)))
    (note,) = made.notes
    assert str(note).endswith("characters: \u4e2d \u6587 \U0001f331")


def test_no_word_runs_off_the_paper(tmp_path: Path) -> None:
    known = edition(tmp_path, event())
    word = "https://" + "x" * 150
    data = personal_data(known, "a6", [known.event.participants_by_id["spil-000"]])
    entries = data["people"][0]["days"][0]["entries"]
    entries[1] |= {"title": word, "where": word}
    path = tmp_path / "badge.pdf"
    path.write_bytes(printed(known, PERSONAL, data))
    (page,) = PdfReader(path).pages
    lines = page.extract_text().replace("\u200b", "").splitlines()
    assert max(len(line) for line in lines) < 60
    assert any(line.endswith("\u00ad") for line in lines)  # a long word of the sample


def test_every_room_has_a_sign_per_day(everything: Everything) -> None:
    pages = pages_of(everything.home / "print" / "room-signs.pdf")
    assert len(pages) == 4
    assert sizes_of(everything.home / "print" / "room-signs.pdf") == {(297, 210)}
    assert "Grote zaal (Oude school) 09:00–09:50 Samen" in pages[0]
    assert "zondag 29 maart 2026" in pages[1]
    assert found_in_text(" ".join(pages), list(everything.edition.event.participants)) == []


def test_an_attendance_list_names_who_is_expected(everything: Everything) -> None:
    pages = pages_of(everything.home / "print" / "attendance.pdf")
    plan, day = everything.edition.programme, everything.edition.event
    assert len(pages) == len(plan.runs)
    assert "Grote zaal · Ronde 1 · 09:00–09:50" in pages[0]
    expected = plan.audience(day, "s1", "r1")
    for p in day.participants:
        named = {name_of(p), p.organisation} & {
            w for w in (name_of(p), p.organisation) if w in pages[0]
        }
        assert bool(named) == (p.id in expected or p.id == "spil-002"), p.id
    assert f"{len(expected)} mensen" in pages[0]


def test_the_table_plan_says_where_everybody_sits(everything: Everything) -> None:
    pages = pages_of(everything.home / "print" / "table-plan.pdf")
    by_name, by_table = pages[:2]
    assert "op naam" in by_name
    assert "Naam006 van der Achternaam006 De #Kas 2" in by_name
    assert "per tafel" in by_table
    assert "De #Kas 2" in by_table
    absent = everything.edition.event.participants_by_id["spil-003"]
    assert found_in_text(" ".join(pages), [absent]) == []


def test_the_kitchen_gets_numbers_and_no_names(everything: Everything) -> None:
    (page,) = pages_of(everything.home / "print" / "catering.pdf")
    assert "Lunch 12:30–12:59" in page
    assert "Mensen 5" in page
    assert "vegetarisch 1" in page
    assert found_in_text(page, list(everything.edition.event.participants)) == []
    table = (everything.home / "catering.csv").read_text("utf-8-sig")
    assert "Borrel;16:00–16:29;Geen noten;2\n" in table
    assert "nee" not in table


def test_the_same_programme_gives_the_same_bytes(tmp_path: Path) -> None:
    known = edition(tmp_path)
    assert badges(known) == badges(known)


def test_without_typst_the_rest_is_made_and_the_way_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spilrooster.export import pdf

    pdf._fonts.cache_clear()
    monkeypatch.setitem(sys.modules, "typst", None)
    known = edition(tmp_path)
    with pytest.raises(NeedsPdf, match=r"pip install 'spilrooster\[pdf\]'"):
        export(known, ["badges"])
    assert not (known.folder / "print").exists()
    made = export(known, ["all"])
    assert "publish/index.html" in made.files
    assert not [name for name in made.files if name.endswith(".pdf")]
    assert any("Left out: badges" in str(note) for note in made.notes)


def test_nobody_eats_and_there_are_no_tables(tmp_path: Path) -> None:
    day = event()
    layout = day.layout.model_copy(update={"shared_blocks": (), "places": ()})
    people = tuple(p.model_copy(update={"misses": ()}) for p in day.participants)
    bare = event(layout=layout, participants=people)
    known = edition(tmp_path, bare)
    made = export(known, ["tables", "catering", "lists"])
    assert made.files == ("attendance.csv",)
    assert made.notes == ()


def test_people_without_an_organisation_have_a_badge(tmp_path: Path) -> None:
    people = tuple(
        Participant(id=p.id, absent=p.absent, misses=p.misses) for p in event().participants
    )
    made = badges(edition(tmp_path, event(participants=people)))
    path = tmp_path / "badges.pdf"
    path.write_bytes(made.files["print/badges.pdf"])
    assert pages_of(path)[0].startswith("Dag van <script>alert(1)</script> & 'co' spil-000")


def test_namesakes_are_told_apart_in_the_table_plan(tmp_path: Path) -> None:
    same = {4: "Anne de Vries", 6: "Anne de Vries"}
    people = tuple(
        p.model_copy(update={"name": same.get(n, p.name)})
        for n, p in enumerate(event().participants)
    )
    made = tables(edition(tmp_path, event(participants=people)))
    path = tmp_path / "plan.pdf"
    path.write_bytes(made.files["print/table-plan.pdf"])
    for page in pages_of(path)[:2]:
        assert "Anne de Vries (Organisatie004)" in page
        assert "Anne de Vries (Organisatie006)" in page
        assert "Organisatie008" not in page
