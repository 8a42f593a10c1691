"""Facts are checked once, at the border: what cannot be true is refused, with its place."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.agreement import programmes
from tests.rules.tiny import choice, event, person, programme, room, rounds, session

from spilrooster_models import (
    Block,
    Choice,
    DataError,
    Event,
    InputProblem,
    Layout,
    Message,
    NoProgramme,
    PersonalSchedule,
    Programme,
    Result,
    Run,
    SharedBlock,
    SpilroosterError,
    Status,
    UnknownId,
    message,
)

DAY = event(
    [session("a", presenters=("p",)), session("b", only_for=("g", "q")), "c"],
    people=["p", "q", person("r", groups=("g",))],
    choices=[choice("q", "b", 2), choice("q", "a", 1)],
)
PLAN = programme(DAY, {"b t2 r1": "q r", "a t1 r1": "p q", "a t2 r1": "p"})


def problems_of(**facts: Any) -> list[tuple[str, str | None, str | None]]:
    """File, column and value of each problem with an event of these facts."""
    with pytest.raises(DataError) as error:
        event(**facts)
    return [(p.file, p.column, p.value) for p in error.value.problems]


# Ids --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "problems"),
    [
        ({"sessions": "aba"}, [("sessions", None, "a")]),
        ({"sessions": "a", "people": "pqqp"}, [("participants", None, i) for i in "qp"]),
        (
            {"sessions": "a", "people": "p", "choices": [choice("p", "a", i) for i in (1, 2)]},
            [("choices", None, "p × a")],
        ),
    ],
)
def test_an_id_is_used_once(facts: dict[str, Any], problems: list[tuple[str, str, str]]) -> None:
    assert problems_of(**facts) == problems


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"sessions": [session("a", presenters=("x",))]}, ("sessions", "presenters", "x")),
        ({"sessions": [session("a", rounds=("t9",))]}, ("sessions", "rounds", "t9")),
        ({"sessions": [session("a", rooms=("r9",))]}, ("sessions", "rooms", "r9")),
        ({"sessions": [session("a", only_for=("x",))]}, ("sessions", "only_for", "x")),
        (
            {"sessions": "a", "people": [person("p", absent=("t9",))]},
            ("participants", "absent", "t9"),
        ),
        ({"sessions": "a", "choices": [choice("x", "a", 1)]}, ("choices", "participant", "x")),
        (
            {"sessions": "a", "people": "p", "choices": [choice("p", "x", 1)]},
            ("choices", "session", "x"),
        ),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else "",
)
def test_an_unknown_id_is_named_with_file_column_and_value(
    facts: dict[str, Any], problem: tuple[str, str, str]
) -> None:
    assert problems_of(**facts) == [problem]
    with pytest.raises(UnknownId, match=f"{problem[0]}, column {problem[1]} .'{problem[2]}'"):
        event(**facts)


def test_all_unknown_ids_are_reported_at_once() -> None:
    facts = {"sessions": [session("a", rooms=("r9",))], "choices": [choice("x", "y", 1)]}
    assert [value for _, _, value in problems_of(**facts)] == ["r9", "x", "y"]


def test_layout_refuses_ids_used_twice_and_rounds_it_does_not_have() -> None:
    with pytest.raises(DataError, match=r"rooms \('r1'\): This id is used twice"):
        Layout(rooms=(room("r1"), room("r1")), rounds=())
    lunch: dict[str, Any] = {"start": dt.time(12), "end": dt.time(13), "kind": "lunch"}
    with pytest.raises(DataError, match=r"rounds \('t1'\): This id is used twice"):
        Layout(
            rooms=(),
            rounds=rounds("t1"),
            shared_blocks=(SharedBlock(id="t1", name="Lunch", **lunch),),
        )
    with pytest.raises(UnknownId) as error:
        Layout(rooms=(room("r1", closed=("t2",)), room("r2", closed=("t3",))), rounds=rounds("t1"))
    assert [p.value for p in error.value.problems] == ["t2", "t3"]


# Facts of one thing -----------------------------------------------------------------------------


def test_ranges_are_the_right_way_round() -> None:
    with pytest.raises(ValidationError, match="max_runs 1 < min_runs 2"):
        session("a", min_runs=2)
    with pytest.raises(ValidationError, match="max_people is below min_people"):
        session("a", min_people=5, max_people=4)
    with pytest.raises(ValidationError, match="not after its start"):
        Block(id="t1", name="One", start=dt.time(10), end=dt.time(10))
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        room("r1", seats=-1)


@pytest.mark.parametrize("facts", [{}, {"rank": 1, "points": 5}])
def test_a_choice_has_a_rank_or_points(facts: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match="p, a: give a rank or points"):
        Choice(participant="p", session="a", **facts)


def test_a_fact_cannot_be_changed_or_misspelt() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        DAY.name = "Other"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="Extra inputs"):
        session("a", min_peple=3)


def test_an_event_knows_who_is_who() -> None:
    assert DAY.groups == {"g": {"r"}}
    assert DAY.invited == {"b": {"q", "r"}}
    assert DAY.presented_by == {"p": ("a",)}
    assert [c.session for c in DAY.choices_of["q"]] == ["b", "a"]
    assert DAY.choices_of["p"] == ()
    attend = {(p, s) for p in "pqr" for s in "abc" if DAY.may_attend(p, s)}
    assert attend == {(p, s) for p in "pqr" for s in "abc"} - {("p", "a"), ("p", "b")}


def test_an_event_comes_back_from_json_as_it_was() -> None:
    assert Event.model_validate_json(DAY.model_dump_json()) == DAY


# Programme --------------------------------------------------------------------------------------


def test_what_is_double_booked_cannot_be_written_down() -> None:
    run = Run(session="a", round="t1", room="r1")
    twice = run.model_copy(update={"room": "r2"})
    with pytest.raises(ValidationError, match="runs twice in one round"):
        Programme(rounds=("t1",), runs=(run, twice), schedules=())
    day = PersonalSchedule(participant="p", sessions=("a",))
    with pytest.raises(ValidationError, match="two schedules"):
        Programme(rounds=("t1",), runs=(run,), schedules=(day, day))
    with pytest.raises(ValidationError, match="one place per round"):
        Programme(rounds=("t1", "t2"), runs=(run,), schedules=(day,))


def test_a_programme_knows_who_is_where() -> None:
    assert PLAN.rounds_of == {"a": ("t1", "t2"), "b": ("t2",)}
    assert PLAN.room_of["b", "t2"] == "r1"
    assert PLAN.present_at["a", "t1"] == ("p", "q")
    assert PLAN.audience(DAY, "a", "t1") == ("q",)
    assert PLAN.audience(DAY, "c", "t1") == ()
    assert PLAN.attended(DAY, "q") == ("a", "b")
    assert PLAN.attended(DAY, "p") == ()


@given(st.integers(0, 999))
def test_places_of_people_and_people_at_places_tell_the_same(seed: int) -> None:
    plan = next(programmes(DAY, limit=1, seed=seed))
    by_place = {(p, s, t) for (s, t), people in plan.present_at.items() for p in people}
    by_person = {
        (day.participant, s, t)
        for day in plan.schedules
        for t, s in zip(plan.rounds, day.sessions, strict=True)
        if s is not None
    }
    assert by_place == by_person
    assert sum(map(len, plan.rounds_of.values())) == len(plan.runs) == len(plan.room_of)
    assert Programme.model_validate_json(plan.model_dump_json()) == plan


# Result, errors, messages -----------------------------------------------------------------------


def test_a_result_without_a_programme_says_why_when_one_is_required() -> None:
    none = Result(status=Status.INFEASIBLE, ideal=10, seed=0)
    with pytest.raises(NoProgramme, match="no programme: infeasible"):
        none.require()
    assert none.gap is None
    assert issubclass(NoProgramme, SpilroosterError)


def test_gap_is_what_could_be_won_at_most_as_a_share_of_the_value() -> None:
    found = Result(status=Status.FEASIBLE, ideal=120, seed=0, programme=PLAN, value=100, bound=110)
    assert found.require() is PLAN
    assert found.gap == pytest.approx(0.1)
    assert found.model_copy(update={"value": 0}).gap is None


def test_a_data_error_tells_every_problem_with_its_place_and_advice() -> None:
    first = InputProblem(
        file="choices.csv", row=7, column="rank", value="een",
        what=message("This is not a number."), advice=message("Write {digit}.", digit=1),
    )  # fmt: skip
    second = InputProblem(file="rooms.csv", what=message("The file is empty."))
    assert str(DataError([first, second])) == (
        "choices.csv, row 7, column rank ('een'): This is not a number. Write 1.\n"
        "rooms.csv: The file is empty."
    )


@given(st.text(), st.integers())
def test_a_message_shows_its_values_as_they_are(word: str, number: int) -> None:
    # Braces in a value, such as a title, are text: only the template's braces are places.
    said = message("{word}: {number}", word=word, number=number)
    assert str(said) == f"{word}: {number}"
    assert said.in_words("{number} is {word}") == f"{number} is {word}"
    assert Message.model_validate_json(said.model_dump_json()) == said


def test_a_changed_copy_does_not_remember_what_the_original_worked_out() -> None:
    facts = event(sessions=(session("a"),), people=(person("p"),))
    assert facts.participants_by_id
    assert facts.model_copy(update={"participants": ()}).participants_by_id == {}


def test_facts_are_asked_for_by_column() -> None:
    a = session("a", theme="care", attributes=(("level", "high"),))
    assert [a.fact(c) for c in ("theme", "level", "language")] == ["care", "high", ""]
    p = person("p", municipality="Venlo", attributes=(("trio", "7"),))
    assert [p.fact(c) for c in ("municipality", "trio", "role")] == ["Venlo", "7", ""]


def test_choosers_are_counted_whatever_the_rank() -> None:
    assert DAY.choosers == {"a": 1, "b": 1, "c": 0}
