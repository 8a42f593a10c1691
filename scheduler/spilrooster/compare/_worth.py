"""Worth: what one more round, room or run would bring, by solving it and not by guessing."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spilrooster.compare._bootstrap import intervals
from spilrooster.compare._changes import made, next_name, with_rounds
from spilrooster.compare._comparison import Worth
from spilrooster.compare._ranking import Entry
from spilrooster.compare._variant import Variant, fitted
from spilrooster.problem import Problem
from spilrooster.tables._report import Report
from spilrooster_models import Layout, Message, Programme, Room, Session, message
from spilrooster_models.event import SessionId


@dataclass(frozen=True)
class Extra:
    """Something more, and the layout with it; `refused` says why there is none."""

    what: Message
    variant: Variant | None
    refused: str = ""


def extras(base: Variant, programme: Programme, most: int) -> tuple[Extra, ...]:
    """Return at most so many extras: a round, rooms, and runs of the sessions people miss most."""
    layout = base.problem.event.layout
    runs = iter([_run(base, s) for s in _missed(base.problem, programme)[:most]])
    others = [_round(base), *(_room(base, room) for room in _typical(layout.rooms))]
    mixed = (e for pair in itertools.zip_longest(others, runs) for e in pair if e is not None)
    return tuple(itertools.islice(mixed, most))


def _missed(problem: Problem, programme: Programme) -> list[Session]:
    """Return the sessions that can run once more, those with most points missed first."""
    event = problem.event
    missed: Counter[SessionId] = Counter()
    for person in event.participants_by_id:
        got = programme.attended(event, person)
        missed.update({
            s: points
            for s, points in problem.choices.points_of(event, person).items()
            if s not in got
        })  # fmt: skip
    return [
        event.sessions_by_id[s]
        for s, points in missed.most_common()
        if points
        and event.sessions_by_id[s].max_runs
        < len(event.sessions_by_id[s].rounds or event.layout.rounds)
    ]


def _typical(rooms: Sequence[Room]) -> list[Room]:
    """Return the room in the middle and the largest one."""
    by_seats = sorted(rooms, key=lambda room: room.seats)
    return list(dict.fromkeys((by_seats[len(by_seats) // 2], by_seats[-1])))


def _run(base: Variant, session: Session) -> Extra:
    event = base.problem.event
    more = session.model_copy(update={"max_runs": session.max_runs + 1})
    sessions = tuple(more if s.id == session.id else s for s in event.sessions)
    what = message("one more run of {session}", session=f"{session.title} ({session.id})")
    return _extra(base, what, event.layout, sessions)


def _room(base: Variant, room: Room) -> Extra:
    layout = base.problem.event.layout
    new = room.model_copy(
        update={
            "id": next_name(room.id, layout.rooms_by_id),
            "name": next_name(room.name, {r.name for r in layout.rooms}),
        }
    )
    what = message("one more room like {room}, with {seats} seats", room=room.name,
                   seats=room.seats)  # fmt: skip
    return _extra(base, what, made((*layout.rooms, new), layout.rounds, layout))


def _round(base: Variant) -> Extra:
    layout, what = base.problem.event.layout, message("one more round")
    try:
        longer = with_rounds(layout, len(layout.rounds) + 1)
    except ValueError as error:
        return Extra(what, None, str(error))
    return _extra(base, what, longer)


def _extra(
    base: Variant, what: Message, layout: Layout, sessions: tuple[Session, ...] | None = None
) -> Extra:
    report = Report()
    problem = fitted(base.problem, layout, sessions, base.name, report)
    if problem is None:
        return Extra(what, None, "; ".join(str(p) for p in report.errors()))
    name = f"{base.name} + {what}"
    return Extra(what, Variant(name=name, problem=problem, fixed_price=base.fixed_price))


def worth_of(
    base: Entry, tried: Sequence[tuple[Extra, Entry | None]], draws: int
) -> tuple[Worth, ...]:
    """Return what each extra is worth: most points first, and what has no answer last."""
    solved = [entry for _, entry in tried if entry is not None and entry.value is not None]
    found = intervals([e.points for e in (base, *solved)], draws=draws)
    places = {id(entry): i for i, entry in enumerate(solved, start=1)}
    rows = []
    for extra, entry in tried:
        if entry is None or id(entry) not in places:
            rows.append(Worth(what=extra.what, failed=extra.refused or _why(entry)))
            continue
        i = places[id(entry)]
        rows.append(_worth(base, extra, entry, [float(m[i, 0]) for m in
                           (found.found, found.low, found.high)]))  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.found is None, -(row.found or 0.0))))


def _why(entry: Entry | None) -> str:
    reasons = () if entry is None else [c for c in entry.cells if isinstance(c, str)]
    return "; ".join(reasons) or "no programme was found"


def _worth(base: Entry, extra: Extra, entry: Entry, ends: Sequence[float]) -> Worth:
    found, low, high = ends
    assert base.value is not None
    assert entry.value is not None
    proven = base.bound is not None and entry.value > base.bound
    most = None if entry.bound is None else max(0, entry.bound - base.value)
    steady = low > 0
    price = None if entry.variant.price is None else entry.variant.price - (base.variant.price or 0)
    return Worth(
        what=extra.what,
        value=entry.value,
        found=round(found, 1),
        low=round(low, 1),
        high=round(high, 1),
        most=most,
        first_choices=round(_first_choices(entry) - _first_choices(base), 1),
        with_nothing=round(_with_nothing(entry) - _with_nothing(base), 1),
        price=price,
        proven=proven,
        steady=steady,
        says=_sentence(most, proven=proven, steady=steady),
    )


def _sentence(most: int | None, *, proven: bool, steady: bool) -> Message:
    if most == 0:
        return message("Proven: it brings no more points.")
    if proven and steady:
        return message("Proven, and not a matter of chance.")
    if steady:
        return message("Found, and not a matter of chance; not proven.")
    if proven:
        return message("Proven for exactly these people; with others it could be different.")
    return message("It cannot be told whether it makes a difference.")


def _first_choices(entry: Entry) -> float:
    granted = [f.ranks[0].granted if f.ranks else 0 for f in entry.solved]
    return sum(granted) / len(granted)


def _with_nothing(entry: Entry) -> float:
    counts = [f.satisfaction.with_nothing if f.satisfaction else 0 for f in entry.solved]
    return sum(counts) / len(counts)


def variants_of(tried: Sequence[Extra]) -> Iterator[Variant]:
    """Yield the layouts that can be solved."""
    for extra in tried:
        if extra.variant is not None:
            yield extra.variant
