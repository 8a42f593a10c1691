"""People: whose answer it is, and which of somebody's answers counts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from spilrooster.intake._answers import Answer
from spilrooster.intake._draft import Draft, Origin
from spilrooster.intake._ledger import Became, Ledger
from spilrooster.intake._mapping import ANSWERS, PEOPLE, OpenQuestion
from spilrooster.tables._names import MOST_COMPARED, near
from spilrooster.tables._text import key
from spilrooster_models import message


class Newcomers(StrEnum):
    """What happens to people who answered and stand in no list of participants."""

    REFUSE = "refuse"
    ADD = "add"
    ONLY = "only"  # the participants are exactly those who answered


class People:
    """The participants known so far, found by id, e-mail address or name.

    Parameters
    ----------
    draft
        The rows of participants; newcomers are added to it.
    given
        What somebody said of people whom nothing fits: e-mail or name -> id.
    """

    def __init__(self, draft: Draft, given: Mapping[str, str]) -> None:
        self.draft = draft
        self._given = {key(text): i for text, i in given.items()}
        self._ids: dict[str, str] = {}
        self._emails: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._labels: dict[str, str] = {}
        self._addressed: set[str] = set()
        self._compared = 0
        for row in draft.rows:
            self._index(row)

    def _index(self, row: Mapping[str, str]) -> None:
        i = row.get("participant", "")
        self._ids[key(i)] = i
        for column, index in (("email", self._emails), ("name", self._names)):
            if text := row.get(column, ""):
                index[key(text)].add(i)
                self._labels[text] = f"{i} ({text})"
        if row.get("email"):
            self._addressed.add(i)

    def find(self, *texts: str) -> str | None:
        """Return the one participant that an id, e-mail address or name means."""
        for text in texts:
            plain = key(text)
            for found in (
                self._given.get(plain),
                self._ids.get(plain),
                _only(self._emails.get(plain)),
                _only(self._names.get(plain)),
            ):
                if found:
                    return found
        return None

    def of(self, answer: Answer) -> str | None:
        """Return whose answer it is: by what was said, by id, by e-mail, or else by name.

        An e-mail address that fits nobody is not overruled by a name that somebody else may bear,
        unless that person has no address.
        """
        said = (answer.participant, *answer.emails, *answer.names)
        given = next((self._given[key(t)] for t in said if key(t) in self._given), None)
        by_address = given or self.find(*filter(None, (answer.participant, *answer.emails)))
        if by_address is not None:
            return by_address
        for name in answer.names:
            found = _only(self._names.get(key(name)))
            if found and (not answer.emails or found not in self._addressed):
                return found
        return None

    def near(self, answer: Answer) -> tuple[str, ...]:
        """Return the ids of participants whose name or address is near."""
        for text in (*answer.names, *answer.emails):
            if self._compared >= MOST_COMPARED:
                break
            self._compared += len(self._labels)
            found = near(text, self._labels) if text else []
            if found:
                return tuple(label.split(" (", 1)[0] for label in found)
        return ()

    def add(self, row: dict[str, str], origin: Origin) -> str:
        """Add a participant with a new id, and return the id."""
        number = len(self.draft.rows) + 1
        while key(f"P{number:03}") in self._ids:
            number += 1
        made = {"participant": f"P{number:03}", **row}
        self.draft.add(made, origin)
        self._index(made)
        return made["participant"]

    def update(self, i: str, row: dict[str, str], origin: Origin) -> None:
        """Put a later row in the place of that of a participant who was added."""
        place = next(n for n, known in enumerate(self.draft.rows) if known["participant"] == i)
        self.draft.put(place, {**row, "participant": i}, origin)
        self._index(self.draft.rows[place])

    def keep(self, ids: Collection[str], ledger: Ledger) -> None:
        """Leave out everybody else, and say how many."""
        pairs = list(zip(self.draft.rows, self.draft.origins, strict=True))
        gone = [origin for row, origin in pairs if row["participant"] not in ids]
        kept = [(row, origin) for row, origin in pairs if row["participant"] in ids]
        self.draft.rows[:] = [row for row, _ in kept]
        self.draft.origins[:] = [origin for _, origin in kept]
        if gone:
            what = message("This person did not answer and presents nothing; left out on request.")
            ledger.leave_out(gone, what)


def _only(people: set[str] | None) -> str | None:
    return next(iter(people)) if people and len(people) == 1 else None


@dataclass(frozen=True)
class Ballot:
    """The answer of somebody that counts."""

    participant: str
    answer: Answer


def ballots(
    answers: Iterable[Answer],
    people: People,
    newcomers: Newcomers,
    ledger: Ledger,
    kind: str = ANSWERS,
) -> list[Ballot]:
    """Return the answer of each person that counts, in the order in which people first answered.

    Every answer is booked: as taken, blank, replaced or unusable. `kind` may also be
    `REGISTRATIONS`: then nothing is chosen, and nobody is blank.
    """
    added: set[str] = set()
    by_person: dict[str, list[Answer]] = {}
    for answer in answers:
        person = people.of(answer)
        if person is None and newcomers is Newcomers.REFUSE:
            _refuse(answer, people, ledger)
            continue
        if person is None:
            person = people.add(_new_row(answer), Origin(answer.file, answer.row))
            added.add(person)
        by_person.setdefault(person, []).append(answer)
    found = []
    for person, given in by_person.items():
        *earlier, last = _by_time(given)
        _book_earlier(person, earlier, last, kind, ledger)
        if kind == ANSWERS:
            _book_last(person, last, any(answer.wishes for answer in earlier), ledger)
        else:
            ledger.book(last.file, last.row, kind, Became.TAKEN, participant=person)
        if person in added:
            people.update(person, _new_row(last), Origin(last.file, last.row))
        found.append(Ballot(person, last))
    return found


def _refuse(answer: Answer, people: People, ledger: Ledger) -> None:
    what = message("This person is not among the participants.")
    if not answer.shown:
        what = message("This answer does not say whose it is.")
    found = people.near(answer)
    advice = message("Say in a mapping who it is, or add --people add to add newcomers.")
    if found:
        ids = ", ".join(found)
        advice = message(
            "Is it {ids}? Say so in a mapping, or add --people add to add newcomers.", ids=ids
        )
    ledger.doubt(answer.file, what, advice, row=answer.row, value=answer.shown or None)
    ledger.book(
        answer.file, answer.row, ANSWERS, Became.UNUSABLE, value=answer.shown, what=what
    )  # fmt: skip
    if answer.shown:
        ledger.questions.append(OpenQuestion(PEOPLE, answer.shown, found))


def _new_row(answer: Answer) -> dict[str, str]:
    row = {
        "name": next(iter(answer.names), ""),
        "email": next(iter(answer.emails), ""),
        **answer.fields,
    }
    if answer.participant:
        row["participant"] = answer.participant
    return row | answer.attributes


def _by_time(given: Sequence[Answer]) -> list[Answer]:
    """Return answers from first to last; in their own order if a time is not known."""
    if any(answer.time is None for answer in given):
        return list(given)
    return sorted(given, key=lambda answer: answer.time or dt.datetime.min)


def _book_earlier(
    person: str, earlier: Sequence[Answer], last: Answer, kind: str, ledger: Ledger
) -> None:
    for answer in earlier:
        what = message("A later answer counts: {file}, row {row}.", file=last.file, row=last.row)
        ledger.book(
            answer.file, answer.row, kind, Became.REPLACED, participant=person,
            value=answer.shown, what=what,
        )  # fmt: skip


def _book_last(person: str, last: Answer, chose_before: bool, ledger: Ledger) -> None:
    became, what = Became.TAKEN, None
    if last.doubts:
        became = Became.IN_PART if last.wishes else Became.UNUSABLE
        what = message("No session has this title.")
    elif not last.wishes:
        became = Became.BLANK
        if chose_before:
            what = message("The last answer of this person chooses nothing, an earlier one did.")
            ledger.report.note(last.file, what, row=last.row, value=last.shown or None)
    value = last.doubtful if last.doubts else last.shown
    ledger.book(last.file, last.row, ANSWERS, became, participant=person, value=value, what=what)
