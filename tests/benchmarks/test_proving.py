"""CP-SAT's bounds on public sets: never below what was ever reached there."""

from __future__ import annotations

import pytest
from benchmarks.cases import BY_NAME, PUBLIC

from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock, Limits
from spilrooster.search.proving import SOURCE, ProvingStage
from spilrooster.search.stage import Context
from spilrooster.search.standings import Standings

REACHED = {
    "bot-aachen-2023": 2_632,
    "slalom-2022-hybrid": 81_976,
    "wassign-realistic120": -12_961_353_247,
}
"""Points of the best programme on record."""


@pytest.mark.parametrize("name", REACHED)
def test_no_bound_is_below_what_was_reached(name: str) -> None:
    case = BY_NAME[name]
    if not case.is_there(PUBLIC):
        pytest.skip("the public sets are not here")
    problem = case.load(PUBLIC).problem
    clock = Clock(Limits(work=60))  # enough to build any of the models; 2 to prove
    standings = Standings(problem, clock)
    ProvingStage().run(Context(problem, Workshop(problem), standings, clock, seed=1), 2)
    assert standings.source is not None
    standings.source.finish()
    assert standings.bound >= REACHED[name]
    assert standings.bound_source in {SOURCE, "ideal"}
    assert standings.value is None or standings.value <= REACHED[name]
