"""Every run with its room, its audience and what is free: per session, and to filter per room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spilrooster.numbers import SeatsUsed
from spilrooster.problem import Problem
from spilrooster.report.words import Words
from spilrooster_models import Block, Programme


@dataclass(frozen=True)
class ShownRun:
    """A run. `wanted` and `got` are about its session as a whole; numbers are places in lists."""

    title: str
    theme: str
    wanted: str
    round_number: int
    round_name: str
    times: str
    room_number: int
    room: str
    audience: str
    filled: float
    full: bool
    free: str


@dataclass(frozen=True)
class RunList:
    """All runs by session, and the rounds and rooms to choose from."""

    runs: tuple[ShownRun, ...]
    rounds: tuple[str, ...]
    rooms: tuple[str, ...]


def run_list(
    problem: Problem, programme: Programme, used: Sequence[SeatsUsed], _: Words
) -> RunList:
    """Return the runs in the order of their sessions, and then of time."""
    layout = problem.event.layout
    return RunList(
        runs=tuple(_shown(problem, programme, used, _)),
        rounds=tuple(f"{block.name} ({_.times(block)})" for block in layout.rounds),
        rooms=tuple(room.name for room in layout.rooms),
    )


def _shown(
    problem: Problem, programme: Programme, used: Sequence[SeatsUsed], _: Words
) -> Iterator[ShownRun]:
    event = problem.event
    granted = _granted(problem, programme)
    order = {session: i for i, session in enumerate(event.sessions_by_id)}
    rounds = {t: i for i, t in enumerate(event.layout.round_ids)}
    rooms = {room: i for i, room in enumerate(event.layout.rooms_by_id)}
    held = [(u, u.session) for u in used if u.session is not None]
    for u, session_id in sorted(held, key=lambda h: (order[h[1]], rounds[h[0].round])):
        session, block = event.sessions_by_id[session_id], event.layout.rounds[rounds[u.round]]
        free = u.places - u.attending
        yield ShownRun(
            title=session.title,
            theme=session.theme,
            wanted=_(
                "{got} of {wanted}",
                got=granted[session_id], wanted=event.choosers[event.first_part[session_id]],
            ),
            round_number=rounds[u.round],
            round_name=block.name,
            times=_when(problem, block, _),
            room_number=rooms[u.room],
            room=event.layout.rooms_by_id[u.room].name,
            audience=_("{people} of {places}", people=u.attending, places=u.places),
            filled=round(100 * min(u.attending / u.places if u.places else 1.0, 1.0), 1),
            full=u.full,
            free=_("full") if u.full else _.count("{count} free", "{count} free", free),
        )  # fmt: skip


def _granted(problem: Problem, programme: Programme) -> Counter[str]:
    """Count the people who chose each session and are in its audience."""
    granted: Counter[str] = Counter()
    for participant, choices in problem.event.choices_of.items():
        there = programme.attended(problem.event, participant)
        granted.update({c.session for c in choices}.intersection(there))
    return granted


def _when(problem: Problem, block: Block, _: Words) -> str:
    days = {problem.event.day_of(other) for other in problem.event.blocks}
    date = block.date or problem.event.date
    return f"{_.date(date)}, {_.times(block)}" if len(days) > 1 else _.times(block)
