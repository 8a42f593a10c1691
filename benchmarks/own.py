"""Our own cases: the instance folders, and larger days from the same generator."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import spilrooster as sr
from benchmarks.measure import Loaded, Measure, Score
from spilrooster import Event, Problem, Programme

INSTANCES = Path(__file__).resolve().parents[1] / "instances"
SEED = 1  # of the generator: the larger days grow from the same seed as the folders


def load(folder: str, variant: str) -> Loaded:
    """Make a case: a folder such as ``spil500``, ``spil500-once`` or ``5000`` (so many people).

    Tables are seated after the search, and no peer does that: they are left out.
    """
    if variant.isdigit():
        problem = generated(int(variant))
    else:
        name = variant.removesuffix("-once")
        problem = sr.read(INSTANCES / name).for_search
        problem = problem if name == variant else once(problem)
    return Loaded(problem, Measure("points"), lambda programme: score(problem, programme))


def generated(people: int) -> Problem:
    """Make a day with so many people in a temporary folder and read it."""
    with tempfile.TemporaryDirectory() as folder:
        generator = [sys.executable, str(INSTANCES / "generate.py")]
        arguments = ["--people", str(people), "--seed", str(SEED), folder]
        subprocess.run([*generator, *arguments], check=True, stdout=subprocess.DEVNULL)
        return sr.read(folder)


def once(problem: Problem) -> Problem:
    """The same day with every session exactly once: the hard case, as everything clashes."""
    facts = {name: getattr(problem.event, name) for name in Event.model_fields}
    facts["sessions"] = tuple(
        session.model_copy(update={"min_runs": 1, "max_runs": 1})
        for session in problem.event.sessions
    )
    return Problem(event=Event(**facts), rules=problem.rules)


def score(problem: Problem, programme: Programme) -> Score:
    """Count points by choice, apart from the rule that does so for the engine.

    What else must hold or costs points is the business of `check`: these cases have no scorer of
    their own.
    """
    there = {s.participant: {*s.sessions} for s in programme.schedules}
    value, first, with_nothing = 0, 0, 0
    for person, choices in problem.event.choices_of.items():
        own = problem.event.presented_by.get(person, ())
        granted = [c for c in choices if c.session in there[person] and c.session not in own]
        value += sum(problem.choices.points(choice) for choice in granted)
        first += any(choice.rank == 1 for choice in granted)
        with_nothing += bool(choices) and not granted
    costs = [f for f in sr.check(problem, programme) if f.rule != "choices" and f.level == 1]
    value -= sum(finding.cost or 0 for finding in costs)
    return Score(value, notes=(("first choices", first), ("with nothing", with_nothing)))
