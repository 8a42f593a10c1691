"""Audit: what can be said of the preferences before solving, in words with what to do.

All of it holds for every programme: bounds and counts, nothing that a search would find.
"""

from __future__ import annotations

from spilrooster.audit._answers import of_answers
from spilrooster.audit._facts import Facts
from spilrooster.audit._model import Audit, Ballots, Remark, RoundSeats, SessionDemand, Topic
from spilrooster.audit._names import of_names
from spilrooster.audit._presenters import of_presenters
from spilrooster.audit._seats import of_seats, seats_of
from spilrooster.audit._sessions import demand_of, of_sessions
from spilrooster.problem import Problem

__all__ = ["Audit", "Ballots", "Remark", "RoundSeats", "SessionDemand", "Topic", "audit"]


def audit(problem: Problem, ballots: Ballots | None = None) -> Audit:
    """Look at preferences, names, demand, seats and presenters of an event.

    Parameters
    ----------
    problem
        The event and its rules.
    ballots
        What is known of the ballots handed in; `read_ballots` reads it from an imported event.
    """
    facts = Facts(problem)
    demand, rounds = demand_of(facts), seats_of(facts)
    return Audit(
        people=len(problem.event.participants),
        with_choices=sum(bool(choices) for choices in problem.event.choices_of.values()),
        remarks=(
            *of_answers(facts, ballots or Ballots()),
            *of_names(facts),
            *of_sessions(facts, demand),
            *of_seats(facts, rounds),
            *of_presenters(facts),
        ),
        demand=demand,
        rounds=rounds,
    )
