"""Form: the questions to put into Google Forms or Microsoft Forms, such that import knows them.

What is asked here is what `_dialect` and `_ranks` recognise; a test lets each kind come back.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from spilrooster.intake._titles import label
from spilrooster.language import sentence
from spilrooster.tables._contract import PARTICIPANTS, ROUNDS, SESSIONS
from spilrooster.tables._csv import written
from spilrooster.tables._facts import Known, blocks_of, participants_of
from spilrooster.tables._report import Report
from spilrooster.tables._settings import read_settings
from spilrooster.tables._source import open_source
from spilrooster.tables._text import in_one_line
from spilrooster_models import Message, Participant, Round, message
from spilrooster_models.event import Language

FEWEST_CHOICES = 5  # to ask for, however few rounds there are; fewer leave nothing to plan with


class FormKind(StrEnum):
    """How the form asks what somebody wants."""

    CHOICES = "choices"  # a question per choice, with all titles as options: works everywhere
    GRID = "grid"  # one grid, a row per choice and a column per title: Google Forms
    RANKING = "ranking"  # all titles in one list, to be dragged into order: Microsoft Forms


@dataclass(frozen=True)
class Question:
    """A question, how it is answered, and what there is to choose from.

    `rows` are those of a grid; the options are its columns.
    """

    title: str
    how: str
    options: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A form for an event, in one language."""

    heading: str
    questions: tuple[Question, ...]
    hints: tuple[str, ...]
    invited: tuple[str, ...]
    language: Language
    people: tuple[Participant, ...] = ()

    def text(self) -> str:
        """Return the form as a text to copy from."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield from (self.heading, "=" * len(self.heading), "")
        yield from (f"- {hint}" for hint in self.hints)
        for number, question in enumerate(self.questions, start=1):
            yield from ("", f"{number}. {question.title}", f"   ({question.how})")
            if question.rows:
                yield from ("", sentence(message("Rows:"), self.language), *question.rows)
            repeats = number > 1 and question.options == self.questions[number - 2].options
            if repeats:
                again = message("The same options as at question {number}.", number=number - 1)
                yield f"   {sentence(again, self.language)}"
            elif question.options:
                yield from ("", sentence(message("Options:"), self.language), *question.options)
        if self.invited:
            only = message("Only for who is invited; leave these out of a form for everyone:")
            yield from ("", sentence(only, self.language), *self.invited)

    def personal_orders(self, seed: int) -> bytes:
        """Return a table for mail merge: all titles in an order of its own for each participant.

        Who stands first in a list is chosen more often; with an order per person that evens out.
        """
        options = next(q.options for q in reversed(self.questions) if q.options)
        columns = ["participant", "name", "email", *(f"option{n + 1}" for n in range(len(options)))]
        rows = []
        for p in self.people:
            order = random.Random(f"{seed} {p.id}").sample(options, len(options))
            rows.append([p.id, p.name, p.email, *order])
        return written(columns, rows, self.language)


def make_form(
    event: str | Path,
    kind: FormKind = FormKind.CHOICES,
    choices: int | None = None,
    language: Language | None = None,
) -> Form:
    """Draw up the questions to ask the participants of an event.

    Only the settings and the sessions have to be there: a form is made before people sign up.

    Parameters
    ----------
    event
        Event folder or workbook.
    kind
        How it asks what people want.
    choices
        How many choices to ask for; as many as two for each round, and at least five, if None.
    language
        The event's if None.

    Raises
    ------
    DataError
        If the settings or the sessions cannot be read.
    """
    source, report = open_source(event), Report()
    settings = read_settings(source, report)
    table = source.table(SESSIONS, report)
    offers = {} if table is None else table.define(SESSIONS.required[0])
    report.check()
    sessions = [
        _Offer(i, in_one_line(row.cell("title")) or i, bool(row.cell("only_for")))
        for i, row in offers.items()
    ]
    unheard = Report()
    rounds = source.table(ROUNDS, unheard) if source.has(ROUNDS.name) else None
    listed = source.table(PARTICIPANTS, unheard) if source.has(PARTICIPANTS.name) else None
    blocks = () if rounds is None else blocks_of(rounds, settings.date)
    count = sum(isinstance(block, Round) for block in blocks)
    people = () if listed is None else participants_of(listed, Known())
    spoken = language or settings.language
    return _Maker(sessions, people, spoken).form(
        settings.name, kind, choices or max(FEWEST_CHOICES, 2 * count)
    )


@dataclass(frozen=True)
class _Offer:
    id: str
    title: str
    for_some: bool


class _Maker:
    def __init__(
        self, sessions: Sequence[_Offer], people: Sequence[Participant], language: Language
    ) -> None:
        self._people = tuple(people)
        self._language = language
        names = [(s.id, s.title) for s in sessions]
        self._options = tuple(label(s.id, s.title, names) for s in sessions if not s.for_some)
        self._invited = tuple(label(s.id, s.title, names) for s in sessions if s.for_some)

    def _say(self, text: Message) -> str:
        return sentence(text, self._language)

    def form(self, name: str, kind: FormKind, choices: int) -> Form:
        """Return the form with this many choices, or as many as there are sessions."""
        count = min(choices, len(self._options))
        heading = self._say(message("Form for {event}", event=name))
        return Form(
            heading=heading,
            questions=(*self._about_people(), *self._about_sessions(kind, count)),
            hints=tuple(map(self._say, _hints(kind))),
            invited=self._invited,
            language=self._language,
            people=self._people,
        )

    def _about_people(self) -> Iterator[Question]:
        short = self._say(message("short answer, required"))
        yield Question(self._say(message("What is your name?")), short)
        yield Question(self._say(message("What is your e-mail address?")), short)
        if not any(p.organisation for p in self._people):
            yield Question(self._say(message("Which organisation do you work for?")), short)
        if not any(p.municipality for p in self._people):
            yield Question(self._say(message("In which municipality do you work?")), short)

    def _about_sessions(self, kind: FormKind, count: int) -> Iterator[Question]:
        ranks = [self._say(message("Choice {rank}", rank=rank)) for rank in range(1, count + 1)]
        if kind is FormKind.CHOICES:
            how = self._say(message("choose one from a list"))
            for rank in ranks:
                yield Question(rank, how, self._options)
        elif kind is FormKind.GRID:
            title = self._say(message("Which sessions do you want to attend?"))
            how = self._say(message("grid, one answer in each row and in each column"))
            yield Question(title, how, self._options, tuple(ranks))
        else:
            title = self._say(message("Put the sessions in your order, the best first."))
            yield Question(title, self._say(message("ranking")), self._options)


def _hints(kind: FormKind) -> Iterator[Message]:
    yield message("Copy each question and its options as they are; then the import knows them.")
    yield message("All options can be pasted at once: each line becomes an option.")
    if kind is not FormKind.RANKING:
        yield message("Let the form shuffle the options, so that no session has the best place.")
    yield message("Ask for the e-mail address under which people have signed up.")
    yield message("A later answer of the same person replaces an earlier one.")
