"""What the form asks, the import recognises when it comes back."""

from __future__ import annotations

import csv
import io

import pytest
from tests.intake.conftest import Desk, choices, said
from tests.intake.exports import Row, written

from spilrooster.intake import Form, FormKind, make_form
from spilrooster.tables import read
from spilrooster_models import Session
from spilrooster_models.event import Language


def header_of_google(form: Form) -> list[str]:
    found = ["Tijdstempel"]
    for question in form.questions:
        found += [f"{question.title} [{row}]" for row in question.rows] or [question.title]
    return found


def answer(form: Form, wanted: list[int]) -> list[str]:
    """Answer a form: the options wanted, the best first."""
    cells = ["1-10-2026 10:00:00"]
    people = [q for q in form.questions if not q.options]
    cells += ["An Bos", "an@x.nl", "De Linde", "Venlo"][: len(people)]
    options = form.questions[-1].options
    if len(form.questions) - len(people) == 1 and not form.questions[-1].rows:
        return [*cells, "".join(f"{options[n]};" for n in wanted)]
    return [*cells, *(options[n] for n in wanted)]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", list(FormKind))
def test_every_kind_comes_back(desk: Desk, kind: FormKind, language: Language) -> None:
    desk.settle()
    sessions = desk.into / "sessions.csv"
    text = sessions.read_text(encoding="utf-8") + 'S5;Een buurttuin beginnen\nS6;"A, b; of c?"\n'
    sessions.write_text(text, encoding="utf-8")
    form = make_form(desk.into, kind, choices=6, language=language)
    ids = ["S1", "S2", "S3", "S4", "S5", "S6"]
    order = [4, 5, 1, 0, 3, 2]
    rows: list[Row] = [header_of_google(form), answer(form, order)]
    plan = desk.plan(desk.file("a.csv", rows))
    assert said(plan) == []
    assert choices(plan) == [("P001", ids[n], str(r)) for r, n in enumerate(order, start=1)]
    people = plan.result.files["participants.csv"].decode("utf-8-sig")
    assert people.splitlines()[0] == "participant;name;email;organisation;municipality"


def test_it_is_in_the_language_of_the_event(desk: Desk) -> None:
    desk.settle()
    text = make_form(desk.into).text()
    assert "Formulier voor Proef" in text
    assert "Wat is je e-mailadres?" in text
    assert "Voorkeur 4" in text
    assert text.count("Samen eten, samen sterk") == 1


def test_what_is_known_is_not_asked_again_and_the_invited_stand_apart(desk: Desk) -> None:
    desk.settle([["D1", "An Bos", "an@x.nl"]])
    (desk.into / "participants.csv").write_bytes(
        written([["participant", "organisation", "groups"], ["D1", "De Linde", "bestuur"]])
    )
    (desk.into / "sessions.csv").write_bytes(
        written([["session", "title", "only_for"], ["S1", "Eten", ""], ["S2", "Top", "bestuur"]])
    )
    form = make_form(desk.into)
    assert [q.options for q in form.questions] == [(), (), (), ("Eten",)]
    assert form.invited == ("Top",)


def test_everybody_has_an_order_of_their_own(desk: Desk) -> None:
    desk.settle([[f"D{n}", f"Naam {n}", ""] for n in range(30)])
    form = make_form(desk.into)
    content = form.personal_orders(seed=1)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))[1:]
    titles = sorted(s.title for s in read_sessions(desk))
    assert all(sorted(row[3:]) == titles for row in rows)
    assert len({tuple(row[3:]) for row in rows}) > 10
    assert (form.personal_orders(1), form.personal_orders(2) == content) == (content, False)


def read_sessions(desk: Desk) -> tuple[Session, ...]:
    return read(desk.into).event.sessions
