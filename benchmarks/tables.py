"""How well and how fast people are mixed at tables: everybody at full tables of ten, at one lunch.

The programme is a quick one, made beforehand, and the same for the same people and seed. Only the
seating is timed.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import spilrooster as sr
from benchmarks import record
from benchmarks.cases import ROOT
from spilrooster.search.anneal import Annealing
from spilrooster.search.candidate import Workshop
from spilrooster.search.clock import Clock
from spilrooster.seating.meetings import meetings
from spilrooster.seating.stage import seat

SIZES = ((500, 10.0), (5_000, 60.0))
"""How many people, and the limit in seconds."""

SEATS, MOVES, SAMPLE = 10, 20_000, 1_000
START, END = "<!-- tables: start -->", "<!-- tables: end -->"


@dataclass(frozen=True)
class Seated:
    """One seating: for each reason, the pairs who meet and the proven least number of them."""

    people: int
    tables: int
    limit: float
    seed: int
    seconds: float
    bound_seconds: float
    pairs: int
    met: dict[str, int]
    least: dict[str, int]
    machine: dict[str, str | int]
    commit: str


def run(
    sizes: Iterable[tuple[int, float]], seed: int, out: Path, say: Callable[[str], None]
) -> int:
    """Seat each size once and add a line per size to `out`."""
    for people, limit in sizes:
        result = measured(people, limit, seed)
        say(row(result))
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(result)) + "\n")
    return 0


def measured(people: int, limit: float, seed: int) -> Seated:
    """Make a day with full tables, and time its seating and the bounds on it."""
    problem = lunch_for(people, seed)
    programme = quick_programme(problem, seed)
    seat(problem, programme, Clock(sr.Limits(work=1e-3)), seed)  # compiles, if need be
    start = time.monotonic()
    found = seat(problem, programme, Clock(sr.Limits(seconds=limit)), seed)
    seconds = time.monotonic() - start
    start = time.monotonic()
    counts = tuple(meetings(problem, found))
    assert not [f for f in sr.check(problem, found) if f.broken and f.rule == "table_seats"]
    return Seated(
        people=people,
        tables=people // SEATS,
        limit=limit,
        seed=seed,
        seconds=round(seconds, 2),
        bound_seconds=round(time.monotonic() - start, 2),
        pairs=counts[0].pairs,
        met={m.reason: m.count for m in counts},
        least={m.reason: m.bound for m in counts},
        machine=record.machine(),
        commit=record.commit(),
    )


def lunch_for(people: int, seed: int) -> sr.Problem:
    """Return the generated day of so many people, with exactly as many seats at lunch."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    from instances.generate import make_event, write_event, write_table

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_event(make_event(people, seed, once=False), folder)
        rows = [("LUNCH", "Tafel", people // SEATS, SEATS)]
        write_table(folder / "tables.csv", "block place tables seats", rows)
        return sr.read(folder)


def quick_programme(problem: sr.Problem, seed: int) -> sr.Programme:
    """Return a programme of a short search; in a large event it looks at some of the people."""
    workshop = Workshop(problem.for_search)
    arrays = workshop.arrays
    if arrays.people > SAMPLE:
        arrays = arrays.sample(SAMPLE, seed)
    annealing = Annealing(arrays, MOVES, seed)
    annealing.advance(MOVES)
    return workshop.near(annealing.best)


def row(seated: Seated) -> str:
    """Return the row of the table in README.md."""
    reasons = " | ".join(f"{seated.met[r]:,} ({seated.least[r]:,})" for r in seated.met)
    return (
        f"| {seated.people:,} | {seated.tables:,} | {seated.limit:g} | {seated.seconds:.1f} "
        f"| {seated.pairs:,} | {reasons} |"
    )


def table(lines: Iterable[str]) -> Iterator[str]:
    """Yield the table of the lines of a result file; a later line of a size replaces earlier ones.

    Behind the number of pairs who meet stands the proven least number.
    """
    found: dict[tuple[int, float], Seated] = {}
    for line in lines:
        seated = Seated(**json.loads(line))
        found[seated.people, seated.limit] = seated
    for number, seated in enumerate(found.values()):
        if number == 0:
            names = " | ".join(seated.met)
            yield f"| people | tables | limit | seconds | pairs at tables | {names} |"
            yield "|" + "---|" * (5 + len(seated.met))
        yield row(seated)


def write(readme: Path, results: Path) -> int:
    """Write the table into README.md, from the result file."""
    text = readme.read_text(encoding="utf-8")
    before, rest = text.split(START, 1)
    after = rest.split(END, 1)[1]
    lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    body = "\n".join(table(lines)) or "Not measured yet."
    readme.write_text(f"{before}{START}\n{body}\n{END}{after}", encoding="utf-8")
    return 0
