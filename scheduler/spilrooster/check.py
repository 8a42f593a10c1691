"""Check a programme against event and rules, by code that never sees the CP-SAT model."""

from __future__ import annotations

from collections.abc import Iterator

from spilrooster.problem import Problem
from spilrooster.rules import SoftRule
from spilrooster_models import Finding, Programme, RuleCost, message


def check(problem: Problem, programme: Programme) -> tuple[Finding, ...]:
    """Return everything the rules find in a programme: what is broken and what it costs.

    A programme that does not even fit the event (a person or room that does not exist, a person
    without a schedule) yields findings of the rule ``programme``, and no others.
    """
    misfits = tuple(_misfits(problem, programme))
    if misfits:
        return misfits
    return tuple(f for rule in problem.rules for f in rule.findings(problem.event, programme))


def rule_costs(problem: Problem, findings: tuple[Finding, ...]) -> tuple[RuleCost, ...]:
    """Add up the costs of each kind of soft rule on each level; broken rules are not costs."""
    soft = [rule for rule in problem.rules if isinstance(rule, SoftRule) and rule.soft]
    kinds = dict.fromkeys((rule.rule, level) for rule in soft for level in rule.levels)
    return tuple(
        RuleCost(
            rule=rule,
            level=level,
            cost=sum(f.cost or 0 for f in findings if (f.rule, f.level) == (rule, level)),
        )
        for rule, level in kinds
    )


def value_of(problem: Problem, findings: tuple[Finding, ...]) -> int:
    """Return the value of a programme: the ideal minus all costs of level 1."""
    return problem.ideal - sum(c.cost for c in rule_costs(problem, findings) if c.level == 1)


def _misfits(problem: Problem, programme: Programme) -> Iterator[Finding]:
    event = problem.event
    if programme.rounds != event.layout.round_ids:
        yield _misfit("rounds", "The programme's rounds are not the event's rounds.")
    if programme.shared and programme.shared != event.seated:
        yield _misfit("shared", "The programme's shared blocks are not those that have tables.")
    for block, table in programme.people_at:
        if table not in event.layout.tables.get(block, {}):
            yield _misfit(f"{block}, {table}", "There is no such table or stand: {id}.")
    for run in programme.runs:
        if run.session not in event.sessions_by_id:
            yield _misfit(run.session, "The programme has a session that does not exist: {id}.")
        if run.room not in event.layout.rooms_by_id:
            yield _misfit(run.room, "The programme has a room that does not exist: {id}.")
        if run.round not in event.layout.round_ids:
            yield _misfit(run.round, "The programme has a round that does not exist: {id}.")
    for schedule in programme.schedules:
        if schedule.participant not in event.participants_by_id:
            yield _misfit(schedule.participant, "There is a schedule for nobody we know: {id}.")
        named = {session for session in schedule.sessions if session is not None}
        for session in sorted(named - event.sessions_by_id.keys()):
            yield _misfit(session, "A schedule has a session that does not exist: {id}.")
    for session, round_id in sorted(programme.present_at.keys() - programme.room_of.keys()):
        yield _misfit(f"{session} in {round_id}", "People are at {id}, but it does not run then.")
    for participant in sorted(event.participants_by_id.keys() - programme.schedule_of.keys()):
        yield _misfit(participant, "{id} has no personal schedule.")


def _misfit(about: str, template: str) -> Finding:
    return Finding(rule="programme", cost=None, about=(about,), message=message(template, id=about))
