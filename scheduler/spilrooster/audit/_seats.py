"""Seats: can everybody sit in every round, and are there enough places in the whole day?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spilrooster.audit._facts import Facts
from spilrooster.audit._model import Remark, RoundSeats, Topic
from spilrooster_models import message
from spilrooster_models.layout import RoundId


def seats_of(facts: Facts) -> tuple[RoundSeats, ...]:
    """Count people and places of each round."""
    return tuple(_round(facts, t) for t in facts.event.layout.round_ids)


def _round(facts: Facts, round_id: RoundId) -> RoundSeats:
    return RoundSeats(
        round=round_id,
        people=sum(round_id in there for there in facts.present.values()),
        presenting=_presenting(facts, round_id),
        places=_places(facts, round_id),
    )


def _presenting(facts: Facts, round_id: RoundId) -> int:
    """Bound the presenters of a round from above: as many runs as rooms, the fullest first."""
    teams = [set(s.presenters) for s in facts.event.sessions if round_id in facts.audience[s.id]]
    rooms = len(facts.room_audiences(round_id))
    runs = sum(sorted(map(len, teams), reverse=True)[:rooms])
    return min(runs, len(set().union(*teams)))


def _places(facts: Facts, round_id: RoundId) -> int:
    """Bound the audience of a round from above, by rooms and by sessions.

    Each room holds at most one run and each session runs at most once, so neither the rooms'
    largest audiences nor those of as many sessions as there are rooms can be exceeded.
    """
    rooms = facts.room_audiences(round_id)
    sessions = sorted((a[round_id] for a in facts.audience.values() if round_id in a), reverse=True)
    by_rooms = sum(sorted(rooms, reverse=True)[: len(sessions)])
    return min(by_rooms, sum(sessions[: len(rooms)]))


def of_seats(facts: Facts, rounds: Sequence[RoundSeats]) -> Iterator[Remark]:
    """Yield the rounds in which not everybody can sit, and whether the day as a whole has room."""
    names = {r.id: r.name for r in facts.event.layout.rounds}
    for r in rounds:
        if r.short:
            yield Remark(
                topic=Topic.SEATS,
                what=message(
                    "In {round} there are {people} people. At most {presenting} of them present, "
                    "and there are places for {places}.",
                    round=names[r.round], people=r.people, presenting=r.presenting,
                    places=r.places,
                ),
                advice=message("Add rooms or sessions in this round, or some have a free round."),
                about=(r.round,),
                urgent=True,
            )  # fmt: skip
    yield from _of_day(facts, rounds)


def _of_day(facts: Facts, rounds: Sequence[RoundSeats]) -> Iterator[Remark]:
    """Yield if the sessions together hold fewer people than there are, counted over all rounds.

    In the rounds' own counts a session may fill each round; here it runs as often as it may.
    """
    sessions = facts.event.sessions_by_id
    places = sum(facts.places(s, facts.most_runs(s)) for s in sessions)
    duties = sum(facts.most_runs(s) * len(set(sessions[s].presenters)) for s in sessions)
    wanted = sum(r.people for r in rounds) - duties
    if places < wanted and not any(r.short for r in rounds):
        yield Remark(
            topic=Topic.SEATS,
            what=message(
                "Over the whole day at least {wanted} seats are needed (people × rounds), and the "
                "sessions have {places} at most.", wanted=wanted, places=places,
            ),
            advice=message("Add sessions, or raise max_runs; else some people have a free round."),
            urgent=True,
        )  # fmt: skip
