"""Results of a pseudonymised event get their names back, in every kind of file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.intake.exports import workbook
from tests.privacy.giveaways import content, revealing

from spilrooster.privacy import Key, pseudonymise, reidentify_files
from spilrooster_models import DataError

ODD = "'s Gravendijk; Jan"
TAGGED = "Gülten Straßer <b>"


@pytest.fixture(scope="module", name="key")
def _key() -> Key:
    return pseudonymise(revealing())[1]


def code_of(key: Key, original: str) -> str:
    return next(c for c, o in key.codes.items() if o == original and not c.startswith("Kenmerk"))


def back(tmp_path: Path, key: Key, name: str, text: str) -> str:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_bytes(text.encode())
    assert reidentify_files(tmp_path / "out", tmp_path / "named", key) == ()
    return (tmp_path / "named" / name).read_bytes().decode()


def test_tables_are_quoted_anew(tmp_path: Path, key: Key) -> None:
    text = f"\ufeffparticipant;name\nx;{code_of(key, ODD)} en {code_of(key, TAGGED)}\n'=1;y\n"
    done = back(tmp_path, key, "a.csv", text)
    rows = list(csv.reader(io.StringIO(done.removeprefix("\ufeff")), delimiter=";"))
    assert rows == [["participant", "name"], ["x", f"{ODD} en {TAGGED}"], ["'=1", "y"]]
    assert done.startswith("\ufeff")


def test_pages_are_escaped_and_scripts_too(tmp_path: Path, key: Key) -> None:
    code = code_of(key, TAGGED)
    text = f'<p title="{code}">{code}</p><script>const x = "{code}";</script>{code}'
    assert back(tmp_path, key, "a.html", text) == (
        '<p title="Gülten Straßer &lt;b&gt;">Gülten Straßer &lt;b&gt;</p>'
        '<script>const x = "G\\u00fclten Stra\\u00dfer \\u003cb>";</script>'
        "Gülten Straßer &lt;b&gt;"
    )


def test_json_stays_json(tmp_path: Path, key: Key) -> None:
    text = json.dumps({"who": [code_of(key, ODD), code_of(key, "zoe.peeters@example.org")]})
    found = json.loads(back(tmp_path, key, "a.json", text))
    assert found == {"who": [ODD, "zoe.peeters@example.org"]}


def test_calendars_are_unfolded_and_folded(tmp_path: Path, key: Key) -> None:
    code = code_of(key, ODD)
    line = f"DESCRIPTION:{'é' * 28} {code} {code}"
    folded = line[:50] + "\r\n " + line[50:]
    done = back(tmp_path, key, "a.ics", f"BEGIN:VCALENDAR\r\n{folded}\r\nEND:VCALENDAR\r\n")
    assert max(len(part.encode()) for part in done.split("\r\n")) <= 75
    whole = done.replace("\r\n ", "")
    assert f"{'é' * 28} 's Gravendijk\\; Jan 's Gravendijk\\; Jan\r\n" in whole


def test_workbooks_and_names_of_files(tmp_path: Path, key: Key) -> None:
    out = tmp_path / "out"
    (out / "people").mkdir(parents=True)
    code = code_of(key, TAGGED)
    workbook(out / "a.xlsx", [["name", "number"], [code, 3]])
    (out / "people" / f"{code}.txt").write_text(code)
    (out / "a.pdf").write_bytes(b"%PDF\xff")
    (out / "b.xlsx").write_bytes(b"no workbook")
    assert reidentify_files(out, tmp_path / "named", key) == ("a.pdf", "b.xlsx")
    assert "Gülten Straßer &lt;b&gt;" in content(tmp_path / "named" / "a.xlsx")
    (file,) = (tmp_path / "named" / "people").iterdir()
    assert (file.name, file.read_text("utf-8")) == ("Gülten Straßer _b_.txt", TAGGED)


def test_longer_words_and_strange_numbers_are_no_codes(tmp_path: Path, key: Key) -> None:
    code = next(c for c in key.codes if c.startswith("D") and c[1:].isdigit())
    text = f"{code} {code}9 X{code} D{'9' * key.digits}"
    assert back(tmp_path, key, "a.txt", text) == (
        f"{key.codes[code]} {code}9 X{code} D{'9' * key.digits}"
    )


def test_nothing_is_written_where_it_makes_no_sense(tmp_path: Path, key: Key) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_text("nobody")
    with pytest.raises(DataError, match="bears a code"):
        reidentify_files(tmp_path / "out", tmp_path / "named", key)
    with pytest.raises(DataError, match="no folder"):
        reidentify_files(tmp_path / "weg", tmp_path / "named", key)
    with pytest.raises(DataError, match="something here"):
        reidentify_files(tmp_path / "out", tmp_path / "out", key)
    assert not (tmp_path / "named").exists()
