"""Clashes: what is fixed and cannot be, seen before solving."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spilrooster.problem import Problem
from spilrooster.rules import Lasting
from spilrooster.tables._edited import Edited, FixedRun, FixedSeat
from spilrooster.tables._report import Report
from spilrooster_models import Finding, PersonalSchedule, Programme, Run, message
from spilrooster_models.event import ParticipantId, SessionId
from spilrooster_models.layout import RoundId

ADVICE = message("Change this row, or do not fix it.")


def find_clashes(problem: Problem, edited: Edited, report: Report, file: str) -> None:
    """Report what is fixed against the runs in the file, against itself or against a rule.

    Only rules are asked that nothing can mend which is added later; what else clashes, the solver
    proves. `file` is where the runs stand.
    """
    _find_seats_without_run(problem, edited)
    _find_too_many_runs(problem, edited)
    _find_too_few_rounds(problem, edited, report, file)
    kinds: tuple[tuple[Lasting, Programme], ...] = (
        ("rooms", _fixed_in_rooms(problem, edited)),
        ("times", _fixed_at_times(problem, edited)),
    )
    for lasting, programme in kinds:
        for rule in problem.rules:
            if rule.lasting == lasting:
                for finding in rule.findings(problem.event, programme):
                    _report(finding, edited, lasting)


def _runs(problem: Problem, edited: Edited, pin: FixedRun | FixedSeat) -> bool:
    """Whether the file has the run that something fixed is about."""
    first = problem.event.first_part.get(pin.session or "", "")
    return (first, pin.round) in edited.rooms


def _find_seats_without_run(problem: Problem, edited: Edited) -> None:
    for seat in edited.seats:
        if seat.session is not None and not _runs(problem, edited, seat):
            what = message("This session does not run in this round.")
            advice = message("Choose another session, or add a row with this run.")
            seat.row.error("session", what, advice)


def _find_too_many_runs(problem: Problem, edited: Edited) -> None:
    """Report a run too many; rows that are not fixed may go, so they do not count."""
    rounds: defaultdict[SessionId, set[RoundId]] = defaultdict(set)
    pins: list[FixedRun | FixedSeat] = [*edited.runs, *edited.seats]
    for pin in pins:
        if pin.session is None or not _runs(problem, edited, pin):
            continue  # nobody, or reported already
        most = problem.event.sessions_by_id[pin.session].max_runs
        if pin.round not in rounds[pin.session] and len(rounds[pin.session]) == most:
            what = message("This session runs at most {count} times.", count=most)
            pin.row.error("session", what, ADVICE)
        rounds[pin.session].add(pin.round)


def _find_too_few_rounds(problem: Problem, edited: Edited, report: Report, file: str) -> None:
    for i, removed in edited.removed.items():
        session = problem.event.sessions_by_id[i]
        left = set(session.rounds or problem.event.layout.round_ids) - set(removed)
        if len(left) < session.min_runs:
            what = message("Too many runs of this session were taken out: it has to run.")
            advice = message("Put a row back, or lower min_runs of the session.")
            report.error(file, what, advice, column="session", value=i)


def _fixed_in_rooms(problem: Problem, edited: Edited) -> Programme:
    """Return a programme of the runs that are fixed in a room, with who is fixed there."""
    runs = {(r.session, r.round): r.room for r in edited.runs if r.room is not None}
    return _programme(problem, edited, runs)


def _fixed_at_times(problem: Problem, edited: Edited) -> Programme:
    """Return a programme of all runs that there must be, in whatever room."""
    rooms = problem.event.layout.rooms_by_id
    anywhere = next(iter(rooms), "")
    held = [(run.session, run.round) for run in edited.runs]
    held += [(s.session, s.round) for s in edited.seats if s.session is not None]
    return _programme(problem, edited, dict.fromkeys(held, anywhere) if rooms else {})


def _programme(
    problem: Problem, edited: Edited, runs: dict[tuple[SessionId, RoundId], str]
) -> Programme:
    event = problem.event
    places: dict[tuple[ParticipantId, RoundId], SessionId | None] = {}
    for session, round_id in runs:
        for presenter in event.sessions_by_id[session].presenters:
            places.setdefault((presenter, round_id), session)
    for seat in edited.seats:
        if seat.session is None or (seat.session, seat.round) in runs:
            places[seat.participant, seat.round] = seat.session
    rounds = event.layout.round_ids
    return Programme(
        rounds=rounds,
        runs=tuple(Run(session=s, round=t, room=room) for (s, t), room in runs.items()),
        schedules=tuple(
            PersonalSchedule(participant=p, sessions=tuple(places.get((p, t)) for t in rounds))
            for p in event.participants_by_id
        ),
    )


def _report(finding: Finding, edited: Edited, lasting: Lasting) -> None:
    """Report a finding at the fixed row that has most to do with it."""
    about = set(finding.about)

    def concerned(pin: FixedRun | FixedSeat) -> int:
        if isinstance(pin, FixedRun):
            return len(about & {pin.session, pin.round, pin.room})
        return len(about & {pin.participant, pin.round, pin.session})

    pins: Iterator[FixedRun | FixedSeat] = iter((*reversed(edited.seats), *reversed(edited.runs)))
    pin = max(pins, key=concerned, default=None)
    if pin is not None:
        column = "room" if lasting == "rooms" and isinstance(pin, FixedRun) else "session"
        pin.row.error(column, finding.message, ADVICE)
