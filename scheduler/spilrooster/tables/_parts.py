"""Parts: files name a session over several rounds by one id; a programme has one for each part."""

from __future__ import annotations

from collections.abc import Iterable

from spilrooster_models import Event
from spilrooster_models.event import SessionId
from spilrooster_models.layout import RoundId


def parts_of(
    event: Event, held: Iterable[tuple[SessionId, RoundId]]
) -> dict[tuple[SessionId, RoundId], SessionId]:
    """Return the part that each (session, round) of a file is, given all that runs.

    Rounds that follow each other directly are the parts of one run.
    """
    before = {late: early for early, late in event.next_round.items()}
    order = {t: i for i, t in enumerate(event.layout.round_ids)}
    number: dict[tuple[SessionId, RoundId], int] = {}
    for session, t in sorted(held, key=lambda place: order.get(place[1], -1)):
        length = len(event.parts.get(session, (session,)))
        number[session, t] = (number.get((session, before.get(t, "")), -1) + 1) % length
    return {
        (session, t): event.parts.get(session, (session,))[n] for (session, t), n in number.items()
    }
