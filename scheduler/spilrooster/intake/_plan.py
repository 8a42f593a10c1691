"""Plan: what an import would write, with everything that is found on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from spilrooster.intake._answers import Answer, answers_of
from spilrooster.intake._columns import roles_of
from spilrooster.intake._dialect import PLAIN_TABLES, header_word
from spilrooster.intake._draft import Draft, Origin
from spilrooster.intake._event import Existing, existing_event
from spilrooster.intake._ledger import Became, Ledger, RowOutcome
from spilrooster.intake._mapping import (
    ANSWERS,
    IGNORED,
    REGISTRATIONS,
    Meanings,
    OpenQuestion,
    mapping_text,
    read_mapping,
)
from spilrooster.intake._offers import meanings_of_offers, take_offers
from spilrooster.intake._people import Newcomers, People, ballots
from spilrooster.intake._plain import by_id, meanings_of, take_plain
from spilrooster.intake._raw import Raw, read_raw
from spilrooster.intake._recognise import INDICO, PRETALX, Recognised, recognise
from spilrooster.intake._roles import Role
from spilrooster.intake._titles import SessionNames
from spilrooster.intake._write import Written, files_to_write
from spilrooster.tables._report import Report
from spilrooster.tables._text import LIST_SEPARATOR
from spilrooster_models import InputProblem, message
from spilrooster_models.event import Language


@dataclass(frozen=True)
class ImportSettings:
    """What somebody asked of an import.

    Attributes
    ----------
    newcomers
        What happens to people who answered and stand in no list. None: they are added if the
        event has no participants yet, and refused otherwise.
    numbers_are_ranks
        Whether numbers that people gave sessions are ranks or points; None: found out.
    lenient
        Whether what cannot be used is left out, and reported, rather than refused.
    replace
        Whether files of the event that are there already may be replaced.
    mapping
        A mapping of an earlier import.
    name, date, language
        For an event that has no event.toml yet.
    """

    newcomers: Newcomers | None = None
    numbers_are_ranks: bool | None = None
    lenient: bool = False
    replace: bool = False
    mapping: Path | None = None
    name: str = ""
    date: dt.date | None = None
    language: Language | None = None


@dataclass(frozen=True)
class ImportedTable:
    """A table that was recognised, and what its columns were taken for."""

    file: str
    kind: str
    product: str
    rows: int
    columns: tuple[tuple[str, str], ...]
    became: tuple[tuple[Became, int], ...]


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. `write` does it, if `problems` is empty."""

    tables: tuple[ImportedTable, ...]
    outcomes: tuple[RowOutcome, ...]
    problems: tuple[InputProblem, ...]
    remarks: tuple[InputProblem, ...]
    mapping: str
    result: Written = field(repr=False)

    def write(self) -> None:
        """Write the event's files, all or none.

        Raises
        ------
        DataError
            If there are problems, or if the system refuses to write. Nothing has changed then.
        """
        self.result.write(self.problems)


def plan_import(
    files: Sequence[str | Path], into: str | Path, settings: ImportSettings | None = None
) -> ImportPlan:
    """Recognise exports and lists, and make the files of an event of them. Writes nothing yet.

    Parameters
    ----------
    files
        Exports of Google Forms, Microsoft Forms, pretalx and Indico, and lists in CSV or Excel.
    into
        The event folder; what it holds already is used to recognise sessions and people.
    settings
        What was asked.
    """
    return _Planner(Path(into), settings or ImportSettings()).plan([Path(file) for file in files])


