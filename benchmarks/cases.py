"""Every case, in one explicit list. A new set is one module in `sets` and its lines here.

Adapters are imported when a case is loaded: the runner itself stays small, so that it does not
spoil the peak memory of the processes it starts.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from benchmarks.measure import Adapter, Loaded

ROOT = Path(__file__).resolve().parents[1]
PUBLIC = ROOT.parent / "shared" / "benchmarks"
"""Where the public sets stand unless the user says otherwise; they are not part of the project."""


@dataclass(frozen=True)
class Case:
    """One problem to measure.

    Parameters
    ----------
    name
        What it is called on the command line and in results.
    module
        The adapter in this package.
    folder
        The folder of its files among the public sets; "" for our own.
    variant
        Which of the adapter's cases it is.
    published
        What others reached, in the set's own unit, and who.
    """

    name: str
    module: str
    folder: str = ""
    variant: str = ""
    published: str = ""

    def is_there(self, public: Path) -> bool:
        """Whether the files are at hand."""
        return not self.folder or (public / self.folder).is_dir()

    def load(self, public: Path) -> Loaded:
        """Read the files and make the case."""
        adapter = cast("Adapter", importlib.import_module(f"benchmarks.{self.module}"))
        return adapter.load(str(public / self.folder), self.variant)


def _wassign(size: str) -> tuple[Case, Case]:
    name = f"wassign-{size}"
    return (
        Case(name, "sets.wassign", name),
        Case(f"{name}-greedy", "sets.wassign", name, "greedy"),
    )


CASES: tuple[Case, ...] = (
    Case("tiny", "own", variant="tiny", published="91 (proven by hand)"),
    Case("spil125", "own", variant="spil125"),
    Case("spil500", "own", variant="spil500"),
    Case("spil500-once", "own", variant="spil500-once"),
    Case("spil500-full", "own", variant="spil500-full"),
    Case("generated-5000", "own", variant="5000"),
    Case("generated-50000", "own", variant="50000"),
    Case(
        "bot-aachen-2023",
        "sets.bot_aachen_2023",
        "bot-aachen-2023",
        published="2,569 (the college by hand, with defects)",
    ),
    Case(
        "slalom-2022-split",
        "sets.slalom_2022",
        "slalom-2022",
        "split",
        published="1,068 (optimal for its own split; open otherwise)",
    ),
    Case(
        "slalom-2022-hybrid",
        "sets.slalom_2022",
        "slalom-2022",
        "hybrid",
        published="8 (reported optimal)",
    ),
    Case("slalom-2020", "sets.slalom_2020", "slalom-2020", published="0 (optimal)"),
    Case("lambdaconf-2015-friday", "sets.lambdaconf_2015", "lambdaconf-2015"),
    Case(
        "alpine-2019",
        "sets.alpine_2019",
        "alpine-2019",
        published="5,496 (a plan that also lifts the worst-off)",
    ),
    Case(
        "alpine-2019-shared",
        "sets.alpine_2019",
        "alpine-2019",
        "shared",
        published="5,496 (a plan that also lifts the worst-off)",
    ),
    *_wassign("realistic120"),
    *_wassign("realistic300"),
    *_wassign("realistic5000"),
)

BY_NAME = {case.name: case for case in CASES}
