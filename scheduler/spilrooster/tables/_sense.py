"""Sense: what every cell allows and the whole cannot be. Looks at facts, not at files."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from spilrooster.seating.shifts import is_possible, seats_in
from spilrooster.tables._names import did_you_mean
from spilrooster_models import BlockKind, Event, Message, Session, Severity, message
from spilrooster_models.layout import Room, Round, RoundId, SharedBlock


@dataclass(frozen=True)
class Remark:
    """Something that does not make sense: in which table, about which id."""

    table: str
    what: Message
    advice: Message | None = None
    about: str | None = None
    column: str | None = None
    value: str | None = None
    severity: Severity = Severity.ERROR


def of_blocks(event: Event) -> Iterator[Remark]:
    """Yield blocks that overlap."""
    for one, other in itertools.pairwise(event.blocks):
        if _day(event, one) == _day(event, other) and other.start < one.end:
            yield Remark(
                "rounds",
                message(
                    "This block starts at {start}, before {other} has ended at {end}.",
                    start=other.start.isoformat("minutes"),
                    other=one.id,
                    end=one.end.isoformat("minutes"),
                ),
                message("Change the times, or give the blocks different dates."),
                about=other.id,
                column="start",
            )


def _day(event: Event, block: Round | SharedBlock) -> object:
    return block.date or event.date


def of_rooms(event: Event) -> Iterator[Remark]:
    """Yield rooms that are never open."""
    rounds = event.layout.round_ids
    for room in event.layout.rooms:
        if set(rounds) <= set(room.closed):
            what = message("This room is closed in every round.")
            yield _note(Remark("rooms", what, about=room.id, column="closed"))


def of_seats(event: Event) -> Iterator[Remark]:
    """Yield rounds in which not everybody who is there can sit."""
    for t in event.layout.round_ids:
        seats = sum(room.seats for room in event.layout.rooms if t not in room.closed)
        people = sum(t not in p.absent for p in event.participants)
        if seats < people:
            what = message(
                "In {round} there are {people} people and at most {seats} seats.",
                round=t, people=people, seats=seats,
            )  # fmt: skip
            yield _note(Remark("rooms", what, column="seats"))


def of_people(event: Event) -> Iterator[Remark]:
    """Yield people who are never there, or whose needs no room meets."""
    features = {feature for room in event.layout.rooms for feature in room.features}
    rounds = set(event.layout.round_ids)
    for p in event.participants:
        if rounds <= set(p.absent):
            what = message("This person is absent in every round.")
            yield _note(Remark("participants", what, about=p.id, column="absent"))
        for need in p.needs:
            if need not in features:
                advice = did_you_mean(need, sorted(features))
                yield Remark(
                    "participants",
                    message("No room has this feature, so this person could be in none."),
                    advice or message("Only features of rooms belong here; delete other needs."),
                    about=p.id, column="needs", value=need,
                )  # fmt: skip


def of_sessions(event: Event) -> Iterator[Remark]:
    """Yield sessions for which there is no place, no presenter or no audience."""
    yield from _places_for_all(event)
    yield from _same_titles(event)
    for session in event.sessions:
        yield from _audience(event, session)
        if session.min_runs > 0:
            yield from _place(event, session)


def of_presenters(event: Event) -> Iterator[Remark]:
    """Yield presenters who would have to be in two places at once."""
    for presenter, sessions in event.presented_by.items():
        runs = sum(event.sessions_by_id[s].min_runs for s in sessions)
        absent = set(event.participants_by_id[presenter].absent)
        there = len(set(event.layout.round_ids) - absent)
        if len(sessions) > 1 and runs > there:
            yield Remark(
                "sessions",
                message(
                    "{presenter} presents {runs} runs and is there in {rounds} rounds.",
                    presenter=presenter, runs=runs, rounds=there,
                ),
                message("Lower min_runs, or name another presenter."),
                about=sessions[-1], column="presenters", value=presenter,
            )  # fmt: skip


def of_choices(event: Event) -> Iterator[Remark]:
    """Yield how many choices can never be granted, and how many people chose nothing."""
    barred = [c for c in event.choices if not event.may_attend(c.participant, c.session)]
    if barred:
        first = barred[0]
        what = message(
            "Some choices are for a session that the person presents or is not invited to; they "
            "count for nothing. The first is {participant}, {session}. Choices: {count}.",
            participant=first.participant, session=first.session, count=len(barred),
        )  # fmt: skip
        yield _note(Remark("choices", what))
    silent = [p for p, choices in event.choices_of.items() if not choices]
    if silent and event.choices:
        what = message(
            "Some people chose nothing. The first is {participant}. People: {count}.",
            participant=silent[0], count=len(silent),
        )  # fmt: skip
        yield _note(Remark("choices", what))


def of_tables(event: Event) -> Iterator[Remark]:
    """Yield shared blocks in which people cannot eat or sit, and stands that cannot be staffed."""
    found = [*_seats_to_eat(event), *_seats_at_drinks(event), *_stands(event)]
    yield from found
    if not found and not is_possible(event):
        yield Remark(
            "tables",
            message("The owners of the stands cannot staff them all and eat as well."),
            message("Give a stand more owners, take it out of a block, or add a lunch shift."),
            column="owners",
        )


def _seats_to_eat(event: Event) -> Iterator[Remark]:
    for lunch in event.lunches:
        people = frozenset[str]().union(*(event.present_in[block] for block in lunch))
        seats = sum(seats_in(event, block) for block in lunch)
        if seats < len(people):
            yield _too_few_seats(event, ", ".join(lunch), len(people), seats)


def _seats_at_drinks(event: Event) -> Iterator[Remark]:
    """Look at every block with tables that is no lunch."""
    lunches = {block for lunch in event.lunches for block in lunch}
    for block in event.seated:
        places = event.layout.tables[block].values()
        staff = sum(place.seats for place in places if place.is_stand)
        people, seats = len(event.present_in[block]) - staff, seats_in(event, block)
        if block not in lunches and seats < people and not all(p.is_stand for p in places):
            yield _too_few_seats(event, block, people, seats)


def _too_few_seats(event: Event, blocks: str, people: int, seats: int) -> Remark:
    return Remark(
        "tables",
        message(
            "In {block}, {people} people need a seat, and there are {seats} seats.",
            block=blocks, people=people, seats=seats,
        ),
        message("Add seats or tables, or a shift, or say in absent who is not there."),
        column="seats",
    )  # fmt: skip


def _stands(event: Event) -> Iterator[Remark]:
    lunches = {block for lunch in event.lunches for block in lunch}
    kinds = {block.id: block.kind for block in event.layout.shared_blocks}
    for stand in event.layout.places:
        for block in stand.blocks if stand.is_stand else ():
            staff = len(event.present_in[block].intersection(event.owners(stand)))
            if staff < stand.seats:
                yield Remark(
                    "tables",
                    message(
                        "In {block}, {count} of its owners are there, and it needs {least}.",
                        block=block, count=staff, least=stand.seats,
                    ),
                    message("Name more owners, or take the stand out of this block."),
                    about=stand.name, column="owners",
                )  # fmt: skip
            elif kinds[block] is BlockKind.LUNCH and block not in lunches:
                yield Remark(
                    "tables",
                    message("Nobody can eat in {block}: it has only market stands.", block=block),
                    message("Add a row without owners, for the place where people eat."),
                    about=stand.name, column="block",
                )  # fmt: skip


def _places_for_all(event: Event) -> Iterator[Remark]:
    rounds = set(event.layout.round_ids)
    places = sum(len(rounds - set(room.closed)) for room in event.layout.rooms)
    runs = sum(session.min_runs for session in event.sessions)
    if runs > places:
        yield Remark(
            "sessions",
            message(
                "The sessions need {runs} runs, and there are {places} places (rooms × rounds).",
                runs=runs, places=places,
            ),
            message("Drop sessions, lower min_runs, or add rooms or rounds."),
            column="min_runs",
        )  # fmt: skip


def _same_titles(event: Event) -> Iterator[Remark]:
    first: dict[str, str] = {}
    for session in event.sessions:
        if session.title in first:
            what = message("{other} has the same title.", other=first[session.title])
            yield _note(Remark("sessions", what, about=session.id, column="title"))
        first.setdefault(session.title, session.id)


def _audience(event: Event, session: Session) -> Iterator[Remark]:
    people = event.invited.get(session.id, event.participants_by_id.keys())
    audience = len(set(people) - set(session.presenters))
    if session.min_runs > 0 and session.min_people > audience:
        yield Remark(
            "sessions",
            message(
                "It needs {least} people, and only {count} may attend.",
                least=session.min_people, count=audience,
            ),
            message("Lower min_people, or invite more people."),
            about=session.id, column="min_people",
        )  # fmt: skip


def _place(event: Event, session: Session) -> Iterator[Remark]:
    """Narrow the rooms and rounds step by step; yield the first step that leaves too few."""
    rooms = [r for r in event.layout.rooms if not session.rooms or r.id in session.rooms]
    rounds = [t for t in event.layout.round_ids if not session.rounds or t in session.rounds]
    equipped = [r for r in rooms if set(session.needs) <= set(r.features)]
    large = [r for r in equipped if r.seats >= session.min_people]
    if session.min_runs > len(rounds):
        yield _few_rounds(session, "min_runs", len(rounds))
    elif not equipped:
        yield _not_equipped(event, session, rooms)
    elif not large:
        yield _too_small(session, max(room.seats for room in equipped))
    else:
        yield from _rounds_left(event, session, large, rounds)


def _few_rounds(session: Session, column: str, rounds: int) -> Remark:
    return Remark(
        "sessions",
        message(
            "It has to run {runs} times, and there are only {rounds} rounds for it.",
            runs=session.min_runs, rounds=rounds,
        ),
        message("A session runs at most once in a round: lower min_runs or allow more rounds."),
        about=session.id, column=column,
    )  # fmt: skip


def _not_equipped(event: Event, session: Session, rooms: list[Room]) -> Remark:
    features = {feature for room in event.layout.rooms for feature in room.features}
    strange = [need for need in session.needs if need not in features]
    advice = did_you_mean(strange[0], sorted(features)) if strange else None
    return Remark(
        "sessions",
        message(
            "No room fits it: none of the {count} allowed rooms has everything it needs.",
            count=len(rooms),
        ),
        advice or message("Add the feature to a room, allow other rooms, or need less."),
        about=session.id,
        column="needs",
        value=strange[0] if strange else "|".join(session.needs),
    )


def _too_small(session: Session, most: int) -> Remark:
    return Remark(
        "sessions",
        message(
            "No room fits it: it needs {least} people, and the largest room it can use has "
            "{seats} seats.",
            least=session.min_people, seats=most,
        ),
        message("Lower min_people or allow a larger room."),
        about=session.id, column="min_people",
    )  # fmt: skip


def _rounds_left(
    event: Event, session: Session, rooms: list[Room], rounds: list[RoundId]
) -> Iterator[Remark]:
    """Yield if the rooms that fit are closed, or the presenters absent, in too many rounds."""
    held = [t for t in rounds if any(t not in room.closed for room in rooms)]
    if not held:
        yield Remark(
            "sessions",
            message("No room fits it: every room it can use is closed in the rounds it may run."),
            message("Open a room, or allow other rooms or rounds."),
            about=session.id,
            column="rooms",
        )
        return
    people = event.participants_by_id
    for presenter in session.presenters:
        if set(rounds) <= set(people[presenter].absent):
            yield Remark(
                "sessions",
                message("This presenter is absent in every round in which it may run."),
                message("Change absent in the participants, the rounds, or the presenter."),
                about=session.id, column="presenters", value=presenter,
            )  # fmt: skip
            return
    away = {t for presenter in session.presenters for t in people[presenter].absent}
    left = [t for t in held if t not in away]
    if session.min_runs > len(left):
        yield _few_rounds(session, "presenters" if away else "rooms", len(left))


def _note(remark: Remark) -> Remark:
    return replace(remark, severity=Severity.NOTE)


Check = Callable[[Event], Iterator[Remark]]

CHECKS: tuple[tuple[Check, tuple[str, ...]], ...] = (
    (of_blocks, ("rounds",)),
    (of_rooms, ("rounds", "rooms")),
    (of_seats, ("rounds", "rooms", "participants")),
    (of_sessions, ("rounds", "rooms", "sessions", "participants")),
    (of_presenters, ("rounds", "sessions", "participants")),
    (of_people, ("rounds", "rooms", "participants")),
    (of_tables, ("rounds", "participants", "tables")),
    (of_choices, ("sessions", "participants", "choices")),
)
"""Every check, and the tables it looks at."""
