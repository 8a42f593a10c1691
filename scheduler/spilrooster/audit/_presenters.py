"""Presenters: duties that cannot be met, and choices that a presenter can never be given."""

from __future__ import annotations

from collections.abc import Iterator

from spilrooster.audit._facts import Facts
from spilrooster.audit._matching import too_many
from spilrooster.audit._model import Remark, Topic
from spilrooster_models import message
from spilrooster_models.event import ParticipantId


def of_presenters(facts: Facts) -> Iterator[Remark]:
    """Yield, for each presenter by themselves, the clashes that no programme can avoid."""
    for presenter in facts.event.presented_by:
        clash = list(_of_duties(facts, presenter))
        yield from clash or _of_choices(facts, presenter)


def _of_duties(facts: Facts, presenter: ParticipantId) -> Iterator[Remark]:
    duties = facts.duties(presenter)
    crowded = too_many([rounds for _, rounds in duties])
    if crowded:
        sessions = tuple(dict.fromkeys(duties[i][0] for i in crowded))
        rounds = {t for i in crowded for t in duties[i][1]}
        yield Remark(
            topic=Topic.PRESENTERS,
            what=message(
                "{presenter} has to present {runs} runs ({sessions}), and they can only be in: "
                "{rounds}.",
                presenter=facts.name(presenter), runs=len(crowded),
                sessions=", ".join(map(facts.title, sessions)), rounds=facts.round_names(rounds),
            ),
            advice=message("Name another presenter, allow more rounds, or lower min_runs."),
            about=(presenter, *sessions),
            urgent=True,
        )  # fmt: skip


def _of_choices(facts: Facts, presenter: ParticipantId) -> Iterator[Remark]:
    """Yield the choices that can only take place while this person presents."""
    lost = [
        choice.session
        for choice in facts.event.choices_of[presenter]
        if facts.may_listen(presenter, choice.session)
        and not facts.can_listen(presenter, choice.session)
    ]
    if lost:
        yield Remark(
            topic=Topic.PRESENTERS,
            what=message(
                "{presenter} presents in every round in which these choices can take place: "
                "{count}.", presenter=facts.name(presenter), count=len(lost),
            ),
            advice=message("Allow other rounds, or tell this person that it cannot be."),
            about=(presenter, *lost),
            listed=tuple(map(facts.title, lost)),
        )  # fmt: skip
