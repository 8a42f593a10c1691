"""The mail merge: every row has what a message needs, and its own links."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.export.conftest import Everything
from tests.export.sample import MEN, edition

from spilrooster.export import export


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_every_link_leads_to_ones_own_files(everything: Everything) -> None:
    rows = rows_of(everything.home / "mailing.csv")
    assert len(rows) == MEN
    for row in rows:
        for column, ending in (("pagina", "html"), ("agenda", "ics")):
            own = everything.file_of(row["code"], ending)
            assert row[column] == f"https://spil.example.org/dag/people/{own.name}"
            assert own.exists()
            assert row[column] in row["bericht"]
    (first,) = [row for row in rows if row["code"] == "spil-004"]
    assert first["e-mail"] == "adres004@example.org"
    assert first["Lunch"] == "Lunch – De #Kas 1"
    assert first["Lunch (2)"] == ""
    assert first["Ronde 2"] == "Afwezig"
    assert first["programma"].splitlines()[:3] == [
        "zaterdag 28 maart 2026",
        "08:30–08:59  Welkom & koffie",
        "09:00–09:50  Samen <script>alert(1)</script> & 'co' – Grote zaal, Oude school",
    ]
    assert first["bericht"].startswith(
        "Beste Naam004 van der Achternaam004,\n\nDit is je programma"
    )
    assert first["programma"] in first["bericht"]


def test_who_has_no_address_and_what_lacks_a_website_is_told(tmp_path: Path) -> None:
    made = export(edition(tmp_path), ["mailing"])
    assert [str(note) for note in made.notes] == [
        "The links in mailing.csv need the address of your website: website in event.toml.",
        "In mailing.csv some people have no e-mail address: 1.",
    ]
    row = rows_of(made.folder / "mailing.csv")[0]
    assert row["pagina"].startswith("people/")
    assert row["pagina"] not in row["bericht"]
