"""Answers: who said nothing, who said little, and what nobody can be given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spilrooster.audit._facts import Facts
from spilrooster.audit._model import Ballots, Remark, Topic
from spilrooster_models import Message, message
from spilrooster_models.event import ParticipantId

LONG_BALLOT = 4  # choices; shorter ballots are the same by chance


def of_answers(facts: Facts, ballots: Ballots) -> Iterator[Remark]:
    """Yield what is remarkable about the ballots."""
    if not facts.event.choices and not ballots.answered:
        what = message("Nobody has chosen anything yet.")
        advice = message("Import the answers; spilrooster form makes the questions.")
        yield Remark(topic=Topic.ANSWERS, what=what, advice=advice, urgent=True)
        return
    yield from _silent(facts, ballots)
    yield from _several(facts, ballots)
    yield from _stale(ballots)
    yield from _same(facts)
    yield from _impossible(facts)
    yield from _few(facts)


def _silent(facts: Facts, ballots: Ballots) -> Iterator[Remark]:
    without = [p for p, choices in facts.event.choices_of.items() if not choices]
    blank = [p for p in without if p in ballots.answered]
    silent = [p for p in without if p not in ballots.answered]
    if silent:
        yield _of_people(
            facts, silent,
            message("These people have not answered: {count}.", count=len(silent)),
            message("Remind them; without choices they get the seats that are left."),
        )  # fmt: skip
    if blank:
        yield _of_people(
            facts, blank,
            message("These people handed in a blank ballot: {count}.", count=len(blank)),
            message("Ask whether they meant to; they get the seats that are left."),
        )  # fmt: skip


def _several(facts: Facts, ballots: Ballots) -> Iterator[Remark]:
    if ballots.several:
        yield _of_people(
            facts, [p for p in ballots.several if p in facts.event.participants_by_id],
            message("These people answered more than once: {count}.", count=len(ballots.several)),
            message("Their last answer counts; nothing has to be done."),
        )  # fmt: skip


def _stale(ballots: Ballots) -> Iterator[Remark]:
    if ballots.stale:
        total = sum(count for _, count in ballots.stale)
        yield Remark(
            topic=Topic.ANSWERS,
            what=message(
                "Some ballots name a title that no session has; these choices were left out: "
                "{count}.", count=total,
            ),
            advice=message("Import again with a mapping that says which sessions they are."),
            about=tuple(title for title, _ in ballots.stale),
            listed=tuple(f"{title} ({count})" for title, count in ballots.stale),
            urgent=True,
        )  # fmt: skip


def _same(facts: Facts) -> Iterator[Remark]:
    """Yield the people who chose exactly the same, in the same order: perhaps one person."""
    alike: defaultdict[tuple[tuple[str, int | None, int | None], ...], list[ParticipantId]]
    alike = defaultdict(list)
    for person, choices in facts.event.choices_of.items():
        if len(choices) >= LONG_BALLOT:
            ballot = sorted((c.session, c.rank, c.points) for c in choices)
            alike[tuple(ballot)].append(person)
    groups = [people for people in alike.values() if len(people) > 1]
    if groups:
        yield Remark(
            topic=Topic.ANSWERS,
            what=message(
                "Some people have exactly the same ballot, of {least} choices or more. "
                "Groups: {count}.", least=LONG_BALLOT, count=len(groups),
            ),
            advice=message("Look whether one person is listed twice, or one ballot was copied."),
            about=tuple(person for people in groups for person in people),
            listed=tuple(" = ".join(map(facts.name, people)) for people in groups),
        )  # fmt: skip


def _impossible(facts: Facts) -> Iterator[Remark]:
    """Yield the choices that no programme can grant, but for those of presenters' duties."""
    lost = [
        (c.participant, c.session)
        for c in facts.event.choices
        if not facts.may_listen(c.participant, c.session)
    ]
    if lost:
        yield Remark(
            topic=Topic.ANSWERS,
            what=message(
                "Some choices cannot be granted in any programme: the person is not invited, "
                "presents it, is away, or cannot be in the rooms it may use. Choices: {count}.",
                count=len(lost),
            ),
            advice=message("Tell these people, or change what stands in the way."),
            about=tuple(person for person, _ in lost),
            listed=tuple(f"{facts.name(p)}: {facts.title(s)}" for p, s in lost),
        )


def _few(facts: Facts) -> Iterator[Remark]:
    few = [
        person
        for person, choices in facts.event.choices_of.items()
        if 0 < len(choices) < len(facts.present[person]) - len(facts.duties(person))
    ]
    if few:
        yield _of_people(
            facts, few,
            message(
                "These people chose fewer sessions than they have rounds: {count}.", count=len(few)
            ),
            message("In the other rounds they get a seat that is left, or a free round."),
        )  # fmt: skip


def _of_people(facts: Facts, people: list[ParticipantId], what: Message, advice: Message) -> Remark:
    return Remark(
        topic=Topic.ANSWERS,
        what=what,
        advice=advice,
        about=tuple(people),
        listed=tuple(map(facts.name, people)),
    )
