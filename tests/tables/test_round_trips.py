"""What is written reads back the same, in every dialect and whatever the texts hold."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables.events import problems, programmes
from tests.tables.good_event import EventFolder

from spilrooster.problem import Problem
from spilrooster.rules import Choices, FillFreeSeats, KeepApart, Rule
from spilrooster.tables import (
    read,
    read_programme,
    write_event,
    write_output,
    write_programme_workbook,
)
from spilrooster.tables._text import defused, restored
from spilrooster_models import DataError, Participant, Result, Session, Status
from spilrooster_models.event import Language

LANGUAGES: tuple[Language, ...] = ("nl", "en")


@given(problems())
@settings(deadline=None, max_examples=40)
def test_an_event_reads_back_from_its_folder(problem: Problem) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_event(problem, folder)
        assert read(folder) == problem


@given(problems())
@settings(deadline=None, max_examples=40)
def test_an_event_reads_back_from_its_workbook(problem: Problem) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "event.xlsx")
        write_event(problem, path)
        assert read(path) == problem


@given(data=st.data(), problem=problems(), language=st.sampled_from(LANGUAGES))
@settings(deadline=None, max_examples=40)
def test_a_programme_reads_back_from_its_files(
    data: st.DataObject, problem: Problem, language: Language
) -> None:
    programme = data.draw(programmes(problem.event))
    result = Result(status=Status.FEASIBLE, programme=programme, ideal=0, seed=0)
    with tempfile.TemporaryDirectory() as folder:
        write_output(problem, result, folder, language)
        assert read_programme(problem, folder) == programme
        write_programme_workbook(problem, result, Path(folder, "programma.xlsx"))
        assert read_programme(problem, Path(folder, "programma.xlsx")) == programme


@given(st.text())
def test_a_defused_text_is_restored(text: str) -> None:
    assert restored(defused(text)) == text
    assert defused(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


def rewritten(event: EventFolder, rules: list[Rule]) -> Problem:
    problem = Problem.of(event.read().event, rules)
    write_event(problem, event.path)
    assert read(event.path) == problem
    return problem


def test_points_are_written_as_points_and_standard_rules_not_at_all(event: EventFolder) -> None:
    rewritten(event, [Choices(points_per_rank=(9, 3)), KeepApart(pairs=(("S1", "S2"),))])
    text = event.text("event.toml")
    assert "points = [" in text
    assert text.count("[[rules]]") == 1


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [Choices(points_per_rank=(5,), level=2)],
        [KeepApart(pairs=()), Choices(points_per_rank=(5,))],
        [FillFreeSeats(), Choices()],
        [FillFreeSeats(weight=3), KeepApart(pairs=()), FillFreeSeats(weight=3)],
    ],
)
def test_rules_keep_their_order(event: EventFolder, rules: list[Rule]) -> None:
    rewritten(event, rules)


@pytest.mark.parametrize(
    "session",
    [
        Session(id="S|1", title="a"),
        Session(id="S1", title=" a"),
        Session(id="S1", title="a  b"),
        Session(id="7.0", title="a"),
        Session(id="S1", title=""),
        Session(id="S1", title="a", needs=("x|y",), min_runs=0),
        Session(id="S1", title="a", attributes=(("title", "b"),)),
        Session(id="S1", title="a", attributes=(("leeg", ""),)),
    ],
)
@pytest.mark.parametrize("name", ["uit", "uit.xlsx"])
def test_what_would_read_back_otherwise_is_not_written(
    event: EventFolder, session: Session, name: str
) -> None:
    whole = event.read().event
    changed = whole.model_copy(update={"sessions": (session,), "choices": ()})
    path = event.path.parent / name
    with pytest.raises(DataError) as caught:
        write_event(Problem.of(changed), path)
    assert caught.value.problems[0].file
    assert not path.exists()


def test_attributes_in_contrary_order_are_not_written(event: EventFolder) -> None:
    people = (
        Participant(id="P1", attributes=(("a", "1"), ("b", "2"))),
        Participant(id="P2", attributes=(("b", "1"), ("a", "2"))),
    )
    whole = event.read().event
    changed = whole.model_copy(update={
        "participants": people, "choices": (), "sessions": (Session(id="S", title="t"),)
    })  # fmt: skip
    with pytest.raises(DataError) as caught:
        write_event(Problem.of(changed), event.path.parent / "uit")
    assert [(p.file, p.value) for p in caught.value.problems] == [("participants", "P2")]


def test_a_problem_without_a_standard_rule_is_not_written(event: EventFolder) -> None:
    problem = Problem(event=event.read().event, rules=(Choices(),))
    with pytest.raises(DataError):
        write_event(problem, event.path.parent / "uit")
