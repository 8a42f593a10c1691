"""The command score: read a programme back from its files and check it without any solver."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

import spilrooster as sr
from spilrooster.cli.arguments import AsJson, EventPath
from spilrooster.cli.console import Exit, console, print_json
from spilrooster.cli.problems import read_event, usable_input
from spilrooster.cli.words import points, ranks, share


@dataclass(frozen=True)
class Score:
    """What the rules say about the programme in some files.

    A programme that does not fit the event (somebody has no schedule, say) has no value: `fits`.
    """

    problem: sr.Problem
    programme: sr.Programme
    findings: tuple[sr.Finding, ...]

    @classmethod
    def of(cls, problem: sr.Problem, path: Path) -> Score:
        """Score the programme that stands in `path`."""
        programme = sr.read_programme(problem, path)
        return cls(problem, programme, sr.check(problem, programme))

    @property
    def broken(self) -> tuple[sr.Finding, ...]:
        """The hard rules that do not hold."""
        return tuple(finding for finding in self.findings if finding.broken)

    @property
    def fits(self) -> bool:
        """Whether programme and event speak of the same people, sessions, rooms and rounds."""
        return not any(finding.rule == "programme" for finding in self.findings)

    @property
    def value(self) -> int | None:
        """Points, as `solve` counts them."""
        return sr.value_of(self.problem, self.findings) if self.fits else None

    @property
    def costs(self) -> tuple[sr.RuleCost, ...]:
        """What each soft rule costs."""
        return sr.rule_costs(self.problem, self.findings) if self.fits else ()

    @property
    def ranks(self) -> tuple[sr.RankCount, ...]:
        """How many got their 1st, 2nd, ... choice."""
        return sr.rank_counts(self.problem, self.programme) if self.fits else ()

    @property
    def satisfaction(self) -> sr.Satisfaction | None:
        """Points got as a share of each person's own ideal."""
        return sr.satisfaction(self.problem, self.programme) if self.fits else None


def score(
    event: EventPath,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder with programme.csv.")],
    as_json: AsJson = False,
) -> None:
    """Check the programme in OUT against every rule and count its points.

    It reads programme.csv and schedules.csv, also after somebody changed them by hand.
    Exit codes: 0 every hard rule holds; 1 some do not; 2 files are unreadable.
    """
    problem, _ = read_event(event, as_json=as_json)
    with usable_input(as_json=as_json):
        scored = Score.of(problem, out)
    if as_json:
        print_json(score_json(scored))
    else:
        _print(scored, console())
    raise typer.Exit(Exit.INFEASIBLE if scored.broken else Exit.DONE)


def score_json(scored: Score) -> dict[str, object]:
    """Return a score as JSON."""
    satisfaction = scored.satisfaction
    return {
        "value": scored.value,
        "ideal": scored.problem.ideal,
        "broken": [
            {"rule": f.rule, "about": list(f.about), "text": str(f.message)} for f in scored.broken
        ],
        "costs": [cost.model_dump() for cost in scored.costs],
        "ranks": [count.model_dump() for count in scored.ranks],
        "satisfaction": None if satisfaction is None else satisfaction.model_dump(),
    }


def _print(scored: Score, to: Console) -> None:
    if scored.broken:
        table = Table(title=f"Broken ({len(scored.broken)})", title_justify="left")
        table.add_column("rule", no_wrap=True)
        table.add_column("what", overflow="fold")
        for finding in scored.broken:
            table.add_row(finding.rule, str(finding.message))
        to.print(table)
    else:
        to.print("Every hard rule holds.")
    if scored.value is None:
        to.print("It does not fit the event, so it has no value.")
        return
    ideal = scored.problem.ideal
    part = f", {share(scored.value / ideal)} of the ideal {points(ideal)}" if ideal else ""
    to.print(f"Value {points(scored.value)}{part}.")
    for cost in scored.costs:
        to.print(f"  {cost.rule} (level {cost.level}) costs {points(cost.cost)}")
    if scored.ranks:
        to.print(f"Choices granted: {ranks(scored.ranks)}.")
