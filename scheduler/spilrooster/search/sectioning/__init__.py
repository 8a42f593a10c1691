"""Sectioning: for a fixed programme of runs, who attends what — solved exactly or nearly so.

Without repeats every round is a transportation problem of its own (`flow`). With repeats a person
attends a session once, which couples rounds: then seat prices (`prices`) give a bound and, mostly,
attendances that reach it; where they do not, a small event is solved as a sparse model (`linear`).
"""

from spilrooster.search.sectioning.method import section
from spilrooster.search.sectioning.places import Attendances, Runs, Sectioning, busy_rounds

__all__ = ["Attendances", "Runs", "Sectioning", "busy_rounds", "section"]
