"""No file for one person or the public holds anything of somebody else."""

from __future__ import annotations

import html
import re
import stat
import unicodedata
from pathlib import Path

from tests.export.conftest import Everything
from tests.export.sample import edition, event

from spilrooster.export import export
from spilrooster_models import Participant


def folded(text: str) -> str:
    return unicodedata.normalize("NFC", html.unescape(text)).casefold()


def secrets_of(p: Participant) -> set[str]:
    facts = {p.id, p.name, p.email, p.organisation, p.municipality, p.role, *p.name.split()}
    ordinary = {"", "van", "der", "&", "'co'", "<script>alert(1)</script>"}  # in titles too
    return {folded(fact) for fact in facts} - ordinary


def text_of(path: Path) -> str:
    unfolded = re.sub(r"\r\n[ \t]", "", path.read_bytes().decode("utf-8"))
    return folded(path.name + "\n" + unfolded)


def found_in(path: Path, people: list[Participant]) -> list[str]:
    return found_in_text(text_of(path), people)


def found_in_text(text: str, people: list[Participant]) -> list[str]:
    text = folded(text)
    return [word for p in people for word in secrets_of(p) if re.search(_whole(word), text)]


def _whole(word: str) -> str:
    return rf"(?<!\w){re.escape(word)}(?!\w)"


def readable(home: Path) -> list[Path]:
    files = (home / "publish").rglob("*")
    return [p for p in files if p.suffix in {".html", ".ics", ".xml", ".json", ".csv"}]


def test_the_search_finds_what_is_there(everything: Everything) -> None:
    people = list(everything.edition.event.participants)
    assert len(found_in(everything.home / "mailing.csv", people)) > len(people)
    own = set(found_in(everything.page_of("spil-009"), people))
    assert own == {"naam009", "achternaam009", "naam009 van der achternaam009"}


def test_nobody_stands_in_another_ones_files(everything: Everything) -> None:
    people = everything.edition.event.participants
    for owner in people:
        others = [p for p in people if p != owner]
        for ending in ("html", "ics"):
            assert found_in(everything.file_of(owner.id, ending), others) == [], owner.id


def test_nobody_stands_in_public_files(everything: Everything) -> None:
    codes = everything.edition.links.codes.values()
    public = [p for p in readable(everything.home) if p.stem not in codes]
    assert {p.name for p in public} >= {"index.html"}
    people = list(everything.edition.event.participants)
    assert {p.name: found_in(p, people) for p in public} == {p.name: [] for p in public}
    for path in public:
        assert not [code for code in codes if code in path.read_text("utf-8")], path


def test_presenters_are_named_only_if_the_event_says_so(tmp_path: Path) -> None:
    shown = edition(tmp_path, event(show_presenters=True))
    home = export(shown, ["public", "personal"]).folder
    presenter = shown.event.participants_by_id["spil-002"]
    others = [p for p in shown.event.participants if p != presenter]
    page = home / "publish" / "index.html"
    assert folded(presenter.name) in text_of(page)
    assert found_in(page, others) == []
    code = shown.links.codes["spil-000"]
    for ending in ("html", "ics"):
        text = text_of(home / "publish" / "people" / f"{code}.{ending}")
        assert "dilek" in text
        assert presenter.email not in text


def test_names_of_files_cannot_be_guessed(everything: Everything, tmp_path: Path) -> None:
    codes = everything.edition.links.codes
    assert all(re.fullmatch(r"[a-z2-7]{24}", code) for code in codes.values())
    assert len(set(codes.values())) == len(codes)
    elsewhere = edition(tmp_path).links.codes
    assert not set(elsewhere.values()) & set(codes.values())


def test_only_the_owner_can_read_the_secret(everything: Everything) -> None:
    assert stat.S_IMODE((everything.home / "links.json").stat().st_mode) == 0o600
    secret = everything.edition.links.secret
    for path in everything.home.rglob("*"):
        if path.is_file() and path.name != "links.json":
            assert secret.encode() not in path.read_bytes(), path


def test_no_page_asks_anything_of_the_network(everything: Everything) -> None:
    for path in (everything.home / "publish").rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"(src|href)=\"?(https?:)?//|@import|url\(", text), path
