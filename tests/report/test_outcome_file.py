"""outcome.csv: every choice on a row, readable by tools and by people."""

from __future__ import annotations

import csv
import datetime as dt
from io import StringIO

import pytest

from spilrooster.problem import Problem
from spilrooster.report import outcomes_csv
from spilrooster_models import (
    Choice,
    Event,
    Layout,
    Participant,
    PersonalSchedule,
    Programme,
    Room,
    Round,
    Run,
    Session,
)
from spilrooster_models.event import Language

EVENT = Event(
    name="Small",
    date=dt.date(2026, 11, 19),
    layout=Layout(
        rooms=(Room(id="hall", name="Hall", seats=1),),
        rounds=(Round(id="r1", name="=Ronde 1", start=dt.time(9), end=dt.time(10)),),
    ),
    sessions=(Session(id="a", title="A"), Session(id="b", title="B")),
    participants=(Participant(id="=ann"), Participant(id="bob")),
    choices=(
        Choice(participant="=ann", session="a", rank=1),
        Choice(participant="bob", session="a", points=5),
        Choice(participant="bob", session="b", points=3),
    ),
)
PROGRAMME = Programme(
    rounds=("r1",),
    runs=(Run(session="a", round="r1", room="hall"),),
    schedules=(
        PersonalSchedule(participant="=ann", sessions=("a",)),
        PersonalSchedule(participant="bob", sessions=(None,)),
    ),
)


def rows(language: Language, delimiter: str) -> list[dict[str, str]]:
    text = outcomes_csv(Problem.of(EVENT), PROGRAMME, language).removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(text), delimiter=delimiter))


def test_every_choice_is_on_a_row() -> None:
    first, full, off = rows("en", ",")
    assert first == {
        "participant": "'=ann",
        "session": "a",
        "rank": "1",
        "granted": "yes",
        "round": "r1",
        "reason": "You are there in =Ronde 1.",
    }
    assert (full["rank"], full["granted"], full["round"]) == ("", "no", "")
    assert full["reason"] == "It is full in every round in which you could go: =Ronde 1."
    assert off["reason"] == "This session does not take place."


def test_dutch_spreadsheets_get_their_own_dialect_and_reasons() -> None:
    assert outcomes_csv(Problem.of(EVENT), PROGRAMME, "nl").startswith("\ufeffparticipant;session;")
    assert rows("nl", ";")[2]["reason"] == "Deze sessie gaat niet door."
    assert not outcomes_csv(Problem.of(EVENT), PROGRAMME, "en").startswith("\ufeff")


@pytest.mark.parametrize(("language", "delimiter"), [("nl", ";"), ("en", ",")])
def test_tools_read_the_same_in_every_language(language: Language, delimiter: str) -> None:
    assert [row["granted"] for row in rows(language, delimiter)] == ["yes", "no", "no"]
