"""The command check: is this event usable, and what is in it?"""

from __future__ import annotations

from collections.abc import Sequence

import typer

import spilrooster as sr
from spilrooster.cli.arguments import AsJson, EventPath
from spilrooster.cli.console import Exit, console, print_json
from spilrooster.cli.problems import counts, problem_json, refused_json, show_problems


def check(event: EventPath, as_json: AsJson = False) -> None:
    """Read an event and list everything that is wrong with it.

    Exit codes: 0 the event can be used; 2 it cannot.
    """
    try:
        problem, remarks = sr.read_with_report(event)
    except sr.DataError as error:
        _refuse(error.problems, as_json)
        raise typer.Exit(Exit.BAD_INPUT) from None
    if as_json:
        found = [problem_json(remark) for remark in remarks]
        about = {"usable": True, "counts": counts(remarks), "problems": found}
        print_json(about | {"event": contents(problem)})
        return
    out = console()
    show_problems(remarks, out)
    repaired, notes = counts(remarks)["repaired"], counts(remarks)["note"]
    out.print(f"This event can be used. To mend: 0, repaired: {repaired}, notes: {notes}.")
    for name, content in contents(problem).items():
        text = ", ".join(map(str, content)) if isinstance(content, list) else str(content)
        out.print(f"  {name:<12} {text}", soft_wrap=True)


def contents(problem: sr.Problem) -> dict[str, str | int | list[str]]:
    """Return the short summary of an event."""
    event = problem.event
    return {
        "name": event.name,
        "people": len(event.participants),
        "sessions": len(event.sessions),
        "rounds": len(event.layout.rounds),
        "rooms": len(event.layout.rooms),
        "choices": len(event.choices),
        "rules": [rule.rule for rule in problem.rules],
    }


def _refuse(problems: Sequence[sr.InputProblem], as_json: bool) -> None:
    if as_json:
        print_json(refused_json(problems))
        return
    out = console()
    show_problems(problems, out)
    out.print(f"This event cannot be used yet. To mend: {counts(problems)['error']}.")