class _Planner:
    def __init__(self, into: Path, settings: ImportSettings) -> None:
        self._into = into
        self._settings = settings
        self._report = Report()
        self._ledger = Ledger(self._report, settings.lenient)
        self._given = Meanings()
        if settings.mapping is not None:
            self._given = read_mapping(settings.mapping, self._report)
        self._existing: Existing = existing_event(into, self._report)
        self._drafts: dict[str, Draft] = {}
        self._columns: dict[str, dict[str, str]] = {}
        self._meanings: dict[str, tuple[tuple[str, str], ...]] = {}
        self._roles: dict[str, dict[str, Role]] = {}
        self._names = SessionNames(())
        self._newcomers = Newcomers.REFUSE

    def plan(self, files: Sequence[Path]) -> ImportPlan:
        """Take everything in."""
        raws = [raw for file in files for raw in read_raw(file, self._report)]
        tables = self._tables(raws)
        known = [table for table in tables.values() if table is not None]
        self._tell_of_strangers(raws, tables)
        people = self._people({table.kind for table in known})
        self._register(known, people)
        answered = self._take_choices(known, people)
        self._name_by_id(people)
        if self._newcomers is Newcomers.ONLY:
            people.keep(answered | self._presenters(), self._ledger)
        written = files_to_write(self._into, self._existing, self._drafts, self._ledger,
                                 self._settings.replace, self._event_settings())  # fmt: skip
        return self._plan(known, written)

    def _tables(self, raws: Sequence[Raw]) -> dict[str, Recognised | None]:
        """Recognise all tables, and take in the plain ones.

        Sessions come first: their titles tell the other tables' headers apart.
        """
        filled = [raw for raw in raws if raw.rows]
        tables: dict[str, Recognised | None] = dict.fromkeys(raw.file for raw in raws)
        for raw in filled:
            glance = recognise(raw, SessionNames(()), self._given, Report())
            if glance is not None and glance.kind == "sessions":
                tables[raw.file] = recognise(raw, self._names, self._given, self._report)
                self._take(glance)
        self._names = self._session_names()
        for raw in filled:
            if tables[raw.file] is None:
                tables[raw.file] = self._recognised(raw)
        return tables

    def _recognised(self, raw: Raw) -> Recognised | None:
        """Recognise a table; take it in if it is plain, find what its columns mean if it is not."""
        found = recognise(raw, self._names, self._given, self._report)
        if found is None:
            return None
        if found.kind in PLAIN_TABLES and found.kind != "choices":
            self._take(found)
        elif found.kind in (ANSWERS, REGISTRATIONS):
            said = {**self._given.of_kind(ANSWERS), **self._given.of_kind(REGISTRATIONS)}
            roles = roles_of(found.table, found.product, self._names, said, self._report)
            about_sessions = any(role.is_about_sessions for role in roles.values())
            if not about_sessions and not self._may_be_blind_to_titles(found):
                found = replace(found, kind=REGISTRATIONS)
            self._roles[found.table.file] = roles
            self._remember(found, {header: str(role) for header, role in roles.items()})
        return found

    def _may_be_blind_to_titles(self, found: Recognised) -> bool:
        """Whether questions about sessions may be there, and no session is known to see it by."""
        return not self._names.sessions and any(h.endswith("]") for h in found.table.headers)

    def _draft(self, kind: str) -> Draft:
        return self._drafts.setdefault(kind, Draft(PLAIN_TABLES[kind]))

    def _take(self, found: Recognised) -> None:
        if found.product in (PRETALX, INDICO):
            meaning = meanings_of_offers(found.product, found.table, self._given, self._ledger)
            take_offers(meaning, found.table, self._draft(found.kind), self._ledger)
        else:
            meaning = meanings_of(found.kind, found.table, self._given, self._ledger)
            take_plain(meaning, found.table, self._draft(found.kind), self._ledger)
        self._remember(found, meaning.of)

    def _remember(self, found: Recognised, columns: dict[str, str]) -> None:
        self._columns.setdefault(found.kind, {}).update(columns)
        self._meanings[found.table.file] = tuple(columns.items())

    def _session_names(self) -> SessionNames:
        draft = self._drafts.get("sessions") or self._existing.drafts.get("sessions")
        rows = [] if draft is None else draft.rows
        sessions = [(row["session"], row.get("title", "")) for row in rows if "session" in row]
        known = {i for i, _ in sessions}
        for title, i in self._given.titles.items():
            if i and i not in known:
                what = message("No session has this id.")
                name = "" if self._settings.mapping is None else self._settings.mapping.name
                self._report.error(name, what, column=title, value=i)
        return SessionNames(sessions, self._given.titles)

    def _tell_of_strangers(self, raws: Sequence[Raw], tables: dict[str, Recognised | None]) -> None:
        """Report what was not recognised; a sheet beside one that was is only worth a note."""
        books = {raw.file.partition(" [")[0] for raw in raws if tables[raw.file] is not None}
        for raw in raws:
            if tables[raw.file] is not None:
                continue
            what = message("It was not recognised what this table holds; it is not used.")
            advice = message("Give its kind in a mapping, or check the names of its columns.")
            value = "; ".join(raw.rows[0][1]) if raw.rows else None
            if raw.file.partition(" [")[0] in books or not raw.rows:
                self._report.note(raw.file, what, advice, value=value)
            else:
                self._report.error(raw.file, what, advice, value=value)

    def _people(self, kinds: Set[str]) -> People:
        """Return who is known; draw up a list of our own if anybody may come on it."""
        self._newcomers = self._settled_newcomers(kinds)
        old = self._existing.drafts.get("participants")
        grows = REGISTRATIONS in kinds or self._newcomers is not Newcomers.REFUSE
        if grows and "participants" not in self._drafts:
            rows, origins = ([], []) if old is None else (list(old.rows), list(old.origins))
            self._drafts["participants"] = Draft(PLAIN_TABLES["participants"], rows, origins)
        draft = self._drafts.get("participants") or old or Draft(PLAIN_TABLES["participants"])
        return People(draft, self._given.people)

    def _settled_newcomers(self, kinds: Set[str]) -> Newcomers:
        if self._settings.newcomers is not None:
            return self._settings.newcomers
        listed = "participants" in {*self._drafts, *self._existing.drafts, *kinds}
        return Newcomers.REFUSE if listed or REGISTRATIONS in kinds else Newcomers.ADD

    def _answers(self, found: Recognised) -> Iterator[Answer]:
        yield from answers_of(
            found.table, self._roles[found.table.file], self._names, self._ledger,
            ranks=self._settings.numbers_are_ranks,
        )  # fmt: skip

    def _register(self, known: Sequence[Recognised], people: People) -> None:
        """Put the people of registration forms on the list."""
        tables = [found for found in known if found.kind == REGISTRATIONS]
        answers = [answer for found in tables for answer in self._answers(found)]
        ballots(answers, people, Newcomers.ADD, self._ledger, REGISTRATIONS)

    def _take_choices(self, known: Sequence[Recognised], people: People) -> Set[str]:
        """Take in lists of choices and answers of forms; return who answered."""
        for found in known:
            if found.kind == "choices":
                self._take(found)
                by_id(self._drafts["choices"], "participant", people.find)
        tables = [found for found in known if found.kind == ANSWERS]
        if tables and not self._names.sessions:
            what = message("There are no sessions to recognise the answers by.")
            self._report.error("sessions.csv", what, message("Import the sessions too."))
        answers = [answer for found in tables for answer in self._answers(found)]
        counted = ballots(answers, people, self._newcomers, self._ledger)
        draft = self._draft("choices") if tables else self._drafts.get("choices")
        for ballot in counted:
            for wish in ballot.answer.wishes:
                row = {"participant": ballot.participant, "session": wish.session,
                       "rank": str(wish.rank or ""), "points": wish.points}  # fmt: skip
                self._draft("choices").add(row, Origin(ballot.answer.file, ballot.answer.row))
        chosen = set() if draft is None else {row.get("participant", "") for row in draft.rows}
        return chosen | {ballot.participant for ballot in counted}

    def _presenters(self) -> Set[str]:
        draft = self._drafts.get("sessions") or self._existing.drafts.get("sessions")
        rows = [] if draft is None else draft.rows
        return {i for row in rows for i in row.get("presenters", "").split(LIST_SEPARATOR)}

    def _name_by_id(self, people: People) -> None:
        """Put ids in the place of names; presenters who are on no list may be added to it."""
        for kind, column, of in (
            ("rooms", "closed", "rounds"), ("participants", "absent", "rounds"),
            ("sessions", "rounds", "rounds"), ("sessions", "rooms", "rooms"),
        ):  # fmt: skip
            if kind in self._drafts:
                by_id(self._drafts[kind], column, self._ids(of))
        if "sessions" not in self._drafts:
            return
        by_id(self._drafts["sessions"], "presenters", people.find)
        by_id(self._drafts["sessions"], "only_for", people.find)
        if self._newcomers is not Newcomers.REFUSE:
            self._add_presenters(people)

    def _add_presenters(self, people: People) -> None:
        draft = self._drafts["sessions"]
        for row, origin in zip(draft.rows, draft.origins, strict=True):
            named = row.get("presenters", "").split(LIST_SEPARATOR)
            ids = [people.find(n) or people.add({"name": n}, origin) for n in named if n]
            if ids:
                row["presenters"] = LIST_SEPARATOR.join(ids)

    def _ids(self, kind: str) -> Callable[[str], str | None]:
        """Return what finds the id of a round or room by its name or id."""
        draft = self._drafts.get(kind) or self._existing.drafts.get(kind)
        i = PLAIN_TABLES[kind].required[0]
        found: dict[str, str] = {}
        for row in [] if draft is None else draft.rows:
            for text in (row.get("name", ""), row.get(i, "")):
                if text:
                    found[header_word(text)] = row[i]
        return lambda text: found.get(header_word(text))

    def _event_settings(self) -> dict[str, object]:
        asked = self._settings
        if asked.date is None:
            return {}
        return {
            "name": asked.name or self._into.resolve().name,
            "date": asked.date,
            "timezone": "Europe/Amsterdam",
            "language": asked.language or "nl",
        }

    def _plan(self, known: Sequence[Recognised], written: Written) -> ImportPlan:
        kinds = {
            found.table.file: found.kind
            for found in known
            if found.kind == IGNORED or found.table.file in self._given.kinds
        }
        mapping = Meanings(kinds, self._columns, self._given.titles, self._given.people)
        questions: list[OpenQuestion] = self._ledger.questions
        return ImportPlan(
            tables=tuple(
                ImportedTable(
                    found.table.file, found.kind, found.product, len(found.table.lines),
                    self._meanings.get(found.table.file, ()),
                    tuple(self._ledger.counts(found.table.file).items()),
                )
                for found in known
            ),
            outcomes=tuple(self._ledger.outcomes),
            problems=self._report.errors(),
            remarks=self._report.remarks(),
            mapping=mapping_text(mapping, questions),
            result=written,
        )  # fmt: skip
