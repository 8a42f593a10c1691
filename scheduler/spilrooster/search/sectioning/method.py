"""Which way of sectioning is taken: by repeats and by size."""

from __future__ import annotations

import numpy as np

from spilrooster.search.arrays import Arrays, Ints
from spilrooster.search.clock import Deadline
from spilrooster.search.sectioning.flow import section_by_flow
from spilrooster.search.sectioning.linear import section_by_linear_model
from spilrooster.search.sectioning.places import Attendances, Sectioning
from spilrooster.search.sectioning.prices import section_by_prices

MOST_FOR_MODEL = 20_000
"""With more attendances than this the sparse model takes too long to close what prices leave."""


def section(arrays: Arrays, occupant: Ints, seconds: float = 60.0) -> Sectioning | None:
    """Find the best attendances for the runs in `occupant` (T, R).

    Returns None if no attendances satisfy the least people or the required attendances, or if
    none were found within `seconds`. People who stay free may be counted on to fill a run up to
    its least number of people; `filling` gives them their places.
    """
    deadline = Deadline(seconds)
    able = Attendances.of(arrays, occupant)
    if len(np.unique(able.runs.session)) == len(able.runs):
        return section_by_flow(able)
    found = section_by_prices(able)
    if found is not None and (found.proven or len(able) > MOST_FOR_MODEL):
        return found
    return section_by_linear_model(able, deadline.left())
