"""The audit as one HTML page that needs no network, in Dutch or English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spilrooster.audit import Audit, RoundSeats, SessionDemand, Topic
from spilrooster.audit import Remark as AuditRemark
from spilrooster.problem import Problem
from spilrooster.report.charts import Bar
from spilrooster.report.templates import templates
from spilrooster.report.words import Words
from spilrooster_models import Event, InputProblem, Severity, message
from spilrooster_models.event import Language

TOPICS = {
    Topic.ANSWERS: message("Answers"),
    Topic.NAMES: message("Names that look alike"),
    Topic.SESSIONS: message("Sessions"),
    Topic.SEATS: message("Seats"),
    Topic.PRESENTERS: message("Presenters"),
}


@dataclass(frozen=True)
class Shown:
    """A remark as the page shows it; `items` are folded away."""

    what: str
    advice: str
    urgent: bool
    items: tuple[str, ...] = ()
    unfold: str = ""


@dataclass(frozen=True)
class Group:
    """Remarks on one topic."""

    anchor: str
    title: str
    remarks: tuple[Shown, ...]


def audit_html(
    problem: Problem, audit: Audit, remarks: Sequence[InputProblem], language: Language
) -> str:
    """Return the audit of a usable event as a page, with what was mended while reading."""
    _ = Words(language)
    urgent = sum(remark.urgent for remark in audit.remarks)
    groups = [group for topic in Topic for group in _group(topic, audit, _)]
    groups += _files(remarks, _)
    return _page(
        _,
        event=problem.event,
        title=problem.event.name,
        headline=_.count("{count} thing needs a decision", "{count} things need a decision", urgent)
        if urgent
        else _("Nothing was found that has to be decided first"),
        tone="plain" if urgent else "good",
        groups=groups,
        figures=_figures(audit, _),
        demand=_demand(problem.event, audit.demand, _),
        seats=_seats(problem.event, audit.rounds, _),
    )


def unusable_html(name: str, problems: Sequence[InputProblem], language: Language) -> str:
    """Return a page for an event that cannot be read: what has to be mended."""
    _ = Words(language)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return _page(
        _,
        event=None,
        title=name,
        headline=_.count("{count} thing to mend first", "{count} things to mend first", errors),
        tone="bad",
        groups=tuple(_files(problems, _)),
        figures=(),
        demand=(),
        seats=(),
    )


def _page(_: Words, **view: Any) -> str:
    return templates().get_template("audit.html.j2").render(_=_, language=_.language, **view)


def _group(topic: Topic, audit: Audit, _: Words) -> Iterator[Group]:
    shown = tuple(_shown(remark, _) for remark in audit.remarks if remark.topic is topic)
    if shown:
        yield Group(topic.value, _.sentence(TOPICS[topic]), shown)


def _shown(remark: AuditRemark, _: Words) -> Shown:
    return Shown(
        what=_.sentence(remark.what),
        advice="" if remark.advice is None else _.sentence(remark.advice),
        urgent=remark.urgent,
        items=remark.listed,
        unfold=_.count("Show {count}", "Show all {count}", len(remark.listed)),
    )


def _files(problems: Sequence[InputProblem], _: Words) -> Iterator[Group]:
    titles = {
        Severity.ERROR: _("To mend"),
        Severity.REPAIRED: _("Repaired while reading"),
        Severity.NOTE: _("Worth knowing"),
    }
    for severity, title in titles.items():
        found = tuple(_problem(p, _) for p in problems if p.severity is severity)
        if found:
            yield Group(severity.value, title, found)


def _problem(problem: InputProblem, _: Words) -> Shown:
    place = [problem.file]
    if problem.row is not None:
        place.append(_("row {row}", row=str(problem.row)))
    if problem.column is not None:
        place.append(_("column {column}", column=problem.column))
    value = "" if problem.value is None else f" “{problem.value}”"
    return Shown(
        what=f"{', '.join(place)}{value}: {_.sentence(problem.what)}",
        advice="" if problem.advice is None else _.sentence(problem.advice),
        urgent=problem.severity is Severity.ERROR,
    )


def _figures(audit: Audit, _: Words) -> tuple[tuple[str, str], ...]:
    share = _.percent(audit.with_choices / audit.people) if audit.people else "–"
    return (
        (_.number(audit.people), _("people")),
        (_.number(audit.with_choices), _("people with choices")),
        (share, _("of the people have choices")),
        (
            _.number(sum(demand.short > 0 for demand in audit.demand)),
            _("sessions wanted by more people than can ever fit"),
        ),
    )


@dataclass(frozen=True)
class DemandRow:
    """A session: who wants it, and what it can hold."""

    title: str
    first: str
    best: str
    bar: Bar
    verdict: str
    short: bool


def _demand(event: Event, demand: Sequence[SessionDemand], _: Words) -> tuple[DemandRow, ...]:
    """Return the sessions, those with the greatest pressure first."""

    def pressure(d: SessionDemand) -> float:
        return d.wanted / d.places if d.places else float(d.wanted)

    return tuple(
        DemandRow(
            title=event.sessions_by_id[d.session].title,
            first=_.number(d.first),
            best=_.number(d.best),
            bar=Bar(
                name=d.session,
                filled=round(100 * min(1.0, pressure(d)), 1),
                text=_("{wanted} of {places}", wanted=d.wanted, places=d.places),
            ),
            verdict=_verdict(d, _),
            short=d.short > 0,
        )
        for d in sorted(demand, key=pressure, reverse=True)
    )


def _verdict(d: SessionDemand, _: Words) -> str:
    if d.short:
        return _.count("{count} cannot get it", "{count} cannot get it", d.short)
    return _("nobody wants it") if not d.wanted else ""


@dataclass(frozen=True)
class SeatsRow:
    """A round: who is there, and what all rooms can hold."""

    name: str
    people: str
    presenting: str
    places: str
    verdict: str
    short: bool


def _seats(event: Event, rounds: Sequence[RoundSeats], _: Words) -> tuple[SeatsRow, ...]:
    names = {r.id: r.name for r in event.layout.rounds}
    return tuple(
        SeatsRow(
            name=names[r.round],
            people=_.number(r.people),
            presenting=_.number(r.presenting),
            places=_.number(r.places),
            verdict=_.count("{count} place short", "{count} places short", r.short)
            if r.short
            else _("enough"),
            short=r.short > 0,
        )
        for r in rounds
    )
