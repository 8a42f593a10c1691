"""The table in README.md, made from result files and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import record
from benchmarks.cases import BY_NAME
from benchmarks.peers import OURS, PEERS
from benchmarks.record import Key, Line

START, END = "<!-- table: start -->", "<!-- table: end -->"
HEADER = (
    "case", "peer", "limit", "seeds", "value (median; worst … best)", "to ours", "proven bound",
    "gap", "seconds", "MB", "wrong",
)  # fmt: skip

TWO_PARTS = " · "  # how `Measure.text` separates them


@dataclass(frozen=True)
class Group:
    """The runs of one case by one peer with one limit, one per seed."""

    lines: tuple[Line, ...]

    @property
    def first(self) -> Line:
        """A line to read case, peer and limit from."""
        return self.lines[0]

    @property
    def sound(self) -> list[Line]:
        """The lines with a value in which nothing is wrong, worst value first."""
        better = 1 if self.first.higher_is_better else -1
        lines = [line for line in self.lines if line.sound]
        return sorted(lines, key=lambda line: better * (line.value or 0))


def write(readme: Path, files: Iterable[Path]) -> int:
    """Put the table between the markers; return 1 if results contradict each other."""
    lines = record.latest(line for file in files for line in record.read(file))
    text = readme.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not end:
        raise SystemExit(f"{readme.name} has no markers {START} and {END}")
    wrong = [*contradictions(lines.values())]
    content = "\n".join((*rendered(lines), *(f"\nContradiction: {text}" for text in wrong)))
    readme.write_text(f"{before}{START}\n{content}\n{END}{after}", encoding="utf-8")
    return 1 if wrong else 0


def rendered(lines: dict[Key, Line]) -> Iterator[str]:
    """Yield the rows of the table, and what is needed to read it."""
    if not lines:
        yield "No results yet."
        return
    yield f"| {' | '.join(HEADER)} |"
    yield f"|{'---|' * len(HEADER)}"
    last = ""
    for group in groups(lines.values()):
        case = BY_NAME[group.first.case]
        if case.published and case.name != last:
            yield f"| {case.name} | published | | | {case.published} |{' |' * (len(HEADER) - 5)}"
        yield f"| {' | '.join(row(group, lines))} |"
        last = case.name
    yield ""
    yield f"Measured {_among(line.date[:10] for line in lines.values())} at commit " + (
        f"{_among(_short(line.commit) for line in lines.values())} on "
        f"{_among(_machine(line) for line in lines.values())}."
    )


def groups(lines: Iterable[Line]) -> list[Group]:
    """Group the lines by case, limit and peer, in the order of the lists."""
    cases, peers = [*BY_NAME], [*PEERS]
    found: dict[tuple[int, float, int], list[Line]] = {}
    for line in lines:
        if line.case in BY_NAME and line.peer in PEERS:
            place = cases.index(line.case), line.seconds, peers.index(line.peer)
            found.setdefault(place, []).append(line)
    return [Group(tuple(found[place])) for place in sorted(found)]


def row(group: Group, lines: dict[Key, Line]) -> Iterator[str]:
    """Yield the cells of a row. Only sound values count; the last cell says what was not."""
    line, sound = group.first, group.sound
    yield line.case
    yield line.peer
    yield f"{line.seconds:g} s"
    yield f"{len(sound)} of {len(group.lines)}"
    yield _spread(sound)
    yield _ratio(group, lines)
    yield _middle([x for x in group.lines if x.bound is not None], "bound", "bound_text")
    yield _percent([x.gap for x in sound if x.gap is not None])
    yield _number([x.wall_seconds for x in group.lines if x.wall_seconds is not None])
    yield _number([x.peak_mb for x in group.lines if x.peak_mb is not None])
    yield ", ".join(sorted({text for x in group.lines for text in what_is_wrong(x)})) or "–"


def what_is_wrong(line: Line) -> Iterator[str]:
    """Yield why a line does not count."""
    if line.value is None:
        yield line.status if line.status in {"not supported", "over time", "failed"} else "no plan"
    yield from (f"rule {rule}" for rule in line.broken)
    yield from line.defects
    if line.contradiction:
        yield "value beyond its own bound"


def contradictions(lines: Iterable[Line]) -> Iterator[str]:
    """Yield pairs in which one run reached what another run says is impossible."""
    by_case: dict[str, list[Line]] = {}
    for line in lines:
        by_case.setdefault(line.case, []).append(line)
    for case, here in by_case.items():
        better = 1 if here[0].higher_is_better else -1
        values = [x for x in here if x.value is not None and not (x.broken or x.defects)]
        bounds = [x for x in here if x.bound is not None]
        if values and bounds:
            best = max(values, key=lambda x: better * (x.value or 0))
            least = min(bounds, key=lambda x: better * (x.bound or 0))
            if better * ((best.value or 0) - (least.bound or 0)) > 1e-9:
                yield (
                    f"{case}: {best.peer} (seed {best.seed}) reached {best.value_text}, beyond the "
                    f"bound {least.bound_text} of {least.peer} (seed {least.seed})"
                )


def _spread(sound: Sequence[Line]) -> str:
    """The median, and the range if the seeds differ; `sound` runs from worst to best."""
    if not sound:
        return "–"
    middle = _middle(sound, "value", "value_text")
    if sound[0].value == sound[-1].value:
        return middle
    return f"{middle}; {sound[0].value_text} … {sound[-1].value_text}"


def _middle(lines: Sequence[Line], number: str, text: str) -> str:
    """The text of the line with the median number (of two, the lower)."""
    ordered = sorted(lines, key=lambda line: float(getattr(line, number)))
    return str(getattr(ordered[(len(ordered) - 1) // 2], text)) if ordered else "–"


def _ratio(group: Group, lines: dict[Key, Line]) -> str:
    """The median over seeds of the peer's value to ours with the same limit and seed.

    Costs in two parts have no ratio.
    """
    ratios = []
    if any(TWO_PARTS in line.value_text for line in group.lines):
        return "–"
    for line in group.sound:
        ours = lines.get((line.case, OURS, line.seconds, line.seed))
        if line.peer != OURS and ours and ours.sound and ours.value and line.value is not None:
            ratios.append(line.value / ours.value)
    return f"{median(ratios):.3f}" if ratios else "–"


def _percent(shares: Sequence[float]) -> str:
    if not shares:
        return "–"
    middle = median(shares)
    return f"{middle:.2%}" if middle < 10 else "> 1000%"


def _number(values: Sequence[float]) -> str:
    if not values:
        return "–"
    middle = median(values)
    return f"{middle:.1f}" if middle < 10 else f"{middle:,.0f}"


def _among(values: Iterable[str]) -> str:
    return " and ".join(sorted({value for value in values if value})) or "unknown"


def _short(commit: str) -> str:
    name, plus, changes = commit.partition("+")
    return name[:9] + plus + changes


def _machine(line: Line) -> str:
    return f"{line.machine.get('cores', '?')} cores of {line.machine.get('cpu', 'unknown make')}"
