"""Nothing of a pseudonymised event gives anybody away, and the key restores it exactly."""

from __future__ import annotations

import datetime as dt
import stat
from pathlib import Path

import pytest
from tests.privacy.giveaways import identifiers, revealed, revealing

from spilrooster.privacy import (
    pseudonymise,
    read_key,
    reidentify,
    write_key,
    write_pseudonymised,
)
from spilrooster.problem import Problem
from spilrooster.rules import GroupTogether, LeastOf, MustAttend, PresenterAvailable, Rule
from spilrooster.tables import read, write_event
from spilrooster_models import BlockKind, DataError, SharedBlock
from spilrooster_models.layout import SharedPlace

INSTANCES = Path(__file__).parents[2] / "instances"


@pytest.fixture(scope="module", params=["revealing", "tiny", "spil500"])
def problem(request: pytest.FixtureRequest) -> Problem:
    return revealing() if request.param == "revealing" else read(INSTANCES / request.param)


def test_the_key_restores_the_event_exactly(problem: Problem) -> None:
    coded, key = pseudonymise(problem)
    assert coded != problem
    assert reidentify(coded, key) == problem


@pytest.mark.parametrize("workbook", [False, True])
def test_no_file_holds_what_identifies_somebody(tmp_path: Path, workbook: bool) -> None:
    problem = revealing()
    secrets = identifiers(problem.event)
    place = tmp_path / ("day.xlsx" if workbook else "day")
    write_event(problem, place)
    files = [place] if workbook else list(place.iterdir())
    assert {secret for _, secret in revealed(files, secrets)} == secrets  # the search sees all
    coded, key = pseudonymise(problem)
    shared = tmp_path / ("shared.xlsx" if workbook else "shared")
    write_event(coded, shared)
    assert revealed([shared] if workbook else shared.iterdir(), secrets) == set()
    assert reidentify(read(shared), key) == problem


def test_spil500_keeps_no_id_or_workplace(tmp_path: Path) -> None:
    problem = read(INSTANCES / "spil500")
    coded, _ = pseudonymise(problem)
    write_event(coded, tmp_path / "shared")
    secrets = {p.id for p in problem.event.participants}
    secrets |= {p.organisation for p in problem.event.participants}
    assert revealed((tmp_path / "shared").iterdir(), secrets) == set()


def test_everything_means_the_same() -> None:
    problem = revealing()
    coded, key = pseudonymise(problem)
    person = {original: code for code, original in key.codes.items() if code[1:].isdigit()}
    event, now = problem.event, coded.event
    for p in event.participants:
        q = now.participants_by_id[person[p.id]]
        assert (q.absent, q.needs, q.tier) == (p.absent, p.needs, p.tier)
        assert bool(q.name) == bool(p.name)
        assert {c.session for c in now.choices_of[q.id]} == {
            c.session for c in event.choices_of[p.id]
        }
        for s in event.sessions_by_id:
            assert now.may_attend(q.id, s) == event.may_attend(p.id, s)
    assert coded.ideal == problem.ideal
    linked = {g: {person[i] for i in members} for g, members in event.groups.items()}
    assert sorted(map(sorted, linked.values())) == sorted(map(sorted, now.groups.values()))
    for old, new in zip(problem.rules, coded.rules, strict=True):
        assert_same_rule(old, new, person)


def assert_same_rule(old: Rule, new: Rule, person: dict[str, str]) -> None:
    if isinstance(old, MustAttend) and isinstance(new, MustAttend):
        assert new.participants[0].startswith("Groep ")
        assert new.participants[1:] == (person["4"],)
    elif isinstance(old, PresenterAvailable) and isinstance(new, PresenterAvailable):
        assert (new.presenter, new.rounds) == (person["Spil 001"], old.rounds)
    elif isinstance(old, GroupTogether) and isinstance(new, GroupTogether):
        assert new.groups[0].startswith("Groep ")
    elif isinstance(old, LeastOf) and isinstance(new, LeastOf):
        assert new.value.startswith("Functie ")
    else:
        assert old == new


def test_who_staffs_a_stand_is_in_code() -> None:
    problem = revealing()
    layout = problem.event.layout
    market = SharedBlock(
        id="market", name="Markt", start=dt.time(12), end=dt.time(13), kind=BlockKind.LUNCH
    )
    stand = SharedPlace(name="Stand van Zoë Peeters", blocks=("market",), seats=1,
                        owners=("4", "bestuur"))  # fmt: skip
    layout = layout.model_copy(update={"shared_blocks": (market,), "places": (stand,)})
    event = problem.event.model_copy(update={"layout": layout})
    coded, key = pseudonymise(Problem.of(event, problem.rules[-4:]))
    (found,) = coded.event.layout.places
    assert [key.codes[owner] for owner in found.owners] == ["4", "bestuur"]
    assert "Zoë" not in found.name
    assert reidentify(coded, key) == Problem.of(event, problem.rules[-4:])


def test_columns_can_be_kept() -> None:
    problem = revealing()
    coded, key = pseudonymise(problem, keep=("municipality", "dieet", "role"))
    assert {p.municipality for p in coded.event.participants} == {"Venlo", "Weert", ""}
    assert ("dieet", "geen noten") in {a for p in coded.event.participants for a in p.attributes}
    assert problem.rules[-1] in coded.rules
    assert reidentify(coded, key) == problem
    with pytest.raises(DataError, match="no such column"):
        pseudonymise(problem, keep=("naam",))


def test_an_id_that_is_a_name_is_refused() -> None:
    problem = revealing()
    session = problem.event.sessions[0].model_copy(update={"id": "met Zoë Peeters"})
    sessions = (*problem.event.sessions, session)
    event = problem.event.model_copy(update={"sessions": sessions})
    with pytest.raises(DataError, match="holds the name of a participant"):
        pseudonymise(Problem.of(event))


def test_the_order_of_people_tells_nothing() -> None:
    problem = read(INSTANCES / "spil500")
    coded, key = pseudonymise(problem)
    original = [key.codes[p.id] for p in coded.event.participants]
    in_place = sum(a == b.id for a, b in zip(original, problem.event.participants, strict=True))
    assert in_place < 50
    assert sorted(key.people) != list(key.people)


def test_the_key_is_for_its_owner_and_is_never_replaced(tmp_path: Path) -> None:
    problem = revealing()
    write_pseudonymised(problem, tmp_path / "shared", tmp_path / "key.json")
    path = tmp_path / "key.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    with pytest.raises(DataError, match="never replaced"):
        write_pseudonymised(problem, tmp_path / "again", path)
    assert (path.read_bytes(), (tmp_path / "again").exists()) == (before, False)
    with pytest.raises(DataError, match="may not stand in the folder"):
        write_pseudonymised(problem, tmp_path / "new", tmp_path / "new" / "key.json")
    with pytest.raises(DataError, match="something here already"):
        write_pseudonymised(problem, tmp_path / "shared", tmp_path / "other.json")
    assert not (tmp_path / "other.json").exists()
    assert reidentify(read(tmp_path / "shared"), read_key(path)) == problem


def test_a_key_of_another_event_is_refused(tmp_path: Path) -> None:
    coded, _ = pseudonymise(revealing())
    _, other = pseudonymise(read(INSTANCES / "tiny"))
    with pytest.raises(DataError, match="does not belong"):
        reidentify(coded, other)
    write_key(other, tmp_path / "key.json")
    assert read_key(tmp_path / "key.json") == other
    (tmp_path / "key.json").write_text("{}")
    for name in ("key.json", "nowhere.json"):
        with pytest.raises(DataError):
            read_key(tmp_path / name)
