"""An edition is what the files say; whatever does not fit is one list of problems."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.export.sample import edition, event, folder

from spilrooster.export import EXPORTERS, export, exporters_of, read_edition
from spilrooster_models import DataError


def test_results_that_do_not_name_their_event_ask_for_it(tmp_path: Path) -> None:
    out = folder(tmp_path, event())
    for content in (b"{}", b"[]", b"{", b'{"event": 3}'):
        (out / "result.json").write_bytes(content)
        with pytest.raises(DataError, match="--event EVENT"):
            read_edition(out)
    (out / "result.json").unlink()
    with pytest.raises(DataError, match="--event EVENT"):
        read_edition(out)
    assert read_edition(out, tmp_path / "day").event.name == event().name


def test_a_folder_without_a_programme_says_so_once(tmp_path: Path) -> None:
    out = folder(tmp_path, event())
    for name in ("programme.csv", "schedules.csv"):
        header = (out / name).read_bytes().splitlines(keepends=True)[0]
        (out / name).write_bytes(header)
    for place in (out / "programme.csv", tmp_path / "nowhere"):
        with pytest.raises(DataError, match="no folder"):
            read_edition(place)
    with pytest.raises(DataError, match="solve found none") as refused:
        read_edition(out)
    assert len(refused.value.problems) == 1


def test_unknown_names_are_refused_together(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        exporters_of(["public", "pubic", "nonsense"])
    assert [p.value for p in refused.value.problems] == ["nonsense", "pubic"]
    with pytest.raises(DataError, match="Choose from"):
        exporters_of([])
    assert list(exporters_of(["all", "public"])) == list(EXPORTERS)


def test_people_at_a_run_that_is_gone_are_refused(tmp_path: Path) -> None:
    out = folder(tmp_path, event())
    lines = (out / "programme.csv").read_text("utf-8-sig").splitlines()
    (out / "programme.csv").write_text("\n".join(x for x in lines if not x.startswith("s2-1")))
    with pytest.raises(DataError, match="does not run then"):
        read_edition(out)


def test_files_elsewhere_leave_only_the_memory_behind(tmp_path: Path) -> None:
    known = edition(tmp_path)
    before = {p.name for p in known.folder.iterdir()}
    made = export(known, ["personal"], into=tmp_path / "web")
    assert (tmp_path / "web" / "publish" / "people" / "index.html").exists()
    left = {p.name for p in known.folder.iterdir()} - before
    assert left == {"links.json", "calendars.json"}
    assert made.folder == tmp_path / "web"
    assert not (tmp_path / "web" / "links.json").exists()


def test_everything_is_in_the_language_that_was_asked(tmp_path: Path) -> None:
    known = edition(tmp_path, language="en")
    made = export(known, ["public", "personal", "lists", "mailing"])
    page = (made.folder / "publish" / "index.html").read_text("utf-8")
    assert '<html lang="en">' in page
    assert "Saturday, March 28, 2026" in page
    assert "All rooms" in page
    header = (made.folder / "mailing.csv").read_text("utf-8").splitlines()[0]
    assert header.startswith("id,name,e-mail,page,calendar,programme,subject,message,Welkom")
    own = (made.folder / "publish" / "people" / f"{known.links.codes['spil-002']}.html").read_text()
    assert "Your programme" in own
    assert "You present" in own
