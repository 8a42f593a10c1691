"""Compare: what an event would be with other layouts, solved in parallel and ranked honestly."""

from spilrooster.compare._compare import CompareMoment, compare
from spilrooster.compare._comparison import Comparison, LayoutRow, Pair, SolvedCell, Worth
from spilrooster.compare._files import write_comparison
from spilrooster.compare._layouts import read_layouts
from spilrooster.compare._no_shows import NoShows, ShowRates
from spilrooster.compare._variant import Variant

__all__ = [
    "CompareMoment",
    "Comparison",
    "LayoutRow",
    "NoShows",
    "Pair",
    "ShowRates",
    "SolvedCell",
    "Variant",
    "Worth",
    "compare",
    "read_layouts",
    "write_comparison",
]
