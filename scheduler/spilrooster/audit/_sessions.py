"""Sessions: how many people want each one, and whether they can ever fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from spilrooster.audit._facts import Facts
from spilrooster.audit._model import Remark, SessionDemand, Topic
from spilrooster_models import Choice, Message, message
from spilrooster_models.event import SessionId


def demand_of(facts: Facts) -> tuple[SessionDemand, ...]:
    """Count who wants each session, in the event's order."""
    first: Counter[SessionId] = Counter()
    best: Counter[SessionId] = Counter()
    wanted: Counter[SessionId] = Counter()
    for person, choices in facts.event.choices_of.items():
        possible = [c for c in choices if facts.can_listen(person, c.session)]
        wanted.update(c.session for c in possible)
        ordered = sorted(possible, key=lambda c: _order(facts, c))
        best.update(c.session for c in ordered[: len(facts.present[person])])
        first.update(c.session for c in possible if _order(facts, c) == _order(facts, ordered[0]))
    return tuple(
        SessionDemand(
            session=s.id, first=first[s.id], best=best[s.id], wanted=wanted[s.id],
            places=facts.places(s.id, facts.most_runs(s.id)),
        )
        for s in facts.event.sessions
    )  # fmt: skip


def _order(facts: Facts, choice: Choice) -> tuple[int, int]:
    """Order choices by what they are worth, and then by rank."""
    return -facts.problem.choices.points(choice), choice.rank or 0


def of_sessions(facts: Facts, demand: Sequence[SessionDemand]) -> Iterator[Remark]:
    """Yield the sessions that nobody or too few want, and those that too many want."""
    if not any(d.wanted for d in demand):
        return
    for d in sorted(demand, key=lambda d: -d.short):
        if d.short:
            yield _too_many(facts, d)
    nobody = [d.session for d in demand if not d.wanted]
    if nobody:
        yield Remark(
            topic=Topic.SESSIONS,
            what=message("Nobody can be given these sessions, or nobody wants them: {count}.",
                         count=len(nobody)),
            advice=message("Drop them, or set min_runs to 0; that frees rooms for others."),
            about=tuple(nobody),
            listed=tuple(map(facts.title, nobody)),
        )  # fmt: skip
    for d in demand:
        least = facts.event.sessions_by_id[d.session].min_people * facts.least_runs(d.session)
        if 0 < d.wanted < least:
            yield _too_few(facts, d, least)


def _too_many(facts: Facts, d: SessionDemand) -> Remark:
    what = message(
        "{session} is wanted by {wanted} people, and there are never more than {places} places.",
        session=facts.title(d.session), wanted=d.wanted, places=d.places,
    )  # fmt: skip
    return Remark(
        topic=Topic.SESSIONS, what=what, advice=_more_places(facts, d), about=(d.session,),
        urgent=d.first > d.places,
    )  # fmt: skip


def _more_places(facts: Facts, d: SessionDemand) -> Message:
    """Say what would help: more runs, if there are rounds for them; else larger rooms."""
    most, rounds = facts.most_runs(d.session), len(facts.audience[d.session])
    enough = next(
        (n for n in range(most + 1, rounds + 1) if facts.places(d.session, n) >= d.wanted), rounds
    )
    if enough > most:
        return message(
            "With max_runs = {runs} there would be {places} places.",
            runs=enough, places=facts.places(d.session, enough),
        )  # fmt: skip
    return message("Allow larger rooms, more rounds, or a higher max_people.")


def _too_few(facts: Facts, d: SessionDemand, least: int) -> Remark:
    what = message(
        "{session} needs {least} people, and is wanted by {wanted}.",
        session=facts.title(d.session), least=least, wanted=d.wanted,
    )  # fmt: skip
    advice = message("Lower min_people, or set min_runs to 0; else others are put into it.")
    return Remark(topic=Topic.SESSIONS, what=what, advice=advice, about=(d.session,), urgent=True)
