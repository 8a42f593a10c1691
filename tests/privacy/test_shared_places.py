"""Tables, stands and the rules about them mean the same in codes, and come back."""

from __future__ import annotations

import pytest
from tests.rules.tiny import person
from tests.seating.tables import day, shared, stand, tables

from spilrooster.privacy import pseudonymise, reidentify
from spilrooster.problem import Problem
from spilrooster.rules import TableMix


@pytest.mark.parametrize("keep", [(), ("role", "groups")])
def test_owners_and_counted_roles_are_coded_and_restored(keep: tuple[str, ...]) -> None:
    people = [
        person("Anna Jansen", name="Anna Jansen", role="bewoner", misses=("lunch2",)),
        person("Bram Peters", name="Bram Peters", groups=("kraam",)),
        person("Cas de Wit", name="Cas de Wit"),
    ]
    event = day(
        people,
        [shared("lunch", 9), shared("lunch2", 9)],
        [tables("Hal", 2, 2, "lunch", "lunch2"), stand("Kraam van Bram Peters", "kraam", "lunch")],
    )
    places = (*event.layout.places[:-1], stand("Kraam", "kraam", "lunch"))
    places += (
        event.layout.places[-1].model_copy(update={"name": "Stal", "owners": ("Cas de Wit",)}),
    )
    event = event.model_copy(update={"layout": event.layout.model_copy(update={"places": places})})
    rule = TableMix(counted=(("bewoner", 1), ("kraam", 1)), smallest=1)
    problem = Problem.of(event, [rule])
    coded, key = pseudonymise(problem, keep)
    assert not {"Anna", "Jansen", "Bram", "Peters", "Cas"} & set(coded.model_dump_json().split())
    assert "Stal" not in coded.model_dump_json()
    assert "Peters" not in coded.model_dump_json()
    assert "Cas de Wit" not in coded.model_dump_json()
    assert [p.misses for p in coded.event.participants].count(("lunch2",)) == 1
    assert reidentify(coded, key) == problem
