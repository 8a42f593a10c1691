"""The command check: is this event usable, what is in it, and what do the preferences say?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

import spilrooster as sr
from spilrooster.cli.arguments import AsJson, EventPath
from spilrooster.cli.console import Exit, console, print_json
from spilrooster.cli.problems import counts, problem_json, refused_json, show_problems
from spilrooster_models.event import Language

SHOWN = 10  # people or sessions named behind a remark on the screen; the page names them all


def check(
    event: EventPath,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write it as a page to read and share.")
    ] = None,
    lang: Annotated[
        Language | None, typer.Option(help="Language of the audit; the event's if absent.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List everything that is wrong with an event, and what the preferences say before solving.

    Exit codes: 0 the event can be used; 2 it cannot.
    """
    try:
        problem, remarks = sr.read_with_report(event)
    except sr.DataError as error:
        _refuse(error.problems, as_json)
        _write(html, sr.unusable_html(event.name, error.problems, lang or sr.language_of(event)))
        raise typer.Exit(Exit.BAD_INPUT) from None
    found = sr.audit(problem, sr.read_ballots(event))
    language = lang or problem.event.language
    if as_json:
        problems = [problem_json(remark) for remark in remarks]
        about = {"usable": True, "counts": counts(remarks), "problems": problems}
        print_json(about | {"event": contents(problem), "audit": audit_json(found, language)})
    else:
        _show(problem, remarks, found, language, console())
    _write(html, sr.audit_html(problem, found, remarks, language))


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


def audit_json(found: sr.Audit, language: Language) -> dict[str, object]:
    """Return the audit as JSON, with its sentences in this language."""
    return {
        "people": found.people,
        "with_choices": found.with_choices,
        "remarks": [
            {
                "topic": remark.topic.value,
                "urgent": remark.urgent,
                "what": sr.sentence(remark.what, language),
                "advice": None if remark.advice is None else sr.sentence(remark.advice, language),
                "about": list(remark.about),
            }
            for remark in found.remarks
        ],
        "demand": [demand.model_dump() | {"short": demand.short} for demand in found.demand],
        "rounds": [seats.model_dump() | {"short": seats.short} for seats in found.rounds],
    }


def _show(
    problem: sr.Problem,
    remarks: Sequence[sr.InputProblem],
    found: sr.Audit,
    language: Language,
    out: Console,
) -> None:
    show_problems(remarks, out)
    repaired, notes = counts(remarks)["repaired"], counts(remarks)["note"]
    out.print(f"This event can be used. To mend: 0, repaired: {repaired}, notes: {notes}.")
    for name, content in contents(problem).items():
        text = ", ".join(map(str, content)) if isinstance(content, list) else str(content)
        out.print(f"  {name:<12} {text}", soft_wrap=True)
    if found.remarks:
        out.print(_audit(found, language))


def _audit(found: sr.Audit, language: Language) -> Table:
    title = f"Before solving ({len(found.remarks)}; ! = needs a decision)"
    table = Table(title=title, title_justify="left", show_lines=True)
    table.add_column("")
    for column in ("about", "what", "what to do"):
        table.add_column(column, overflow="fold")
    for remark in found.remarks:
        advice = "" if remark.advice is None else sr.sentence(remark.advice, language)
        what = [sr.sentence(remark.what, language), *remark.listed[:SHOWN]]
        if len(remark.listed) > SHOWN:
            what.append(f"… ({len(remark.listed) - SHOWN} more; see --html)")
        table.add_row("!" if remark.urgent else "", remark.topic.value, "\n".join(what), advice)
    return table


def _write(path: Path | None, page: str) -> None:
    if path is None:
        return
    try:
        sr.write_file(path, page)
    except sr.DataError as error:
        show_problems(error.problems, console(stderr=True))
        raise typer.Exit(Exit.BAD_INPUT) from None


def _refuse(problems: Sequence[sr.InputProblem], as_json: bool) -> None:
    if as_json:
        print_json(refused_json(problems))
        return
    out = console()
    show_problems(problems, out)
    out.print(f"This event cannot be used yet. To mend: {counts(problems)['error']}.")
